-- Taking work, keeping it, and giving it back. Several workers may ask at once: rows that another one has
-- locked are skipped, and a job behind another of its lane is not taken.

create function private.is_next(p_job private.jobs)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    return not exists (
        select
        from private.jobs as other
        where other.lane = p_job.lane
            and other.id <> p_job.id
            and (other.state = 'running' or (other.state = 'queued' and other.id < p_job.id))
    );
end
$$;

comment on function private.is_next(private.jobs) is 'True when no other job of its lane comes before this one.';

create function private.claim_jobs(p_function text, p_limit integer, p_lease_ms integer)
returns setof private.jobs
language plpgsql
volatile
set search_path = ''
as $$
begin
    return query
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
    returning job.*;
end
$$;

comment on function private.claim_jobs(text, integer, integer) is
    'Leases up to a number of due jobs of a function, and running ones whose lease ran out.';

create function public.renew_lease(p_job_id bigint, p_lease uuid, p_lease_ms integer)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update private.jobs as job
    set leased_until = now() + make_interval(secs => p_lease_ms / 1000.0)
    where job.id = p_job_id
        and job.state = 'running'
        and job.lease = p_lease;
    return found;
end
$$;

revoke all on function public.renew_lease(bigint, uuid, integer) from public, anon, authenticated;
grant execute on function public.renew_lease(bigint, uuid, integer) to service_role;

comment on function public.renew_lease(bigint, uuid, integer) is
    'Prolongs a lease; false when it is lost.';
