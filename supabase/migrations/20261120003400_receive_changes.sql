-- What a customer takes back or says differently: edits and deletions.

create function private.receive_change(p_channel public.channels, p_event jsonb, p_admitted integer)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_target public.messages;
    v_at timestamptz := coalesce((p_event ->> 'provider_at')::timestamptz, now());
    v_is_news boolean := false;
begin
    select *
    into v_target
    from public.messages as message
    where message.channel_id = p_channel.id
        and message.provider_id = p_event ->> 'target'
        and message.role = 'user'
    for no key update;

    if not found and p_event ->> 'kind' = 'edit' then
        -- The edit overtook its message. It says all that the message would, so it stands in for it.
        return private.receive_message(
            p_channel,
            p_event || jsonb_build_object('kind', 'message', 'provider_id', p_event -> 'target', 'edited_at', now()),
            p_admitted
        );
    elsif not found then
        perform private.set_aside(p_channel.kind, 'deletes a message that we do not know', p_event);
        return jsonb_build_object('outcome', 'ignored', 'duplicate', false);
    end if;

    if p_event ->> 'kind' = 'revoke' then
        v_is_news := v_target.deleted_at is null;
        update public.messages as message
        set
            deleted_at = coalesce(message.deleted_at, now()),
            outcome = coalesce(message.outcome, 'ignored')
        where message.id = v_target.id;
    else
        -- The provider's seconds are too coarse to tell two edits apart; their ids are not.
        v_is_news := (v_target.edited_at is null or v_at >= v_target.provider_at)
            and not coalesce(
                jsonb_path_exists(
                    v_target.content,
                    '$.**.replaced_by ? (@ == $id)',
                    jsonb_build_object('id', p_event -> 'provider_id')
                ),
                false
            );
    end if;
    if v_is_news and p_event ->> 'kind' = 'edit' then
        update public.messages as message
        set
            content = (p_event -> 'content') || jsonb_build_object(
                'previous', message.content || jsonb_build_object('replaced_by', p_event -> 'provider_id')
            ),
            provider_at = v_at,
            edited_at = now()
        where message.id = v_target.id;
        if v_target.outcome is null then
            perform private.enqueue_turn(v_target.business_id, v_target.conversation_id);
        end if;
    end if;
    return jsonb_build_object(
        'outcome', 'applied',
        'duplicate', not v_is_news,
        'conversation_id', v_target.conversation_id, 'message_id', v_target.id
    );
end
$$;

comment on function private.receive_change(public.channels, jsonb, integer) is
    'Edits or deletes a message. An edit of one that still waits is what gets answered; the old text is kept.';
