-- From hours on a wall clock to instants. Days are stepped as calendar days of the business's zone and turned
-- into instants one by one, so that a change of clocks moves the hours with it.

create function private.working_spans(
    p_business_id uuid,
    p_instructor_ids uuid[],
    p_from timestamptz,
    p_to timestamptz
)
returns table (instructor_id uuid, span tstzrange)
language plpgsql
stable
set search_path = ''
as $$
begin
    return query
    with business as (
        select
            business.time_zone as zone,
            -- A day before, for spans that run past midnight; a day after, for spans that go on into it.
            (p_from at time zone business.time_zone)::date - 1 as first_day,
            (p_to at time zone business.time_zone)::date + 1 as last_day
        from public.businesses as business
        where business.id = p_business_id
    ),
    override as (
        select override.*
        from public.date_overrides as override, business
        where override.business_id = p_business_id
            and override.instructor_id = any (p_instructor_ids)
            and override.on_date between business.first_day and business.last_day
    ),
    hours as (
        select weekly.instructor_id, calendar.day, weekly.starts, weekly.ends
        from business
        cross join lateral (
            select business.first_day + step as day
            from generate_series(0, business.last_day - business.first_day) as step
        ) as calendar
        join public.weekly_hours as weekly
            on weekly.business_id = p_business_id
            and weekly.instructor_id = any (p_instructor_ids)
            and weekly.weekday = extract(isodow from calendar.day)
        where not exists (
            select
            from override
            where override.instructor_id = weekly.instructor_id
                and override.on_date = calendar.day
        )
        union all
        select override.instructor_id, override.on_date, override.starts, override.ends
        from override
        where override.starts is not null
    ),
    placed as (
        select
            hours.instructor_id,
            (hours.day + hours.starts) at time zone business.zone as starts_at,
            (hours.day + (hours.ends <= hours.starts)::integer + hours.ends) at time zone business.zone as ends_at
        from hours, business
    )
    select placed.instructor_id, tstzrange(placed.starts_at, placed.ends_at)
    from placed
    -- An hour that the clocks skip can put a start at or after its end: nobody works in it.
    where placed.starts_at < placed.ends_at;
end
$$;

comment on function private.working_spans(uuid, uuid[], timestamptz, timestamptz) is
    'The spans of working hours around a window, weekly or overridden, as instants; time off is not taken away yet.';

create function private.working_time(
    p_business_id uuid,
    p_instructor_ids uuid[],
    p_from timestamptz,
    p_to timestamptz
)
returns table (instructor_id uuid, during tstzmultirange)
language plpgsql
stable
set search_path = ''
as $$
begin
    return query
    select
        working.instructor_id,
        range_agg(working.span) - coalesce(
            (
                select range_agg(time_off.during)
                from public.time_off
                where time_off.business_id = p_business_id
                    and time_off.instructor_id = working.instructor_id
                    and time_off.during && tstzrange(p_from - interval '48 hours', p_to + interval '48 hours')
            ),
            '{}'
        )
    from private.working_spans(p_business_id, p_instructor_ids, p_from, p_to) as working
    group by working.instructor_id;
end
$$;

comment on function private.working_time(uuid, uuid[], timestamptz, timestamptz) is
    'When each instructor works around a window: the union of the spans, less time off.';

create function private.slot_starts(
    p_service public.services,
    p_instructor_ids uuid[],
    p_from timestamptz,
    p_to timestamptz
)
returns table (instructor_id uuid, starts_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
    v_duration interval := make_interval(mins => p_service.duration_min);
begin
    return query
    select distinct working.instructor_id, slot.starts_at
    from private.working_spans(p_service.business_id, p_instructor_ids, p_from, p_to) as working
    cross join lateral (
        select lower(working.span) + make_interval(mins => step * p_service.slot_step_min) as starts_at
        from generate_series(
            greatest(
                0,
                ceil(extract(epoch from p_from - lower(working.span)) / (p_service.slot_step_min * 60))
            )::integer,
            floor(
                extract(epoch from least(p_to, upper(working.span)) - lower(working.span))
                / (p_service.slot_step_min * 60)
            )::integer
        ) as step
    ) as slot
    join private.working_time(p_service.business_id, p_instructor_ids, p_from, p_to) as free
        on free.instructor_id = working.instructor_id
        and tstzrange(slot.starts_at, slot.starts_at + v_duration) <@ free.during
    where slot.starts_at >= p_from
        and slot.starts_at < p_to
        -- Its very end starts nothing, even where another span goes on from there.
        and slot.starts_at < upper(working.span);
end
$$;

comment on function private.slot_starts(public.services, uuid[], timestamptz, timestamptz) is
    'Every start in the window that working hours allow, whether taken or not. Starts are counted from the start of each span.';
