-- What comes round by the clock: a sweep that rings for whatever nobody came for, and a broom once a day.

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
    where claim.expires_at < now() - interval '1 day';
    delete from public.place_holds as hold
    where hold.expires_at < now() - interval '1 day';
    update public.proposals as proposal
    set status = 'expired'
    where proposal.status = 'open'
        and proposal.expires_at < now();
    delete from private.pending_statuses as pending
    where pending.received_at < now() - interval '30 days';
    delete from private.raw_events as raw
    where raw.received_at < now() - interval '30 days';
    delete from private.bells as bell
    where bell.rung_at < now() - interval '1 day';
    delete from private.workers as worker
    where worker.awake_until < now() - interval '1 hour';
    delete from private.traffic as traffic
    where traffic.bucket < now() - interval '1 day';
    delete from private.send_pace as pace
    where pace.paid_until < now() - interval '1 day';
    delete from private.resting_numbers as resting
    where resting.rest_until < now() - interval '1 day';
    delete from private.jobs as job
    where job.state = 'dead'
        and job.died_at < now() - interval '90 days';
    delete from public.notifications as notification
    where notification.read_at < now() - interval '90 days';
end
$$;

comment on function private.tidy() is 'Throws away what nobody will ask for again. Runs once a day.';

select cron.schedule('frostdesk-sweep', '5 seconds', 'select private.sweep()');
select cron.schedule('frostdesk-tidy', '17 3 * * *', 'select private.tidy()');
