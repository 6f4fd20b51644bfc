-- What is free is arithmetic on ranges: the starts that working hours allow, less what is claimed.

create function private.free_starts(
    p_service public.services,
    p_instructor_ids uuid[],
    p_from timestamptz,
    p_to timestamptz,
    p_conversation_id uuid,
    p_booking_id uuid
)
returns table (instructor_id uuid, starts_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
declare
    v_before interval := make_interval(mins => p_service.buffer_before_min);
    v_after interval := make_interval(mins => p_service.duration_min + p_service.buffer_after_min);
begin
    return query
    with busy as (
        select claim.instructor_id, range_agg(claim.during) as during
        from public.time_claims as claim
        where claim.instructor_id = any (p_instructor_ids)
            and claim.during && tstzrange(p_from - v_before, p_to + v_after)
            and (claim.expires_at is null or claim.expires_at > now())
            and not (claim.kind = 'hold' and claim.conversation_id is not distinct from p_conversation_id)
            and (p_booking_id is null or claim.booking_id is distinct from p_booking_id)
        group by claim.instructor_id
    )
    select slot.instructor_id, slot.starts_at
    from private.slot_starts(p_service, p_instructor_ids, p_from, p_to) as slot
    left join busy on busy.instructor_id = slot.instructor_id
    where busy.during is null
        or not busy.during && tstzrange(slot.starts_at - v_before, slot.starts_at + v_after);
end
$$;

comment on function private.free_starts(public.services, uuid[], timestamptz, timestamptz, uuid, uuid) is
    'Every free start in a window. A conversation''s own holds and a booking that is to move do not stand in their own way.';
