-- What the end of a turn writes, whatever its actions were: the answer, and what it answered.

create function private.say(
    p_conversation_id uuid,
    p_reply jsonb,
    p_usage jsonb,
    p_job private.jobs,
    p_mode_epoch integer
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_message_id uuid;
begin
    insert into public.messages (
        business_id, conversation_id, role, content, mode_epoch, brain, model, prompt_version, usage, job_id
    )
    values (
        p_job.business_id,
        p_conversation_id,
        'assistant',
        p_reply,
        p_mode_epoch,
        p_usage ->> 'brain',
        p_usage ->> 'model',
        p_usage ->> 'prompt_version',
        p_usage - array['brain', 'model', 'prompt_version'],
        p_job.id
    )
    returning id
    into strict v_message_id;
    return v_message_id;
end
$$;

comment on function private.say(uuid, jsonb, jsonb, private.jobs, integer) is
    'Puts an answer into the conversation; a trigger makes its delivery.';

create function private.settle_turn(
    p_job private.jobs,
    p_up_to_seq integer,
    p_message_id uuid,
    p_state jsonb
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_conversation public.conversations;
    v_stage text := coalesce(p_state ->> 'stage', 'idle');
begin
    update public.conversations as conversation
    set
        stage = v_stage,
        stage_expires_at = case when v_stage <> 'idle' then now() + interval '30 minutes' end,
        draft = coalesce(p_state -> 'draft', '{}'),
        language = coalesce(p_state ->> 'language', conversation.language)
    where conversation.id = p_job.conversation_id
    returning * into strict v_conversation;

    update public.messages as message
    set
        outcome = case
            when v_conversation.mode <> 'ai' then 'handed_over'
            when p_message_id is null then 'ignored'
            else 'answered'
        end,
        answered_by = p_message_id
    where message.conversation_id = p_job.conversation_id
        and message.role = 'user'
        and message.outcome is null
        and (message.seq <= p_up_to_seq or v_conversation.mode <> 'ai');

    update public.proposals as proposal
    set message_id = p_message_id
    where proposal.conversation_id = p_job.conversation_id
        and proposal.status = 'open'
        and proposal.message_id is null;

    delete from private.jobs as job
    where job.id = p_job.id;

    -- A turn that was made for messages answered here has nothing left to do.
    delete from private.jobs as job
    where job.lane = p_job.lane
        and job.kind = 'reply'
        and job.state = 'queued'
        and not exists (
            select
            from public.messages as message
            where message.conversation_id = p_job.conversation_id
                and message.role = 'user'
                and message.outcome is null
        );
end
$$;

comment on function private.settle_turn(private.jobs, integer, uuid, jsonb) is
    'Marks what was answered, keeps the state of the conversation, and ends the job.';
