-- One line of a proposal: a lesson to book, or a booking to move or cancel. A family with two levels and two
-- instructors is one proposal with two lines.

create table public.proposal_lines (
    business_id uuid not null references public.businesses on delete cascade,
    proposal_id uuid not null,
    line smallint not null,
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
    primary key (business_id, proposal_id, line),
    constraint proposal_lines_proposal_is_ours
        foreign key (business_id, proposal_id, kind)
        references public.proposals (business_id, id, kind) on delete cascade,
    constraint proposal_lines_service_is_ours
        foreign key (business_id, service_id) references public.services (business_id, id),
    constraint proposal_lines_instructor_is_ours
        foreign key (business_id, instructor_id) references public.instructors (business_id, id),
    constraint proposal_lines_change_a_booking_once unique (business_id, proposal_id, booking_id),
    constraint proposal_lines_are_few check (line between 1 and 20),
    constraint proposal_lines_end_after_they_start check (ends_at > starts_at),
    constraint proposal_lines_participants_are_some check (participants between 1 and 100),
    constraint proposal_lines_price_is_not_negative check (price_minor >= 0),
    constraint proposal_lines_change_names_its_booking check ((kind = 'book') = (booking_id is null)),
    constraint proposal_lines_name_is_short check (length(customer_name) between 1 and 200),
    constraint proposal_lines_notes_are_short check (length(notes) <= 2000)
);

create index proposal_lines_proposal_idx on public.proposal_lines (business_id, proposal_id, kind);
create index proposal_lines_service_idx on public.proposal_lines (business_id, service_id);
create index proposal_lines_instructor_idx on public.proposal_lines (business_id, instructor_id);

alter table public.proposal_lines enable row level security;

create policy members_see_proposal_lines on public.proposal_lines
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.proposal_lines from anon, authenticated, service_role;
grant select on public.proposal_lines to authenticated, service_role;

comment on table public.proposal_lines is 'A lesson to book, or a booking to move or cancel, within a proposal.';
comment on column public.proposal_lines.business_id is 'Tenant key.';
comment on column public.proposal_lines.proposal_id is 'The proposal it is a line of.';
comment on column public.proposal_lines.line is 'Its number, from 1.';
comment on column public.proposal_lines.kind is 'The kind of its proposal: book, reschedule or cancel.';
comment on column public.proposal_lines.service_id is 'The service.';
comment on column public.proposal_lines.instructor_id is 'Who would give it.';
comment on column public.proposal_lines.starts_at is 'When it would start; of a cancellation, when the booking starts.';
comment on column public.proposal_lines.ends_at is 'When it would end.';
comment on column public.proposal_lines.booking_id is 'The booking to move or cancel; null when it is a new one.';
comment on column public.proposal_lines.participants is 'How many people come.';
comment on column public.proposal_lines.customer_name is 'In whose name.';
comment on column public.proposal_lines.notes is 'What the customer wants known.';
comment on column public.proposal_lines.price_minor is 'Price at the time of asking, in minor units.';
comment on column public.proposal_lines.currency is 'ISO 4217 code of the price.';
