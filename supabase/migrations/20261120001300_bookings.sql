-- A lesson that takes place, or would have. The row keeps its identity through moves and cancellation; what
-- was promised (time, price, name) stands in it, not in the service as it is today.

create table public.bookings (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    reference text not null,
    service_id uuid not null,
    instructor_id uuid not null,
    customer_id uuid not null,
    conversation_id uuid,
    proposal_id uuid,
    proposal_line smallint,
    session_id uuid,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    time_zone text not null,
    local_date date not null generated always as ((starts_at at time zone time_zone)::date) stored,
    local_time time not null generated always as ((starts_at at time zone time_zone)::time) stored,
    duration_min integer not null
        generated always as ((extract(epoch from (ends_at - starts_at)) / 60)::integer) stored,
    participants integer not null default 1,
    price_minor bigint not null,
    currency text not null,
    status text not null default 'pending',
    customer_name text,
    notes text,
    decided_by uuid,
    decided_at timestamptz,
    decision_note text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint bookings_are_of_one_business unique (business_id, id),
    constraint bookings_reference_is_unique unique (business_id, reference),
    constraint bookings_are_made_once_from_a_line unique (business_id, proposal_id, proposal_line),
    constraint bookings_service_is_ours
        foreign key (business_id, service_id) references public.services (business_id, id),
    constraint bookings_instructor_is_ours
        foreign key (business_id, instructor_id) references public.instructors (business_id, id),
    constraint bookings_customer_is_ours
        foreign key (business_id, customer_id) references public.customers (business_id, id),
    constraint bookings_conversation_is_ours
        foreign key (business_id, conversation_id) references public.conversations (business_id, id),
    constraint bookings_line_is_ours
        foreign key (business_id, proposal_id, proposal_line)
        references public.proposal_lines (business_id, proposal_id, line),
    constraint bookings_session_is_ours
        foreign key (business_id, session_id) references public.sessions (business_id, id),
    constraint bookings_line_is_whole check ((proposal_id is null) = (proposal_line is null)),
    constraint bookings_end_after_they_start check (ends_at > starts_at),
    constraint bookings_participants_are_some check (participants between 1 and 100),
    constraint bookings_price_is_not_negative check (price_minor >= 0),
    constraint bookings_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
    constraint bookings_status_is_known check (status in ('pending', 'confirmed', 'cancelled')),
    constraint bookings_note_is_short check (length(decision_note) <= 1000)
);

create index bookings_service_idx on public.bookings (business_id, service_id);
create index bookings_instructor_idx on public.bookings (business_id, instructor_id, starts_at);
create index bookings_customer_idx on public.bookings (business_id, customer_id, starts_at);
create index bookings_conversation_idx on public.bookings (business_id, conversation_id);
create index bookings_session_idx on public.bookings (business_id, session_id) where session_id is not null;
create index bookings_calendar_idx on public.bookings (business_id, starts_at);

alter table public.proposal_lines
    add constraint proposal_lines_booking_is_ours
        foreign key (business_id, booking_id) references public.bookings (business_id, id);
create index proposal_lines_booking_idx on public.proposal_lines (business_id, booking_id)
    where booking_id is not null;

alter table public.bookings enable row level security;

create policy members_see_bookings on public.bookings
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy managers_decide_bookings on public.bookings
    for update to authenticated
    using (business_id = any (array(select private.businesses_i_manage())))
    with check (business_id = any (array(select private.businesses_i_manage())));

revoke all on public.bookings from anon, authenticated, service_role;
grant select on public.bookings to authenticated, service_role;
-- A person decides and says why. Times and people of a booking change only through the desk's functions, which
-- take their locks in order.
grant update (status, decision_note) on public.bookings to authenticated;

comment on table public.bookings is 'A lesson that takes place, or would have.';
comment on column public.bookings.id is 'Key; kept through every move.';
comment on column public.bookings.business_id is 'Tenant key.';
comment on column public.bookings.reference is 'Short name for people, unique in the business.';
comment on column public.bookings.service_id is 'What is given.';
comment on column public.bookings.instructor_id is 'Who gives it.';
comment on column public.bookings.customer_id is 'Who takes it.';
comment on column public.bookings.conversation_id is 'Where it was agreed, and where news of it are told.';
comment on column public.bookings.proposal_id is
    'The accepted proposal it was made from; null when a person or a program booked it.';
comment on column public.bookings.proposal_line is 'Which line of that proposal.';
comment on column public.bookings.session_id is
    'The group lesson it has places in; null when it has the instructor to itself.';
comment on column public.bookings.starts_at is 'Start.';
comment on column public.bookings.ends_at is 'End, without buffers.';
comment on column public.bookings.time_zone is 'Zone of the local date and time: the business''s when it was booked.';
comment on column public.bookings.local_date is 'Local date of the start.';
comment on column public.bookings.local_time is 'Local time of the start.';
comment on column public.bookings.duration_min is 'Length in minutes.';
comment on column public.bookings.participants is 'How many people come.';
comment on column public.bookings.price_minor is 'Price promised, in minor units.';
comment on column public.bookings.currency is 'ISO 4217 code of the price.';
comment on column public.bookings.status is 'pending, confirmed or cancelled.';
comment on column public.bookings.customer_name is 'In whose name.';
comment on column public.bookings.notes is 'What the customer wants known.';
comment on column public.bookings.decided_by is 'The person who made the last decision; null when it was the customer or the desk.';
comment on column public.bookings.decided_at is 'When the last decision was made.';
comment on column public.bookings.decision_note is 'What that person wants the customer told.';
comment on column public.bookings.created_at is 'When it was booked.';
comment on column public.bookings.updated_at is 'When the row last changed.';
