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
    v_claim public.time_claims;
begin
    select *
    into strict v_service
    from public.services as service
    where service.business_id = new.business_id
        and service.id = new.service_id;

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
