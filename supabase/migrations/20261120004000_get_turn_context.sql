-- get_turn_context(): one call, one snapshot, and only for the holder of the lease.

create function private.context_event(p_job private.jobs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select jsonb_build_object(
            'type', p_job.payload ->> 'type',
            'booking', private.context_booking(booking),
            'note', p_job.payload ->> 'note'
        )
        from public.bookings as booking
        where p_job.kind = 'notice'
            and booking.business_id = p_job.business_id
            and booking.id = (p_job.payload ->> 'booking_id')::uuid
    );
end
$$;

comment on function private.context_event(private.jobs) is 'The news a notice is about; null for a turn.';

create function private.turn_context(p_job private.jobs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select private.context_catalogue(business.id) || jsonb_build_object(
            'now', now(),
            'up_to_seq', conversation.last_seq,
            'revision', conversation.revision,
            'unanswered', (
                select coalesce(jsonb_agg(message.seq order by message.seq), '[]')
                from public.messages as message
                where message.conversation_id = conversation.id
                    and message.role = 'user'
                    and message.outcome is null
            ),
            'business', jsonb_build_object(
                'id', business.id,
                'name', business.name,
                'time_zone', business.time_zone,
                'currency', business.currency,
                'locale', business.locale,
                'country', business.country,
                'meeting_point', business.meeting_point,
                'settings', business.settings
            ),
            'channel', jsonb_build_object('id', channel.id, 'kind', channel.kind),
            'conversation', jsonb_build_object(
                'id', conversation.id,
                -- To a turn a customer who gets no answer is a conversation that somebody has paused.
                'mode', case when private.silent_to(conversation) then 'paused' else conversation.mode end,
                'stage', case when stage.lives then conversation.stage else 'idle' end,
                'draft', case when stage.lives then conversation.draft else '{}' end,
                'language', conversation.language
            ),
            'customer', jsonb_build_object(
                'id', customer.id,
                'name', customer.name,
                'language', customer.language,
                'phone', customer.phone,
                'bookings_before', (
                    select count(*)
                    from public.bookings as booking
                    where booking.business_id = customer.business_id
                        and booking.customer_id = customer.id
                        and booking.status <> 'cancelled'
                )
            ),
            'messages', private.context_messages(conversation.id),
            'offers', private.context_offers(conversation.business_id, conversation.id),
            'proposal', private.context_proposal(conversation.id),
            'upcoming_bookings', (
                select coalesce(jsonb_agg(private.context_booking(booking) order by booking.starts_at), '[]')
                from public.bookings as booking
                where booking.business_id = customer.business_id
                    and booking.customer_id = customer.id
                    and booking.status <> 'cancelled'
                    and booking.ends_at > now()
            ),
            'knowledge', private.context_knowledge(business.id),
            'event', private.context_event(p_job)
        )
        from public.conversations as conversation
        join public.businesses as business on business.id = conversation.business_id
        join public.channels as channel on channel.id = conversation.channel_id
        join public.customers as customer on customer.id = conversation.customer_id
        cross join lateral (
            select coalesce(conversation.stage_expires_at > now(), false) as lives
        ) as stage
        where conversation.business_id = p_job.business_id
            and conversation.id = p_job.conversation_id
    );
end
$$;

comment on function private.turn_context(private.jobs) is 'Everything the concierge may know in a turn.';

create function public.get_turn_context(p_job_id bigint, p_lease uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    v_job private.jobs;
begin
    select *
    into v_job
    from private.jobs as job
    where job.id = p_job_id
        and job.state = 'running'
        and job.lease = p_lease;
    if not found then
        raise exception 'job % is not held under this lease', p_job_id using errcode = 'D0002';
    end if;
    return private.turn_context(v_job);
end
$$;

revoke all on function public.get_turn_context(bigint, uuid) from public, anon, authenticated;
grant execute on function public.get_turn_context(bigint, uuid) to service_role;

comment on function public.get_turn_context(bigint, uuid) is
    'What a turn or notice is about: conversation, catalogue, offers, proposal, bookings. Raises D0002 when the lease is lost.';
