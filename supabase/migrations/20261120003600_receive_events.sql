-- receive_messages(): what functions/inbound calls, once per webhook, before it answers 200.

create function private.receive_event(p_channel_kind text, p_event jsonb, p_admitted jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_kind text := p_event ->> 'kind';
    v_channel public.channels;
    v_admitted integer;
    v_result jsonb;
begin
    if v_kind = 'unknown' then
        perform private.set_aside(
            p_channel_kind, coalesce(p_event ->> 'reason', 'unknown'), coalesce(p_event -> 'body', p_event)
        );
        return jsonb_build_object('outcome', 'unreadable', 'duplicate', false);
    end if;

    select *
    into v_channel
    from public.channels as channel
    where channel.kind = p_channel_kind
        and channel.external_id = p_event ->> 'account'
        and channel.active;
    if not found then
        perform private.set_aside(p_channel_kind, 'for an account that is not ours or not active', p_event);
        return jsonb_build_object('outcome', 'unknown_account', 'duplicate', false);
    end if;

    v_admitted := coalesce((p_admitted ->> v_channel.business_id::text)::integer, 0);
    case v_kind
        when 'message', 'reaction' then v_result := private.receive_message(v_channel, p_event, v_admitted);
        when 'edit', 'revoke' then v_result := private.receive_change(v_channel, p_event, v_admitted);
        when 'status' then v_result := private.receive_status(v_channel, p_event);
        when 'identity' then v_result := private.receive_identity(v_channel, p_event);
        else raise exception 'an event of unknown kind %', v_kind using errcode = 'D0009';
    end case;
    return v_result || jsonb_build_object('business_id', v_channel.business_id);
end
$$;

comment on function private.receive_event(text, jsonb, jsonb) is
    'Stores or applies one element of a webhook. Takes how many messages of it each business is to answer already.';

create function public.receive_messages(p_channel_kind text, p_events jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_event jsonb;
    v_result jsonb;
    v_results jsonb := '[]';
    v_admitted jsonb := '{}';
begin
    if jsonb_typeof(p_events) is distinct from 'array' then
        raise exception 'events must be an array' using errcode = 'D0009';
    end if;
    perform private.lock_batch(p_channel_kind, p_events);

    for v_event in
        select * from jsonb_array_elements(p_events)
    loop
        begin
            v_result := private.receive_event(p_channel_kind, v_event, v_admitted);
        exception
            -- Only what is wrong with the element itself. Anything else (a deadlock, a full disk) aborts the
            -- batch, so that the provider sends it again.
            when data_exception or integrity_constraint_violation or sqlstate 'D0009' then
                perform private.set_aside(p_channel_kind, sqlerrm, v_event);
                v_result := jsonb_build_object('outcome', 'unreadable', 'duplicate', false);
        end;
        if (v_result ->> 'admitted')::boolean then
            v_admitted := v_admitted || jsonb_build_object(
                v_result ->> 'business_id',
                coalesce((v_admitted ->> (v_result ->> 'business_id'))::integer, 0) + 1
            );
        end if;
        v_results := v_results || (jsonb_build_object('kind', v_event ->> 'kind') || (v_result - 'admitted'));
    end loop;
    -- Once a webhook and last: a row that one transaction writes again and again is slow to find.
    perform private.count_messages(v_admitted);
    return v_results;
end
$$;

revoke all on function public.receive_messages(text, jsonb) from public, anon, authenticated;
grant execute on function public.receive_messages(text, jsonb) to service_role;

comment on function public.receive_messages(text, jsonb) is
    'Stores one webhook in one transaction. Takes parsed events, returns one result for each, in order: {kind, outcome, duplicate, business_id?, conversation_id?, message_id?}.';
