-- The one writer of claims: take_time(). It queues with the instructor's other writers, clears expired holds out
-- of the way, and translates the constraint's refusal once and for all.

create function private.lock_instructors(p_instructor_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_instructor_id uuid;
begin
    for v_instructor_id in
        select distinct wanted.id
        from unnest(p_instructor_ids) as wanted (id)
        where wanted.id is not null
        order by wanted.id
    loop
        perform pg_advisory_xact_lock(hashtextextended('instructor:' || v_instructor_id, 0));
    end loop;
end
$$;

comment on function private.lock_instructors(uuid[]) is
    'Queues the writers of each instructor''s claims, in id order. The constraint alone is correct, but racers deadlock on it.';

create function private.claim_range(p_service public.services, p_starts_at timestamptz, p_ends_at timestamptz)
returns tstzrange
language plpgsql
immutable
set search_path = ''
as $$
begin
    return tstzrange(
        p_starts_at - make_interval(mins => p_service.buffer_before_min),
        p_ends_at + make_interval(mins => p_service.buffer_after_min)
    );
end
$$;

comment on function private.claim_range(public.services, timestamptz, timestamptz) is
    'What a service takes of an instructor''s time, buffers included.';

create function private.take_time(p_claim public.time_claims)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform private.lock_instructors(array[p_claim.instructor_id]);

    -- Expired holds never block anyone, and need no sweeper to get out of the way.
    delete from public.time_claims as claim
    where claim.instructor_id = p_claim.instructor_id
        and claim.during && p_claim.during
        and claim.expires_at <= now();

    -- One update takes the new time and gives up the old: a move can neither lose both nor keep both.
    update public.time_claims as claim
    set
        instructor_id = p_claim.instructor_id,
        during = p_claim.during,
        service_id = p_claim.service_id,
        starts_at = p_claim.starts_at,
        ends_at = p_claim.ends_at
    where claim.business_id = p_claim.business_id
        and claim.booking_id = p_claim.booking_id;
    if found then
        return;
    end if;

    insert into public.time_claims (
        business_id, instructor_id, during, kind, service_id, starts_at, ends_at, conversation_id, proposal_id,
        booking_id, session_id, expires_at
    )
    values (
        p_claim.business_id, p_claim.instructor_id, p_claim.during, p_claim.kind, p_claim.service_id,
        p_claim.starts_at, p_claim.ends_at, p_claim.conversation_id, p_claim.proposal_id, p_claim.booking_id,
        p_claim.session_id, p_claim.expires_at
    );
exception
    when exclusion_violation then
        raise exception 'instructor % is taken in %', p_claim.instructor_id, p_claim.during
            using errcode = 'D0003';
end
$$;

comment on function private.take_time(public.time_claims) is
    'Takes an instructor''s time, or moves a booking''s claim to it. Taken time is D0003: somebody else has it.';
