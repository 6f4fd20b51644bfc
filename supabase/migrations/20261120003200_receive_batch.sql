-- The door. One call takes one webhook: all of it commits or none, but an element that cannot be stored costs
-- only itself. Everything is locked in one order first, so that two batches never wait for each other in a ring.

create function private.uuid_or_null(p_text text)
returns uuid
language plpgsql
immutable
set search_path = ''
as $$
begin
    return case
        when p_text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then p_text::uuid
    end;
end
$$;

comment on function private.uuid_or_null(text) is 'The uuid that a text spells, or null.';

create function private.known_conversation(p_channel_kind text, p_event jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
    v_channel public.channels;
    v_conversation_id uuid;
begin
    select *
    into v_channel
    from public.channels as channel
    where channel.kind = p_channel_kind
        and channel.external_id = p_event ->> 'account';

    if p_event ->> 'kind' = 'status' then
        select message.conversation_id
        into v_conversation_id
        from public.messages as message
        where message.id = private.uuid_or_null(p_event ->> 'message_id')
            and message.channel_id = v_channel.id;
        if not found then
            select message.conversation_id
            into v_conversation_id
            from public.messages as message
            where message.channel_id = v_channel.id
                and message.provider_id = p_event ->> 'provider_id';
        end if;
    else
        select conversation.id
        into v_conversation_id
        from public.conversations as conversation
        where conversation.channel_id = v_channel.id
            and conversation.customer_id
                = private.known_customer(v_channel.business_id, v_channel.kind, p_event -> 'sender');
    end if;
    return v_conversation_id;
end
$$;

comment on function private.known_conversation(text, jsonb) is
    'The conversation that an element of a webhook will write to, or null when it is not there yet.';

create function private.lock_batch(p_channel_kind text, p_events jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_event jsonb;
    v_conversation_id uuid;
    v_conversation_ids uuid[] := '{}';
    v_strangers jsonb[] := '{}';
begin
    for v_event in
        select * from jsonb_array_elements(p_events)
    loop
        v_conversation_id := private.known_conversation(p_channel_kind, v_event);
        if v_conversation_id is not null then
            v_conversation_ids := v_conversation_ids || v_conversation_id;
        elsif v_event ->> 'kind' is distinct from 'status' then
            v_strangers := v_strangers || v_event;
        end if;
    end loop;

    -- First contacts: there is no row yet that could be locked, so their addresses queue, in one order for all.
    if v_strangers <> '{}' then
        perform pg_advisory_xact_lock(17, address.key)
        from (
            select distinct
                hashtext(concat(event ->> 'account', ' ', event -> person ->> field)) & 1023 as key
            from unnest(v_strangers) as event
            cross join unnest(array['sender', 'new']) as person
            cross join unnest(array['user_id', 'phone']) as field
            where event -> person ->> field <> ''
            order by key
        ) as address;
        foreach v_event in array v_strangers
        loop
            v_conversation_ids := v_conversation_ids || private.known_conversation(p_channel_kind, v_event);
        end loop;
    end if;

    -- Then every conversation that the batch will write to, in one order for all.
    perform
    from public.conversations as conversation
    where conversation.id = any (v_conversation_ids)
    order by conversation.id
    for no key update;
end
$$;

comment on function private.lock_batch(text, jsonb) is
    'Takes all locks of a batch in one order, so that two batches that share customers cannot deadlock.';
