-- A person's decision, under row-level security: the rights are the table's, the rules are its triggers'.

create function public.decide_booking(p_booking_id uuid, p_decision text, p_note text default null)
returns public.bookings
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_status text := case p_decision when 'confirm' then 'confirmed' when 'cancel' then 'cancelled' end;
    v_booking public.bookings;
begin
    if v_status is null then
        raise exception 'a decision is confirm or cancel, not %', p_decision using errcode = 'D0009';
    end if;
    select *
    into v_booking
    from public.bookings as booking
    where booking.id = p_booking_id;
    if not found then
        raise exception 'no booking %', p_booking_id using errcode = 'D0001';
    end if;
    if v_booking.status = v_status then
        return v_booking;
    end if;

    update public.bookings as booking
    set
        status = v_status,
        decision_note = nullif(trim(p_note), '')
    where booking.id = p_booking_id
    returning * into v_booking;
    if not found then
        raise exception 'only an owner or a manager decides on bookings' using errcode = 'D0011';
    end if;
    return v_booking;
end
$$;

revoke all on function public.decide_booking(uuid, text, text) from public, anon, service_role;
grant execute on function public.decide_booking(uuid, text, text) to authenticated;

comment on function public.decide_booking(uuid, text, text) is
    'A person confirms or cancels a booking, with a note for the customer; deciding the same twice changes nothing.';
