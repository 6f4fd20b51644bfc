-- When an instructor works: a weekly pattern in the business's zone, dates on which other hours hold, and
-- absolute spans of time off. A span whose end is not after its start runs past midnight.

create table public.weekly_hours (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    instructor_id uuid not null,
    weekday smallint not null,
    starts time not null,
    ends time not null,
    constraint weekly_hours_instructor_is_ours
        foreign key (business_id, instructor_id)
        references public.instructors (business_id, id) on delete cascade,
    constraint weekly_hours_span_is_said_once unique (business_id, instructor_id, weekday, starts),
    constraint weekly_hours_weekday_is_iso check (weekday between 1 and 7),
    constraint weekly_hours_span_is_not_empty check (starts <> ends)
);

create table public.date_overrides (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    instructor_id uuid not null,
    on_date date not null,
    starts time,
    ends time,
    constraint date_overrides_instructor_is_ours
        foreign key (business_id, instructor_id)
        references public.instructors (business_id, id) on delete cascade,
    constraint date_overrides_span_is_said_once
        unique nulls not distinct (business_id, instructor_id, on_date, starts),
    constraint date_overrides_span_is_whole check ((starts is null) = (ends is null)),
    constraint date_overrides_span_is_not_empty check (starts <> ends)
);

create table public.time_off (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    instructor_id uuid not null,
    during tstzrange not null,
    reason text not null default '',
    constraint time_off_instructor_is_ours
        foreign key (business_id, instructor_id)
        references public.instructors (business_id, id) on delete cascade,
    constraint time_off_is_not_empty check (not isempty(during)),
    constraint time_off_is_half_open check ((lower_inc(during) or lower_inf(during)) and not upper_inc(during))
);

create index time_off_business_instructor_idx on public.time_off (business_id, instructor_id);
create index time_off_during_idx on public.time_off using gist (instructor_id, during);

alter table public.weekly_hours enable row level security;
alter table public.date_overrides enable row level security;
alter table public.time_off enable row level security;

create policy members_see_weekly_hours on public.weekly_hours
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy members_see_date_overrides on public.date_overrides
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy members_see_time_off on public.time_off
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.weekly_hours, public.date_overrides, public.time_off
    from anon, authenticated, service_role;
grant select on public.weekly_hours, public.date_overrides, public.time_off to authenticated, service_role;

comment on table public.weekly_hours is 'One span of an instructor''s week, in the business''s zone.';
comment on column public.weekly_hours.id is 'Key.';
comment on column public.weekly_hours.business_id is 'Tenant key.';
comment on column public.weekly_hours.instructor_id is 'Who works.';
comment on column public.weekly_hours.weekday is 'ISO weekday on which the span starts: 1 Monday to 7 Sunday.';
comment on column public.weekly_hours.starts is 'Local start.';
comment on column public.weekly_hours.ends is 'Local end; at or before the start it is meant on the next day.';
comment on table public.date_overrides is
    'Other hours on one date: its rows replace the weekly hours of that date. A row without hours means closed.';
comment on column public.date_overrides.id is 'Key.';
comment on column public.date_overrides.business_id is 'Tenant key.';
comment on column public.date_overrides.instructor_id is 'Who works, or does not.';
comment on column public.date_overrides.on_date is 'Local date on which the span starts.';
comment on column public.date_overrides.starts is 'Local start, or null when closed.';
comment on column public.date_overrides.ends is 'Local end; at or before the start it is meant on the next day.';
comment on table public.time_off is 'A span in which an instructor does not work, whatever the hours say.';
comment on column public.time_off.id is 'Key.';
comment on column public.time_off.business_id is 'Tenant key.';
comment on column public.time_off.instructor_id is 'Who is away.';
comment on column public.time_off.during is 'From when to when, half open.';
comment on column public.time_off.reason is 'Why, for colleagues.';
