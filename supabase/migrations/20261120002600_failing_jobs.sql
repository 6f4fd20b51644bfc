-- When work fails: again after a while, and in the end a dead letter. Nothing goes quietly: what was not
-- answered or not sent says so where the owner sees it.

create function private.lock_conversation(p_job private.jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform
    from public.conversations as conversation
    where conversation.business_id = p_job.business_id
        and conversation.id = p_job.conversation_id
    for no key update;
end
$$;

comment on function private.lock_conversation(private.jobs) is
    'The lock that receiving and finishing take too: a message that arrives now comes wholly before or wholly after.';

create function private.end_turn_unanswered(p_job private.jobs, p_outcome text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform private.lock_conversation(p_job);

    -- Another turn is waiting: it takes these messages too, so they have not failed yet.
    if p_outcome = 'failed' and exists (
        select
        from private.jobs as job
        where job.lane = p_job.lane
            and job.kind = 'reply'
            and job.state = 'queued'
    ) then
        return;
    end if;

    update public.messages as message
    set outcome = p_outcome
    where message.business_id = p_job.business_id
        and message.conversation_id = p_job.conversation_id
        and message.role = 'user'
        and message.outcome is null;
end
$$;

comment on function private.end_turn_unanswered(private.jobs, text) is
    'Gives the messages of a turn that will not be answered their outcome: failed, handed_over or blocked.';

create function private.bury_job(p_job private.jobs, p_error text)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform private.lock_conversation(p_job);

    update private.jobs as job
    set
        state = 'dead',
        lease = null,
        leased_until = null,
        last_error = left(p_error, 2000),
        died_at = now()
    where job.id = p_job.id;

    if p_job.kind = 'reply' then
        perform private.end_turn_unanswered(p_job, 'failed');
    elsif p_job.kind = 'deliver' then
        update public.messages as message
        set
            status = 'failed',
            status_at = now(),
            error_code = 'dead_letter',
            error_detail = left(p_error, 2000)
        where message.business_id = p_job.business_id
            and message.id = p_job.message_id
            and private.status_rank(message.status) < private.status_rank('failed');
    else
        perform private.tell_dead_notice(p_job);
    end if;
    return private.sound_alarm(p_job.business_id);
end
$$;

comment on function private.bury_job(private.jobs, text) is
    'Makes a job a dead letter, and lets the owner see what was not answered or not sent; true when there are too many of them lately.';

create function private.bury_exhausted_job(p_function text)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_job private.jobs;
begin
    select *
    into v_job
    from private.jobs as job
    where job.function = p_function
        and job.state = 'running'
        and job.leased_until <= now()
        and job.attempts >= job.max_attempts
    order by job.leased_until
    limit 1
    for update skip locked;
    if not found then
        return false;
    end if;
    perform private.bury_job(v_job, coalesce(v_job.last_error, 'the worker was lost'));
    return true;
end
$$;

comment on function private.bury_exhausted_job(text) is
    'Buries a job whose last allowed worker never came back; one a transaction, so that its locks stay in order.';
