-- pg_cron's public surface: the same functions, tables and row-level security; the jobs are run by a worker
-- outside the database, in the name of the role that scheduled them.

create schema cron;
create sequence cron.jobid_seq;
create sequence cron.runid_seq;

create table cron.job (
    jobid bigint primary key default nextval('cron.jobid_seq'),
    schedule text not null,
    command text not null,
    nodename text not null default 'localhost',
    nodeport int not null default inet_server_port(),
    database text not null default current_database(),
    username text not null default current_user,
    active boolean not null default true,
    jobname text,
    constraint jobname_username_uniq unique (jobname, username)
);
alter table cron.job enable row level security;
create policy cron_job_policy on cron.job using (username = current_user);

create table cron.job_run_details (
    jobid bigint,
    runid bigint primary key default nextval('cron.runid_seq'),
    job_pid integer,
    database text,
    username text,
    command text,
    status text,
    return_message text,
    start_time timestamptz,
    end_time timestamptz
);
alter table cron.job_run_details enable row level security;
create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user);

create function cron._check_schedule(schedule text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
    if schedule !~* '^\s*([1-9]|[1-5][0-9])\s+seconds?\s*$'
        and schedule !~* '^\s*@(hourly|daily|midnight|weekly|monthly|yearly|annually)\s*$'
        and schedule !~* '^\s*([0-9*,/a-z$-]+\s+){4}[0-9*,/a-z$-]+\s*$'
    then
        raise exception 'invalid schedule: %', schedule
            using hint = 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
    end if;
end
$$;

-- The tables belong to the superuser; the functions below run as their caller and hand their name to this one.
create function cron._schedule(owner text, job_name text, schedule text, command text, active boolean)
returns bigint
language plpgsql
security definer
set search_path = ''
as $$
declare
    id bigint;
begin
    perform cron._check_schedule(schedule);
    insert into cron.job as job (jobname, schedule, command, username, active)
    values (job_name, schedule, command, owner, active)
    on conflict on constraint jobname_username_uniq do update
        set schedule = excluded.schedule, command = excluded.command, active = excluded.active
    returning jobid into id;
    perform pg_catalog.pg_notify('cron_jobs', '');
    return id;
end
$$;

create function cron.schedule(job_name text, schedule text, command text)
returns bigint
language sql
as $$
    select cron._schedule(current_user::text, job_name, schedule, command, true)
$$;

create function cron.schedule(schedule text, command text)
returns bigint
language sql
as $$
    select cron._schedule(current_user::text, null, schedule, command, true)
$$;

create function cron._alter(
    caller text, job_id bigint, new_schedule text, new_command text, new_username text, new_active boolean
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
    if new_schedule is not null then
        perform cron._check_schedule(new_schedule);
    end if;
    update cron.job
    set
        schedule = coalesce(new_schedule, schedule),
        command = coalesce(new_command, command),
        username = coalesce(new_username, username),
        active = coalesce(new_active, active)
    where jobid = job_id and username = caller;
    if not found then
        raise exception 'Job % does not exist or you don''t own it', job_id;
    end if;
    perform pg_catalog.pg_notify('cron_jobs', '');
end
$$;

create function cron.alter_job(
    job_id bigint,
    schedule text default null,
    command text default null,
    database text default null,
    username text default null,
    active boolean default null
)
returns void
language sql
as $$
    select cron._alter(current_user::text, job_id, schedule, command, username, active)
$$;

create function cron._unschedule(caller text, job_id bigint, job_name text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
    delete from cron.job
    where username = caller and (jobid = job_id or jobname = job_name);
    if not found then
        raise exception 'could not find valid entry for job ''%''', coalesce(job_name, job_id::text);
    end if;
    perform pg_catalog.pg_notify('cron_jobs', '');
    return true;
end
$$;

create function cron.unschedule(job_id bigint)
returns boolean
language sql
as $$
    select cron._unschedule(current_user::text, job_id, null)
$$;

create function cron.unschedule(job_name text)
returns boolean
language sql
as $$
    select cron._unschedule(current_user::text, null, job_name)
$$;

grant usage on schema cron to public;
grant select on cron.job to public;
grant select, delete on cron.job_run_details to public;
grant usage on schema cron to postgres with grant option;
grant all on cron.job_run_details to postgres with grant option;
