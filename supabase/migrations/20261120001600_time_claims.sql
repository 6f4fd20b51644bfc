-- The one place where an instructor's time is taken: by a hold, which expires, by a booking, which does not, or by
-- a group session, which lasts as long as somebody has or holds a place in it. Each keeps everybody else out,
-- because Postgres refuses overlapping ranges of one instructor. No code checks first and inserts after.

create table public.time_claims (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    instructor_id uuid not null,
    during tstzrange not null,
    kind text not null,
    service_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    conversation_id uuid,
    proposal_id uuid,
    booking_id uuid,
    session_id uuid,
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    constraint time_claims_never_overlap
        -- Deferrable, so that bookings can change places with each other in one go.
        exclude using gist (instructor_id with =, during with &&) deferrable,
    constraint time_claims_instructor_is_ours
        foreign key (business_id, instructor_id) references public.instructors (business_id, id),
    constraint time_claims_service_is_ours
        foreign key (business_id, service_id) references public.services (business_id, id),
    constraint time_claims_conversation_is_ours
        foreign key (business_id, conversation_id)
        references public.conversations (business_id, id) on delete cascade,
    constraint time_claims_proposal_is_ours
        foreign key (business_id, proposal_id)
        references public.proposals (business_id, id) on delete cascade,
    constraint time_claims_booking_is_ours
        foreign key (business_id, booking_id)
        references public.bookings (business_id, id) on delete cascade,
    constraint time_claims_session_is_ours
        foreign key (business_id, session_id)
        references public.sessions (business_id, id) on delete cascade,
    constraint time_claims_are_one_per_booking unique (business_id, booking_id),
    constraint time_claims_are_one_per_session unique (business_id, session_id),
    constraint time_claims_are_not_empty check (not isempty(during)),
    constraint time_claims_are_half_open check (lower_inc(during) and not upper_inc(during)),
    constraint time_claims_end_after_they_start check (ends_at > starts_at),
    constraint time_claims_kind_is_whole check (
        case kind
            when 'hold' then
                conversation_id is not null
                and expires_at is not null
                and booking_id is null
                and session_id is null
            when 'booking' then
                booking_id is not null
                and expires_at is null
                and proposal_id is null
                and session_id is null
            when 'session' then
                session_id is not null
                and conversation_id is null
                and proposal_id is null
                and booking_id is null
            else false
        end
    )
);

create index time_claims_instructor_idx on public.time_claims (business_id, instructor_id);
create index time_claims_service_idx on public.time_claims (business_id, service_id);
create index time_claims_conversation_idx on public.time_claims (business_id, conversation_id);
create index time_claims_proposal_idx on public.time_claims (business_id, proposal_id)
    where proposal_id is not null;
create index time_claims_expiry_idx on public.time_claims (expires_at) where expires_at is not null;

alter table public.time_claims enable row level security;

create policy members_see_time_claims on public.time_claims
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.time_claims from anon, authenticated, service_role;
grant select on public.time_claims to authenticated, service_role;

comment on table public.time_claims is
    'An instructor''s time that is taken: held for a conversation, booked, or given to a group.';
comment on column public.time_claims.id is 'Key.';
comment on column public.time_claims.business_id is 'Tenant key.';
comment on column public.time_claims.instructor_id is 'Whose time.';
comment on column public.time_claims.during is 'What is taken, buffers included, half open.';
comment on column public.time_claims.kind is 'hold, booking or session.';
comment on column public.time_claims.service_id is 'For which service.';
comment on column public.time_claims.starts_at is 'When the service would start.';
comment on column public.time_claims.ends_at is 'When the service would end.';
comment on column public.time_claims.conversation_id is 'For whom it is held.';
comment on column public.time_claims.proposal_id is 'The proposal it is held for; null while it is only offered.';
comment on column public.time_claims.booking_id is 'The booking that takes it.';
comment on column public.time_claims.session_id is 'The group session that takes it.';
comment on column public.time_claims.expires_at is
    'When it ends by itself: a hold, or a session in which places are only held.';
comment on column public.time_claims.created_at is 'When it was taken.';
