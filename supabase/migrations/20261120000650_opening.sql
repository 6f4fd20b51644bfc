-- When a business is open at all: in its seasons, and not on the dates on which it is closed. A date rules the hours
-- that start on it, so that a night goes on until its morning; it is stronger than anybody's own hours.

create table public.seasons (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    first_date date not null,
    last_date date not null,
    name text not null default '',
    constraint seasons_end_after_they_start check (last_date >= first_date)
);

create table public.closures (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    first_date date not null,
    last_date date not null,
    reason text not null default '',
    constraint closures_end_after_they_start check (last_date >= first_date)
);

create index seasons_business_idx on public.seasons (business_id, last_date);
create index closures_business_idx on public.closures (business_id, last_date);

alter table public.seasons enable row level security;
alter table public.closures enable row level security;

create policy members_see_seasons on public.seasons
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy members_see_closures on public.closures
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.seasons, public.closures from anon, authenticated, service_role;
grant select on public.seasons, public.closures to authenticated, service_role;

comment on table public.seasons is
    'A period in which a business is open. A business without seasons is open all year, one with seasons only in them.';
comment on column public.seasons.id is 'Key.';
comment on column public.seasons.business_id is 'Tenant key.';
comment on column public.seasons.first_date is 'First local date of the period.';
comment on column public.seasons.last_date is 'Last local date of the period.';
comment on column public.seasons.name is 'What people call it.';
comment on table public.closures is 'Dates on which the whole business is closed, whatever anybody''s hours say.';
comment on column public.closures.id is 'Key.';
comment on column public.closures.business_id is 'Tenant key.';
comment on column public.closures.first_date is 'First local date that is closed.';
comment on column public.closures.last_date is 'Last local date that is closed.';
comment on column public.closures.reason is 'Why, for colleagues.';
