-- find_free_slots(): the question that a concierge, a dashboard and an API ask alike. Whoever asks sees no further
-- than row-level security lets them: a business that is not theirs does not exist.

create function private.find_free_slots(
    p_business_id uuid,
    p_service_id uuid,
    p_from timestamptz,
    p_to timestamptz,
    p_instructor_id uuid,
    p_conversation_id uuid,
    p_part_of_day text,
    p_limit integer,
    p_now timestamptz,
    p_booking_id uuid,
    p_participants integer,
    p_customer_id uuid
)
returns table (
    instructor_id uuid,
    instructor_name text,
    starts_at timestamptz,
    ends_at timestamptz,
    local_date date,
    local_time time,
    price_minor bigint,
    currency text,
    places_left integer
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    v_service public.services := private.service_of(p_business_id, p_service_id);
    v_from timestamptz := greatest(p_from, p_now + make_interval(mins => v_service.min_notice_min));
    v_to timestamptz := least(p_to, p_now + make_interval(hours => 24 * v_service.horizon_days));
    v_zone text;
    v_customer_id uuid := p_customer_id;
begin
    perform private.check_window(p_from, p_to, p_part_of_day, p_now);
    perform private.check_ours(p_business_id, p_instructor_id, p_customer_id, p_conversation_id, p_booking_id);
    if p_participants is null or p_participants not between 1 and 100 then
        raise exception 'a number of people is from 1 to 100, not %', p_participants using errcode = 'D0009';
    end if;
    if p_participants > v_service.capacity then
        raise exception '% people do not fit into % places', p_participants, v_service.capacity
            using errcode = 'D0014';
    end if;
    if not v_service.active or v_from >= v_to then
        return;
    end if;

    select
        business.time_zone,
        coalesce(
            p_customer_id,
            (
                select conversation.customer_id
                from public.conversations as conversation
                where conversation.business_id = business.id
                    and conversation.id = p_conversation_id
            )
        )
    into strict v_zone, v_customer_id
    from public.businesses as business
    where business.id = p_business_id;

    return query
    select
        instructor.id,
        instructor.name,
        slot.starts_at,
        slot.starts_at + make_interval(mins => v_service.duration_min),
        (slot.starts_at at time zone v_zone)::date,
        (slot.starts_at at time zone v_zone)::time,
        private.price_of(v_service, p_participants),
        v_service.currency,
        slot.places_left
    from private.choose_slots(
        v_service, v_from, v_to, p_instructor_id, v_customer_id, p_conversation_id, array[p_booking_id],
        p_participants, p_part_of_day, least(greatest(coalesce(p_limit, 3), 0), 500)
    ) with ordinality as slot (instructor_id, starts_at, places_left, place)
    join public.instructors as instructor on instructor.id = slot.instructor_id
    order by slot.place;
end
$$;

comment on function private.find_free_slots(
    uuid, uuid, timestamptz, timestamptz, uuid, uuid, text, integer, timestamptz, uuid, integer, uuid
) is 'find_free_slots() for somebody whose right to ask has been looked at.';

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
    p_booking_id uuid default null,
    p_participants integer default 1,
    p_customer_id uuid default null
)
returns table (
    instructor_id uuid,
    instructor_name text,
    starts_at timestamptz,
    ends_at timestamptz,
    local_date date,
    local_time time,
    price_minor bigint,
    currency text,
    places_left integer
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform private.check_i_see(p_business_id);
    return query
    select *
    from private.find_free_slots(
        p_business_id, p_service_id, p_from, p_to, p_instructor_id, p_conversation_id, p_part_of_day, p_limit, p_now,
        p_booking_id, p_participants, p_customer_id
    );
end
$$;

revoke all on function public.find_free_slots(
    uuid, uuid, timestamptz, timestamptz, uuid, uuid, text, integer, timestamptz, uuid, integer, uuid
) from public, anon;
grant execute on function public.find_free_slots(
    uuid, uuid, timestamptz, timestamptz, uuid, uuid, text, integer, timestamptz, uuid, integer, uuid
) to authenticated, service_role;
grant execute on function private.find_free_slots(
    uuid, uuid, timestamptz, timestamptz, uuid, uuid, text, integer, timestamptz, uuid, integer, uuid
) to authenticated, service_role;

comment on function public.find_free_slots(
    uuid, uuid, timestamptz, timestamptz, uuid, uuid, text, integer, timestamptz, uuid, integer, uuid
) is
    'Free times that start in [p_from, p_to): first one with somebody the customer had before, then the earliest, spread over days, parts of the day and instructors. The booking p_booking_id, which is to move, and the conversation''s holds do not stand in their own way. Raises D0001, D0009, D0013, D0014, D0015.';
