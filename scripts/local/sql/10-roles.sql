-- The roles of a Supabase project, with the attributes they have there: migrations run as postgres, which is
-- no superuser, so that whatever passes here passes on the platform. Run once, by the superuser
-- supabase_admin, on a cluster that initdb has just made.

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit password 'postgres';
create role postgres login createrole createdb replication bypassrls password 'postgres';
create role supabase_auth_admin login noinherit createrole password 'postgres';
create role supabase_realtime_admin nologin noinherit;
alter role supabase_admin password 'postgres';

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to postgres with admin option;
grant supabase_realtime_admin to postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend, pg_create_subscription to postgres;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';
alter role postgres set search_path = "$user", public, extensions;
alter role supabase_admin set search_path = "$user", public, auth, extensions;

alter database postgres owner to postgres;
alter database postgres set search_path = "$user", public, extensions;

create schema extensions authorization postgres;
grant usage on schema extensions to anon, authenticated, service_role;
grant usage on schema public to anon, authenticated, service_role;
grant all on schema public to postgres;

create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists supabase_vault;

-- PostgREST learns of new functions and tables, as on Supabase, without being asked.
create function extensions.pgrst_ddl_watch()
returns event_trigger
language plpgsql
set search_path = ''
as $$
begin
    if exists (
        select
        from pg_event_trigger_ddl_commands() as command
        where command.schema_name is distinct from 'pg_temp'
    ) then
        notify pgrst, 'reload schema';
    end if;
end
$$;

create event trigger pgrst_ddl_watch
    on ddl_command_end
    execute function extensions.pgrst_ddl_watch();
