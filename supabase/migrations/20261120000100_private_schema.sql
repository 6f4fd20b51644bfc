-- What the desk stands on: three extensions, and a schema that no API exposes. Internal tables and every
-- function that runs with its owner's rights live in `private`, out of reach of the Data API.

create extension if not exists pg_net with schema extensions;
create extension if not exists pg_cron with schema pg_catalog;
create extension if not exists btree_gist with schema extensions;

create schema private;

revoke all on schema private from public, anon, authenticated, service_role;

comment on schema private is
    'Internals of the desk: queue, workers, triggers, and the steps of the public functions. Never exposed by an API.';

-- Postgres lets everybody execute a new function, and older Supabase projects grant new tables to every API
-- role. From here on nothing that a migration makes is open until that migration says so.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

create function private.tg__timestamps()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

comment on function private.tg__timestamps() is
    'Stamps updated_at; every table that has the column calls it as _100_timestamps.';
