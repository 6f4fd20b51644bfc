-- What the desk does not answer by itself: people it is told to be silent to, more than a business wants to pay
-- for, and what is too old for an answer to make sense. All of it is stored and shown; the owner is told.

alter table public.businesses
    add column customer_messages_per_hour integer not null default 15,
    add column messages_per_hour integer not null default 100,
    add column stale_after_min integer not null default 30,
    add column answer_stale boolean not null default false,
    add column dead_letter_threshold integer not null default 5,
    add column dead_letter_window_min integer not null default 10,
    add column paused_at timestamptz,
    add column paused_reason text,
    add constraint businesses_customer_limit_lets_somebody_in check (customer_messages_per_hour >= 1),
    add constraint businesses_limit_lets_somebody_in check (messages_per_hour >= 1),
    add constraint businesses_stale_is_sane check (stale_after_min between 1 and 10080),
    add constraint businesses_dead_letter_threshold_is_sane check (dead_letter_threshold >= 1),
    add constraint businesses_dead_letter_window_is_sane check (dead_letter_window_min between 1 and 1440),
    add constraint businesses_pause_has_a_reason check ((paused_at is null) = (paused_reason is null));

alter table public.customers
    add column blocked_at timestamptz,
    add column blocked_reason text,
    add column blocked_by uuid references auth.users on delete set null,
    add constraint customers_block_has_a_reason check ((blocked_at is null) = (blocked_reason is null)),
    add constraint customers_block_reason_is_known check (blocked_reason in ('too_many_messages', 'person'));

alter table public.conversations
    add column counted_since timestamptz,
    add column counted_messages integer not null default 0;

create index customers_blocked_by_idx on public.customers (blocked_by) where blocked_by is not null;

create policy managers_set_the_limits on public.businesses
    for update to authenticated
    using (id = any (array(select private.businesses_i_manage())))
    with check (id = any (array(select private.businesses_i_manage())));

grant update (
    customer_messages_per_hour, messages_per_hour, stale_after_min, answer_stale, dead_letter_threshold,
    dead_letter_window_min
) on public.businesses to authenticated;
-- A check is asked with the rights of whoever writes the row.
grant execute on function private.is_time_zone(text) to authenticated;

comment on column public.businesses.customer_messages_per_hour is
    'So many messages of one customer are answered in an hour; with the next the customer is blocked.';
comment on column public.businesses.messages_per_hour is
    'So many messages are answered in an hour; with the next the business is paused.';
comment on column public.businesses.stale_after_min is 'Minutes after which a message that arrives is too old to be answered by itself.';
comment on column public.businesses.answer_stale is 'True: old messages are answered all the same.';
comment on column public.businesses.dead_letter_threshold is 'So many dead letters within the window are an alarm.';
comment on column public.businesses.dead_letter_window_min is 'The window of that alarm, in minutes.';
comment on column public.businesses.paused_at is 'Since when nothing is answered by itself; null: it is.';
comment on column public.businesses.paused_reason is 'Why: too_many_messages.';
comment on column public.customers.blocked_at is 'Since when the desk is silent to them; null: it is not.';
comment on column public.customers.blocked_reason is 'too_many_messages, or person: somebody of the business decided it.';
comment on column public.customers.blocked_by is 'Who decided it.';
comment on column public.conversations.counted_since is 'When the hour began in which messages are counted.';
comment on column public.conversations.counted_messages is 'Messages in that hour that the desk was to answer.';

-- Counting a business on one row would make all its customers wait for each other. A row that somebody else is
-- just writing is passed over, so there are as many rows as there are writers at once.
create table private.traffic (
    id bigint generated always as identity primary key,
    business_id uuid not null references public.businesses on delete cascade,
    bucket timestamptz not null,
    messages integer not null
);

create index traffic_business_idx on private.traffic (business_id, bucket);

alter table private.traffic enable row level security;
revoke all on private.traffic from anon, authenticated, service_role;

