-- A booking takes its instructor's time by itself, whoever writes the row: the desk, the owner, or SQL by hand.

create function private.tg_bookings__claim_time()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_service public.services;
    v_during tstzrange;
begin
    select *
    into strict v_service
    from public.services as service
    where service.business_id = new.business_id
        and service.id = new.service_id;

    v_during := private.claim_range(v_service, new.starts_at, new.ends_at);
    perform private.lock_instructors(array[new.instructor_id]);
    perform private.drop_expired_holds(new.instructor_id, v_during);

    -- One update takes the new time and gives up the old, so that a move can neither lose both nor keep both.
    update public.time_claims as claim
    set
        instructor_id = new.instructor_id,
        during = v_during,
        service_id = new.service_id,
        starts_at = new.starts_at,
        ends_at = new.ends_at
    where claim.business_id = new.business_id
        and claim.booking_id = new.id;

    if not found then
        insert into public.time_claims (
            business_id, instructor_id, during, kind, service_id, starts_at, ends_at, conversation_id, booking_id
        )
        values (
            new.business_id, new.instructor_id, v_during, 'booking', new.service_id, new.starts_at, new.ends_at,
            new.conversation_id, new.id
        );
    end if;
    return null;
end
$$;

comment on function private.tg_bookings__claim_time() is
    'Takes the instructor''s time for a booking, and moves it with the booking. Taken time is refused (23P01).';

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
