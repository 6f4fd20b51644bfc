-- Asking for a YES: one proposal at a time, with a line for each booking. Ends and prices are computed here, and the
-- times are held from now on for as long as a YES is taken.

create function private.proposed_lines(p_proposal jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
    return jsonb_build_array(p_proposal - 'also') || case
        when jsonb_typeof(p_proposal -> 'also') = 'array' then p_proposal -> 'also'
        else '[]'
    end;
end
$$;

comment on function private.proposed_lines(jsonb) is
    'The lines of a proposal as a turn writes it: the first in the proposal itself, the others under also.';

create function private.apply_action__propose(p_conversation public.conversations, p_action jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_asked jsonb := p_action -> 'proposal';
    v_lines public.proposal_lines[] := private.read_lines(
        p_conversation.business_id, p_conversation.customer_id, v_asked ->> 'kind', private.proposed_lines(v_asked)
    );
    v_moving uuid[] := array(
        select wanted.booking_id from unnest(v_lines) as wanted where wanted.booking_id is not null
    );
    v_proposal public.proposals;
    v_line public.proposal_lines;
begin
    perform private.close_proposal(p_conversation, 'superseded');
    perform private.drop_holds(p_conversation.business_id, p_conversation.id);
    insert into public.proposals (id, business_id, conversation_id, kind, expires_at)
    select
        (v_asked ->> 'id')::uuid,
        business.id,
        p_conversation.id,
        v_asked ->> 'kind',
        now() + make_interval(mins => business.proposal_hold_min)
    from public.businesses as business
    where business.id = p_conversation.business_id
    returning * into strict v_proposal;

    foreach v_line in array v_lines
    loop
        v_line.proposal_id := v_proposal.id;
        insert into public.proposal_lines values (v_line.*);
        if v_proposal.kind <> 'cancel' then
            perform private.hold_slot(
                private.service_of(v_line.business_id, v_line.service_id), v_line.instructor_id, v_line.starts_at,
                v_line.participants, p_conversation.id, v_proposal.expires_at, v_proposal.id, v_moving
            );
        end if;
    end loop;
end
$$;

comment on function private.apply_action__propose(public.conversations, jsonb) is
    'Makes the one open proposal and holds the times of all its lines, or none.';
