-- Booking, moving and cancelling: one function each, called by a turn that heard a YES, by a person in the dashboard
-- and by a program alike. Each does all of its lines or none.

create function private.book(
    p_customer_id uuid,
    p_conversation_id uuid,
    p_lines public.proposal_lines[]
)
returns uuid[]
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_line public.proposal_lines;
    v_booking_id uuid;
    v_booking_ids uuid[] := '{}';
begin
    perform private.lock_instructors(private.instructors_of(p_lines));
    foreach v_line in array p_lines
    loop
        insert into public.bookings (
            business_id, service_id, instructor_id, customer_id, conversation_id, proposal_id, proposal_line,
            starts_at, ends_at, time_zone, participants, price_minor, currency, status, customer_name, notes,
            decided_by, decided_at
        )
        select
            v_line.business_id, v_line.service_id, v_line.instructor_id, customer.id, p_conversation_id,
            v_line.proposal_id, case when v_line.proposal_id is not null then v_line.line end,
            v_line.starts_at, v_line.ends_at, business.time_zone, v_line.participants, v_line.price_minor,
            v_line.currency,
            -- What a person of the business books, a person has decided on.
            case when service.auto_confirm or auth.uid() is not null then 'confirmed' else 'pending' end,
            coalesce(v_line.customer_name, customer.name), v_line.notes,
            auth.uid(), case when auth.uid() is not null then now() end
        from public.businesses as business
        join public.services as service
            on service.business_id = business.id
            and service.id = v_line.service_id
        join public.customers as customer
            on customer.business_id = business.id
            and customer.id = p_customer_id
        where business.id = v_line.business_id
        returning id into strict v_booking_id;
        v_booking_ids := v_booking_ids || v_booking_id;
    end loop;
    return v_booking_ids;
end
$$;

comment on function private.book(uuid, uuid, public.proposal_lines[]) is
    'Makes the bookings of all lines, or raises D0003. A trigger takes the time.';

create function private.move(p_lines public.proposal_lines[])
returns uuid[]
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform private.lock_instructors(private.instructors_of(p_lines));
    -- Several may change places with each other: only where they end up has to be free.
    set constraints public.time_claims_never_overlap deferred;
    update public.bookings as booking
    set
        instructor_id = wanted.instructor_id,
        starts_at = wanted.starts_at,
        ends_at = wanted.ends_at,
        participants = wanted.participants,
        price_minor = wanted.price_minor,
        customer_name = coalesce(wanted.customer_name, booking.customer_name),
        notes = coalesce(wanted.notes, booking.notes)
    from unnest(p_lines) as wanted
    where booking.business_id = wanted.business_id
        and booking.id = wanted.booking_id;
    set constraints public.time_claims_never_overlap immediate;
    return array(select wanted.booking_id from unnest(p_lines) as wanted order by wanted.line);
exception
    when exclusion_violation then
        raise exception 'somebody else has one of these times' using errcode = 'D0003';
end
$$;

comment on function private.move(public.proposal_lines[]) is
    'Moves the bookings of all lines, or raises D0003 and leaves each where it was. They keep their identity and history.';

create function private.cancel(p_business_id uuid, p_booking_ids uuid[], p_note text default null)
returns uuid[]
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform private.lock_instructors(
        array(
            select booking.instructor_id
            from public.bookings as booking
            where booking.business_id = p_business_id
                and booking.id = any (p_booking_ids)
        )
    );
    update public.bookings as booking
    set
        status = 'cancelled',
        decision_note = nullif(trim(p_note), '')
    where booking.business_id = p_business_id
        and booking.id = any (p_booking_ids)
        and booking.status <> 'cancelled';
    return p_booking_ids;
end
$$;

comment on function private.cancel(uuid, uuid[], text) is
    'Cancels bookings; their time and places are free at once. What is cancelled already stays as it is.';
