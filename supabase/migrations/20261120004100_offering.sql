-- What a turn may do, step by step, beginning with offers. finish_turn() applies all of it or none; nothing here
-- checks a lease or takes a lock, and nothing here is reachable but through it.

create function private.booking_of(p_conversation public.conversations, p_booking_id uuid)
returns public.bookings
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_booking public.bookings;
begin
    select *
    into v_booking
    from public.bookings as booking
    where booking.business_id = p_conversation.business_id
        and booking.customer_id = p_conversation.customer_id
        and booking.id = p_booking_id
    for no key update;
    if not found then
        raise exception 'this customer has no booking %', p_booking_id using errcode = 'D0001';
    end if;
    if v_booking.status = 'cancelled' or v_booking.starts_at <= now() then
        raise exception 'booking % is cancelled or has begun', v_booking.reference using errcode = 'D0007';
    end if;
    return v_booking;
end
$$;

comment on function private.booking_of(public.conversations, uuid) is
    'A booking of this customer that can still change, locked; D0001 for anybody else''s, D0007 when it is too late.';

create function private.close_proposal(p_conversation public.conversations, p_status text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update public.proposals as proposal
    set status = case when proposal.expires_at <= now() then 'expired' else p_status end
    where proposal.conversation_id = p_conversation.id
        and proposal.status = 'open';
end
$$;

comment on function private.close_proposal(public.conversations, text) is 'Closes the open proposal, if there is one.';

create function private.apply_action__offer(p_conversation public.conversations, p_action jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_service public.services;
    v_hold interval;
    v_slot jsonb;
begin
    v_service := private.service_of(p_conversation.business_id, (p_action ->> 'service_id')::uuid);
    select make_interval(mins => business.offer_hold_min)
    into strict v_hold
    from public.businesses as business
    where business.id = p_conversation.business_id;

    -- Other times on the table: whatever was asked before is no longer the question.
    perform private.close_proposal(p_conversation, 'superseded');
    perform private.drop_holds(p_conversation.business_id, p_conversation.id);
    for v_slot in
        select slot.value
        from jsonb_array_elements(p_action -> 'slots') as slot (value)
        order by (slot.value ->> 'starts_at')::timestamptz desc
    loop
        perform private.check_slot_is_ours_to_offer(
            v_service, (v_slot ->> 'instructor_id')::uuid, (v_slot ->> 'starts_at')::timestamptz
        );
        perform private.hold_slot(
            v_service,
            (v_slot ->> 'instructor_id')::uuid,
            (v_slot ->> 'starts_at')::timestamptz,
            p_conversation.id,
            now() + v_hold
        );
    end loop;
end
$$;

comment on function private.apply_action__offer(public.conversations, jsonb) is
    'Holds the offered times in place of everything held for the conversation before.';
