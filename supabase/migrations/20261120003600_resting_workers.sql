-- The doorbell's other half: how a worker goes to sleep without missing anybody, and the sweep that rings for
-- whatever nobody came for.

create function private.has_work(p_function text, p_within interval)
returns boolean
language sql
stable
set search_path = ''
as $$
    select
        exists (
            select
            from private.jobs as job
            where job.function = p_function
                and job.state = 'queued'
                and job.run_at <= now() + p_within
        )
        or exists (
            select
            from private.jobs as job
            where job.function = p_function
                and job.state = 'running'
                and job.leased_until <= now() + p_within
        )
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

create function private.sweep()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_function text;
    v_pending record;
begin
    foreach v_function in array array['reply', 'deliver']
    loop
        if private.has_work(v_function, interval '0')
            and not exists (
                select
                from private.workers as worker
                where worker.function = v_function
                    and worker.awake_until > now()
            )
        then
            perform private.ring(v_function);
        end if;
    end loop;

    -- A status that came in the very moment its send returned may have been put aside a moment too late.
    for v_pending in
        select distinct pending.channel_id, pending.provider_id
        from private.pending_statuses as pending
        join public.messages as message
            on message.channel_id = pending.channel_id
            and message.provider_id = pending.provider_id
        limit 100
    loop
        perform private.apply_pending_statuses(v_pending.channel_id, v_pending.provider_id);
    end loop;
end
$$;

comment on function private.sweep() is
    'Rings for due jobs that nobody claimed, and settles what a race left over. Runs every 5 seconds.';

create function private.tidy()
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    -- pg_cron keeps every run for ever: 17,000 rows a day from the sweep alone.
    delete from cron.job_run_details as run
    where run.end_time < now() - interval '2 days';
    delete from public.time_claims as claim
    where claim.kind = 'hold'
        and claim.expires_at < now() - interval '1 day';
    update public.proposals as proposal
    set status = 'expired'
    where proposal.status = 'open'
        and proposal.expires_at < now();
    delete from private.pending_statuses as pending
    where pending.received_at < now() - interval '30 days';
    delete from private.workers as worker
    where worker.awake_until < now() - interval '1 hour';
end
$$;

comment on function private.tidy() is 'Throws away what nobody will ask for again. Runs once a day.';

select cron.schedule('frostdesk-sweep', '5 seconds', 'select private.sweep()');
select cron.schedule('frostdesk-tidy', '17 3 * * *', 'select private.tidy()');
