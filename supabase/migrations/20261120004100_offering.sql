-- What a turn may do, step by step, beginning with offers. finish_turn() applies all of it or none; nothing here
-- checks a lease or takes a lock, and nothing here is reachable but through it.

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
    v_usual public.services := private.service_of(p_conversation.business_id, (p_action ->> 'service_id')::uuid);
    v_service public.services;
    -- Looking for another time for a booking: what it has itself is free to it.
    v_moving uuid[] := case
        when p_action ->> 'booking_id' is null then '{}'
        else array[(private.changeable_booking(
            p_conversation.business_id, p_conversation.customer_id, (p_action ->> 'booking_id')::uuid
        )).id]
    end;
    v_hold interval;
    v_slot record;
begin
    select make_interval(mins => business.offer_hold_min)
    into strict v_hold
    from public.businesses as business
    where business.id = p_conversation.business_id;

    -- Other times on the table: whatever was asked before is no longer the question.
    perform private.close_proposal(p_conversation, 'superseded');
    perform private.drop_holds(p_conversation.business_id, p_conversation.id);
    for v_slot in
        select
            coalesce((slot.value ->> 'service_id')::uuid, v_usual.id) as service_id,
            (slot.value ->> 'instructor_id')::uuid as instructor_id,
            (slot.value ->> 'starts_at')::timestamptz as starts_at,
            coalesce((slot.value ->> 'participants')::integer, 1) as participants
        from jsonb_array_elements(p_action -> 'slots') as slot (value)
        order by starts_at desc
    loop
        v_service := private.service_of(p_conversation.business_id, v_slot.service_id);
        perform private.check_offered(v_service, v_slot.instructor_id, v_slot.starts_at, v_slot.participants);
        perform private.hold_slot(
            v_service, v_slot.instructor_id, v_slot.starts_at, v_slot.participants, p_conversation.id,
            now() + v_hold, null, v_moving
        );
    end loop;
end
$$;

comment on function private.apply_action__offer(public.conversations, jsonb) is
    'Holds the offered times in place of everything held for the conversation before. A slot may name a service of its own, and how many people come; the offer may name the booking that is to move.';
