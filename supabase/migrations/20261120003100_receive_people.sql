-- Who wrote. A sender has a user id, a phone number, or both; whichever we know leads to the customer, and
-- what we did not know is learned.

create function private.known_customer(p_business_id uuid, p_channel_kind text, p_sender jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
    v_user_id text := nullif(p_sender ->> 'user_id', '');
    v_phone text := nullif(p_sender ->> 'phone', '');
    v_customer_id uuid;
begin
    -- One look-up by key after the other: each is a single index probe, however many customers there are.
    if v_user_id is not null then
        select identity.customer_id
        into v_customer_id
        from public.customer_identities as identity
        where identity.business_id = p_business_id
            and identity.channel_kind = p_channel_kind
            and identity.identity_kind = 'user_id'
            and identity.value = v_user_id;
    end if;
    if v_customer_id is null and v_phone is not null then
        select identity.customer_id
        into v_customer_id
        from public.customer_identities as identity
        where identity.business_id = p_business_id
            and identity.channel_kind = p_channel_kind
            and identity.identity_kind = 'phone'
            and identity.value = v_phone;
        if not found then
            -- Known from elsewhere: written down by the owner, or met on another channel.
            select customer.id
            into v_customer_id
            from public.customers as customer
            where customer.business_id = p_business_id
                and customer.phone = v_phone
            order by customer.created_at
            limit 1;
        end if;
    end if;
    return v_customer_id;
end
$$;

comment on function private.known_customer(uuid, text, jsonb) is
    'The customer behind {user_id?, phone?}, or null; the user id is the stronger of the two.';

create function private.link_address(
    p_business_id uuid,
    p_customer_id uuid,
    p_channel_kind text,
    p_identity_kind text,
    p_value text
)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
begin
    -- An address that already leads to somebody else stays with them: merging people is a person's decision.
    if nullif(p_value, '') is null or exists (
        select
        from public.customer_identities as identity
        where identity.business_id = p_business_id
            and identity.channel_kind = p_channel_kind
            and identity.identity_kind = p_identity_kind
            and identity.value = p_value
    ) then
        return false;
    end if;
    insert into public.customer_identities (business_id, customer_id, channel_kind, identity_kind, value)
    values (p_business_id, p_customer_id, p_channel_kind, p_identity_kind, p_value)
    on conflict do nothing;
    return found;
end
$$;

comment on function private.link_address(uuid, uuid, text, text, text) is
    'Lets an address lead to a customer; false when it is empty or leads to somebody already.';

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
        if v_phone is null and nullif(p_sender ->> 'user_id', '') is null then
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
    perform private.link_address(
        p_business_id, v_customer_id, p_channel_kind, 'user_id', p_sender ->> 'user_id'
    );
    perform private.link_address(p_business_id, v_customer_id, p_channel_kind, 'phone', v_phone);
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
