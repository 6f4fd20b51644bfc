-- What cannot be stored as it should is set aside, never dropped: payloads that nobody can read or that name
-- an account we do not know, and statuses that come before the message they speak of.

create table private.raw_events (
    id bigint generated always as identity primary key,
    received_at timestamptz not null default now(),
    channel_kind text not null,
    reason text not null,
    body jsonb
);

create table private.pending_statuses (
    business_id uuid not null references public.businesses on delete cascade,
    channel_id uuid not null,
    provider_id text not null,
    status text not null,
    at timestamptz,
    error jsonb,
    received_at timestamptz not null default now(),
    primary key (channel_id, provider_id, status),
    constraint pending_statuses_channel_is_ours
        foreign key (business_id, channel_id)
        references public.channels (business_id, id) on delete cascade
);

create index pending_statuses_channel_idx on private.pending_statuses (business_id, channel_id);
create index raw_events_received_idx on private.raw_events (received_at);

alter table private.raw_events enable row level security;
alter table private.pending_statuses enable row level security;
revoke all on private.raw_events, private.pending_statuses from anon, authenticated, service_role;

comment on table private.raw_events is 'What came in and could not be understood, as it came.';
comment on column private.raw_events.id is 'Key.';
comment on column private.raw_events.received_at is 'When it came.';
comment on column private.raw_events.channel_kind is 'Through which kind of channel.';
comment on column private.raw_events.reason is 'Why it is here.';
comment on column private.raw_events.body is 'The element, unchanged.';
comment on table private.pending_statuses is 'Statuses of messages that we do not know yet; applied once the send has returned.';
comment on column private.pending_statuses.business_id is 'Tenant key.';
comment on column private.pending_statuses.channel_id is 'The channel.';
comment on column private.pending_statuses.provider_id is 'The provider''s id of the message.';
comment on column private.pending_statuses.status is 'What became of it.';
comment on column private.pending_statuses.at is 'When, by the provider''s clock.';
comment on column private.pending_statuses.error is 'Why it failed: code, title, detail.';
comment on column private.pending_statuses.received_at is 'When it came.';

create function private.set_aside(p_channel_kind text, p_reason text, p_body jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
    insert into private.raw_events (channel_kind, reason, body)
    values (p_channel_kind, left(p_reason, 2000), p_body)
$$;

comment on function private.set_aside(text, text, jsonb) is 'Keeps what could not be understood.';

create function private.apply_status(
    p_message public.messages,
    p_status text,
    p_at timestamptz,
    p_error jsonb,
    p_provider_id text
)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
begin
    -- Whatever became of it: later statuses may name it by this id alone.
    update public.messages as message
    set provider_id = p_provider_id
    where message.business_id = p_message.business_id
        and message.id = p_message.id
        and message.provider_id is null;
    update public.messages as message
    set
        status = p_status,
        status_at = coalesce(p_at, now()),
        error_code = case when p_status = 'failed' then p_error ->> 'code' else message.error_code end,
        error_detail = case
            when p_status = 'failed' then coalesce(p_error ->> 'detail', p_error ->> 'title')
            else message.error_detail
        end,
        send_started_at = null
    where message.business_id = p_message.business_id
        and message.id = p_message.id
        and private.status_rank(message.status) < private.status_rank(p_status);
    return found;
end
$$;

comment on function private.apply_status(public.messages, text, timestamptz, jsonb, text) is
    'Raises a message''s status; false when it already got as far. Also settles a send whose answer was lost.';

create function private.apply_pending_statuses(p_channel_id uuid, p_provider_id text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_pending private.pending_statuses;
    v_message public.messages;
begin
    select *
    into v_message
    from public.messages as message
    where message.channel_id = p_channel_id
        and message.provider_id = p_provider_id;
    if not found then
        return;
    end if;
    -- A failure may say the message again, and the conversation comes before its messages.
    perform
    from public.conversations as conversation
    where conversation.id = v_message.conversation_id
    for no key update;

    for v_pending in
        delete from private.pending_statuses as pending
        where pending.channel_id = p_channel_id
            and pending.provider_id = p_provider_id
        returning *
    loop
        if private.apply_status(
            v_message, v_pending.status, v_pending.at, v_pending.error, v_pending.provider_id
        ) and v_pending.status = 'failed' then
            perform private.mind_failure(v_message, v_pending.error);
        end if;
    end loop;
end
$$;

comment on function private.apply_pending_statuses(uuid, text) is
    'Applies, in whatever order, the statuses that came before the send returned.';
