-- From hours on a wall clock to instants. Days are stepped as calendar days of the business's zone and turned
-- into instants one by one, so that a change of clocks moves the hours with it: a time that the clocks skip counts
-- on from the last one before, a time that they show twice is meant the second time.

create function private.working_spans(
    p_business_id uuid,
    p_instructor_ids uuid[],
    p_from timestamptz,
    p_to timestamptz
)
returns table (instructor_id uuid, opens timestamptz, closes timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
    v_zone text;
    v_first date;
    v_last date;
    v_has_seasons boolean;
begin
    select
        business.time_zone,
        -- The day before may run past midnight into the window.
        (p_from at time zone business.time_zone)::date - 1,
        (p_to at time zone business.time_zone)::date,
        exists (select from public.seasons as season where season.business_id = p_business_id)
    into strict v_zone, v_first, v_last, v_has_seasons
    from public.businesses as business
    where business.id = p_business_id;

    return query
    with calendar as (
        select v_first + step as day
        from generate_series(0, v_last - v_first) as step
        where not exists (
                select
                from public.closures as closure
                where closure.business_id = p_business_id
                    and v_first + step between closure.first_date and closure.last_date
            )
            and (
                not v_has_seasons
                or exists (
                    select
                    from public.seasons as season
                    where season.business_id = p_business_id
                        and v_first + step between season.first_date and season.last_date
                )
            )
    ),
    override as (
        select other.instructor_id, other.on_date, other.starts, other.ends
        from public.date_overrides as other
        where other.business_id = p_business_id
            and other.instructor_id = any (p_instructor_ids)
            and other.on_date between v_first and v_last
    ),
    hours as (
        select weekly.instructor_id, calendar.day, weekly.starts, weekly.ends
        from calendar
        join public.weekly_hours as weekly
            on weekly.weekday = extract(isodow from calendar.day)
        where weekly.business_id = p_business_id
            and weekly.instructor_id = any (p_instructor_ids)
            and not exists (
                select
                from override
                where override.instructor_id = weekly.instructor_id
                    and override.on_date = calendar.day
            )
        union all
        select override.instructor_id, override.on_date, override.starts, override.ends
        from override
        join calendar on calendar.day = override.on_date
        where override.starts is not null
    ),
    span as (
        select
            hours.instructor_id,
            (hours.day + hours.starts) at time zone v_zone as opens,
            (hours.day + (hours.ends <= hours.starts)::integer + hours.ends) at time zone v_zone as closes
        from hours
    )
    select span.instructor_id, span.opens, span.closes
    from span
    -- An hour that the clocks skip can put a start at or after its end: nobody works in it.
    where span.opens < span.closes
        and span.opens < p_to
        and span.closes > p_from;
end
$$;

comment on function private.working_spans(uuid, uuid[], timestamptz, timestamptz) is
    'The spans of working hours that touch a window, weekly or overridden, in season and not closed; time off is not taken away yet.';
