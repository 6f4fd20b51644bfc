-- pending → confirmed | cancelled, confirmed → cancelled, and nothing else; and the short name a booking gets.

create function private.new_reference()
returns text
language sql
volatile
set search_path = ''
as $$
    -- No 0, O, 1, I or L: people read it aloud. 31^6 names make a clash rare, and the constraint refuses it.
    select string_agg(substr('ABCDEFGHJKMNPQRSTUVWXYZ23456789', get_byte(bytes, place) % 31 + 1, 1), '')
    from extensions.gen_random_bytes(6) as bytes, generate_series(0, 5) as place
$$;

comment on function private.new_reference() is 'Six letters and digits that cannot be misread.';

alter table public.bookings alter column reference set default private.new_reference();

create function private.tg_bookings__keep_to_the_states()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
    if not (
        (old.status = 'pending' and new.status in ('confirmed', 'cancelled'))
        or (old.status = 'confirmed' and new.status = 'cancelled')
    ) then
        raise exception 'booking % is % and cannot become %', old.reference, old.status, new.status
            using errcode = 'D0007';
    end if;
    new.decided_by := auth.uid();
    new.decided_at := now();
    return new;
end
$$;

comment on function private.tg_bookings__keep_to_the_states() is
    'Refuses a move between states that does not exist, naming it; stamps who decided.';

create trigger _100_timestamps
    before update on public.bookings
    for each row execute function private.tg__timestamps();

create trigger _200_keep_to_the_states
    before update of status on public.bookings
    for each row
    when (old.status is distinct from new.status)
    execute function private.tg_bookings__keep_to_the_states();
