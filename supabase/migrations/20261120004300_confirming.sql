-- The customer's YES. Promise 4 stands here: nothing is booked, moved or cancelled but from a proposal that
-- went out to this customer before they answered.

create function private.accepted_proposal(
    p_conversation public.conversations,
    p_proposal_id uuid,
    p_up_to_seq integer
)
returns public.proposals
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_proposal public.proposals;
begin
    select *
    into v_proposal
    from public.proposals as proposal
    where proposal.business_id = p_conversation.business_id
        and proposal.conversation_id = p_conversation.id
        and proposal.id = p_proposal_id
        and proposal.status = 'open'
        and proposal.expires_at > now()
    for no key update;
    if not found then
        raise exception 'proposal % is not open', p_proposal_id using errcode = 'D0005';
    end if;
    if not exists (
        select
        from public.messages as shown
        join public.messages as answer
            on answer.conversation_id = shown.conversation_id
            and answer.seq > shown.seq
        where shown.business_id = v_proposal.business_id
            and shown.id = v_proposal.message_id
            and shown.conversation_id = p_conversation.id
            and private.went_out(shown.status)
            and answer.role = 'user'
            and answer.outcome is null
            and answer.seq <= p_up_to_seq
    ) then
        raise exception 'proposal % was not seen before it was answered', p_proposal_id using errcode = 'D0006';
    end if;
    update public.proposals as proposal
    set status = 'accepted'
    where proposal.id = v_proposal.id;
    return v_proposal;
end
$$;

comment on function private.accepted_proposal(public.conversations, uuid, integer) is
    'Accepts a proposal: open, unexpired, sent, and answered by a message after it. D0005 or D0006 otherwise.';

create function private.apply_action__confirm(
    p_conversation public.conversations,
    p_action jsonb,
    p_up_to_seq integer
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_proposal public.proposals;
    v_booking_id uuid;
begin
    v_proposal := private.accepted_proposal(
        p_conversation, (p_action ->> 'proposal_id')::uuid, p_up_to_seq
    );
    -- The instructor is locked: between giving the hold back and taking the time for good nobody gets in.
    perform private.drop_holds(p_conversation.business_id, p_conversation.id);

    if v_proposal.kind = 'book' then
        insert into public.bookings (
            business_id, service_id, instructor_id, customer_id, conversation_id, proposal_id, starts_at, ends_at,
            time_zone, participants, price_minor, currency, status, customer_name, notes
        )
        select
            v_proposal.business_id, v_proposal.service_id, v_proposal.instructor_id, p_conversation.customer_id,
            p_conversation.id, v_proposal.id, v_proposal.starts_at, v_proposal.ends_at, business.time_zone,
            v_proposal.participants, v_proposal.price_minor, v_proposal.currency,
            case when service.auto_confirm then 'confirmed' else 'pending' end,
            coalesce(v_proposal.customer_name, customer.name), v_proposal.notes
        from public.businesses as business
        join public.services as service
            on service.business_id = business.id
            and service.id = v_proposal.service_id
        join public.customers as customer
            on customer.business_id = business.id
            and customer.id = p_conversation.customer_id
        where business.id = v_proposal.business_id
        returning id into strict v_booking_id;
        return v_booking_id;
    end if;

    v_booking_id := (private.booking_of(p_conversation, v_proposal.booking_id)).id;
    if v_proposal.kind = 'reschedule' then
        update public.bookings as booking
        set
            instructor_id = v_proposal.instructor_id,
            starts_at = v_proposal.starts_at,
            ends_at = v_proposal.ends_at,
            participants = v_proposal.participants
        where booking.id = v_booking_id;
    else
        update public.bookings as booking
        set status = 'cancelled'
        where booking.id = v_booking_id;
    end if;
    return v_booking_id;
end
$$;

comment on function private.apply_action__confirm(public.conversations, jsonb, integer) is
    'Does what the accepted proposal says: books, moves or cancels. Returns the booking.';
