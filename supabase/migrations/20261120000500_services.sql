-- What is sold, how long it takes, what it costs, and who gives it.

create table public.services (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    name text not null,
    description text not null default '',
    aliases text[] not null default '{}',
    duration_min integer not null,
    price_minor bigint not null,
    currency text not null,
    buffer_before_min integer not null default 0,
    buffer_after_min integer not null default 0,
    min_notice_min integer not null default 60,
    horizon_days integer not null default 180,
    slot_step_min integer not null default 30,
    capacity integer,
    auto_confirm boolean not null default false,
    active boolean not null default true,
    position integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint services_are_of_one_business unique (business_id, id),
    constraint services_name_is_said check (length(trim(name)) between 1 and 200),
    constraint services_duration_fits_a_day check (duration_min between 1 and 1440),
    constraint services_price_is_not_negative check (price_minor >= 0),
    constraint services_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
    constraint services_buffers_fit_a_day check (
        buffer_before_min between 0 and 1440
        and buffer_after_min between 0 and 1440
    ),
    constraint services_notice_fits_a_year check (min_notice_min between 0 and 527040),
    constraint services_horizon_fits_two_years check (horizon_days between 1 and 731),
    constraint services_step_is_sane check (slot_step_min between 5 and 1440),
    constraint services_capacity_is_some check (capacity between 1 and 1000)
);

create table public.instructor_services (
    business_id uuid not null references public.businesses on delete cascade,
    instructor_id uuid not null,
    service_id uuid not null,
    primary key (business_id, instructor_id, service_id),
    constraint instructor_services_instructor_is_ours
        foreign key (business_id, instructor_id)
        references public.instructors (business_id, id) on delete cascade,
    constraint instructor_services_service_is_ours
        foreign key (business_id, service_id)
        references public.services (business_id, id) on delete cascade
);

create index instructor_services_service_idx
    on public.instructor_services (business_id, service_id, instructor_id);

alter table public.services enable row level security;
alter table public.instructor_services enable row level security;

create policy members_see_services on public.services
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy members_see_who_gives_what on public.instructor_services
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.services, public.instructor_services from anon, authenticated, service_role;
grant select on public.services, public.instructor_services to authenticated, service_role;

comment on table public.services is 'Something a customer can book.';
comment on column public.services.id is 'Key.';
comment on column public.services.business_id is 'Tenant key.';
comment on column public.services.name is 'The name customers are told.';
comment on column public.services.description is 'A sentence or two for the customer.';
comment on column public.services.aliases is 'Other words customers use for it, in any language.';
comment on column public.services.duration_min is 'Length in minutes, without buffers.';
comment on column public.services.price_minor is
    'Price in minor units of the currency: of the lesson, or with a capacity of one place in it.';
comment on column public.services.currency is 'ISO 4217 code of the price.';
comment on column public.services.buffer_before_min is 'Minutes kept free before it.';
comment on column public.services.buffer_after_min is 'Minutes kept free after it.';
comment on column public.services.min_notice_min is 'It cannot be booked later than this many minutes before it starts.';
comment on column public.services.horizon_days is 'It cannot be booked further ahead than this many days.';
comment on column public.services.slot_step_min is 'Minutes between two possible starts, counted from the start of a span of working hours.';
comment on column public.services.capacity is
    'Places of a group lesson, which several bookings share; null: one booking has the instructor to itself.';
comment on column public.services.auto_confirm is 'True: a YES confirms it. False: a person decides.';
comment on column public.services.active is 'False hides it from new offers; old bookings stay.';
comment on column public.services.position is 'Order in which services are listed.';
comment on column public.services.created_at is 'When the row was made.';
comment on column public.services.updated_at is 'When the row last changed.';
comment on table public.instructor_services is 'Which instructor gives which service.';
comment on column public.instructor_services.business_id is 'Tenant key.';
comment on column public.instructor_services.instructor_id is 'Who gives it.';
comment on column public.instructor_services.service_id is 'What is given.';

create trigger _100_timestamps
    before update on public.services
    for each row execute function private.tg__timestamps();
