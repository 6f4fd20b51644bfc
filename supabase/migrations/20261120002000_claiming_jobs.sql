-- Taking work, keeping it, and giving it back. Several workers may ask at once: rows that another one has
-- locked are skipped, and a job behind another of its lane is not taken.

create function private.claim_jobs(p_function text, p_limit integer, p_lease_ms integer)
returns setof private.jobs
language sql
volatile
set search_path = ''
as $$
    with waiting as (
        select job.id
        from private.jobs as job
        where job.function = p_function
            and job.state = 'queued'
            and job.run_at <= now()
            and not exists (
                select
                from private.jobs as other
                where other.lane = job.lane
                    and other.id <> job.id
                    and (other.state = 'running' or (other.state = 'queued' and other.id < job.id))
            )
        order by job.run_at, job.id
        limit p_limit
        for update skip locked
    ),
    abandoned as (
        select job.id
        from private.jobs as job
        where job.function = p_function
            and job.state = 'running'
            and job.leased_until <= now()
            and job.attempts < job.max_attempts
            -- A send whose worker was lost may have reached the provider: its status gets time to say so.
            and not exists (
                select
                from public.messages as message
                where message.business_id = job.business_id
                    and message.id = job.message_id
                    and message.status = 'sending'
                    and message.send_started_at > now() - interval '30 seconds'
            )
        order by job.leased_until, job.id
        limit p_limit
        for update skip locked
    ),
    taken as (
        select abandoned.id from abandoned
        union all
        select waiting.id from waiting
        limit p_limit
    )
    update private.jobs as job
    set
        state = 'running',
        attempts = job.attempts + 1,
        lease = gen_random_uuid(),
        leased_until = now() + make_interval(secs => p_lease_ms / 1000.0),
        claimed_at = clock_timestamp()
    from taken
    where job.id = taken.id
    returning job.*
$$;

comment on function private.claim_jobs(text, integer, integer) is
    'Leases up to a number of due jobs of a function, and running ones whose lease ran out.';

create function private.end_turn_unanswered(p_job private.jobs, p_outcome text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    -- The same lock as receiving and finishing take: a message that arrives now keeps its own job.
    perform
    from public.conversations as conversation
    where conversation.business_id = (p_job).business_id
        and conversation.id = (p_job).conversation_id
    for no key update;

    -- Another turn is waiting: it takes these messages too, so they have not failed yet.
    if p_outcome = 'failed' and exists (
        select
        from private.jobs as job
        where job.lane = (p_job).lane
            and job.kind = 'reply'
            and job.state = 'queued'
    ) then
        return;
    end if;

    update public.messages as message
    set outcome = p_outcome
    where message.business_id = (p_job).business_id
        and message.conversation_id = (p_job).conversation_id
        and message.role = 'user'
        and message.outcome is null;
end
$$;

comment on function private.end_turn_unanswered(private.jobs, text) is
    'Gives the messages of a turn that will not be answered their outcome: failed or handed_over.';

create function private.bury_job(p_job private.jobs, p_error text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update private.jobs as job
    set
        state = 'dead',
        lease = null,
        leased_until = null,
        last_error = left(p_error, 2000)
    where job.id = (p_job).id;

    if (p_job).kind = 'reply' then
        perform private.end_turn_unanswered(p_job, 'failed');
    elsif (p_job).kind = 'deliver' then
        update public.messages as message
        set
            status = 'failed',
            status_at = now(),
            error_code = 'dead_letter',
            error_detail = left(p_error, 2000)
        where message.business_id = (p_job).business_id
            and message.id = (p_job).message_id
            and private.status_rank(message.status) < private.status_rank('failed');
    end if;
end
$$;

comment on function private.bury_job(private.jobs, text) is
    'Makes a job a dead letter, and lets the owner see what was not answered or not sent.';

create function private.bury_exhausted_jobs(p_function text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_job private.jobs;
begin
    for v_job in
        select *
        from private.jobs as job
        where job.function = p_function
            and job.state = 'running'
            and job.leased_until <= now()
            and job.attempts >= job.max_attempts
        order by job.id
        for update skip locked
    loop
        perform private.bury_job(v_job, coalesce(v_job.last_error, 'the worker was lost'));
    end loop;
end
$$;

comment on function private.bury_exhausted_jobs(text) is
    'Buries jobs whose last allowed worker never came back.';
