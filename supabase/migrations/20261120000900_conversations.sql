-- One conversation for each customer and channel, for ever. Its row is also the lock under which messages get
-- their number, turns commit and takeovers happen.

create table public.conversations (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    channel_id uuid not null,
    customer_id uuid not null,
    mode text not null default 'ai',
    mode_epoch integer not null default 0,
    stage text not null default 'idle',
    stage_expires_at timestamptz,
    draft jsonb not null default '{}',
    language text,
    last_seq integer not null default 0,
    revision integer not null default 0,
    last_user_at timestamptz,
    last_message_at timestamptz,
    handed_over_at timestamptz,
    handoff_reason text,
    handoff_summary text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint conversations_are_of_one_business unique (business_id, id),
    constraint conversations_are_one_per_customer_and_channel unique (channel_id, customer_id),
    constraint conversations_channel_is_ours
        foreign key (business_id, channel_id) references public.channels (business_id, id),
    constraint conversations_customer_is_ours
        foreign key (business_id, customer_id) references public.customers (business_id, id),
    constraint conversations_mode_is_known check (mode in ('ai', 'human', 'paused')),
    constraint conversations_stage_is_known
        check (stage in ('idle', 'collecting', 'confirming', 'rescheduling', 'cancelling')),
    constraint conversations_draft_is_an_object check (jsonb_typeof(draft) = 'object'),
    constraint conversations_language_is_bcp47 check (language ~ '^[a-z]{2}(-[A-Z]{2})?$')
);

create index conversations_channel_idx on public.conversations (business_id, channel_id);
create index conversations_customer_idx on public.conversations (business_id, customer_id);
create index conversations_latest_idx on public.conversations (business_id, last_message_at desc);

alter table public.conversations enable row level security;

create policy members_see_conversations on public.conversations
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy managers_take_over on public.conversations
    for update to authenticated
    using (business_id = any (array(select private.businesses_i_manage())))
    with check (business_id = any (array(select private.businesses_i_manage())));

revoke all on public.conversations from anon, authenticated, service_role;
grant select on public.conversations to authenticated, service_role;
-- Owners and managers say who speaks; everything else about a conversation is the desk's to write.
grant update (mode) on public.conversations to authenticated;

comment on table public.conversations is 'Everything said with one customer on one channel.';
comment on column public.conversations.id is 'Key.';
comment on column public.conversations.business_id is 'Tenant key.';
comment on column public.conversations.channel_id is 'The channel it is held on.';
comment on column public.conversations.customer_id is 'The customer it is held with.';
comment on column public.conversations.mode is 'Who answers: ai, human, or nobody (paused).';
comment on column public.conversations.mode_epoch is 'Counts the changes of mode; an answer of an older epoch is not sent.';
comment on column public.conversations.stage is 'What the concierge is doing: idle, collecting, confirming, rescheduling or cancelling.';
comment on column public.conversations.stage_expires_at is 'When the stage is forgotten.';
comment on column public.conversations.draft is 'What the concierge has collected so far.';
comment on column public.conversations.language is 'Language (BCP 47) spoken in it, once known.';
comment on column public.conversations.last_seq is 'Number of its last message.';
comment on column public.conversations.revision is 'Counts the edits and deletions of messages that waited for an answer; a turn that read an older one is thought again.';
comment on column public.conversations.last_user_at is 'When the customer last wrote, by the provider''s clock: the 24 h window.';
comment on column public.conversations.last_message_at is 'When the last message of either side was stored.';
comment on column public.conversations.handed_over_at is 'When it was last handed to a person.';
comment on column public.conversations.handoff_reason is 'Why it was handed over.';
comment on column public.conversations.handoff_summary is 'What the person should know.';
comment on column public.conversations.created_at is 'When it began.';
comment on column public.conversations.updated_at is 'When the row last changed.';

create function private.tg_conversations__count_mode()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
    new.mode_epoch := old.mode_epoch + 1;
    new.handed_over_at := case when new.mode = 'human' then now() end;
    if new.mode = 'ai' then
        new.handoff_reason := null;
        new.handoff_summary := null;
    end if;
    return new;
end
$$;

comment on function private.tg_conversations__count_mode() is
    'Makes every answer composed before a change of mode stale, and dates the handover.';

create trigger _100_timestamps
    before update on public.conversations
    for each row execute function private.tg__timestamps();

create trigger _200_count_mode
    before update of mode on public.conversations
    for each row
    when (old.mode is distinct from new.mode)
    execute function private.tg_conversations__count_mode();
