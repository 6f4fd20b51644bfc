-- What somebody wants booked, moved or cancelled, read from JSON and checked, with everything filled in that is not
-- theirs to say. A proposal keeps such lines until a YES; a person or a program has theirs carried out at once.

create function private.changeable_booking(p_business_id uuid, p_customer_id uuid, p_booking_id uuid)
returns public.bookings
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_booking public.bookings;
begin
    select *
    into v_booking
    from public.bookings as booking
    where booking.business_id = p_business_id
        and booking.customer_id = coalesce(p_customer_id, booking.customer_id)
        and booking.id = p_booking_id
    for no key update;
    if not found then
        raise exception 'there is no booking %', p_booking_id using errcode = 'D0001';
    end if;
    if v_booking.status = 'cancelled' or v_booking.starts_at <= now() then
        raise exception 'booking % is cancelled or has begun', v_booking.reference using errcode = 'D0007';
    end if;
    return v_booking;
end
$$;

comment on function private.changeable_booking(uuid, uuid, uuid) is
    'A booking of a business, or of one customer, that can still change, locked; D0001 for anybody else''s, D0007 when it is too late.';

create function private.price_of(p_service public.services, p_participants integer)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
    return p_service.price_minor * case when p_service.capacity is null then 1 else p_participants end;
end
$$;

comment on function private.price_of(public.services, integer) is
    'What a booking costs today: the lesson, or in a group each place.';

create function private.read_line(
    p_business_id uuid,
    p_customer_id uuid,
    p_kind text,
    p_line jsonb,
    p_by_hand boolean
)
returns public.proposal_lines
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_line public.proposal_lines;
    v_booking public.bookings;
    v_service public.services;
begin
    v_line.business_id := p_business_id;
    v_line.kind := p_kind;
    if p_kind <> 'book' then
        v_booking := private.changeable_booking(p_business_id, p_customer_id, (p_line ->> 'booking_id')::uuid);
        v_line.booking_id := v_booking.id;
    end if;
    v_service := private.service_of(
        p_business_id, coalesce(v_booking.service_id, (p_line ->> 'service_id')::uuid)
    );
    v_line.service_id := v_service.id;
    v_line.customer_name := nullif(trim(coalesce(p_line ->> 'customer_name', v_booking.customer_name)), '');
    v_line.notes := nullif(trim(coalesce(p_line ->> 'notes', v_booking.notes)), '');
    v_line.price_minor := v_booking.price_minor;
    v_line.currency := coalesce(v_booking.currency, v_service.currency);

    if p_kind = 'cancel' then
        v_line.instructor_id := v_booking.instructor_id;
        v_line.starts_at := v_booking.starts_at;
        v_line.ends_at := v_booking.ends_at;
        v_line.participants := v_booking.participants;
        return v_line;
    end if;

    v_line.instructor_id := coalesce((p_line ->> 'instructor_id')::uuid, v_booking.instructor_id);
    v_line.starts_at := coalesce((p_line ->> 'starts_at')::timestamptz, v_booking.starts_at);
    v_line.participants := coalesce((p_line ->> 'participants')::integer, v_booking.participants, 1);
    if v_line.participants not between 1 and 100 then
        raise exception 'a number of people is from 1 to 100, not %', v_line.participants using errcode = 'D0009';
    end if;
    if v_line.price_minor is null or (
        v_service.capacity is not null and v_line.participants <> v_booking.participants
    ) then
        v_line.price_minor := private.price_of(v_service, v_line.participants);
    end if;
    if (v_line.instructor_id, v_line.starts_at) is distinct from (v_booking.instructor_id, v_booking.starts_at) then
        perform private.check_offered(
            v_service, v_line.instructor_id, v_line.starts_at, v_line.participants, p_by_hand
        );
        v_line.ends_at := v_line.starts_at + make_interval(mins => v_service.duration_min);
    else
        v_line.ends_at := v_booking.ends_at;
    end if;
    return v_line;
end
$$;

comment on function private.read_line(uuid, uuid, text, jsonb, boolean) is
    'One thing to book, move or cancel, checked and filled in; end and price are ours to compute, not the caller''s.';

create function private.read_lines(
    p_business_id uuid,
    p_customer_id uuid,
    p_kind text,
    p_lines jsonb,
    p_by_hand boolean default false
)
returns public.proposal_lines[]
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_lines public.proposal_lines[] := '{}';
    v_line public.proposal_lines;
    v_wanted jsonb;
begin
    if p_kind is null or p_kind not in ('book', 'reschedule', 'cancel') then
        raise exception 'a proposal is to book, reschedule or cancel, not %', p_kind using errcode = 'D0009';
    end if;
    if coalesce(jsonb_typeof(p_lines), 'null') <> 'array' or jsonb_array_length(p_lines) not between 1 and 20 then
        raise exception 'what is wanted is a list of one to twenty' using errcode = 'D0009';
    end if;
    for v_wanted in
        select * from jsonb_array_elements(p_lines)
    loop
        v_line := private.read_line(p_business_id, p_customer_id, p_kind, v_wanted, p_by_hand);
        v_line.line := cardinality(v_lines) + 1;
        v_lines := v_lines || v_line;
    end loop;

    if exists (
        select
        from unnest(v_lines) as one
        join unnest(v_lines) as other on other.line > one.line
        where one.booking_id = other.booking_id
    ) then
        raise exception 'a booking cannot be changed twice in one go' using errcode = 'D0009';
    end if;
    return v_lines;
exception
    when data_exception then
        raise exception 'an id, a time or a number cannot be read: %', sqlerrm using errcode = 'D0009';
end
$$;

comment on function private.read_lines(uuid, uuid, text, jsonb, boolean) is
    'Reads a list of things to book, move or cancel. Raises D0001, D0004, D0007, D0009, D0013 or D0014.';

create function private.instructors_of(p_lines public.proposal_lines[])
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
    return array(
        select wanted.instructor_id
        from unnest(p_lines) as wanted
        union
        select booking.instructor_id
        from unnest(p_lines) as wanted
        join public.bookings as booking
            on booking.business_id = wanted.business_id
            and booking.id = wanted.booking_id
    );
end
$$;

comment on function private.instructors_of(public.proposal_lines[]) is
    'Whose time lines touch: where bookings go, and where they come from.';

create function private.instructors_named(p_business_id uuid, p_lines jsonb)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
    if coalesce(jsonb_typeof(p_lines), 'null') <> 'array' then
        return '{}';
    end if;
    return array(
        select private.uuid_or_null(wanted ->> 'instructor_id')
        from jsonb_array_elements(p_lines) as wanted
        union
        select booking.instructor_id
        from jsonb_array_elements(p_lines) as wanted
        join public.bookings as booking
            on booking.business_id = p_business_id
            and booking.id = private.uuid_or_null(wanted ->> 'booking_id')
    );
end
$$;

comment on function private.instructors_named(uuid, jsonb) is
    'The same of lines that are not read yet: their locks come before the bookings that reading them locks.';
