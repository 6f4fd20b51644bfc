-- Sending. The message row is the outbox entry; every outbound message, whoever wrote it, gets its delivery by
-- trigger. Takeover is looked at for the last time here, under the conversation's lock, just before the send.

create function private.tg_messages__make_delivery()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    insert into private.jobs (business_id, kind, conversation_id, message_id)
    values (new.business_id, 'deliver', new.conversation_id, new.id);
    return null;
end
$$;

comment on function private.tg_messages__make_delivery() is 'Makes the job that sends an outbound message.';

create trigger _700_make_delivery
    after insert on public.messages
    for each row
    when (new.role <> 'user' and new.status = 'queued')
    execute function private.tg_messages__make_delivery();

create function private.drop_message(p_message public.messages, p_conversation public.conversations)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_is_silent boolean := private.silent_to(p_conversation);
    v_may_be_out boolean := p_message.status = 'sending' and p_message.send_started_at is not null;
begin
    if v_may_be_out then
        -- Its worker was lost in the middle: it must not be said again, and nobody may say that it was not.
        update public.messages as message
        set
            status = 'failed',
            status_at = now(),
            error_code = 'taken_over',
            error_detail = 'Somebody took over while this was being sent; it may have gone out.',
            send_started_at = null
        where message.id = p_message.id;
    else
        update public.messages as message
        set
            status = 'dropped',
            status_at = now()
        where message.id = p_message.id;
    end if;

    if p_conversation.mode = 'ai' and not v_is_silent and not v_may_be_out then
        -- Handed back before anything was said: what it would have answered is open again.
        update public.messages as message
        set
            outcome = null,
            answered_by = null
        where message.business_id = p_message.business_id
            and message.answered_by = p_message.id
            and message.deleted_at is null;
        if found then
            perform private.enqueue_turn(p_message.business_id, p_message.conversation_id);
        end if;
        return;
    end if;
    -- What it would have answered is now the person's to answer.
    update public.messages as message
    set outcome = case when v_is_silent then 'blocked' else 'handed_over' end
    where message.business_id = p_message.business_id
        and message.answered_by = p_message.id;
end
$$;

comment on function private.drop_message(public.messages, public.conversations) is
    'Keeps an answer from going out after a takeover; its questions become the person''s, or are open again when the desk is back.';

create function public.claim_deliveries(p_worker uuid, p_limit integer, p_lease_ms integer)
returns table (
    job_id bigint,
    lease uuid,
    attempt integer,
    waits integer,
    business_id uuid,
    conversation_id uuid,
    message_id uuid,
    content jsonb,
    channel_kind text,
    account text,
    access_token text,
    recipient jsonb
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_jobs private.jobs[];
    v_job private.jobs;
    v_conversation public.conversations;
    v_message public.messages;
    v_channel public.channels;
    v_content jsonb;
    v_not_before timestamptz;
begin
    perform private.stay_awake(p_worker, 'deliver');
    if private.bury_exhausted_job('deliver') then
        return;
    end if;

    select array_agg(job order by job.conversation_id)
    into v_jobs
    from private.claim_jobs('deliver', p_limit, p_lease_ms) as job;

    perform
    from public.conversations as conversation
    where conversation.id in (select job.conversation_id from unnest(v_jobs) as job)
    order by conversation.id
    for share;

    foreach v_job in array coalesce(v_jobs, '{}')
    loop
        select *
        into strict v_conversation
        from public.conversations as conversation
        where conversation.id = v_job.conversation_id;
        select *
        into strict v_message
        from public.messages as message
        where message.id = v_job.message_id
        for no key update;

        if v_message.status not in ('queued', 'sending') then
            -- A status that named it has settled it, while its worker was lost.
            delete from private.jobs as job where job.id = v_job.id;
            continue;
        end if;
        if v_message.mode_epoch <> v_conversation.mode_epoch then
            perform private.drop_message(v_message, v_conversation);
            delete from private.jobs as job where job.id = v_job.id;
            continue;
        end if;
        select *
        into strict v_channel
        from public.channels as channel
        where channel.id = v_conversation.channel_id;

        v_content := v_message.content - 'template';
        if not private.window_is_open(v_conversation, v_channel) then
            v_content := private.as_template(v_message, v_conversation);
        end if;
        if v_content is null then
            perform private.fail_outside_window(v_job, v_message);
            continue;
        end if;
        v_not_before := private.wait_to_send(v_conversation, v_channel);
        if v_not_before is not null then
            perform private.put_off(v_job, v_not_before);
            continue;
        end if;
        update public.messages as message
        set
            status = 'sending',
            send_started_at = clock_timestamp(),
            template_name = case when v_content ->> 'type' = 'template' then v_content ->> 'name' end
        where message.id = v_message.id;

        job_id := v_job.id;
        lease := v_job.lease;
        attempt := v_job.attempts;
        waits := v_job.waits;
        business_id := v_job.business_id;
        conversation_id := v_job.conversation_id;
        message_id := v_message.id;
        content := v_content;
        channel_kind := v_channel.kind;
        account := v_channel.external_id;
        access_token := private.channel_token(v_channel.access_token_secret_id);
        recipient := private.recipient(v_job.business_id, v_conversation.customer_id, v_channel.kind);
        return next;
    end loop;
end
$$;

revoke all on function public.claim_deliveries(uuid, integer, integer) from public, anon, authenticated;
grant execute on function public.claim_deliveries(uuid, integer, integer) to service_role;

comment on function public.claim_deliveries(uuid, integer, integer) is
    'Leases due sends to a worker; what a takeover made stale is dropped, what exceeds a limit put off, what is outside the window made a template. Also the worker''s heartbeat.';
