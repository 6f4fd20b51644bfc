-- What is free is arithmetic on ranges: the starts that working hours allow, less those that somebody else's claim
-- forbids. A group session takes its instructor's time from every other service, but can itself be joined.

create function private.free_starts(
    p_service public.services,
    p_instructor_ids uuid[],
    p_from timestamptz,
    p_to timestamptz,
    p_places integer,
    p_conversation_id uuid,
    p_booking_ids uuid[],
    p_heed_claims boolean default true
)
returns table (instructor_id uuid, starts_at timestamptz, places_left integer)
language plpgsql
stable
set search_path = ''
-- Planning this anew for every question costs more than answering it.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
    v_duration interval := make_interval(mins => p_service.duration_min);
    v_before interval := make_interval(mins => p_service.buffer_before_min);
    v_after interval := v_duration + make_interval(mins => p_service.buffer_after_min);
    v_step interval := make_interval(mins => p_service.slot_step_min);
    -- Nothing is unequal to all of an unknown list: a null here would open every booked time.
    v_moving uuid[] := array_remove(coalesce(p_booking_ids, '{}'), null);
begin
    if p_places > p_service.capacity then
        return;
    end if;
    return query
    with span as materialized (
        select working.instructor_id, working.opens, working.closes
        from private.working_spans(
            p_service.business_id, p_instructor_ids, p_from, p_to + v_duration
        ) as working
    ),
    work as materialized (
        select span.instructor_id, range_agg(tstzrange(span.opens, span.closes)) - coalesce(away.during, '{}') as during
        from span
        left join lateral (
            select range_agg(off.during) as during
            from public.time_off as off
            where off.business_id = p_service.business_id
                and off.instructor_id = span.instructor_id
                and off.during && tstzrange(p_from, p_to + v_duration)
        ) as away on true
        group by span.instructor_id, away.during
    ),
    claim as materialized (
        select taken.instructor_id, taken.during, taken.session_id
        from public.time_claims as taken
        where p_heed_claims
            and taken.instructor_id = any (p_instructor_ids)
            and taken.during && tstzrange(p_from - v_before, p_to + v_after)
            and (taken.expires_at is null or taken.expires_at > now())
            and (taken.kind <> 'hold' or taken.conversation_id is distinct from p_conversation_id)
            and (taken.booking_id is null or taken.booking_id <> all (v_moving))
    ),
    joined as materialized (
        -- The sessions in which somebody else has or holds a place.
        select
            session.id,
            session.instructor_id,
            session.service_id,
            session.starts_at,
            session.ends_at,
            session.capacity - others.places as places_left
        from claim
        join public.sessions as session on session.id = claim.session_id
        cross join lateral private.others_places(session, p_conversation_id, v_moving) as others (places)
        where others.places > 0
    ),
    forbidden as (
        select
            claim.instructor_id,
            range_agg(tstzrange(lower(claim.during) - v_after, upper(claim.during) + v_before, '()')) as starts
        from claim
        where claim.session_id is null
            or claim.session_id in (select joined.id from joined)
        group by claim.instructor_id
    ),
    allowed as (
        -- All starts, on the step or off it, that leave room for the whole duration.
        select work.instructor_id, roomy.starts - coalesce(forbidden.starts, '{}') as starts
        from work
        cross join lateral (
            select range_agg(tstzrange(lower(part), upper(part) - v_duration, '[]')) as starts
            from unnest(work.during) as part
            where lower(part) + v_duration <= upper(part)
        ) as roomy
        left join forbidden on forbidden.instructor_id = work.instructor_id
        where roomy.starts is not null
    )
    select distinct span.instructor_id, start.at, p_service.capacity
    from span
    join allowed on allowed.instructor_id = span.instructor_id
    cross join lateral unnest(
        allowed.starts * tstzmultirange(tstzrange(greatest(span.opens, p_from), least(span.closes, p_to)))
    ) as part
    cross join lateral generate_series(
        -- The first step within; steps are counted from the start of the span.
        date_bin(v_step, lower(part) + v_step - interval '1 microsecond', span.opens),
        upper(part),
        v_step
    ) as start (at)
    where span.opens < p_to
        and span.closes > p_from
        and (start.at < upper(part) or upper_inc(part))
    union all
    select joined.instructor_id, joined.starts_at, joined.places_left
    from joined
    join work on work.instructor_id = joined.instructor_id
    where joined.service_id = p_service.id
        and joined.starts_at >= p_from
        and joined.starts_at < p_to
        and joined.places_left >= p_places
        and tstzrange(joined.starts_at, joined.ends_at) <@ work.during;
end
$$;

comment on function private.free_starts(
    public.services, uuid[], timestamptz, timestamptz, integer, uuid, uuid[], boolean
) is
    'Every free start in a window, with the places left in a group. A conversation''s own holds and bookings that are to move do not stand in their own way; without heed of claims, every start that is ever offered.';
