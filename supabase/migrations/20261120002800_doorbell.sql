-- The job row is the queue; pg_net is only a bell. A worker that is awake says so in a row, looks for due jobs
-- by itself, and nobody rings while one is awake.

create table private.workers (
    id uuid primary key,
    function text not null,
    awake_until timestamptz not null,
    rung boolean not null default false,
    constraint workers_function_is_known check (function in ('reply', 'deliver'))
);

create index workers_awake_idx on private.workers (function, awake_until);

alter table private.workers enable row level security;
revoke all on private.workers from anon, authenticated, service_role;

comment on table private.workers is 'Who is awake. A row also stands for a bell that was rung a moment ago.';
comment on column private.workers.id is 'Key, chosen by the worker.';
comment on column private.workers.function is 'What it works on.';
comment on column private.workers.awake_until is 'It looks for jobs until then at least.';
comment on column private.workers.rung is 'True for a bell whose worker has not reported yet.';

create table private.bells (
    request_id bigint primary key,
    rung_at timestamptz not null default now()
);

create index bells_rung_idx on private.bells (rung_at);

alter table private.bells enable row level security;
revoke all on private.bells from anon, authenticated, service_role;

comment on table private.bells is 'Which of pg_net''s requests were ours: its answers name no address, and others may use it too.';
comment on column private.bells.request_id is 'pg_net''s id of the request.';
comment on column private.bells.rung_at is 'When it was made.';

create function private.ring(p_function text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_url text;
    v_token text;
    v_request_id bigint;
begin
    select
        max(secret.decrypted_secret) filter (where secret.name = 'functions_url'),
        max(secret.decrypted_secret) filter (where secret.name = 'bell_token')
    into v_url, v_token
    from vault.decrypted_secrets as secret
    where secret.name in ('functions_url', 'bell_token');

    -- Without its variables the CLI stores the words "env(...)" themselves.
    if v_token is null or coalesce(v_url !~ '^https?://', true) then
        return;
    end if;
    -- pg_net's queue can be read by every database role: the token opens the bell and nothing else.
    v_request_id := net.http_post(
        url := v_url || '/' || p_function,
        body := jsonb_build_object('function', p_function),
        headers := jsonb_build_object('content-type', 'application/json', 'x-bell-token', v_token),
        timeout_milliseconds := 5000
    );
    insert into private.bells (request_id) values (v_request_id) on conflict (request_id) do update set rung_at = now();
    -- Until its worker reports, the bell itself counts as awake: a burst rings a few times, not once a message.
    insert into private.workers (id, function, awake_until, rung)
    values (gen_random_uuid(), p_function, now() + interval '1 second', true);
exception
    when others then
        -- The sweep rings again. A bell that cannot be rung must never cost the message it rings for.
        raise warning 'could not ring %: %', p_function, sqlerrm;
end
$$;

comment on function private.ring(text) is 'Calls an Edge Function after commit, to look for due jobs.';

create function private.wake(p_function text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    -- Sharing the row makes a worker that is about to rest wait for this commit, and then see the job.
    perform
    from private.workers as worker
    where worker.function = p_function
        and worker.awake_until > now()
    order by worker.rung, worker.awake_until desc
    limit 1
    for key share;
    if not found then
        perform private.ring(p_function);
    end if;
end
$$;

comment on function private.wake(text) is 'Rings for a function unless one of its workers is awake.';

create function private.tg_jobs__ring()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_function text;
begin
    for v_function in
        select distinct job.function
        from inserted as job
        where job.state = 'queued'
            and job.run_at <= now() + interval '3 seconds'
        order by job.function
    loop
        perform private.wake(v_function);
    end loop;
    return null;
end
$$;

comment on function private.tg_jobs__ring() is
    'Rings for new jobs that are due within 3 s, unless a worker is awake; the sweep rings for later ones.';

create trigger _900_ring
    after insert on private.jobs
    referencing new table as inserted
    for each statement execute function private.tg_jobs__ring();
