-- Bookings and proposals as the concierge sees them.

create function private.context_booking(p_booking public.bookings)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select jsonb_build_object(
            'id', p_booking.id,
            'reference', p_booking.reference,
            'service_id', p_booking.service_id,
            'service_name', service.name,
            'instructor_id', p_booking.instructor_id,
            'instructor_name', instructor.name,
            'starts_at', p_booking.starts_at,
            'ends_at', p_booking.ends_at,
            'status', p_booking.status,
            'price_minor', p_booking.price_minor,
            'currency', p_booking.currency
        )
        from public.services as service, public.instructors as instructor
        where service.id = p_booking.service_id
            and instructor.id = p_booking.instructor_id
    );
end
$$;

comment on function private.context_booking(public.bookings) is 'A booking as the concierge sees it.';

create function private.context_line(p_line public.proposal_lines)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
    return jsonb_build_object(
        'service_id', p_line.service_id,
        'instructor_id', p_line.instructor_id,
        'starts_at', p_line.starts_at,
        'ends_at', p_line.ends_at,
        'booking_id', p_line.booking_id,
        'participants', p_line.participants,
        'customer_name', p_line.customer_name,
        'notes', p_line.notes,
        'price_minor', p_line.price_minor,
        'currency', p_line.currency
    );
end
$$;

comment on function private.context_line(public.proposal_lines) is 'A line of a proposal as the concierge sees it.';

create function private.context_proposal(p_conversation_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select (lines.of_it -> 0) || jsonb_build_object(
            'id', proposal.id,
            'kind', proposal.kind,
            'also', lines.of_it - 0,
            'expires_at', proposal.expires_at,
            'went_out', private.was_seen(message, proposal.id),
            'seq', message.seq
        )
        from public.proposals as proposal
        join public.messages as message
            on message.business_id = proposal.business_id
            and message.id = proposal.message_id
        cross join lateral (
            select jsonb_agg(private.context_line(open) order by open.line) as of_it
            from public.proposal_lines as open
            where open.business_id = proposal.business_id
                and open.proposal_id = proposal.id
        ) as lines
        where proposal.conversation_id = p_conversation_id
            -- Also one that has run out: a late YES is answered with what was offered, never booked.
            and proposal.status = 'open'
    );
end
$$;

comment on function private.context_proposal(uuid) is
    'What the customer is being asked to say YES to, or null: the first line in the proposal itself, the others under also. It may have expired.';

create function private.context_offers(p_business_id uuid, p_conversation_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(to_jsonb(offer) order by offer.starts_at, offer.instructor_id), '[]')
        from (
            select claim.service_id, claim.instructor_id, claim.starts_at, claim.ends_at, claim.expires_at
            from public.time_claims as claim
            where claim.business_id = p_business_id
                and claim.conversation_id = p_conversation_id
                and claim.kind = 'hold'
                and claim.proposal_id is null
                and claim.expires_at > now()
            union
            select session.service_id, session.instructor_id, session.starts_at, session.ends_at, hold.expires_at
            from public.place_holds as hold
            join public.sessions as session
                on session.business_id = hold.business_id
                and session.id = hold.session_id
            where hold.business_id = p_business_id
                and hold.conversation_id = p_conversation_id
                and hold.proposal_id is null
                and hold.expires_at > now()
        ) as offer
    );
end
$$;

comment on function private.context_offers(uuid, uuid) is 'The times that are held for a conversation to choose from.';
