-- What a person decides about the guards: to fall silent to somebody, to speak to them again, and to go on after
-- a pause. The public functions run as the person who calls; what they may not write themselves is done by
-- private ones, which ask first who that is.

create function private.must_manage(p_business_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if p_business_id is null or p_business_id not in (select private.my_businesses()) then
        raise exception 'nothing of that id' using errcode = 'D0001';
    end if;
    if p_business_id not in (select private.businesses_i_manage()) then
        raise exception 'only an owner or a manager decides that' using errcode = 'D0011';
    end if;
end
$$;

comment on function private.must_manage(uuid) is
    'Raises unless the signed-in person manages the business: D0001 to strangers, who learn nothing, D0011 to members.';

create function private.business_of_customer(p_customer_id uuid)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
    return (select customer.business_id from public.customers as customer where customer.id = p_customer_id);
end
$$;

comment on function private.business_of_customer(uuid) is 'Whose customer it is.';

create function private.block_customer(p_customer_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_business_id uuid := private.business_of_customer(p_customer_id);
begin
    perform private.must_manage(v_business_id);
    -- Under the conversations' locks, so that a turn that commits now comes wholly before or wholly after.
    perform
    from public.conversations as conversation
    where conversation.business_id = v_business_id
        and conversation.customer_id = p_customer_id
    order by conversation.id
    for no key update;

    update public.customers as customer
    set
        blocked_at = coalesce(customer.blocked_at, now()),
        blocked_reason = 'person',
        blocked_by = auth.uid()
    where customer.business_id = v_business_id
        and customer.id = p_customer_id;
    -- As at a takeover: an answer that was composed before is not sent.
    update public.conversations as conversation
    set mode_epoch = conversation.mode_epoch + 1
    where conversation.business_id = v_business_id
        and conversation.customer_id = p_customer_id;
end
$$;

comment on function private.block_customer(uuid) is 'The work of public.block_customer().';

create function private.unblock_customer(p_customer_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_business_id uuid := private.business_of_customer(p_customer_id);
begin
    perform private.must_manage(v_business_id);
    update public.conversations as conversation
    set counted_messages = 0
    where conversation.id in (
        select locked.id
        from public.conversations as locked
        where locked.business_id = v_business_id
            and locked.customer_id = p_customer_id
        order by locked.id
        for no key update
    );
    update public.customers as customer
    set
        blocked_at = null,
        blocked_reason = null,
        blocked_by = null
    where customer.business_id = v_business_id
        and customer.id = p_customer_id;
    -- Whoever acts on the news has read it; the next time it is news again.
    update public.notifications as notification
    set read_at = now()
    where notification.business_id = v_business_id
        and notification.kind = 'customer_blocked'
        and notification.read_at is null
        and notification.conversation_id in (
            select conversation.id
            from public.conversations as conversation
            where conversation.business_id = v_business_id
                and conversation.customer_id = p_customer_id
        );
end
$$;

comment on function private.unblock_customer(uuid) is 'The work of public.unblock_customer().';

create function private.unpause_business(p_business_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform private.must_manage(p_business_id);
    update public.businesses as business
    set
        paused_at = null,
        paused_reason = null
    where business.id = p_business_id;
    update public.notifications as notification
    set read_at = now()
    where notification.business_id = p_business_id
        and notification.kind = 'business_paused'
        and notification.read_at is null;
    -- What was counted has been paid for by the pause; rows that are being written are left to their writers.
    delete from private.traffic as traffic
    where traffic.id in (
        select counted.id
        from private.traffic as counted
        where counted.business_id = p_business_id
        for update skip locked
    );
end
$$;

comment on function private.unpause_business(uuid) is 'The work of public.unpause_business().';

-- With the body in SQL itself the names are looked up now, not by the caller, who may not enter the schema.
create function public.block_customer(p_customer_id uuid)
returns void
language sql
volatile
security invoker
set search_path = ''
begin atomic
    select private.block_customer(p_customer_id);
end;

create function public.unblock_customer(p_customer_id uuid)
returns void
language sql
volatile
security invoker
set search_path = ''
begin atomic
    select private.unblock_customer(p_customer_id);
end;

create function public.unpause_business(p_business_id uuid)
returns void
language sql
volatile
security invoker
set search_path = ''
begin atomic
    select private.unpause_business(p_business_id);
end;

revoke all on function public.block_customer(uuid) from public, anon, service_role;
revoke all on function public.unblock_customer(uuid) from public, anon, service_role;
revoke all on function public.unpause_business(uuid) from public, anon, service_role;
grant execute on function public.block_customer(uuid), private.block_customer(uuid) to authenticated;
grant execute on function public.unblock_customer(uuid), private.unblock_customer(uuid) to authenticated;
grant execute on function public.unpause_business(uuid), private.unpause_business(uuid) to authenticated;

comment on function public.block_customer(uuid) is
    'Falls silent to a customer: what they write is stored and shown, and not answered by itself. For owners and managers.';
comment on function public.unblock_customer(uuid) is
    'Answers a customer again, from their next message on; their hour begins anew. For owners and managers.';
comment on function public.unpause_business(uuid) is
    'Answers again after a pause, from the next message on; the hour begins anew. For owners and managers.';

create function private.silent_to(p_conversation public.conversations)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    return exists (
        select
        from public.customers as customer
        where customer.business_id = p_conversation.business_id
            and customer.id = p_conversation.customer_id
            and customer.blocked_reason = 'person'
    );
end
$$;

comment on function private.silent_to(public.conversations) is
    'True when a person decided not to answer. Who only wrote too much still gets the answer to what came before.';

create trigger _820_record_audit
    after update of blocked_at on public.customers
    for each row
    when (old.blocked_at is distinct from new.blocked_at)
    execute function private.tg__record_audit();
