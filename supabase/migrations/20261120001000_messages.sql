-- Everything said, by whom, in order. An inbound message says how it ended (outcome); an outbound one is its
-- own outbox row and says how far it got (status).

create table public.messages (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    channel_id uuid not null,
    conversation_id uuid not null,
    seq integer not null,
    role text not null,
    content jsonb not null,
    provider_id text,
    provider_at timestamptz,
    reply_to text,
    status text not null default 'queued',
    status_at timestamptz,
    error_code text,
    error_detail text,
    outcome text,
    answered_by uuid,
    mode_epoch integer,
    send_started_at timestamptz,
    went_out_at timestamptz,
    edited_at timestamptz,
    deleted_at timestamptz,
    brain text,
    model text,
    prompt_version text,
    usage jsonb,
    job_id bigint,
    created_at timestamptz not null default now(),
    constraint messages_are_of_one_business unique (business_id, id),
    constraint messages_are_numbered_once unique (conversation_id, seq),
    constraint messages_provider_id_is_taken_once unique (channel_id, provider_id),
    constraint messages_channel_is_ours
        foreign key (business_id, channel_id) references public.channels (business_id, id),
    constraint messages_conversation_is_ours
        foreign key (business_id, conversation_id)
        references public.conversations (business_id, id) on delete cascade,
    constraint messages_answer_is_ours
        foreign key (business_id, answered_by) references public.messages (business_id, id),
    constraint messages_role_is_known check (role in ('user', 'assistant', 'owner', 'system')),
    constraint messages_content_has_a_type check (coalesce(length(content ->> 'type') > 0, false)),
    -- What a person writes is typed into a box: one that cannot be sent would stop every send beside it.
    constraint messages_owner_writes_text check (
        role <> 'owner'
        or coalesce(
            content ->> 'type' = 'text'
                and jsonb_typeof(content -> 'text') = 'string'
                and content ->> 'text' ~ '\S'
                and length(content ->> 'text') <= 4096,
            false
        )
    ),
    constraint messages_status_fits_the_role check (
        case
            when role = 'user' then status = 'received'
            else status in (
                'queued', 'sending', 'accepted', 'sent', 'failed', 'delivered', 'read', 'played', 'dropped'
            )
        end
    ),
    constraint messages_outcome_is_known check (
        outcome in ('answered', 'handed_over', 'failed', 'ignored', 'stale', 'blocked', 'paused')
    ),
    constraint messages_outcome_is_of_inbound check (role = 'user' or outcome is null)
);

create index messages_channel_idx on public.messages (business_id, channel_id);
create index messages_conversation_idx on public.messages (business_id, conversation_id, seq);
create index messages_answered_by_idx on public.messages (business_id, answered_by) where answered_by is not null;
create index messages_unanswered_idx on public.messages (conversation_id, seq)
    where role = 'user' and outcome is null;

alter table public.messages enable row level security;

create policy members_see_messages on public.messages
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy managers_write_as_the_owner on public.messages
    for insert to authenticated
    with check (role = 'owner' and business_id = any (array(select private.businesses_i_manage())));

revoke all on public.messages from anon, authenticated, service_role;
grant select on public.messages to authenticated, service_role;
-- Owners and managers may say something. Number, channel, status and the rest are filled in by triggers.
grant insert (business_id, conversation_id, role, content) on public.messages to authenticated;

comment on table public.messages is 'Everything said; an outbound row is its own outbox entry.';
comment on column public.messages.id is 'Key; travels with a send, so that a status can name it.';
comment on column public.messages.business_id is 'Tenant key.';
comment on column public.messages.channel_id is 'The conversation''s channel, filled in by trigger.';
comment on column public.messages.conversation_id is 'The conversation it belongs to.';
comment on column public.messages.seq is 'Its number in the conversation, without gaps, in order of arrival.';
comment on column public.messages.role is 'user (the customer), assistant, owner (a person of the business) or system.';
comment on column public.messages.content is 'What is said: an object with a type; an edited one keeps the old under previous, with the id of the edit.';
comment on column public.messages.provider_id is 'The provider''s id; null until a send is accepted.';
comment on column public.messages.provider_at is 'The provider''s time of an inbound message, as it reads now.';
comment on column public.messages.reply_to is 'Provider id of the message that an inbound one replies to.';
comment on column public.messages.status is 'received for inbound; outbound: queued, sending, accepted, sent, failed, delivered, read, played, or dropped. Only rises.';
comment on column public.messages.status_at is 'When the status was reached, by the provider''s clock where it says.';
comment on column public.messages.error_code is 'Why it failed: the provider''s code, or ours.';
comment on column public.messages.error_detail is 'Why it failed, in words for the owner.';
comment on column public.messages.outcome is 'How an inbound message ended: answered, handed_over, failed, ignored, or not answered because it was stale, its customer blocked or the business paused; null while it waits.';
comment on column public.messages.answered_by is 'The message that answered it.';
comment on column public.messages.mode_epoch is 'The conversation''s epoch it was composed in; null: sent whoever speaks.';
comment on column public.messages.send_started_at is 'When the send under way began; null when none is.';
comment on column public.messages.went_out_at is 'Since when the customer can have seen an outbound message: the provider took it, told of it, or the customer tapped it; null until then.';
comment on column public.messages.edited_at is 'When we heard that the customer edited it.';
comment on column public.messages.deleted_at is 'When we heard that the customer deleted it.';
comment on column public.messages.brain is 'Which brain composed it.';
comment on column public.messages.model is 'Which model composed it.';
comment on column public.messages.prompt_version is 'Which prompt it was composed with.';
comment on column public.messages.usage is 'Tokens, durations and the like of the turn.';
comment on column public.messages.job_id is 'The job that composed it.';
comment on column public.messages.created_at is 'When it was stored.';
