-- A person's decision, under row-level security: the rights are the table's, the rules are its triggers'.

create function public.decide_booking(
    p_booking_id uuid,
    p_decision text,
    p_note text default null,
    p_seen_status text default null
)
returns public.bookings
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_status text := case p_decision when 'confirm' then 'confirmed' when 'cancel' then 'cancelled' end;
    v_note text := nullif(trim(p_note), '');
    v_booking public.bookings;
begin
    if v_status is null then
        raise exception 'a decision is confirm or cancel, not %', p_decision using errcode = 'D0009';
    end if;
    if length(v_note) > 1000 then
        raise exception 'a note has at most 1000 characters' using errcode = 'D0009';
    end if;
    -- Locked, so that of two people who decide at once the second sees what the first did. Only a row that may
    -- be changed can be locked.
    select *
    into v_booking
    from public.bookings as booking
    where booking.id = p_booking_id
    for no key update;
    if not found and exists (select from public.bookings as booking where booking.id = p_booking_id) then
        raise exception 'only an owner or a manager decides on bookings' using errcode = 'D0011';
    elsif v_booking.id is null then
        raise exception 'no booking %', p_booking_id using errcode = 'D0001';
    end if;
    if v_booking.status = v_status then
        return v_booking;
    end if;
    if v_booking.status = 'cancelled' or v_booking.status <> p_seen_status then
        raise exception 'booking % is % already', v_booking.reference, v_booking.status
            using
                errcode = 'D0007',
                detail = jsonb_build_object(
                    'status', v_booking.status,
                    'decided_by', v_booking.decided_by,
                    'decided_at', v_booking.decided_at
                )::text;
    end if;
    if v_status = 'confirmed' and v_booking.ends_at <= now() then
        raise exception 'booking % is over', v_booking.reference using errcode = 'D0007';
    end if;

    update public.bookings as booking
    set
        status = v_status,
        decision_note = v_note
    where booking.id = p_booking_id
    returning * into strict v_booking;
    return v_booking;
end
$$;

revoke all on function public.decide_booking(uuid, text, text, text) from public, anon, service_role;
grant execute on function public.decide_booking(uuid, text, text, text) to authenticated;

comment on function public.decide_booking(uuid, text, text, text) is
    'A person confirms or cancels a booking, with a note for the customer (1000 characters); the same twice changes nothing. With p_seen_status, what they saw: D0007 tells in its detail who decided meanwhile.';
