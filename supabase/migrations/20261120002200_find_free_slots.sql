-- find_free_slots(): which of the free times make a real choice is taste: the earliest of each day first, other
-- parts of the day next, and not all with one instructor.

create function public.find_free_slots(
    p_business_id uuid,
    p_service_id uuid,
    p_from timestamptz,
    p_to timestamptz,
    p_instructor_id uuid default null,
    p_conversation_id uuid default null,
    p_part_of_day text default null,
    p_limit integer default 3,
    p_now timestamptz default now(),
    p_booking_id uuid default null
)
returns table (
    instructor_id uuid,
    instructor_name text,
    starts_at timestamptz,
    ends_at timestamptz,
    local_date date,
    local_time time,
    price_minor bigint,
    currency text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    v_service public.services := private.service_of(p_business_id, p_service_id);
    v_duration interval := make_interval(mins => v_service.duration_min);
    v_zone text;
    v_givers uuid[];
    v_from timestamptz;
    v_to timestamptz;
    v_candidate record;
    v_giver uuid;
    v_during tstzrange;
    v_taken jsonb := '{}';
    v_chosen tstzrange[] := '{}';
    v_givers_chosen uuid[] := '{}';
    v_starts timestamptz[] := '{}';
    v_givers_left uuid[] := '{}';
    v_starts_left timestamptz[] := '{}';
    v_room integer := least(greatest(coalesce(p_limit, 3), 0), 500);
begin
    perform private.check_window(p_from, p_to, p_part_of_day);
    if not v_service.active then
        return;
    end if;

    select business.time_zone
    into strict v_zone
    from public.businesses as business
    where business.id = p_business_id;

    v_givers := private.givers(v_service, p_instructor_id, p_conversation_id);
    v_from := greatest(p_from, p_now + make_interval(mins => v_service.min_notice_min));
    v_to := least(p_to, p_now + make_interval(hours => 24 * v_service.horizon_days));

    if v_from >= v_to then
        return;
    end if;

    for v_candidate in
        with free as (
            select start.instructor_id, start.starts_at, start.starts_at at time zone v_zone as local_at
            from private.free_starts(v_service, v_givers, v_from, v_to, p_conversation_id, p_booking_id) as start
        ),
        start as (
            select
                free.starts_at,
                free.local_at::date as day,
                case
                    when free.local_at::time < '12:00' then 'morning'
                    when free.local_at::time < '17:00' then 'afternoon'
                    else 'evening'
                end as part,
                array_agg(free.instructor_id order by array_position(v_givers, free.instructor_id)) as givers
            from free
            group by free.starts_at, free.local_at
        ),
        spread as (
            select
                start.*,
                row_number() over (partition by start.day, start.part order by start.starts_at) as nth_in_part
            from start
            where p_part_of_day is null
                or start.part = p_part_of_day
        )
        select spread.starts_at, spread.givers
        from spread
        order by
            row_number() over (partition by spread.day order by spread.nth_in_part, spread.starts_at),
            spread.starts_at
    loop
        exit when cardinality(v_starts) >= v_room;
        v_during := private.claim_range(v_service, v_candidate.starts_at, v_candidate.starts_at + v_duration);

        -- Two lessons of one instructor that overlap are hardly a choice: they come last. Of several who are
        -- free, whoever was chosen least so far, and among equals whom the customer had before.
        v_giver := (
            select giver.id
            from unnest(v_candidate.givers) with ordinality as giver (id, place)
            where not exists (
                select
                from unnest(v_chosen, v_givers_chosen) as chosen (during, giver_id)
                where chosen.giver_id = giver.id
                    and chosen.during && v_during
            )
            order by
                coalesce((v_taken ->> giver.id::text)::integer, 0),
                giver.place
            limit 1
        );
        if v_giver is null then
            v_starts_left := v_starts_left || v_candidate.starts_at;
            v_givers_left := v_givers_left || v_candidate.givers[1];
            continue;
        end if;

        v_taken := v_taken
            || jsonb_build_object(v_giver, coalesce((v_taken ->> v_giver::text)::integer, 0) + 1);
        v_chosen := v_chosen || v_during;
        v_givers_chosen := v_givers_chosen || v_giver;
        v_starts := v_starts || v_candidate.starts_at;
    end loop;

    return query
    select
        instructor.id,
        instructor.name,
        slot.starts_at,
        slot.starts_at + v_duration,
        (slot.starts_at at time zone v_zone)::date,
        (slot.starts_at at time zone v_zone)::time,
        v_service.price_minor,
        v_service.currency
    from unnest(
        (v_starts || v_starts_left)[:v_room],
        (v_givers_chosen || v_givers_left)[:v_room]
    ) as slot (starts_at, giver_id)
    join public.instructors as instructor on instructor.id = slot.giver_id
    order by slot.starts_at;
end
$$;

revoke all on function public.find_free_slots(
    uuid, uuid, timestamptz, timestamptz, uuid, uuid, text, integer, timestamptz, uuid
) from public, anon, authenticated;
grant execute on function public.find_free_slots(
    uuid, uuid, timestamptz, timestamptz, uuid, uuid, text, integer, timestamptz, uuid
) to service_role;

comment on function public.find_free_slots(
    uuid, uuid, timestamptz, timestamptz, uuid, uuid, text, integer, timestamptz, uuid
) is 'Free times that start in [p_from, p_to), earliest first, spread over days, parts of the day and instructors. The booking p_booking_id, which is to move, does not stand in its own way.';
