-- What functions/health shows. Numbers and states only: nothing here names a customer or holds a secret.

create function private.bell_error(p_status_code integer, p_error text, p_timed_out boolean)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
    return case
        when p_timed_out then 'timed out'
        when p_error is not null then p_error
        when p_status_code >= 400 then 'HTTP ' || p_status_code
    end;
end
$$;

comment on function private.bell_error(integer, text, boolean) is 'Why a bell was not heard; null when it was.';

create function public.health_report()
returns jsonb
language sql
volatile
security definer
set search_path = ''
as $$
    select jsonb_build_object(
        'database', 'ok',
        'queue', (
            select jsonb_build_object(
                'depth', count(*) filter (where job.state <> 'dead'),
                'due', count(*) filter (where job.is_next),
                'oldest_due_ms', coalesce(
                    round(extract(epoch from now() - min(job.run_at) filter (where job.is_next)) * 1000),
                    0
                ),
                'running', count(*) filter (where job.state = 'running'),
                'dead', count(*) filter (where job.state = 'dead')
            )
            from (
                -- Behind a send that waits for a limit nothing is late: only who is next in a lane counts.
                select
                    queued.state,
                    queued.run_at,
                    queued.state = 'queued'
                        and queued.run_at <= now()
                        and not exists (
                            select
                            from private.jobs as other
                            where other.lane = queued.lane
                                and other.id <> queued.id
                                and (other.state = 'running' or (other.state = 'queued' and other.id < queued.id))
                        ) as is_next
                from private.jobs as queued
            ) as job
        ),
        'doorbell', jsonb_build_object(
            'configured', (
                select count(*) = 2
                from vault.decrypted_secrets as secret
                where (secret.name = 'functions_url' and secret.decrypted_secret ~ '^https?://')
                    or secret.name = 'bell_token'
            ),
            'awake_workers', (
                select count(*)
                from private.workers as worker
                where worker.awake_until > now()
                    and not worker.rung
            ),
            -- Only if the last answer was one: an error that a later bell got over is history.
            'last_error', (
                select private.bell_error(answer.status_code, answer.error_msg, answer.timed_out)
                from net._http_response as answer
                join private.bells as bell on bell.request_id = answer.id
                order by answer.created desc, answer.id desc
                limit 1
            ),
            -- Of the last three: one lost bell is the sweep's, all of them are a wrong address or token.
            'failures', (
                select count(latest.error)
                from (
                    select private.bell_error(answer.status_code, answer.error_msg, answer.timed_out) as error
                    from net._http_response as answer
                    join private.bells as bell on bell.request_id = answer.id
                    order by answer.created desc, answer.id desc
                    limit 3
                ) as latest
            )
        ),
        'set_aside', (select count(*) from private.raw_events),
        'sweep', jsonb_build_object(
            'scheduled', exists (
                select
                from cron.job as scheduled
                where scheduled.jobname = 'frostdesk-sweep'
                    and scheduled.active
            ),
            'last_run_at', last_run.at,
            -- A desk that has just started has not swept yet, and is not down for that.
            'silent_ms', round(
                extract(epoch from now() - greatest(last_run.at, pg_postmaster_start_time())) * 1000
            )
        ),
        'channels', (
            select coalesce(
                jsonb_agg(
                    jsonb_build_object(
                        'kind', channel.kind,
                        'account', channel.external_id,
                        'active', channel.active,
                        'has_token', channel.access_token_secret_id is not null
                    )
                    order by channel.kind, channel.external_id
                ),
                '[]'
            )
            from public.channels as channel
        )
    )
    from (
        select max(latest.start_time) as at
        from (
            select run.start_time
            from cron.job_run_details as run
            where run.jobid = (
                select scheduled.jobid
                from cron.job as scheduled
                where scheduled.jobname = 'frostdesk-sweep'
            )
            order by run.runid desc
            limit 1
        ) as latest
    ) as last_run
$$;

revoke all on function public.health_report() from public, anon, authenticated;
grant execute on function public.health_report() to service_role;

comment on function public.health_report() is
    'State of database, queue, doorbell, sweep and channels, for functions/health.';
