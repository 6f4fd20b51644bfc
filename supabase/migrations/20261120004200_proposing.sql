-- Asking for a YES: one proposal at a time, its end and price computed here, its time held.

create function private.apply_action__propose(p_conversation public.conversations, p_action jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_asked jsonb := p_action -> 'proposal';
    v_proposal public.proposals;
    v_booking public.bookings;
    v_service public.services;
begin
    v_proposal.id := (v_asked ->> 'id')::uuid;
    v_proposal.kind := v_asked ->> 'kind';
    v_proposal.booking_id := (v_asked ->> 'booking_id')::uuid;
    v_proposal.service_id := (v_asked ->> 'service_id')::uuid;
    v_proposal.instructor_id := (v_asked ->> 'instructor_id')::uuid;
    v_proposal.starts_at := (v_asked ->> 'starts_at')::timestamptz;

    if v_proposal.kind in ('reschedule', 'cancel') then
        v_booking := private.booking_of(p_conversation, v_proposal.booking_id);
        v_proposal.service_id := v_booking.service_id;
    end if;
    if v_proposal.kind = 'cancel' then
        v_proposal.instructor_id := v_booking.instructor_id;
        v_proposal.starts_at := v_booking.starts_at;
    end if;
    v_service := private.service_of(p_conversation.business_id, v_proposal.service_id);
    if v_proposal.kind <> 'cancel' then
        perform private.check_slot_is_ours_to_offer(v_service, v_proposal.instructor_id, v_proposal.starts_at);
    end if;

    perform private.close_proposal(p_conversation, 'superseded');
    perform private.drop_holds(p_conversation.business_id, p_conversation.id);
    insert into public.proposals (
        id, business_id, conversation_id, kind, service_id, instructor_id, starts_at, ends_at, booking_id,
        participants, customer_name, notes, price_minor, currency, expires_at
    )
    select
        v_proposal.id,
        p_conversation.business_id,
        p_conversation.id,
        v_proposal.kind,
        v_proposal.service_id,
        v_proposal.instructor_id,
        v_proposal.starts_at,
        case v_proposal.kind
            when 'cancel' then v_booking.ends_at
            else v_proposal.starts_at + make_interval(mins => v_service.duration_min)
        end,
        v_proposal.booking_id,
        coalesce((v_asked ->> 'participants')::integer, v_booking.participants, 1),
        nullif(trim(coalesce(v_asked ->> 'customer_name', v_booking.customer_name)), ''),
        nullif(trim(coalesce(v_asked ->> 'notes', v_booking.notes)), ''),
        coalesce(v_booking.price_minor, v_service.price_minor),
        coalesce(v_booking.currency, v_service.currency),
        now() + make_interval(mins => business.proposal_hold_min)
    from public.businesses as business
    where business.id = p_conversation.business_id
    returning * into strict v_proposal;

    if v_proposal.kind <> 'cancel' then
        perform private.hold_slot(
            v_service, v_proposal.instructor_id, v_proposal.starts_at, p_conversation.id,
            v_proposal.expires_at, v_proposal.id, v_proposal.booking_id
        );
    end if;
end
$$;

comment on function private.apply_action__propose(public.conversations, jsonb) is
    'Makes the one open proposal and holds its time; end and price are ours to compute, not the caller''s.';
