-- A booking takes its instructor's time by itself, whoever writes the row: the desk, the owner, or SQL by hand.

create function private.tg_bookings__claim_time()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_service public.services := private.service_of(new.business_id, new.service_id);
    v_claim public.time_claims;
begin
    if new.session_id is not null then
        -- The session has the instructor's time.
        delete from public.time_claims as claim
        where claim.business_id = new.business_id
            and claim.booking_id = new.id;
        return null;
    end if;
    v_claim.business_id := new.business_id;
    v_claim.instructor_id := new.instructor_id;
    v_claim.during := private.claim_range(v_service, new.starts_at, new.ends_at);
    v_claim.kind := 'booking';
    v_claim.service_id := new.service_id;
    v_claim.starts_at := new.starts_at;
    v_claim.ends_at := new.ends_at;
    v_claim.conversation_id := new.conversation_id;
    v_claim.booking_id := new.id;
    perform private.take_time(v_claim);
    return null;
end
$$;

comment on function private.tg_bookings__claim_time() is
    'Takes the instructor''s time for a booking, and moves it with the booking.';

create function private.tg_bookings__free_time()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from public.time_claims as claim
    where claim.business_id = new.business_id
        and claim.booking_id = new.id;
    return null;
end
$$;

comment on function private.tg_bookings__free_time() is 'Frees the time of a cancelled booking at once.';

create function private.tg_bookings__take_places()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_service public.services := private.service_of(new.business_id, new.service_id);
begin
    if tg_op = 'UPDATE' then
        -- Whoever booked a lesson of their own keeps it, even if the service has become one for groups.
        if old.session_id is null and old.service_id = new.service_id then
            return new;
        end if;
        perform private.lock_instructors(array[old.instructor_id, new.instructor_id]);
        if old.session_id is not null then
            perform private.leave_session(old.session_id, old.participants);
            v_service.capacity := coalesce(
                v_service.capacity,
                (select session.capacity from public.sessions as session where session.id = old.session_id)
            );
        end if;
    end if;
    -- A cancelled booking remembers the session it was in.
    if new.status <> 'cancelled' then
        new.session_id := case
            when v_service.capacity is not null then private.join_session(
                v_service, new.instructor_id, new.starts_at, new.ends_at, new.participants
            )
        end;
    end if;
    return new;
end
$$;

comment on function private.tg_bookings__take_places() is
    'Takes, moves and gives back the places of a booking in a group session.';

create function private.tg_bookings__leave_session()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform private.leave_session(old.session_id, old.participants);
    return null;
end
$$;

comment on function private.tg_bookings__leave_session() is 'Gives the places of a deleted booking back.';

create trigger _300_take_places
    before insert on public.bookings
    for each row
    when (new.status <> 'cancelled')
    execute function private.tg_bookings__take_places();

create trigger _310_move_places
    before update of starts_at, ends_at, instructor_id, service_id, participants, status on public.bookings
    for each row
    when (
        old.status <> 'cancelled'
        and (
            new.status = 'cancelled'
            or (old.starts_at, old.ends_at, old.instructor_id, old.service_id, old.participants)
                is distinct from (new.starts_at, new.ends_at, new.instructor_id, new.service_id, new.participants)
        )
    )
    execute function private.tg_bookings__take_places();

create trigger _320_leave_session
    after delete on public.bookings
    for each row
    when (old.session_id is not null and old.status <> 'cancelled')
    execute function private.tg_bookings__leave_session();

create trigger _500_claim_time
    after insert on public.bookings
    for each row
    when (new.status <> 'cancelled')
    execute function private.tg_bookings__claim_time();

create trigger _510_move_time
    after update of starts_at, ends_at, instructor_id, service_id on public.bookings
    for each row
    when (
        new.status <> 'cancelled'
        and (old.starts_at, old.ends_at, old.instructor_id, old.service_id)
            is distinct from (new.starts_at, new.ends_at, new.instructor_id, new.service_id)
    )
    execute function private.tg_bookings__claim_time();

create trigger _520_free_time
    after update of status on public.bookings
    for each row
    when (new.status = 'cancelled' and old.status <> 'cancelled')
    execute function private.tg_bookings__free_time();
