-- Taking an instructor's time, and giving it back. All writers come through here or through the trigger on
-- bookings, with the instructor locked first.

create function private.claim_range(p_service public.services, p_starts_at timestamptz, p_ends_at timestamptz)
returns tstzrange
language sql
immutable
set search_path = ''
as $$
    select tstzrange(
        p_starts_at - make_interval(mins => (p_service).buffer_before_min),
        p_ends_at + make_interval(mins => (p_service).buffer_after_min)
    )
$$;

comment on function private.claim_range(public.services, timestamptz, timestamptz) is
    'What a service takes of an instructor''s time, buffers included.';

create function private.drop_expired_holds(p_instructor_id uuid, p_during tstzrange)
returns void
language sql
volatile
set search_path = ''
as $$
    delete from public.time_claims as claim
    where claim.instructor_id = p_instructor_id
        and claim.during && p_during
        and claim.kind = 'hold'
        and claim.expires_at <= now()
$$;

comment on function private.drop_expired_holds(uuid, tstzrange) is
    'Clears expired holds out of the way, so that they never block anyone and need no sweeper.';

create function private.drop_holds(p_business_id uuid, p_conversation_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
    delete from public.time_claims as claim
    where claim.business_id = p_business_id
        and claim.conversation_id = p_conversation_id
        and claim.kind = 'hold'
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
    if not (p_service).active
        or not exists (
            select
            from public.instructor_services as given
            join public.instructors as instructor
                on instructor.business_id = given.business_id
                and instructor.id = given.instructor_id
            where given.business_id = (p_service).business_id
                and given.service_id = (p_service).id
                and given.instructor_id = p_instructor_id
                and instructor.active
        )
    then
        raise exception 'this instructor does not give this service' using errcode = 'D0004';
    end if;
    if p_starts_at is null
        or p_starts_at < now() + make_interval(mins => (p_service).min_notice_min)
        or p_starts_at >= now() + make_interval(hours => 24 * (p_service).horizon_days)
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
    v_ends_at timestamptz := p_starts_at + make_interval(mins => (p_service).duration_min);
    v_during tstzrange := private.claim_range(p_service, p_starts_at, v_ends_at);
    v_piece tstzrange;
begin
    perform private.check_slot_is_ours_to_offer(p_service, p_instructor_id, p_starts_at);
    perform private.drop_expired_holds(p_instructor_id, v_during);

    -- A booking that moves by half an hour overlaps itself: only what it does not have yet is held.
    for v_piece in
        select unnest(
            tstzmultirange(v_during) - coalesce(
                (
                    select tstzmultirange(claim.during)
                    from public.time_claims as claim
                    where claim.business_id = (p_service).business_id
                        and claim.booking_id = p_moving_booking_id
                        and claim.instructor_id = p_instructor_id
                ),
                '{}'
            )
        )
    loop
        insert into public.time_claims (
            business_id, instructor_id, during, kind, service_id, starts_at, ends_at,
            conversation_id, proposal_id, expires_at
        )
        values (
            (p_service).business_id, p_instructor_id, v_piece, 'hold', (p_service).id, p_starts_at, v_ends_at,
            p_conversation_id, p_proposal_id, p_expires_at
        );
    end loop;
end
$$;

comment on function private.hold_slot(public.services, uuid, timestamptz, uuid, timestamptz, uuid, uuid) is
    'Holds a time for a conversation. Somebody else''s time is refused by time_claims_never_overlap.';
