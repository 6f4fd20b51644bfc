-- The customer's YES. Promise 4 stands here: nothing is booked, moved or cancelled but from a proposal that
-- went out to this customer before they answered, and that they answered with a YES and nothing else.

create function private.was_tapped(p_conversation_id uuid, p_proposal_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    return exists (
        select
        from public.messages as tap
        where tap.conversation_id = p_conversation_id
            and tap.role = 'user'
            and tap.content ->> 'type' = 'choice'
            and tap.content ->> 'id' in ('yes:' || p_proposal_id, 'no:' || p_proposal_id)
    );
end
$$;

comment on function private.was_tapped(uuid, uuid) is
    'True when the customer tapped a button of a proposal: whatever became of the send, it was on their screen.';

create function private.was_seen(p_message public.messages, p_proposal_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    return (p_message.went_out_at is not null and p_message.status not in ('failed', 'dropped'))
        or private.was_tapped(p_message.conversation_id, p_proposal_id);
end
$$;

comment on function private.was_seen(public.messages, uuid) is
    'True when the customer may have seen the message that shows a proposal.';

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
    v_shown public.messages;
    v_is_answered boolean;
    v_is_agreed boolean;
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
    select *
    into v_shown
    from public.messages as message
    where message.business_id = v_proposal.business_id
        and message.conversation_id = p_conversation.id
        and message.id = v_proposal.message_id;

    -- Of all that waits for an answer since the proposal, also of what this turn has not read: one of it must
    -- have been written after the proposal could be seen, and none of it may say anything but YES. Seconds are
    -- all that the provider's clock has, and it is not ours; a tap needs no clock.
    select
        coalesce(
            bool_or(
                answer.seq <= p_up_to_seq
                and (
                    answer.content ->> 'id' = 'yes:' || v_proposal.id
                    or (
                        answer.created_at >= v_shown.went_out_at
                        and coalesce(answer.provider_at >= v_shown.went_out_at - interval '2 seconds', true)
                    )
                )
            ),
            false
        ),
        coalesce(bool_and(private.agrees(answer.content, v_proposal)), false)
    into v_is_answered, v_is_agreed
    from public.messages as answer
    where answer.conversation_id = p_conversation.id
        and answer.seq > v_shown.seq
        and answer.role = 'user'
        and answer.outcome is null
        and answer.deleted_at is null;
    if v_shown.id is null or not v_is_answered or not private.was_seen(v_shown, v_proposal.id) then
        raise exception 'proposal % was not seen before it was answered', p_proposal_id using errcode = 'D0006';
    end if;
    if not v_is_agreed then
        raise exception 'proposal % was not answered with a plain yes', p_proposal_id using errcode = 'D0012';
    end if;
    update public.proposals as proposal
    set status = 'accepted'
    where proposal.id = v_proposal.id;
    return v_proposal;
end
$$;

comment on function private.accepted_proposal(public.conversations, uuid, integer) is
    'Accepts a proposal: open (else D0005), seen before it was answered (else D0006), and answered with a plain YES (else D0012).';

create function private.apply_action__confirm(
    p_conversation public.conversations,
    p_action jsonb,
    p_up_to_seq integer
)
returns uuid[]
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_proposal public.proposals := private.accepted_proposal(
        p_conversation, (p_action ->> 'proposal_id')::uuid, p_up_to_seq
    );
    v_lines public.proposal_lines[] := array(
        select accepted
        from public.proposal_lines as accepted
        where accepted.business_id = v_proposal.business_id
            and accepted.proposal_id = v_proposal.id
        order by accepted.line
    );
    v_line public.proposal_lines;
begin
    -- The instructors are locked: between giving the holds back and taking the time for good nobody gets in.
    perform private.drop_holds(p_conversation.business_id, p_conversation.id);
    if v_proposal.kind = 'book' then
        return private.book(p_conversation.customer_id, p_conversation.id, v_lines);
    end if;

    foreach v_line in array v_lines
    loop
        perform private.changeable_booking(v_line.business_id, p_conversation.customer_id, v_line.booking_id);
    end loop;
    if v_proposal.kind = 'reschedule' then
        return private.move(v_lines);
    end if;
    return private.cancel(
        v_proposal.business_id,
        array(select accepted.booking_id from unnest(v_lines) as accepted order by accepted.line)
    );
end
$$;

comment on function private.apply_action__confirm(public.conversations, jsonb, integer) is
    'Does what the accepted proposal says, all of it: books, moves or cancels. Returns the bookings.';
