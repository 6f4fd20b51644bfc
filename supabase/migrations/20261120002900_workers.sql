-- The doorbell's other half: how a worker says that it is awake, and how it goes to sleep without missing
-- anybody.

create function private.stay_awake(p_worker uuid, p_function text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    if exists (
        select
        from private.workers as worker
        where worker.id = p_worker
            and worker.awake_until > now() + interval '2 seconds'
    ) then
        return;
    end if;
    insert into private.workers as worker (id, function, awake_until)
    values (p_worker, p_function, now() + interval '3 seconds')
    on conflict (id) do update set awake_until = excluded.awake_until;

    -- The bells have been heard. One that a writer is just leaning on is left to run out by itself.
    delete from private.workers as worker
    where worker.id in (
        select heard.id
        from private.workers as heard
        where heard.function = p_function
            and (heard.rung or heard.awake_until < now() - interval '1 minute')
        for update skip locked
    );
end
$$;

comment on function private.stay_awake(uuid, text) is
    'The heartbeat of a worker; writes about once a second however often it is called.';

create function private.has_work(p_function text, p_within interval)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select
            exists (
                select
                from private.jobs as job
                where job.function = p_function
                    and job.state = 'queued'
                    and job.run_at <= now() + p_within
                    -- What stands behind a send that has to wait is no reason to stay up or to ring.
                    and private.is_next(job)
            )
            or exists (
                select
                from private.jobs as job
                where job.function = p_function
                    and job.state = 'running'
                    and job.leased_until <= now() + p_within
            )
    );
end
$$;

comment on function private.has_work(text, interval) is
    'True when a job of a function is due, or its lease runs out, within some time.';

create function public.rest_worker(p_worker uuid)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_worker private.workers;
begin
    -- Waits for every writer that saw this worker awake and so did not ring; their jobs are visible below.
    delete from private.workers as worker
    where worker.id = p_worker
    returning * into v_worker;
    if not found then
        return true;
    end if;

    if private.has_work(v_worker.function, interval '3 seconds') then
        insert into private.workers (id, function, awake_until)
        values (v_worker.id, v_worker.function, now() + interval '3 seconds');
        return false;
    end if;

    delete from private.workers as worker
    where worker.id in (
        select heard.id
        from private.workers as heard
        where heard.function = v_worker.function
            and heard.rung
        for update skip locked
    );
    return true;
end
$$;

revoke all on function public.rest_worker(uuid) from public, anon, authenticated;
grant execute on function public.rest_worker(uuid) to service_role;

comment on function public.rest_worker(uuid) is
    'A worker asks to rest: true, and from now on somebody must ring; false when there is work within 3 s.';
