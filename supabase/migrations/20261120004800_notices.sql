-- News of a booking that a person decided on. A notice is told whoever is speaking, but only while it is true.

create function private.tg_bookings__make_notice()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    insert into private.jobs (business_id, kind, conversation_id, payload)
    values (
        new.business_id,
        'notice',
        new.conversation_id,
        jsonb_build_object(
            'type', 'booking_' || new.status,
            'booking_id', new.id,
            'note', new.decision_note
        )
    );
    return null;
end
$$;

comment on function private.tg_bookings__make_notice() is
    'Lets the customer know what a person decided; what the customer decided is said by the turn itself.';

create trigger _600_make_notice
    after update of status on public.bookings
    for each row
    when (
        old.status is distinct from new.status
        and new.decided_by is not null
        and new.conversation_id is not null
    )
    execute function private.tg_bookings__make_notice();

create function public.finish_notice(p_job_id bigint, p_lease uuid, p_reply jsonb, p_usage jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs := private.held_job(p_job_id, p_lease);
    v_message_id uuid;
begin
    if v_job.kind <> 'notice' or p_reply is null or p_reply = 'null' then
        raise exception 'job % is not a notice, or says nothing', p_job_id using errcode = 'D0009';
    end if;
    delete from private.jobs as job where job.id = v_job.id;

    -- Sharing the booking keeps it as it is until the notice is committed.
    perform
    from public.bookings as booking
    where booking.business_id = v_job.business_id
        and booking.id = (v_job.payload ->> 'booking_id')::uuid
        and 'booking_' || booking.status = v_job.payload ->> 'type'
    for share;
    if not found then
        return jsonb_build_object('result', 'stale');
    end if;

    v_message_id := private.say(v_job.conversation_id, p_reply, coalesce(p_usage, '{}'), v_job, null);
    return jsonb_build_object('result', 'done', 'message_id', v_message_id);
end
$$;

revoke all on function public.finish_notice(bigint, uuid, jsonb, jsonb) from public, anon, authenticated;
grant execute on function public.finish_notice(bigint, uuid, jsonb, jsonb) to service_role;

comment on function public.finish_notice(bigint, uuid, jsonb, jsonb) is
    'Commits a notice: {result: done, message_id} or, when the booking is no longer so, {result: stale}.';

create function private.tell_dead_notice(p_job private.jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    insert into public.messages (business_id, conversation_id, role, content, status, error_code, error_detail, job_id)
    values (
        p_job.business_id,
        p_job.conversation_id,
        'system',
        jsonb_build_object(
            'type', 'text',
            'text', case p_job.payload ->> 'type'
                when 'booking_confirmed' then 'The customer has not been told that the booking is confirmed.'
                when 'booking_cancelled' then 'The customer has not been told that the booking is cancelled.'
                else 'The customer has not been told what was decided on the booking.'
            end,
            'booking_id', p_job.payload ->> 'booking_id'
        ),
        'failed',
        'dead_letter',
        (select job.last_error from private.jobs as job where job.id = p_job.id),
        p_job.id
    );
    perform private.notify(
        p_job.business_id,
        'notice_failed',
        'critical',
        p_job.conversation_id,
        p_job.payload - 'note'
    );
end
$$;

comment on function private.tell_dead_notice(private.jobs) is
    'Shows in the conversation, and tells the owner, that a customer does not know of a decision.';
