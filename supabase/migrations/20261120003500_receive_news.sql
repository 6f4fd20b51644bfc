-- What the provider tells: statuses of our own messages, and people whose addresses change.

create function private.free_lane(p_message public.messages)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_job private.jobs;
begin
    -- A worker that is just finishing this very send holds the job and frees the lane itself. Waiting for it
    -- here, under the conversation's lock, would be the wrong way round.
    select *
    into v_job
    from private.jobs as job
    where job.business_id = p_message.business_id
        and job.message_id = p_message.id
        and job.state <> 'dead'
    for update skip locked;
    if not found then
        return;
    end if;

    if v_job.state = 'running' then
        -- Its worker, if it lives, says so soon; a lost one keeps the next message no longer than that.
        update private.jobs as job
        set leased_until = least(job.leased_until, now() + interval '1 second')
        where job.id = v_job.id;
        return;
    end if;
    delete from private.jobs as job where job.id = v_job.id;
    if exists (select from private.jobs as job where job.lane = v_job.lane and job.state = 'queued') then
        perform private.wake(v_job.function);
    end if;
end
$$;

comment on function private.free_lane(public.messages) is
    'Lets the next message of a conversation go: the provider has said what became of the one before.';

create function private.mind_failure(p_message public.messages, p_error jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_code text := p_error ->> 'code';
begin
    -- Meta may take a message and find only later that the window was closed. What can be said as a template
    -- is said again as one; the failed message stays failed.
    if v_code = '131047'
        and p_message.template_name is null
        and private.as_template(p_message, private.close_window(p_message)) is not null
    then
        perform private.say_again(p_message.id);
        return;
    end if;
    perform private.tell_failure(p_message, v_code, coalesce((p_error ->> 'alert')::boolean, false));
end
$$;

comment on function private.mind_failure(public.messages, jsonb) is
    'Does what can be done about a message that failed after the provider had taken it.';

create function private.receive_status(p_channel public.channels, p_event jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_provider_id text := nullif(p_event ->> 'provider_id', '');
    v_status text := p_event ->> 'status';
    v_at timestamptz := (p_event ->> 'at')::timestamptz;
    v_message public.messages;
    v_rose boolean;
begin
    if v_provider_id is null or coalesce(v_status not in ('sent', 'delivered', 'read', 'played', 'failed'), true) then
        raise exception 'a status without an id or of an unknown kind' using errcode = 'D0009';
    end if;

    -- Our own id first: it is there even when the answer to the send was lost.
    select *
    into v_message
    from public.messages as message
    where message.id = private.uuid_or_null(p_event ->> 'message_id')
        and message.channel_id = p_channel.id
        and message.role <> 'user';
    if not found then
        select *
        into v_message
        from public.messages as message
        where message.channel_id = p_channel.id
            and message.provider_id = v_provider_id
            and message.role <> 'user';
    end if;
    if not found then
        insert into private.pending_statuses (business_id, channel_id, provider_id, status, at, error)
        values (p_channel.business_id, p_channel.id, v_provider_id, v_status, v_at, p_event -> 'error')
        on conflict do nothing;
        return jsonb_build_object('outcome', 'waiting', 'duplicate', not found);
    end if;

    v_rose := private.apply_status(v_message, v_status, v_at, p_event -> 'error', v_provider_id);
    if v_rose and v_message.status in ('queued', 'sending') then
        perform private.free_lane(v_message);
    end if;
    if v_rose and v_status = 'failed' then
        perform private.mind_failure(v_message, p_event -> 'error');
    end if;
    return jsonb_build_object(
        'outcome', 'applied', 'duplicate', not v_rose,
        'conversation_id', v_message.conversation_id, 'message_id', v_message.id
    );
end
$$;

comment on function private.receive_status(public.channels, jsonb) is
    'Applies a status to the message it names; one that nobody sent yet waits for the send to return.';

create function private.receive_identity(p_channel public.channels, p_event jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_customer_id uuid := coalesce(
        private.known_customer(p_channel.business_id, p_channel.kind, p_event -> 'previous'),
        private.known_customer(p_channel.business_id, p_channel.kind, p_event -> 'sender'),
        private.known_customer(p_channel.business_id, p_channel.kind, p_event -> 'new')
    );
    v_new_phone text := private.e164(p_event -> 'new' ->> 'phone');
    v_is_news boolean;
begin
    if v_customer_id is null then
        perform private.set_aside(p_channel.kind, 'changes the address of somebody we do not know', p_event);
        return jsonb_build_object('outcome', 'ignored', 'duplicate', false);
    end if;

    if v_new_phone is not null then
        -- An old number may be given to somebody else one day, so it no longer leads here. An old user id
        -- is never given again and may still come in late messages, so it does.
        delete from public.customer_identities as identity
        where identity.business_id = p_channel.business_id
            and identity.customer_id = v_customer_id
            and identity.channel_kind = p_channel.kind
            and identity.identity_kind = 'phone'
            and identity.value <> v_new_phone;
        update public.customers as customer
        set phone = v_new_phone
        where customer.business_id = p_channel.business_id
            and customer.id = v_customer_id
            and customer.phone is distinct from v_new_phone;
    end if;

    v_is_news := private.link_address(
        p_channel.business_id, v_customer_id, p_channel.kind, 'user_id', p_event -> 'new' ->> 'user_id'
    );
    v_is_news := private.link_address(p_channel.business_id, v_customer_id, p_channel.kind, 'phone', v_new_phone)
        or v_is_news;
    return jsonb_build_object('outcome', 'applied', 'duplicate', not v_is_news);
end
$$;

comment on function private.receive_identity(public.channels, jsonb) is
    'Links a customer''s new address to the same customer, as the provider announces it.';
