-- Which of the free times make a real choice is taste. The earliest of each day comes first, then other parts of the
-- day, and not all with one instructor; but whom the customer had before comes before everybody.

create type private.slot as (instructor_id uuid, starts_at timestamptz, places_left integer);

comment on type private.slot is 'A time that is free, with whom, and of a group how many places are left.';

create function private.part_of_day(p_at timestamptz, p_zone text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
    v_time time := p_at at time zone p_zone;
begin
    return case
        when v_time < '12:00' then 'morning'
        when v_time < '17:00' then 'afternoon'
        else 'evening'
    end;
end
$$;

comment on function private.part_of_day(timestamptz, text) is
    'morning until noon, afternoon until five, evening after, on the wall clock of the zone.';

create function private.favourite_slot(
    p_service public.services,
    p_zone text,
    p_known uuid[],
    p_from timestamptz,
    p_to timestamptz,
    p_places integer,
    p_conversation_id uuid,
    p_booking_ids uuid[],
    p_part_of_day text
)
returns private.slot
language plpgsql
stable
set search_path = ''
as $$
declare
    v_slot private.slot;
begin
    if cardinality(p_known) > 0 then
        select free.*
        into v_slot
        from private.free_starts(
            p_service, p_known, p_from, p_to, p_places, p_conversation_id, p_booking_ids
        ) as free
        where p_part_of_day is null
            or private.part_of_day(free.starts_at, p_zone) = p_part_of_day
        order by free.starts_at, array_position(p_known, free.instructor_id)
        limit 1;
    end if;
    return v_slot;
end
$$;

comment on function private.favourite_slot(
    public.services, text, uuid[], timestamptz, timestamptz, integer, uuid, uuid[], text
) is 'The earliest time with somebody the customer had before, or nothing.';

create function private.choose_slots(
    p_service public.services,
    p_from timestamptz,
    p_to timestamptz,
    p_instructor_id uuid,
    p_customer_id uuid,
    p_conversation_id uuid,
    p_booking_ids uuid[],
    p_places integer,
    p_part_of_day text,
    p_limit integer
)
returns setof private.slot
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
declare
    v_zone text;
    v_givers uuid[];
    v_known uuid[];
    v_length interval := make_interval(
        mins => p_service.buffer_before_min + p_service.duration_min + p_service.buffer_after_min
    );
    v_days integer := p_limit + 1;
    v_end timestamptz;
    v_favourite private.slot;
    v_candidate record;
    v_slot private.slot;
    v_round integer;
    v_chosen private.slot[];
    v_starts timestamptz[];
    v_left private.slot[];
begin
    select business.time_zone
    into strict v_zone
    from public.businesses as business
    where business.id = p_service.business_id;
    select giver.ids, giver.known_ids
    into strict v_givers, v_known
    from private.givers(p_service, p_instructor_id, p_customer_id) as giver;
    v_favourite := private.favourite_slot(
        p_service, v_zone, v_known, p_from, p_to, p_places, p_conversation_id, p_booking_ids, p_part_of_day
    );

    -- A few days are usually enough for a few offers; more of the window is looked at only when they are not.
    loop
        v_end := least(p_to, ((p_from at time zone v_zone)::date + v_days)::timestamp at time zone v_zone);
        v_round := 1;
        v_chosen := case when v_favourite.starts_at is null then '{}' else array[v_favourite] end;
        v_starts := array_remove(array[v_favourite.starts_at], null);
        v_left := '{}';

        for v_candidate in
            with start as (
                select
                    free.starts_at,
                    (free.starts_at at time zone v_zone)::date as day,
                    private.part_of_day(free.starts_at, v_zone) as part,
                    array_agg(
                        (free.instructor_id, free.starts_at, free.places_left)::private.slot
                        order by array_position(v_givers, free.instructor_id)
                    ) as slots,
                    bool_or(free.instructor_id = any (v_known)) as is_known
                from private.free_starts(
                    p_service, v_givers, p_from, v_end, p_places, p_conversation_id, p_booking_ids
                ) as free
                group by free.starts_at
            ),
            fitting as materialized (
                select *
                from start
                where p_part_of_day is null
                    or start.part = p_part_of_day
            ),
            earliest as (
                -- Of each part of a day, when everybody is free first.
                select distinct on (fitting.day, fitting.part, slot.instructor_id)
                    fitting.day, fitting.part, fitting.starts_at, fitting.is_known, slot
                from fitting
                cross join lateral unnest(fitting.slots) as slot
                order by fitting.day, fitting.part, slot.instructor_id, fitting.starts_at
            )
            select
                min(earliest.starts_at) as starts_at,
                array_agg(
                    earliest.slot
                    order by earliest.starts_at, array_position(v_givers, (earliest.slot).instructor_id)
                ) as slots,
                row_number() over (
                    partition by earliest.day order by bool_or(earliest.is_known) desc, min(earliest.starts_at)
                ) as round,
                false as is_rest
            from earliest
            group by earliest.day, earliest.part
            union all
            select
                other.starts_at,
                other.slots,
                3 + row_number() over (
                    partition by other.day order by other.is_known desc, other.nth_in_part, other.starts_at
                ),
                true
            from (
                select
                    fitting.*,
                    row_number() over (
                        partition by fitting.day, fitting.is_known, fitting.part order by fitting.starts_at
                    ) as nth_in_part
                from fitting
            ) as other
            order by round, starts_at
        loop
            exit when cardinality(v_chosen) >= p_limit;
            continue when v_candidate.is_rest and v_candidate.starts_at = any (v_starts);
            v_round := v_candidate.round;

            -- Two lessons of one instructor that overlap are hardly a choice: they come last. Of several who are
            -- free, whom the customer had before; else whoever was chosen least so far.
            select slot.instructor_id, slot.starts_at, slot.places_left
            into v_slot
            from unnest(v_candidate.slots) with ordinality as slot (instructor_id, starts_at, places_left, place)
            cross join lateral (
                select
                    count(*) as times,
                    coalesce(
                        bool_or(
                            chosen.starts_at > slot.starts_at - v_length
                            and chosen.starts_at < slot.starts_at + v_length
                        ),
                        false
                    ) as overlaps
                from unnest(v_chosen) as chosen
                where chosen.instructor_id = slot.instructor_id
            ) as before
            where not before.overlaps
                and slot.starts_at <> all (v_starts)
            order by slot.instructor_id = any (v_known) desc, before.times, slot.starts_at, slot.place
            limit 1;

            if found then
                v_chosen := v_chosen || v_slot;
                v_starts := v_starts || v_slot.starts_at;
            elsif v_candidate.is_rest then
                v_left := v_left || v_candidate.slots[1];
            end if;
        end loop;

        -- The first of a day beats the second of another: with enough firsts, later days change nothing.
        exit when v_end >= p_to or (cardinality(v_chosen) >= p_limit and v_round = 1);
        v_days := v_days * 3;
    end loop;

    return query
    select slot.instructor_id, slot.starts_at, slot.places_left
    from unnest((v_chosen || v_left)[:p_limit]) as slot
    order by slot.starts_at is not distinct from v_favourite.starts_at desc, slot.starts_at;
end
$$;

comment on function private.choose_slots(
    public.services, timestamptz, timestamptz, uuid, uuid, uuid, uuid[], integer, text, integer
) is 'So many of the free times in a window, each start once: a favourite''s first, then in order of time.';
