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

create function private.context_proposal(p_conversation_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select jsonb_build_object(
            'id', proposal.id,
            'kind', proposal.kind,
            'service_id', proposal.service_id,
            'instructor_id', proposal.instructor_id,
            'starts_at', proposal.starts_at,
            'ends_at', proposal.ends_at,
            'booking_id', proposal.booking_id,
            'participants', proposal.participants,
            'customer_name', proposal.customer_name,
            'notes', proposal.notes,
            'price_minor', proposal.price_minor,
            'currency', proposal.currency,
            'expires_at', proposal.expires_at,
            'went_out', private.was_seen(message, proposal.id),
            'seq', message.seq
        )
        from public.proposals as proposal
        join public.messages as message
            on message.business_id = proposal.business_id
            and message.id = proposal.message_id
        where proposal.conversation_id = p_conversation_id
            -- Also one that has run out: a late YES is answered with what was offered, never booked.
            and proposal.status = 'open'
    );
end
$$;

comment on function private.context_proposal(uuid) is 'What the customer is being asked to say YES to, or null.';
