-- A group lesson that takes place once: bookings of a service with a capacity share it until it is full. The session
-- has the instructor's time, a booking has places in it.

create table public.sessions (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    service_id uuid not null,
    instructor_id uuid not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    capacity integer not null,
    places_booked integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sessions_are_of_one_business unique (business_id, id),
    constraint sessions_are_one_at_a_start unique (business_id, instructor_id, starts_at, service_id),
    constraint sessions_service_is_ours
        foreign key (business_id, service_id) references public.services (business_id, id),
    constraint sessions_instructor_is_ours
        foreign key (business_id, instructor_id) references public.instructors (business_id, id),
    constraint sessions_end_after_they_start check (ends_at > starts_at),
    constraint sessions_have_places check (capacity between 1 and 1000),
    constraint sessions_are_never_overfull check (places_booked between 0 and capacity)
);

create index sessions_service_idx on public.sessions (business_id, service_id, starts_at);

alter table public.sessions enable row level security;

create policy members_see_sessions on public.sessions
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.sessions from anon, authenticated, service_role;
grant select on public.sessions to authenticated, service_role;

comment on table public.sessions is 'A group lesson on one occasion, shared by bookings until it is full.';
comment on column public.sessions.id is 'Key.';
comment on column public.sessions.business_id is 'Tenant key.';
comment on column public.sessions.service_id is 'What is given.';
comment on column public.sessions.instructor_id is 'Who gives it.';
comment on column public.sessions.starts_at is 'Start.';
comment on column public.sessions.ends_at is 'End, without buffers.';
comment on column public.sessions.capacity is 'How many places it has.';
comment on column public.sessions.places_booked is 'How many of them are booked; places that are only held are not counted.';
comment on column public.sessions.created_at is 'When somebody first wanted a place in it.';
comment on column public.sessions.updated_at is 'When the row last changed.';

create trigger _100_timestamps
    before update on public.sessions
    for each row execute function private.tg__timestamps();

create function private.tg_services__resize_sessions()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- Nobody who has a place loses it.
    update public.sessions as session
    set capacity = greatest(new.capacity, session.places_booked)
    where session.business_id = new.business_id
        and session.service_id = new.id
        and session.starts_at > now();
    return null;
end
$$;

comment on function private.tg_services__resize_sessions() is
    'Gives the sessions to come as many places as their service now has.';

create trigger _500_resize_sessions
    after update of capacity on public.services
    for each row
    when (new.capacity is not null and old.capacity is distinct from new.capacity)
    execute function private.tg_services__resize_sessions();
