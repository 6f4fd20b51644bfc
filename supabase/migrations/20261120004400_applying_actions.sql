-- The other things a turn may do, and the one place where a staged action finds its step.

create function private.apply_action__hand_off(p_conversation public.conversations, p_action jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update public.conversations as conversation
    set
        mode = 'human',
        handoff_reason = left(p_action ->> 'reason', 500),
        handoff_summary = left(p_action ->> 'summary', 2000)
    where conversation.id = p_conversation.id;
end
$$;

comment on function private.apply_action__hand_off(public.conversations, jsonb) is 'Hands the conversation to a person.';

create function private.apply_action__remember_customer(p_conversation public.conversations, p_action jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update public.customers as customer
    set
        name = coalesce(nullif(trim(p_action ->> 'name'), ''), customer.name),
        language = coalesce(p_action ->> 'language', customer.language)
    where customer.business_id = p_conversation.business_id
        and customer.id = p_conversation.customer_id;
end
$$;

comment on function private.apply_action__remember_customer(public.conversations, jsonb) is
    'Notes a name or a language that the customer gave.';

create function private.apply_action(
    p_conversation public.conversations,
    p_action jsonb,
    p_up_to_seq integer
)
returns uuid[]
language plpgsql
volatile
set search_path = ''
as $$
begin
    case p_action ->> 'type'
        when 'offer' then
            perform private.apply_action__offer(p_conversation, p_action);
        when 'propose' then
            perform private.apply_action__propose(p_conversation, p_action);
        when 'confirm' then
            return private.apply_action__confirm(p_conversation, p_action, p_up_to_seq);
        when 'decline' then
            perform private.close_proposal(p_conversation, 'declined');
            perform private.drop_holds(p_conversation.business_id, p_conversation.id);
        when 'hand_off' then
            perform private.apply_action__hand_off(p_conversation, p_action);
        when 'remember_customer' then
            perform private.apply_action__remember_customer(p_conversation, p_action);
        else
            raise exception 'an action of unknown type %', p_action ->> 'type' using errcode = 'D0009';
    end case;
    return '{}';
end
$$;

comment on function private.apply_action(public.conversations, jsonb, integer) is
    'Applies one staged action of a turn; returns the bookings it made or changed.';
