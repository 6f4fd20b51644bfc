-- Offering a time is holding it. What is never offered is one error, what somebody else has is another: the
-- customer needs different words.

create function private.drop_holds(p_business_id uuid, p_conversation_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    delete from public.time_claims as claim
    where claim.business_id = p_business_id
        and claim.conversation_id = p_conversation_id
        and claim.kind = 'hold';
end
$$;

comment on function private.drop_holds(uuid, uuid) is 'Gives back everything held for a conversation.';

create function private.check_slot_is_ours_to_offer(
    p_service public.services,
    p_instructor_id uuid,
    p_starts_at timestamptz
)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if not p_service.active
        or not exists (
            select
            from public.instructor_services as given
            join public.instructors as instructor
                on instructor.business_id = given.business_id
                and instructor.id = given.instructor_id
            where given.business_id = p_service.business_id
                and given.service_id = p_service.id
                and given.instructor_id = p_instructor_id
                and instructor.active
        )
    then
        raise exception 'this instructor does not give this service' using errcode = 'D0004';
    end if;
    if p_starts_at is null
        or p_starts_at < now() + make_interval(mins => p_service.min_notice_min)
        or p_starts_at >= now() + make_interval(hours => 24 * p_service.horizon_days)
    then
        raise exception 'a time inside the notice or beyond the horizon' using errcode = 'D0004';
    end if;
    if not exists (
        select
        from private.slot_starts(
            p_service, array[p_instructor_id], p_starts_at, p_starts_at + interval '1 microsecond'
        )
    ) then
        raise exception 'a time outside working hours' using errcode = 'D0004';
    end if;
end
$$;

comment on function private.check_slot_is_ours_to_offer(public.services, uuid, timestamptz) is
    'Raises D0004 for a time that is never offered: not given, in the past, too soon, too far ahead, outside hours. Taken time is another error.';

create function private.hold_slot(
    p_service public.services,
    p_instructor_id uuid,
    p_starts_at timestamptz,
    p_conversation_id uuid,
    p_expires_at timestamptz,
    p_proposal_id uuid default null,
    p_moving_booking_id uuid default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_claim public.time_claims;
begin
    v_claim.business_id := p_service.business_id;
    v_claim.instructor_id := p_instructor_id;
    v_claim.kind := 'hold';
    v_claim.service_id := p_service.id;
    v_claim.starts_at := p_starts_at;
    v_claim.ends_at := p_starts_at + make_interval(mins => p_service.duration_min);
    v_claim.conversation_id := p_conversation_id;
    v_claim.proposal_id := p_proposal_id;
    v_claim.expires_at := p_expires_at;

    -- Nine and half past nine may both be offered, and a booking may move by half an hour: what the
    -- conversation has of the time already is not taken again.
    for v_claim.during in
        select unnest(
            tstzmultirange(private.claim_range(p_service, v_claim.starts_at, v_claim.ends_at))
            - coalesce(range_agg(own.during), '{}')
        )
        from public.time_claims as own
        where own.business_id = p_service.business_id
            and own.instructor_id = p_instructor_id
            and (
                (own.kind = 'hold' and own.conversation_id = p_conversation_id)
                or own.booking_id = p_moving_booking_id
            )
    loop
        perform private.take_time(v_claim);
    end loop;
end
$$;

comment on function private.hold_slot(public.services, uuid, timestamptz, uuid, timestamptz, uuid, uuid) is
    'Holds a time for a conversation. Of several times of one instructor the latest is to be held first, so that each keeps a piece of its own.';
