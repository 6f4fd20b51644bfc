-- The door. One call takes one webhook: all of it commits or none, but an element that cannot be stored costs
-- only itself. Everything is locked in one order first, so that two batches never wait for each other in a ring.

create function private.uuid_or_null(p_text text)
returns uuid
language sql
immutable
set search_path = ''
as $$
    select case
        when p_text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then p_text::uuid
    end
$$;

comment on function private.uuid_or_null(text) is 'The uuid that a text spells, or null.';

create function private.lock_batch(p_channel_kind text, p_events jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_key integer;
begin
    -- First contacts: nothing exists yet that could be locked, so their addresses queue, in one order for all.
    for v_key in
        select distinct hashtext(channel.id || address.identity_kind || address.value) & 1023 as key
        from jsonb_array_elements(p_events) as event
        join public.channels as channel
            on channel.kind = p_channel_kind
            and channel.external_id = event ->> 'account'
        cross join lateral (
            select * from private.sender_addresses(event -> 'sender')
            union all
            select * from private.sender_addresses(event -> 'new')
        ) as address
        where not exists (
            select
            from public.customer_identities as identity
            join public.conversations as conversation
                on conversation.business_id = identity.business_id
                and conversation.customer_id = identity.customer_id
                and conversation.channel_id = channel.id
            where identity.business_id = channel.business_id
                and identity.channel_kind = channel.kind
                and identity.identity_kind = address.identity_kind
                and identity.value = address.value
        )
        order by key
    loop
        perform pg_advisory_xact_lock(17, v_key);
    end loop;

    -- Then every conversation that the batch will write to, in one order for all.
    perform
    from public.conversations as conversation
    where conversation.id in (
        select known.id
        from jsonb_array_elements(p_events) as event
        join public.channels as channel
            on channel.kind = p_channel_kind
            and channel.external_id = event ->> 'account'
        join public.conversations as known
            on known.channel_id = channel.id
            and known.customer_id = private.known_customer(channel.business_id, channel.kind, event -> 'sender')
        union
        select message.conversation_id
        from jsonb_array_elements(p_events) as event
        join public.channels as channel
            on channel.kind = p_channel_kind
            and channel.external_id = event ->> 'account'
        join public.messages as message
            on message.channel_id = channel.id
            and message.provider_id = event ->> 'provider_id'
        union
        select message.conversation_id
        from jsonb_array_elements(p_events) as event
        join public.messages as message
            on message.id = private.uuid_or_null(event ->> 'message_id')
        where event ->> 'kind' = 'status'
    )
    order by conversation.id
    for no key update;
end
$$;

comment on function private.lock_batch(text, jsonb) is
    'Takes all locks of a batch in one order, so that two batches that share customers cannot deadlock.';
