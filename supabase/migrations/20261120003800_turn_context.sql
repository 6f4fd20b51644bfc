-- A turn, second part: everything the concierge may know, read at once and in one snapshot.

create function private.context_messages(p_conversation_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        with recent as (
            -- The last ten, and further back as long as something there waits for an answer.
            select message.seq, message.role, message.content - 'previous' as content, message.created_at
            from public.messages as message
            where message.conversation_id = p_conversation_id
                and message.deleted_at is null
                -- What was never heard was not said.
                and message.status not in ('failed', 'dropped')
                and message.seq >= least(
                    (
                        select min(unanswered.seq)
                        from public.messages as unanswered
                        where unanswered.conversation_id = p_conversation_id
                            and unanswered.role = 'user'
                            and unanswered.outcome is null
                    ),
                    (
                        select min(last_ten.seq)
                        from (
                            select said.seq
                            from public.messages as said
                            where said.conversation_id = p_conversation_id
                                and said.deleted_at is null
                                and said.status not in ('failed', 'dropped')
                            order by said.seq desc
                            limit 10
                        ) as last_ten
                    )
                )
            order by message.seq desc
            limit 50
        )
        select coalesce(
            jsonb_agg(
                jsonb_build_object('seq', seq, 'role', role, 'content', content, 'at', created_at)
                order by seq
            ),
            '[]'
        )
        from recent
    );
end
$$;

comment on function private.context_messages(uuid) is 'The end of a conversation, oldest first.';

create function private.context_catalogue(p_business_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select jsonb_build_object(
            'services', (
                select coalesce(
                    jsonb_agg(
                        jsonb_build_object(
                            'id', service.id,
                            'name', service.name,
                            'description', service.description,
                            'aliases', service.aliases,
                            'duration_min', service.duration_min,
                            'price_minor', service.price_minor,
                            'currency', service.currency,
                            'auto_confirm', service.auto_confirm,
                            'horizon_days', service.horizon_days,
                            'capacity', service.capacity,
                            'instructor_ids', (
                                select coalesce(jsonb_agg(instructor.id order by instructor.name, instructor.id), '[]')
                                from public.instructor_services as given
                                join public.instructors as instructor
                                    on instructor.business_id = given.business_id
                                    and instructor.id = given.instructor_id
                                where given.business_id = p_business_id
                                    and given.service_id = service.id
                                    and instructor.active
                            )
                        )
                        order by service.position, service.name
                    ),
                    '[]'
                )
                from public.services as service
                where service.business_id = p_business_id
                    and service.active
            ),
            'instructors', (
                select coalesce(
                    jsonb_agg(jsonb_build_object('id', instructor.id, 'name', instructor.name) order by instructor.name),
                    '[]'
                )
                from public.instructors as instructor
                where instructor.business_id = p_business_id
                    and instructor.active
            ),
            'weekly_hours', (
                select coalesce(
                    jsonb_agg(
                        jsonb_build_object(
                            'instructor_id', weekly.instructor_id,
                            'weekday', weekly.weekday,
                            'starts', to_char(weekly.starts, 'HH24:MI'),
                            'ends', to_char(weekly.ends, 'HH24:MI')
                        )
                        order by weekly.weekday, weekly.starts, weekly.instructor_id
                    ),
                    '[]'
                )
                from public.weekly_hours as weekly
                where weekly.business_id = p_business_id
            )
        )
    );
end
$$;

comment on function private.context_catalogue(uuid) is 'What a business sells, who gives it, and when they work.';
