-- Who wrote. A sender has a user id, a phone number, or both; whichever we know leads to the customer, and
-- what we did not know is learned.

create function private.sender_addresses(p_sender jsonb)
returns table (identity_kind text, value text)
language sql
immutable
set search_path = ''
as $$
    select address.identity_kind, address.value
    from (
        values
            ('user_id', nullif(p_sender ->> 'user_id', '')),
            ('phone', nullif(p_sender ->> 'phone', ''))
    ) as address (identity_kind, value)
    where address.value is not null
$$;

comment on function private.sender_addresses(jsonb) is 'The addresses in {user_id?, phone?}, the stronger one first.';

create function private.known_customer(p_business_id uuid, p_channel_kind text, p_sender jsonb)
returns uuid
language sql
stable
set search_path = ''
as $$
    select coalesce(
        (
            select identity.customer_id
            from private.sender_addresses(p_sender) as address
            join public.customer_identities as identity
                on identity.business_id = p_business_id
                and identity.channel_kind = p_channel_kind
                and identity.identity_kind = address.identity_kind
                and identity.value = address.value
            order by address.identity_kind = 'user_id' desc
            limit 1
        ),
        (
            -- Known from elsewhere: written down by the owner, or met on another channel.
            select customer.id
            from public.customers as customer
            where customer.business_id = p_business_id
                and customer.phone = nullif(p_sender ->> 'phone', '')
            order by customer.created_at
            limit 1
        )
    )
$$;

comment on function private.known_customer(uuid, text, jsonb) is 'The customer behind a sender, or null.';

create function private.find_or_add_customer(p_business_id uuid, p_channel_kind text, p_sender jsonb)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_customer_id uuid := private.known_customer(p_business_id, p_channel_kind, p_sender);
    v_name text := left(nullif(trim(coalesce(p_sender ->> 'name', p_sender ->> 'username')), ''), 200);
    v_phone text := nullif(p_sender ->> 'phone', '');
begin
    if v_customer_id is null then
        if not exists (select from private.sender_addresses(p_sender)) then
            raise exception 'a sender without an address' using errcode = 'D0009';
        end if;
        insert into public.customers (business_id, name, phone)
        values (p_business_id, v_name, v_phone)
        returning id into v_customer_id;
    else
        update public.customers as customer
        set
            name = coalesce(customer.name, v_name),
            phone = coalesce(customer.phone, v_phone)
        where customer.business_id = p_business_id
            and customer.id = v_customer_id
            and (
                (customer.name is null and v_name is not null)
                or (customer.phone is null and v_phone is not null)
            );
    end if;

    -- An address that already leads to somebody else stays with them: merging people is a person's decision.
    insert into public.customer_identities (business_id, customer_id, channel_kind, identity_kind, value)
    select p_business_id, v_customer_id, p_channel_kind, address.identity_kind, address.value
    from private.sender_addresses(p_sender) as address
    where not exists (
        select
        from public.customer_identities as identity
        where identity.business_id = p_business_id
            and identity.channel_kind = p_channel_kind
            and identity.identity_kind = address.identity_kind
            and identity.value = address.value
    )
    on conflict do nothing;

    return v_customer_id;
end
$$;

comment on function private.find_or_add_customer(uuid, text, jsonb) is
    'The customer behind a sender, added if new; their addresses are linked as they become known.';

create function private.find_or_add_conversation(p_channel public.channels, p_sender jsonb)
returns public.conversations
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_customer_id uuid := private.find_or_add_customer(p_channel.business_id, p_channel.kind, p_sender);
    v_conversation public.conversations;
begin
    select *
    into v_conversation
    from public.conversations as conversation
    where conversation.channel_id = p_channel.id
        and conversation.customer_id = v_customer_id
    for no key update;
    if not found then
        insert into public.conversations (business_id, channel_id, customer_id)
        values (p_channel.business_id, p_channel.id, v_customer_id)
        returning * into v_conversation;
    end if;
    return v_conversation;
end
$$;

comment on function private.find_or_add_conversation(public.channels, jsonb) is
    'The one conversation of a sender on a channel, locked. New senders are queued by private.lock_batch() first.';
