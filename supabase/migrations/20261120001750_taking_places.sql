-- Places in a group session. Whoever takes or leaves one holds the session's row, so that places are counted one
-- at a time; the session's claim on the instructor's time lasts as long as anybody has or holds a place.

create function private.session_at(
    p_service public.services,
    p_instructor_id uuid,
    p_starts_at timestamptz,
    p_ends_at timestamptz
)
returns public.sessions
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_session public.sessions;
begin
    perform private.lock_instructors(array[p_instructor_id]);
    insert into public.sessions as session (business_id, service_id, instructor_id, starts_at, ends_at, capacity)
    values (p_service.business_id, p_service.id, p_instructor_id, p_starts_at, p_ends_at, p_service.capacity)
    -- Changes nothing, but locks the row and returns it.
    on conflict (business_id, instructor_id, starts_at, service_id) do update
    set capacity = session.capacity
    returning *
    into strict v_session;
    return v_session;
end
$$;

comment on function private.session_at(public.services, uuid, timestamptz, timestamptz) is
    'The session of a service at a start, made when there is none yet; its row is locked.';

create function private.settle_session(p_session_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_session public.sessions;
    v_service public.services;
    v_held_until timestamptz;
    v_claim public.time_claims;
begin
    select *
    into v_session
    from public.sessions as session
    where session.id = p_session_id
    for no key update;
    if not found then
        return;
    end if;
    select max(hold.expires_at)
    into v_held_until
    from public.place_holds as hold
    where hold.business_id = v_session.business_id
        and hold.session_id = v_session.id
        and hold.expires_at > now();

    if v_session.places_booked = 0 and v_held_until is null then
        delete from public.time_claims as claim
        where claim.business_id = v_session.business_id
            and claim.session_id = v_session.id;
        return;
    end if;

    v_claim.expires_at := case when v_session.places_booked = 0 then v_held_until end;
    update public.time_claims as claim
    set expires_at = v_claim.expires_at
    where claim.business_id = v_session.business_id
        and claim.session_id = v_session.id;
    if found then
        return;
    end if;

    v_service := private.service_of(v_session.business_id, v_session.service_id);
    v_claim.business_id := v_session.business_id;
    v_claim.instructor_id := v_session.instructor_id;
    v_claim.during := private.claim_range(v_service, v_session.starts_at, v_session.ends_at);
    v_claim.kind := 'session';
    v_claim.service_id := v_session.service_id;
    v_claim.starts_at := v_session.starts_at;
    v_claim.ends_at := v_session.ends_at;
    v_claim.session_id := v_session.id;
    perform private.take_time(v_claim);
end
$$;

comment on function private.settle_session(uuid) is
    'Takes, keeps or gives back the instructor''s time for a session, as the places in it demand. D0003 when somebody else has the time.';

create function private.others_places(
    p_session public.sessions,
    p_conversation_id uuid,
    p_booking_ids uuid[]
)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
    return p_session.places_booked
        - (
            select coalesce(sum(booking.participants), 0)
            from public.bookings as booking
            where booking.business_id = p_session.business_id
                and booking.id = any (p_booking_ids)
                and booking.session_id = p_session.id
                and booking.status <> 'cancelled'
        )
        + (
            select coalesce(sum(hold.places), 0)
            from public.place_holds as hold
            where hold.business_id = p_session.business_id
                and hold.session_id = p_session.id
                and hold.conversation_id is distinct from p_conversation_id
                and hold.expires_at > now()
        );
end
$$;

comment on function private.others_places(public.sessions, uuid, uuid[]) is
    'How many places of a session are booked or held, but for a conversation''s own holds and bookings that are to move.';

create function private.check_places(p_session public.sessions, p_places integer)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if p_places > p_session.capacity then
        raise exception '% people do not fit into % places', p_places, p_session.capacity using errcode = 'D0014';
    end if;
    if private.others_places(p_session, null, '{}') + p_places > p_session.capacity then
        raise exception 'the session has no % places left', p_places using errcode = 'D0003';
    end if;
end
$$;

comment on function private.check_places(public.sessions, integer) is
    'Raises D0003 when so many places are not left, counting booked and held ones, and D0014 when the session never had them.';

create function private.join_session(
    p_service public.services,
    p_instructor_id uuid,
    p_starts_at timestamptz,
    p_ends_at timestamptz,
    p_places integer
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_session public.sessions := private.session_at(p_service, p_instructor_id, p_starts_at, p_ends_at);
begin
    perform private.check_places(v_session, p_places);
    update public.sessions as session
    set places_booked = session.places_booked + p_places
    where session.id = v_session.id;
    perform private.settle_session(v_session.id);
    return v_session.id;
end
$$;

comment on function private.join_session(public.services, uuid, timestamptz, timestamptz, integer) is
    'Books places in the session of a service at a start.';

create function private.leave_session(p_session_id uuid, p_places integer)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update public.sessions as session
    set places_booked = session.places_booked - p_places
    where session.id = p_session_id;
    perform private.settle_session(p_session_id);
end
$$;

comment on function private.leave_session(uuid, integer) is 'Gives booked places in a session back.';