comment on table private.traffic is 'How many messages a business was to answer, in steps of ten minutes; the sum of several rows each.';
comment on column private.traffic.id is 'Key.';
comment on column private.traffic.business_id is 'Tenant key.';
comment on column private.traffic.bucket is 'The ten minutes, by their begin.';
comment on column private.traffic.messages is 'So many.';

create function private.count_messages(p_admitted jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_bucket timestamptz := date_bin('10 minutes', now(), timestamptz '2026-01-01 00:00Z');
    v_business_id uuid;
    v_messages integer;
begin
    for v_business_id, v_messages in
        select key::uuid, value::integer from jsonb_each_text(p_admitted)
    loop
        update private.traffic as traffic
        set messages = traffic.messages + v_messages
        where traffic.id = (
            select free.id
            from private.traffic as free
            where free.business_id = v_business_id
                and free.bucket = v_bucket
            limit 1
            for update skip locked
        );
        if not found then
            insert into private.traffic (business_id, bucket, messages)
            values (v_business_id, v_bucket, v_messages);
        end if;
    end loop;
end
$$;

comment on function private.count_messages(jsonb) is
    'Counts the messages of one webhook that each business is to answer: {business id: number}.';

create function private.block_flood(p_conversation public.conversations, p_limit integer)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update public.customers as customer
    set
        blocked_at = now(),
        blocked_reason = 'too_many_messages'
    where customer.business_id = p_conversation.business_id
        and customer.id = p_conversation.customer_id;
    perform private.notify(
        p_conversation.business_id,
        'customer_blocked',
        'warning',
        p_conversation.id,
        jsonb_build_object('messages_per_hour', p_limit)
    );
end
$$;

comment on function private.block_flood(public.conversations, integer) is
    'Falls silent to a customer who writes more than a person does, and tells the owner.';

create function private.pause_flood(p_business public.businesses)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update public.businesses as business
    set
        paused_at = now(),
        paused_reason = 'too_many_messages'
    where business.id = p_business.id
        and business.paused_at is null;
    perform private.notify(
        p_business.id,
        'business_paused',
        'critical',
        null,
        jsonb_build_object('messages_per_hour', p_business.messages_per_hour)
    );
end
$$;

comment on function private.pause_flood(public.businesses) is
    'Stops answering for a business that would answer more than it wants to pay for, and tells the owner.';

create function private.admit(
    p_business public.businesses,
    p_conversation public.conversations,
    p_provider_at timestamptz,
    p_admitted integer
)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_blocked_at timestamptz;
    v_messages bigint;
begin
    if p_conversation.mode <> 'ai' then
        return 'handed_over';
    end if;
    select customer.blocked_at
    into strict v_blocked_at
    from public.customers as customer
    where customer.business_id = p_conversation.business_id
        and customer.id = p_conversation.customer_id;
    if v_blocked_at is not null then
        return 'blocked';
    end if;
    if p_business.paused_at is not null then
        return 'paused';
    end if;
    if not p_business.answer_stale
        and p_provider_at < now() - make_interval(mins => p_business.stale_after_min)
    then
        perform private.notify(
            p_conversation.business_id, 'stale_message', 'info', p_conversation.id,
            jsonb_build_object('written_at', p_provider_at)
        );
        return 'stale';
    end if;

    -- Across all channels on which this customer writes.
    select sum(conversation.counted_messages)
    into v_messages
    from public.conversations as conversation
    where conversation.business_id = p_conversation.business_id
        and conversation.customer_id = p_conversation.customer_id
        and conversation.counted_since > now() - interval '1 hour';
    if v_messages >= p_business.customer_messages_per_hour then
        perform private.block_flood(p_conversation, p_business.customer_messages_per_hour);
        return 'blocked';
    end if;

    select coalesce(sum(traffic.messages), 0) + p_admitted
    into v_messages
    from private.traffic as traffic
    where traffic.business_id = p_business.id
        and traffic.bucket > now() - interval '1 hour';
    if v_messages >= p_business.messages_per_hour then
        perform private.pause_flood(p_business);
        return 'paused';
    end if;
    return null;
end
$$;

comment on function private.admit(public.businesses, public.conversations, timestamptz, integer) is
    'Null when the desk is to answer a message; else the outcome that the message has at once.';
