-- Small questions that looking for times asks: which service, who gives it, is this a window at all.

create function private.service_of(p_business_id uuid, p_service_id uuid)
returns public.services
language plpgsql
stable
set search_path = ''
as $$
declare
    v_service public.services;
begin
    select *
    into v_service
    from public.services as service
    where service.business_id = p_business_id
        and service.id = p_service_id;
    if not found then
        raise exception 'no service % in business %', p_service_id, p_business_id using errcode = 'D0001';
    end if;
    return v_service;
end
$$;

comment on function private.service_of(uuid, uuid) is 'A service of a business; raises D0001 for anybody else''s.';

create function private.check_ours(
    p_business_id uuid,
    p_instructor_id uuid,
    p_customer_id uuid,
    p_conversation_id uuid,
    p_booking_id uuid
)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if p_instructor_id is not null and not exists (
        select
        from public.instructors as instructor
        where instructor.business_id = p_business_id
            and instructor.id = p_instructor_id
    ) then
        raise exception 'no instructor % in business %', p_instructor_id, p_business_id using errcode = 'D0001';
    end if;
    if p_customer_id is not null and not exists (
        select
        from public.customers as customer
        where customer.business_id = p_business_id
            and customer.id = p_customer_id
    ) then
        raise exception 'no customer % in business %', p_customer_id, p_business_id using errcode = 'D0001';
    end if;
    if p_conversation_id is not null and not exists (
        select
        from public.conversations as conversation
        where conversation.business_id = p_business_id
            and conversation.id = p_conversation_id
            and conversation.customer_id = coalesce(p_customer_id, conversation.customer_id)
    ) then
        raise exception 'no such conversation % in business %', p_conversation_id, p_business_id
            using errcode = 'D0001';
    end if;
    if p_booking_id is not null and not exists (
        select
        from public.bookings as booking
        where booking.business_id = p_business_id
            and booking.id = p_booking_id
    ) then
        raise exception 'no booking % in business %', p_booking_id, p_business_id using errcode = 'D0001';
    end if;
end
$$;

comment on function private.check_ours(uuid, uuid, uuid, uuid, uuid) is
    'Raises D0001 for an instructor, customer, conversation or booking of another business, or a conversation of another customer. Null is not asked about.';

create function private.check_window(
    p_from timestamptz,
    p_to timestamptz,
    p_part_of_day text,
    p_now timestamptz
)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
    if p_from is null or p_to is null or p_now is null then
        raise exception 'a window has a start and an end' using errcode = 'D0009';
    end if;
    if p_part_of_day not in ('morning', 'afternoon', 'evening') then
        raise exception 'no part of the day is called %', p_part_of_day using errcode = 'D0009';
    end if;
    if not isfinite(p_from) or not isfinite(p_to) or p_to < p_from or p_to > p_from + interval '366 days' then
        raise exception 'the window ends before it starts, or is longer than a year' using errcode = 'D0015';
    end if;
    -- "Today" may be over by the time it is asked about.
    if p_to < p_now - interval '5 minutes' then
        raise exception 'the window is over' using errcode = 'D0013';
    end if;
end
$$;

comment on function private.check_window(timestamptz, timestamptz, text, timestamptz) is
    'Raises D0015 for a window that ends before it starts or is longer than a year, D0013 for one that is over.';

create function private.givers(
    p_service public.services,
    p_instructor_id uuid,
    p_customer_id uuid,
    out ids uuid[],
    out known_ids uuid[]
)
language plpgsql
stable
set search_path = ''
as $$
declare
    v_had uuid[];
begin
    -- By itself, and only for a customer: joined to the others it was a scan of all bookings for nobody.
    if p_customer_id is not null then
        select array_agg(before.instructor_id order by before.last desc)
        into v_had
        from (
            select booking.instructor_id, max(booking.starts_at) as last
            from public.bookings as booking
            where booking.business_id = p_service.business_id
                and booking.customer_id = p_customer_id
                and booking.status <> 'cancelled'
            group by booking.instructor_id
        ) as before;
    end if;

    select
        coalesce(
            array_agg(
                instructor.id
                order by array_position(v_had, instructor.id) nulls last, instructor.name, instructor.id
            ),
            '{}'
        ),
        coalesce(
            array_agg(instructor.id order by array_position(v_had, instructor.id))
                filter (where instructor.id = any (v_had)),
            '{}'
        )
    into ids, known_ids
    from public.instructor_services as given
    join public.instructors as instructor
        on instructor.business_id = given.business_id
        and instructor.id = given.instructor_id
    where given.business_id = p_service.business_id
        and given.service_id = p_service.id
        and instructor.active
        and (p_instructor_id is null or instructor.id = p_instructor_id);
end
$$;

comment on function private.givers(public.services, uuid, uuid) is
    'Who gives a service: those first whom the customer had before, the last one foremost, and which ones these are.';
