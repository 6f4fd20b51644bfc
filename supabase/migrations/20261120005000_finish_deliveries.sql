-- How a send ended: taken by the provider, or refused for good. What failed and may be tried again is
-- fail_job()'s.

create function public.finish_delivery(p_job_id bigint, p_lease uuid, p_provider_id text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs := private.held_job(p_job_id, p_lease);
    v_channel_id uuid := (
        select message.channel_id
        from public.messages as message
        where message.id = v_job.message_id
    );
    v_is_overtaken boolean := exists (
        select
        from private.pending_statuses as pending
        where pending.channel_id = v_channel_id
            and pending.provider_id = p_provider_id
    );
begin
    -- Statuses that overtook the send need the conversation, and that is locked before its messages. One that
    -- comes from now on is the sweep's.
    if v_is_overtaken then
        perform private.lock_conversation(v_job);
    end if;
    update public.messages as message
    set
        provider_id = coalesce(message.provider_id, p_provider_id),
        status = case
            when private.status_rank(message.status) < private.status_rank('accepted') then 'accepted'
            else message.status
        end,
        status_at = case
            when private.status_rank(message.status) < private.status_rank('accepted') then now()
            else message.status_at
        end,
        send_started_at = null
    where message.business_id = v_job.business_id
        and message.id = v_job.message_id;
    if v_is_overtaken then
        perform private.apply_pending_statuses(v_channel_id, p_provider_id);
    end if;
    delete from private.jobs as job where job.id = v_job.id;
    return jsonb_build_object('result', 'done');
end
$$;

revoke all on function public.finish_delivery(bigint, uuid, text) from public, anon, authenticated;
grant execute on function public.finish_delivery(bigint, uuid, text) to service_role;

comment on function public.finish_delivery(bigint, uuid, text) is
    'The provider took the message under this id; statuses that came before are applied.';

create function public.refuse_delivery(
    p_job_id bigint,
    p_lease uuid,
    p_code text,
    p_detail text,
    p_alert boolean default false
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs := private.held_job(p_job_id, p_lease);
    v_message public.messages;
    v_conversation public.conversations;
begin
    perform private.lock_conversation(v_job);
    select *
    into strict v_message
    from public.messages as message
    where message.business_id = v_job.business_id
        and message.id = v_job.message_id
    for no key update;

    if p_code = '131047' and v_message.template_name is null then
        v_conversation := private.close_window(v_message);
        if private.as_template(v_message, v_conversation) is not null then
            update public.messages as message
            set send_started_at = null
            where message.id = v_message.id;
            perform private.put_off(v_job, now());
            return jsonb_build_object('result', 'queued');
        end if;
    end if;

    update public.messages as message
    set
        status = 'failed',
        status_at = now(),
        error_code = left(p_code, 100),
        error_detail = left(p_detail, 2000),
        send_started_at = null
    where message.id = v_message.id
        and private.status_rank(message.status) < private.status_rank('failed');
    perform private.tell_failure(v_message, p_code, p_alert);
    if p_alert then
        -- Nothing is wrong with the message: it can run again once the channel is well.
        perform private.bury_job(v_job, concat_ws(': ', p_code, nullif(p_detail, '')));
    else
        delete from private.jobs as job where job.id = v_job.id;
    end if;
    return jsonb_build_object('result', 'done');
end
$$;

revoke all on function public.refuse_delivery(bigint, uuid, text, text, boolean) from public, anon, authenticated;
grant execute on function public.refuse_delivery(bigint, uuid, text, text, boolean) to service_role;

comment on function public.refuse_delivery(bigint, uuid, text, text, boolean) is
    'The provider will never take the message: it failed where the owner sees it ({result: done}), or goes out as a template ({result: queued}). With p_alert the channel itself needs somebody, and the send stays as a dead letter.';
