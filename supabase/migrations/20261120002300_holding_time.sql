-- Offering a time is holding it. What is never offered is one error, what somebody else has is another: the
-- customer needs different words.

create function private.drop_holds(p_business_id uuid, p_conversation_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_session_id uuid;
begin
    delete from public.time_claims as claim
    where claim.business_id = p_business_id
        and claim.conversation_id = p_conversation_id
        and claim.kind = 'hold';

    for v_session_id in
        with dropped as (
            delete from public.place_holds as hold
            where hold.business_id = p_business_id
                and hold.conversation_id = p_conversation_id
            returning hold.session_id
        )
        select distinct dropped.session_id
        from dropped
        order by dropped.session_id
    loop
        perform private.settle_session(v_session_id);
    end loop;
end
$$;

comment on function private.drop_holds(uuid, uuid) is 'Gives back everything held for a conversation.';

create function private.held_instructors(p_business_id uuid, p_conversation_id uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
    return array(
        select claim.instructor_id
        from public.time_claims as claim
        where claim.business_id = p_business_id
            and claim.conversation_id = p_conversation_id
            and claim.kind = 'hold'
        union
        select session.instructor_id
        from public.place_holds as hold
        join public.sessions as session
            on session.business_id = hold.business_id
            and session.id = hold.session_id
        where hold.business_id = p_business_id
            and hold.conversation_id = p_conversation_id
    );
end
$$;

comment on function private.held_instructors(uuid, uuid) is
    'Whose time is held for a conversation: giving it back needs their locks, like taking it.';

create function private.check_offered(
    p_service public.services,
    p_instructor_id uuid,
    p_starts_at timestamptz,
    p_places integer,
    p_by_hand boolean default false
)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if p_starts_at is null or not isfinite(p_starts_at) then
        raise exception 'a lesson without a start' using errcode = 'D0009';
    end if;
    if p_starts_at <= now() then
        raise exception 'a time that has passed' using errcode = 'D0013';
    end if;
    perform private.check_ours(p_service.business_id, p_instructor_id, null, null, null);
    if p_instructor_id is null or not p_service.active
        or not p_instructor_id = any ((private.givers(p_service, p_instructor_id, null)).ids)
    then
        raise exception 'this instructor does not give this service' using errcode = 'D0004';
    end if;
    if p_places > p_service.capacity then
        raise exception '% people do not fit into % places', p_places, p_service.capacity using errcode = 'D0014';
    end if;
    if p_by_hand then
        return;
    end if;
    if p_starts_at < now() + make_interval(mins => p_service.min_notice_min)
        or p_starts_at >= now() + make_interval(hours => 24 * p_service.horizon_days)
    then
        raise exception 'a time inside the notice or beyond the horizon' using errcode = 'D0004';
    end if;
    if not exists (
            select
            from private.free_starts(
                p_service, array[p_instructor_id], p_starts_at, p_starts_at + interval '1 microsecond', p_places,
                null, null, false
            )
        )
        -- A session that takes place can be joined, wherever hours and steps have gone since.
        and not exists (
            select
            from public.sessions as session
            where session.business_id = p_service.business_id
                and session.instructor_id = p_instructor_id
                and session.service_id = p_service.id
                and session.starts_at = p_starts_at
                and session.places_booked > 0
        )
    then
        raise exception 'a time outside working hours' using errcode = 'D0004';
    end if;
end
$$;

comment on function private.check_offered(public.services, uuid, timestamptz, integer, boolean) is
    'Raises D0013 for a time that has passed, D0014 for too many people, D0004 for a time that is never offered: not given, too soon, too far ahead, outside hours (a person may overrule these three). Taken time is another error.';

create function private.hold_places(
    p_service public.services,
    p_instructor_id uuid,
    p_starts_at timestamptz,
    p_places integer,
    p_conversation_id uuid,
    p_expires_at timestamptz,
    p_proposal_id uuid,
    p_moving_booking_ids uuid[]
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_session public.sessions := private.session_at(
        p_service, p_instructor_id, p_starts_at, p_starts_at + make_interval(mins => p_service.duration_min)
    );
    -- Places that a booking gives up by moving need not be found twice.
    v_places integer := p_places - (
        select coalesce(sum(booking.participants), 0)
        from public.bookings as booking
        where booking.business_id = p_service.business_id
            and booking.id = any (p_moving_booking_ids)
            and booking.session_id = v_session.id
            and booking.status <> 'cancelled'
    );
begin
    if v_places <= 0 then
        return;
    end if;
    perform private.check_places(v_session, v_places);
    insert into public.place_holds (business_id, session_id, conversation_id, proposal_id, places, expires_at)
    values (p_service.business_id, v_session.id, p_conversation_id, p_proposal_id, v_places, p_expires_at);
    perform private.settle_session(v_session.id);
end
$$;

comment on function private.hold_places(
    public.services, uuid, timestamptz, integer, uuid, timestamptz, uuid, uuid[]
) is 'Holds places in a group session for a conversation.';

create function private.hold_slot(
    p_service public.services,
    p_instructor_id uuid,
    p_starts_at timestamptz,
    p_places integer,
    p_conversation_id uuid,
    p_expires_at timestamptz,
    p_proposal_id uuid default null,
    p_moving_booking_ids uuid[] default '{}'
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_claim public.time_claims;
    v_wanted tstzrange;
    v_own tstzmultirange;
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
    v_wanted := private.claim_range(p_service, v_claim.starts_at, v_claim.ends_at);

    -- Nine and half past nine may both be offered, and a booking may move by half an hour: what the conversation
    -- has of the time already is not taken again. Lines of one proposal are to be booked side by side, though.
    select range_agg(own.during)
    into v_own
    from public.time_claims as own
    left join public.sessions as session on session.id = own.session_id
    where own.business_id = p_service.business_id
        and own.instructor_id = p_instructor_id
        and own.during && v_wanted
        and (own.expires_at is null or own.expires_at > now())
        and (
            (own.kind = 'hold' and own.conversation_id = p_conversation_id and p_proposal_id is null)
            or own.booking_id = any (p_moving_booking_ids)
            or (
                own.kind = 'session'
                and (session.service_id, session.starts_at) is distinct from (p_service.id, p_starts_at)
                and private.others_places(
                    session, case when p_proposal_id is null then p_conversation_id end, p_moving_booking_ids
                ) = 0
            )
        );

    if p_service.capacity is not null and v_own is null then
        perform private.hold_places(
            p_service, p_instructor_id, p_starts_at, p_places, p_conversation_id, p_expires_at, p_proposal_id,
            p_moving_booking_ids
        );
        return;
    end if;
    for v_claim.during in
        select unnest(tstzmultirange(v_wanted) - coalesce(v_own, '{}'))
    loop
        perform private.take_time(v_claim);
    end loop;
end
$$;

comment on function private.hold_slot(
    public.services, uuid, timestamptz, integer, uuid, timestamptz, uuid, uuid[]
) is
    'Holds a time for a conversation, or places in a group. Of several times of one instructor the latest is to be held first, so that each keeps a piece of its own.';
