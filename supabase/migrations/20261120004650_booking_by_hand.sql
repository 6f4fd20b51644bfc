-- What a person does in the dashboard and a program through the API, with the functions that a turn uses. The right
-- to do it is looked at as the asking user, under row-level security; the work is then done for them, because it
-- takes locks and touches claims that nobody may touch by themselves.

create function private.book_for(
    p_business_id uuid,
    p_customer_id uuid,
    p_lines jsonb,
    p_conversation_id uuid,
    p_by_hand boolean
)
returns uuid[]
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_lines public.proposal_lines[];
begin
    if p_customer_id is null then
        raise exception 'a booking is somebody''s' using errcode = 'D0009';
    end if;
    perform private.check_ours(p_business_id, null, p_customer_id, p_conversation_id, null);
    v_lines := private.read_lines(p_business_id, p_customer_id, 'book', p_lines, p_by_hand);
    perform private.lock_instructors(
        private.instructors_of(v_lines) || private.held_instructors(p_business_id, p_conversation_id)
    );
    -- What was held for them gives way to what they get.
    perform private.drop_holds(p_business_id, p_conversation_id);
    return private.book(p_customer_id, p_conversation_id, v_lines);
end
$$;

comment on function private.book_for(uuid, uuid, jsonb, uuid, boolean) is
    'book() for somebody whose right to do it has been looked at.';

create function private.move_for(p_business_id uuid, p_moves jsonb, p_by_hand boolean)
returns uuid[]
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- Instructors before bookings: the order in which everybody takes their locks.
    perform private.lock_instructors(private.instructors_named(p_business_id, p_moves));
    return private.move(private.read_lines(p_business_id, null, 'reschedule', p_moves, p_by_hand));
end
$$;

comment on function private.move_for(uuid, jsonb, boolean) is
    'move_bookings() for somebody whose right to do it has been looked at.';

create function private.cancel_for(p_business_id uuid, p_booking_ids uuid[], p_note text)
returns uuid[]
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if cardinality(p_booking_ids) is null or array_position(p_booking_ids, null) is not null then
        raise exception 'bookings to cancel are named by their ids' using errcode = 'D0009';
    end if;
    if length(p_note) > 1000 then
        raise exception 'a note has a thousand characters at most' using errcode = 'D0009';
    end if;
    perform private.check_ours(p_business_id, null, null, null, wanted.id)
    from unnest(p_booking_ids) as wanted (id);
    return private.cancel(p_business_id, p_booking_ids, p_note);
end
$$;

comment on function private.cancel_for(uuid, uuid[], text) is
    'cancel_bookings() for somebody whose right to do it has been looked at.';

create function public.book(
    p_business_id uuid,
    p_customer_id uuid,
    p_lines jsonb,
    p_conversation_id uuid default null,
    p_by_hand boolean default false
)
returns setof public.bookings
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_booking_ids uuid[];
begin
    perform private.check_i_manage(p_business_id);
    -- By itself: a query does not see what a function in it writes.
    v_booking_ids := private.book_for(p_business_id, p_customer_id, p_lines, p_conversation_id, p_by_hand);
    return query
    select booking.*
    from public.bookings as booking
    where booking.id = any (v_booking_ids)
    order by array_position(v_booking_ids, booking.id);
end
$$;

comment on function public.book(uuid, uuid, jsonb, uuid, boolean) is
    'Books for a customer: p_lines is a list of {service_id, instructor_id, starts_at, participants?, customer_name?, notes?}, all of it or nothing. p_by_hand puts lessons outside hours, notice and horizon. Raises D0001, D0003, D0004, D0009, D0011, D0013, D0014.';

create function public.move_bookings(p_business_id uuid, p_moves jsonb, p_by_hand boolean default false)
returns setof public.bookings
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_booking_ids uuid[];
begin
    perform private.check_i_manage(p_business_id);
    -- By itself: a query does not see what a function in it writes.
    v_booking_ids := private.move_for(p_business_id, p_moves, p_by_hand);
    return query
    select booking.*
    from public.bookings as booking
    where booking.id = any (v_booking_ids)
    order by array_position(v_booking_ids, booking.id);
end
$$;

comment on function public.move_bookings(uuid, jsonb, boolean) is
    'Moves bookings: p_moves is a list of {booking_id, starts_at?, instructor_id?, participants?}, all of it or nothing; what is left out stays. They may change places with each other. Raises D0001, D0003, D0004, D0007, D0009, D0011, D0013, D0014.';

create function public.cancel_bookings(p_business_id uuid, p_booking_ids uuid[], p_note text default null)
returns setof public.bookings
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_booking_ids uuid[];
begin
    perform private.check_i_manage(p_business_id);
    -- By itself: a query does not see what a function in it writes.
    v_booking_ids := private.cancel_for(p_business_id, p_booking_ids, p_note);
    return query
    select booking.*
    from public.bookings as booking
    where booking.id = any (v_booking_ids)
    order by array_position(v_booking_ids, booking.id);
end
$$;

comment on function public.cancel_bookings(uuid, uuid[], text) is
    'Cancels bookings, with a note for the customer; their time is free at once. Cancelling twice changes nothing. Raises D0001, D0009, D0011.';

revoke all on function public.book(uuid, uuid, jsonb, uuid, boolean) from public, anon;
revoke all on function public.move_bookings(uuid, jsonb, boolean) from public, anon;
revoke all on function public.cancel_bookings(uuid, uuid[], text) from public, anon;
grant execute on function public.book(uuid, uuid, jsonb, uuid, boolean) to authenticated, service_role;
grant execute on function public.move_bookings(uuid, jsonb, boolean) to authenticated, service_role;
grant execute on function public.cancel_bookings(uuid, uuid[], text) to authenticated, service_role;
grant execute on function private.book_for(uuid, uuid, jsonb, uuid, boolean) to authenticated, service_role;
grant execute on function private.move_for(uuid, jsonb, boolean) to authenticated, service_role;
grant execute on function private.cancel_for(uuid, uuid[], text) to authenticated, service_role;
