-- The people whose time is sold. An instructor may also sign in: then a membership names him.

create table public.instructors (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    name text not null,
    active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint instructors_are_of_one_business unique (business_id, id),
    constraint instructors_name_is_said check (length(trim(name)) between 1 and 200)
);

alter table public.memberships
    add column instructor_id uuid,
    add constraint memberships_instructor_is_ours
        foreign key (business_id, instructor_id) references public.instructors (business_id, id);

create index memberships_instructor_idx on public.memberships (business_id, instructor_id);

alter table public.instructors enable row level security;

create policy members_see_instructors on public.instructors
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.instructors from anon, authenticated, service_role;
grant select on public.instructors to authenticated, service_role;

comment on table public.instructors is 'Somebody whose time can be booked.';
comment on column public.instructors.id is 'Key.';
comment on column public.instructors.business_id is 'Tenant key.';
comment on column public.instructors.name is 'The name customers are told.';
comment on column public.instructors.active is 'False hides the instructor from new offers; old bookings stay.';
comment on column public.instructors.created_at is 'When the row was made.';
comment on column public.instructors.updated_at is 'When the row last changed.';
comment on column public.memberships.instructor_id is 'The instructor this person is, if any.';

create trigger _100_timestamps
    before update on public.instructors
    for each row execute function private.tg__timestamps();
