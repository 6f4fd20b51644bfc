-- A turn, last part: reply, bookings, state and delivery in one transaction. What is said and what is so
-- commit together; if the world moved on meanwhile nothing is changed and the answer says how.

create function private.instructors_in(p_business_id uuid, p_conversation_id uuid, p_actions jsonb)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
    return private.held_instructors(p_business_id, p_conversation_id) || array(
        select named.instructor_id
        from jsonb_array_elements(p_actions) as action
        cross join lateral (
            select private.uuid_or_null(slot ->> 'instructor_id') as instructor_id
            from jsonb_array_elements(
                case when jsonb_typeof(action -> 'slots') = 'array' then action -> 'slots' else '[]' end
            ) as slot
            union all
            select unnest(
                private.instructors_named(p_business_id, private.proposed_lines(action -> 'proposal'))
            )
            union all
            select unnest(array[open.instructor_id, booking.instructor_id])
            from public.proposal_lines as open
            left join public.bookings as booking
                on booking.business_id = open.business_id
                and booking.id = open.booking_id
            where open.business_id = p_business_id
                and open.proposal_id = private.uuid_or_null(action ->> 'proposal_id')
        ) as named
    );
end
$$;

comment on function private.instructors_in(uuid, uuid, jsonb) is
    'Every instructor whose time a turn may touch: named in its actions, held for its conversation, or booked.';

create function private.turn_is_superseded(
    p_conversation public.conversations,
    p_up_to_seq integer,
    p_revision integer
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    return p_conversation.revision is distinct from p_revision
        or exists (
            select
            from public.messages as message
            where message.conversation_id = p_conversation.id
                and message.role = 'user'
                and message.outcome is null
                and message.seq > p_up_to_seq
        );
end
$$;

comment on function private.turn_is_superseded(public.conversations, integer, integer) is
    'True when the customer has written, edited or deleted something that the turn has not read.';

create function public.finish_turn(
    p_job_id bigint,
    p_lease uuid,
    p_up_to_seq integer,
    p_reply jsonb,
    p_actions jsonb,
    p_state jsonb,
    p_usage jsonb,
    p_final boolean default false,
    p_revision integer default 0
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs := private.held_job(p_job_id, p_lease);
    v_conversation public.conversations;
    v_action jsonb;
    v_index integer := -1;
    v_message_id uuid;
    v_booking_ids uuid[] := '{}';
begin
    if v_job.kind <> 'reply' or jsonb_typeof(coalesce(p_actions, '[]')) <> 'array' then
        raise exception 'job % is not a turn, or its actions are not a list', p_job_id using errcode = 'D0009';
    end if;
    perform private.lock_instructors(
        private.instructors_in(v_job.business_id, v_job.conversation_id, coalesce(p_actions, '[]'))
    );
    select *
    into strict v_conversation
    from public.conversations as conversation
    where conversation.business_id = v_job.business_id
        and conversation.id = v_job.conversation_id
    for no key update;

    if v_conversation.mode <> 'ai' then
        perform private.end_turn_unanswered(v_job, 'handed_over');
        delete from private.jobs as job where job.id = v_job.id;
        return jsonb_build_object('result', 'taken_over');
    end if;
    -- To the worker it is the same: somebody decided, and nothing is to be said.
    if private.silent_to(v_conversation) then
        perform private.end_turn_unanswered(v_job, 'blocked');
        delete from private.jobs as job where job.id = v_job.id;
        return jsonb_build_object('result', 'taken_over');
    end if;
    if not coalesce(p_final, false) and private.turn_is_superseded(v_conversation, p_up_to_seq, p_revision) then
        return jsonb_build_object('result', 'superseded');
    end if;

    -- A block of its own: an action that fails takes with it whatever the ones before it did.
    begin
        for v_action in
            select * from jsonb_array_elements(coalesce(p_actions, '[]'))
        loop
            v_index := v_index + 1;
            v_booking_ids := v_booking_ids || private.apply_action(v_conversation, v_action, p_up_to_seq);
        end loop;
        v_index := -1;

        -- The conversation has moved on: nothing is asked any more, so nothing is kept from others for it.
        if p_state ->> 'stage' = 'idle'
            and not coalesce(p_actions, '[]') @> '[{"type": "offer"}]'
            and not exists (
                select
                from public.proposals as proposal
                where proposal.conversation_id = v_conversation.id
                    and proposal.status = 'open'
                    and proposal.expires_at > now()
            )
        then
            perform private.drop_holds(v_conversation.business_id, v_conversation.id);
        end if;

        if p_reply is not null and p_reply <> 'null' then
            v_message_id := private.say(
                v_conversation.id,
                p_reply,
                coalesce(p_usage, '{}'),
                v_job,
                (
                    select conversation.mode_epoch
                    from public.conversations as conversation
                    where conversation.id = v_conversation.id
                )
            );
        end if;
        perform private.settle_turn(v_job, p_up_to_seq, v_message_id, coalesce(p_state, '{}'));
    exception
        when sqlstate 'D0003' then
            return jsonb_build_object('result', 'slot_taken', 'action', v_index);
        when sqlstate 'D0001' or sqlstate 'D0004' or sqlstate 'D0005' or sqlstate 'D0006' or sqlstate 'D0007'
            or sqlstate 'D0009' or sqlstate 'D0012' or sqlstate 'D0013' or sqlstate 'D0014' then
            return jsonb_build_object(
                'result', 'refused', 'action', v_index, 'code', sqlstate, 'message', sqlerrm
            );
        when data_exception or integrity_constraint_violation then
            return jsonb_build_object(
                'result', 'refused', 'action', v_index, 'code', 'D0009', 'message', sqlerrm
            );
    end;
    return jsonb_build_object(
        'result', 'done', 'message_id', v_message_id, 'booking_ids', to_jsonb(v_booking_ids)
    );
end
$$;

revoke all on function public.finish_turn(bigint, uuid, integer, jsonb, jsonb, jsonb, jsonb, boolean, integer)
    from public, anon, authenticated;
grant execute on function public.finish_turn(bigint, uuid, integer, jsonb, jsonb, jsonb, jsonb, boolean, integer)
    to service_role;

comment on function public.finish_turn(bigint, uuid, integer, jsonb, jsonb, jsonb, jsonb, boolean, integer) is
    'Commits a turn, or says why not: {result: done | superseded | taken_over | slot_taken | refused}. Raises D0002 when the lease is lost.';
