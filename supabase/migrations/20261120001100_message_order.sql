-- A message's place and a message's progress. The number comes from the conversation's row, whose lock makes
-- it gapless; the status is a rank that only rises, whatever order the provider reports in.

create function private.status_rank(p_status text)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
    return case p_status
        when 'received' then 0
        when 'queued' then 0
        when 'sending' then 1
        when 'accepted' then 2
        when 'sent' then 3
        when 'failed' then 4
        when 'delivered' then 5
        when 'read' then 6
        when 'played' then 7
        when 'dropped' then 9
    end;
end
$$;

comment on function private.status_rank(text) is
    'How far a message got. A failure outranks "sent" and yields to "delivered": another device may still get it.';

create function private.tg_messages__take_number()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.conversations as conversation
    set
        last_seq = conversation.last_seq + 1,
        last_message_at = now(),
        last_user_at = case
            when new.role = 'user'
                then greatest(conversation.last_user_at, least(coalesce(new.provider_at, now()), now()))
            else conversation.last_user_at
        end,
        window_until = case
            when new.role = 'user' then greatest(
                conversation.window_until,
                least(coalesce(new.provider_at, now()), now()) + interval '24 hours'
            )
            else conversation.window_until
        end,
        -- The customer's hour: it begins with the first message that the desk is to answer.
        counted_since = case
            when new.role <> 'user' or new.outcome is not null then conversation.counted_since
            when conversation.counted_since > now() - interval '1 hour' then conversation.counted_since
            else now()
        end,
        counted_messages = case
            when new.role <> 'user' or new.outcome is not null then conversation.counted_messages
            when conversation.counted_since > now() - interval '1 hour' then conversation.counted_messages + 1
            else 1
        end
    where conversation.id = new.conversation_id
        and conversation.business_id = new.business_id
    returning conversation.last_seq, conversation.channel_id
    into new.seq, new.channel_id;
    if not found then
        raise exception 'no conversation % in business %', new.conversation_id, new.business_id
            using errcode = 'D0001';
    end if;
    new.status_at := now();
    return new;
end
$$;

comment on function private.tg_messages__take_number() is
    'Gives a message its number and channel under the lock of its conversation, and counts those to be answered.';

create function private.tg_messages__status_rises()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
    if private.status_rank(new.status) < private.status_rank(old.status)
        or (
            -- Only what certainly did not go out: an attempt that has begun may have reached the provider.
            new.status = 'dropped'
            and old.status <> 'queued'
            and (old.status <> 'sending' or old.send_started_at is not null)
        )
    then
        raise exception 'message %: status cannot go from % to %', old.id, old.status, new.status
            using errcode = 'D0008';
    end if;
    if new.went_out_at is null and new.status in ('accepted', 'sent', 'delivered', 'read', 'played') then
        -- The provider's clock when it tells, but no earlier than our attempt and no later than now.
        new.went_out_at := least(now(), greatest(new.status_at, old.send_started_at, old.created_at));
    end if;
    return new;
end
$$;

comment on function private.tg_messages__status_rises() is
    'Refuses a status that would go back, and notes when the customer could first have seen the message.';

create function private.tg_messages__count_revision()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    update public.conversations as conversation
    set revision = conversation.revision + 1
    where conversation.business_id = new.business_id
        and conversation.id = new.conversation_id;
    return null;
end
$$;

comment on function private.tg_messages__count_revision() is
    'Lets a turn under way notice that what it is answering has been said differently or taken back.';

create trigger _100_take_number
    before insert on public.messages
    for each row execute function private.tg_messages__take_number();

create trigger _200_status_rises
    before update of status on public.messages
    for each row
    when (old.status is distinct from new.status)
    execute function private.tg_messages__status_rises();

create trigger _600_count_revision
    after update of content, deleted_at on public.messages
    for each row
    when (
        old.role = 'user'
        and old.outcome is null
        and (old.content is distinct from new.content or old.deleted_at is distinct from new.deleted_at)
    )
    execute function private.tg_messages__count_revision();
