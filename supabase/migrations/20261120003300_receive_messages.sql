-- What a customer says. A message is stored once under the provider's id; whatever comes again is answered
-- with what was stored the first time.

create function private.enqueue_turn(p_business_id uuid, p_conversation_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_quiet interval;
begin
    select make_interval(secs => business.quiet_ms / 1000.0)
    into strict v_quiet
    from public.businesses as business
    where business.id = p_business_id;

    insert into private.jobs as job (business_id, kind, conversation_id, run_at)
    values (p_business_id, 'reply', p_conversation_id, now() + v_quiet)
    on conflict (lane) where state = 'queued' and kind = 'reply' do update
    -- Each message waits for the next, but the first of them not for ever; a retry keeps its back-off.
    set run_at = greatest(job.run_at, least(excluded.run_at, job.created_at + 3 * v_quiet));
end
$$;

comment on function private.enqueue_turn(uuid, uuid) is
    'Makes or postpones the turn that will answer a conversation: quiet time after the last message, at most three times that after the first.';

create function private.receive_message(p_channel public.channels, p_event jsonb, p_admitted integer)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_provider_id text := nullif(p_event ->> 'provider_id', '');
    v_conversation public.conversations;
    v_known public.messages;
    v_business public.businesses;
    v_message_id uuid;
    v_outcome text := 'ignored';
    v_is_reaction boolean := p_event ->> 'kind' = 'reaction';
begin
    if v_provider_id is null then
        raise exception 'a message without the provider''s id' using errcode = 'D0009';
    end if;
    v_conversation := private.find_or_add_conversation(p_channel, p_event -> 'sender');

    -- Asked under the conversation's lock, so that a duplicate takes no number.
    select *
    into v_known
    from public.messages as message
    where message.channel_id = p_channel.id
        and message.provider_id = v_provider_id;
    if found then
        return jsonb_build_object(
            'outcome', 'duplicate', 'duplicate', true,
            'conversation_id', v_known.conversation_id, 'message_id', v_known.id
        );
    end if;

    if not v_is_reaction then
        select *
        into strict v_business
        from public.businesses as business
        where business.id = p_channel.business_id;
        v_outcome := private.admit(
            v_business, v_conversation, (p_event ->> 'provider_at')::timestamptz, p_admitted
        );
    end if;

    insert into public.messages (
        business_id, conversation_id, role, content, status, provider_id, provider_at, reply_to, outcome, edited_at
    )
    values (
        p_channel.business_id,
        v_conversation.id,
        'user',
        case
            when v_is_reaction then jsonb_build_object(
                'type', 'reaction', 'emoji', p_event -> 'emoji', 'target', p_event ->> 'target'
            )
            else p_event -> 'content'
        end,
        'received',
        v_provider_id,
        (p_event ->> 'provider_at')::timestamptz,
        p_event ->> 'reply_to',
        v_outcome,
        (p_event ->> 'edited_at')::timestamptz
    )
    returning id into v_message_id;

    if v_outcome is null then
        perform private.enqueue_turn(p_channel.business_id, v_conversation.id);
    end if;
    return jsonb_build_object(
        'outcome', 'stored', 'duplicate', false, 'admitted', v_outcome is null,
        'conversation_id', v_conversation.id, 'message_id', v_message_id
    );
end
$$;

comment on function private.receive_message(public.channels, jsonb, integer) is
    'Stores a message or a reaction once, and makes the turn that answers it if the desk is the one to answer. Takes how many of its webhook the business is to answer already.';
