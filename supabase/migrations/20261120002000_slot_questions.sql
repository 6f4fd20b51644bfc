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

create function private.givers(p_service public.services, p_instructor_id uuid, p_conversation_id uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select coalesce(
            array_agg(instructor.id order by coalesce(before.times, 0) > 0 desc, instructor.name, instructor.id),
            '{}'
        )
        from public.instructor_services as given
        join public.instructors as instructor
            on instructor.business_id = given.business_id
            and instructor.id = given.instructor_id
        left join (
            select booking.instructor_id, count(*) as times
            from public.conversations as conversation
            join public.bookings as booking
                on booking.business_id = conversation.business_id
                and booking.customer_id = conversation.customer_id
            where conversation.business_id = p_service.business_id
                and conversation.id = p_conversation_id
                and booking.status <> 'cancelled'
            group by booking.instructor_id
        ) as before on before.instructor_id = instructor.id
        where given.business_id = p_service.business_id
            and given.service_id = p_service.id
            and instructor.active
            and (p_instructor_id is null or instructor.id = p_instructor_id)
    );
end
$$;

comment on function private.givers(public.services, uuid, uuid) is
    'Who gives a service, those first whom the customer of the conversation had before.';

create function private.check_window(p_from timestamptz, p_to timestamptz, p_part_of_day text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
    if p_from is null or p_to is null or p_to < p_from then
        raise exception 'the window ends before it starts' using errcode = 'D0009';
    end if;
    if p_to - p_from > interval '366 days' then
        raise exception 'the window is longer than a year' using errcode = 'D0009';
    end if;
    if p_part_of_day not in ('morning', 'afternoon', 'evening') then
        raise exception 'no part of the day is called %', p_part_of_day using errcode = 'D0009';
    end if;
end
$$;

comment on function private.check_window(timestamptz, timestamptz, text) is
    'Raises D0009 for a window that ends before it starts or is longer than a year.';
