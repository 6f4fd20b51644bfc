-- Back-off: 1, 2 and 4 seconds, or whatever the provider asked for.

create function public.fail_job(
    p_job_id bigint,
    p_lease uuid,
    p_error text,
    p_retry_after_ms integer default null
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs := private.held_job(p_job_id, p_lease);
    v_run_at timestamptz;
begin
    if v_job.attempts >= v_job.max_attempts then
        return jsonb_build_object(
            'state', 'dead', 'run_at', null, 'alarm', private.bury_job(v_job, p_error)
        );
    end if;

    v_run_at := now() + make_interval(
        secs => coalesce(p_retry_after_ms / 1000.0, power(2, v_job.attempts - 1)::numeric)
    );
    perform private.lock_conversation(v_job);

    -- The messages of a failed turn that already has a successor are the successor's: two waiting turns of a
    -- conversation would answer twice.
    if v_job.kind = 'reply' and exists (
        select
        from private.jobs as job
        where job.lane = v_job.lane
            and job.kind = 'reply'
            and job.state = 'queued'
    ) then
        update private.jobs as job
        set
            run_at = greatest(job.run_at, v_run_at),
            attempts = greatest(job.attempts, v_job.attempts),
            last_error = left(p_error, 2000)
        where job.lane = v_job.lane
            and job.kind = 'reply'
            and job.state = 'queued';
        delete from private.jobs as job where job.id = v_job.id;
        return jsonb_build_object('state', 'queued', 'run_at', v_run_at);
    end if;

    update private.jobs as job
    set
        state = 'queued',
        run_at = v_run_at,
        lease = null,
        leased_until = null,
        last_error = left(p_error, 2000)
    where job.id = v_job.id;
    update public.messages as message
    set send_started_at = null
    where message.business_id = v_job.business_id
        and message.id = v_job.message_id;
    return jsonb_build_object('state', 'queued', 'run_at', v_run_at);
end
$$;

revoke all on function public.fail_job(bigint, uuid, text, integer) from public, anon, authenticated;
grant execute on function public.fail_job(bigint, uuid, text, integer) to service_role;

comment on function public.fail_job(bigint, uuid, text, integer) is
    'Gives a job back: retried after 1, 2, 4 s or the given time, then a dead letter. Of a send, it says that nothing was sent.';
