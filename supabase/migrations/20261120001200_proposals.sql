-- What the customer is asked to say YES to: one concrete booking, move or cancellation. A booking is only ever
-- made from a proposal that its conversation was shown.

create table public.proposals (
    id uuid primary key,
    business_id uuid not null references public.businesses on delete cascade,
    conversation_id uuid not null,
    kind text not null,
    service_id uuid not null,
    instructor_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    booking_id uuid,
    participants integer not null default 1,
    customer_name text,
    notes text,
    price_minor bigint not null,
    currency text not null,
    message_id uuid,
    status text not null default 'open',
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint proposals_are_of_one_business unique (business_id, id),
    constraint proposals_conversation_is_ours
        foreign key (business_id, conversation_id)
        references public.conversations (business_id, id) on delete cascade,
    constraint proposals_service_is_ours
        foreign key (business_id, service_id) references public.services (business_id, id),
    constraint proposals_instructor_is_ours
        foreign key (business_id, instructor_id) references public.instructors (business_id, id),
    constraint proposals_message_is_ours
        foreign key (business_id, message_id) references public.messages (business_id, id),
    constraint proposals_kind_is_known check (kind in ('book', 'reschedule', 'cancel')),
    constraint proposals_status_is_known
        check (status in ('open', 'accepted', 'declined', 'superseded', 'expired')),
    constraint proposals_end_after_they_start check (ends_at > starts_at),
    constraint proposals_participants_are_some check (participants between 1 and 100),
    constraint proposals_price_is_not_negative check (price_minor >= 0),
    constraint proposals_change_names_its_booking check ((kind = 'book') = (booking_id is null)),
    constraint proposals_name_is_short check (length(customer_name) between 1 and 200),
    constraint proposals_notes_are_short check (length(notes) <= 2000)
);

create unique index proposals_one_open_per_conversation_idx on public.proposals (conversation_id)
    where status = 'open';
create index proposals_conversation_idx on public.proposals (business_id, conversation_id);
create index proposals_service_idx on public.proposals (business_id, service_id);
create index proposals_instructor_idx on public.proposals (business_id, instructor_id);
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
comment on column public.proposals.service_id is 'The service.';
comment on column public.proposals.instructor_id is 'Who would give it.';
comment on column public.proposals.starts_at is 'When it would start; of a cancellation, when the booking starts.';
comment on column public.proposals.ends_at is 'When it would end.';
comment on column public.proposals.booking_id is 'The booking to move or cancel; null when it is a new one.';
comment on column public.proposals.participants is 'How many people come.';
comment on column public.proposals.customer_name is 'In whose name.';
comment on column public.proposals.notes is 'What the customer wants known.';
comment on column public.proposals.price_minor is 'Price at the time of asking, in minor units.';
comment on column public.proposals.currency is 'ISO 4217 code of the price.';
comment on column public.proposals.message_id is 'The message that showed it.';
comment on column public.proposals.status is 'open, accepted, declined, superseded or expired.';
comment on column public.proposals.expires_at is 'Until when a YES is taken, and the time is held.';
comment on column public.proposals.created_at is 'When it was made.';
