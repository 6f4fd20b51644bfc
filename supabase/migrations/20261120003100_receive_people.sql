-- Who wrote. A sender has a user id, a phone number, or both; whichever we know leads to the customer, and
-- what we did not know is learned.

create function private.e164(p_phone text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
    -- A national number has no country to be of.
    v_phone text := regexp_replace(regexp_replace(p_phone, '[^0-9+]', '', 'g'), '^00', '+');
begin
    return case when v_phone ~ '^\+[1-9][0-9]{4,14}$' then v_phone end;
end
$$;

comment on function private.e164(text) is
    'A phone number as E.164, or null when it cannot be one: it must not cost the message of somebody with a user id.';

create function private.belongs_to_another(
    p_business_id uuid,
    p_channel_kind text,
    p_customer_id uuid,
    p_user_id text
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    -- Whoever changed their user id has several.
    return (
        select coalesce(bool_and(identity.value <> p_user_id), false)
        from public.customer_identities as identity
        where identity.business_id = p_business_id
            and identity.channel_kind = p_channel_kind
            and identity.customer_id = p_customer_id
            and identity.identity_kind = 'user_id'
    );
end
$$;

comment on function private.belongs_to_another(uuid, text, uuid, text) is
    'True when a customer is known under another user id: whoever has their phone number now is somebody else.';

create function private.known_customer(p_business_id uuid, p_channel_kind text, p_sender jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
    v_user_id text := nullif(p_sender ->> 'user_id', '');
    v_phone text := private.e164(p_sender ->> 'phone');
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
        -- Numbers are given to new people. Somebody who has only changed the user id is announced.
        if private.belongs_to_another(p_business_id, p_channel_kind, v_customer_id, v_user_id) then
            return null;
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

create function private.move_phone(p_business_id uuid, p_channel_kind text, p_phone text, p_user_id text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_former uuid;
begin
    delete from public.customer_identities as identity
    where identity.business_id = p_business_id
        and identity.channel_kind = p_channel_kind
        and identity.identity_kind = 'phone'
        and identity.value = p_phone
        and private.belongs_to_another(p_business_id, p_channel_kind, identity.customer_id, p_user_id)
    returning identity.customer_id
    into v_former;
    update public.customers as customer
    set phone = null
    where customer.business_id = p_business_id
        and customer.id = v_former
        and customer.phone = p_phone;
end
$$;

comment on function private.move_phone(uuid, text, text, text) is
    'Takes a number from whoever had it before under another user id; they stay who they are, by that id.';

create function private.find_or_add_customer(p_business_id uuid, p_channel_kind text, p_sender jsonb)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_customer_id uuid := private.known_customer(p_business_id, p_channel_kind, p_sender);
    v_name text := left(nullif(trim(coalesce(p_sender ->> 'name', p_sender ->> 'username')), ''), 200);
    v_phone text := private.e164(p_sender ->> 'phone');
begin
    if v_phone is not null and nullif(p_sender ->> 'user_id', '') is not null then
        perform private.move_phone(p_business_id, p_channel_kind, v_phone, p_sender ->> 'user_id');
    end if;
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
