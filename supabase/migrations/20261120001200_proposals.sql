-- What the customer is asked to say YES to: concrete bookings, moves or cancellations, one a line. They are
-- accepted together or not at all, and only after the conversation was shown them.

create table public.proposals (
    id uuid primary key,
    business_id uuid not null references public.businesses on delete cascade,
    conversation_id uuid not null,
    kind text not null,
    message_id uuid,
    status text not null default 'open',
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint proposals_are_of_one_business unique (business_id, id),
    constraint proposals_kind_is_of_all_lines unique (business_id, id, kind),
    constraint proposals_conversation_is_ours
        foreign key (business_id, conversation_id)
        references public.conversations (business_id, id) on delete cascade,
    constraint proposals_message_is_ours
        foreign key (business_id, message_id) references public.messages (business_id, id),
    constraint proposals_kind_is_known check (kind in ('book', 'reschedule', 'cancel')),
    constraint proposals_status_is_known
        check (status in ('open', 'accepted', 'declined', 'superseded', 'expired'))
);

create unique index proposals_one_open_per_conversation_idx on public.proposals (conversation_id)
    where status = 'open';
create index proposals_conversation_idx on public.proposals (business_id, conversation_id);
create index proposals_message_idx on public.proposals (business_id, message_id);

alter table public.proposals enable row level security;

create policy members_see_proposals on public.proposals
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.proposals from anon, authenticated, service_role;
grant select on public.proposals to authenticated, service_role;

comment on table public.proposals is 'What a customer is asked to say YES to.';
comment on column public.proposals.id is 'Key, chosen by the turn that proposes, so that its buttons can name it.';
comment on column public.proposals.business_id is 'Tenant key.';
comment on column public.proposals.conversation_id is 'Who is asked.';
comment on column public.proposals.kind is 'book, reschedule or cancel.';
comment on column public.proposals.message_id is 'The message that showed it.';
comment on column public.proposals.status is 'open, accepted, declined, superseded or expired.';
comment on column public.proposals.expires_at is 'Until when a YES is taken, and the time is held.';
comment on column public.proposals.created_at is 'When it was made.';
