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
    v_channel_id uuid;
begin
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
        and message.id = v_job.message_id
    returning message.channel_id into strict v_channel_id;
    perform private.apply_pending_statuses(v_channel_id, p_provider_id);
    delete from private.jobs as job where job.id = v_job.id;
    return jsonb_build_object('result', 'done');
end
$$;

revoke all on function public.finish_delivery(bigint, uuid, text) from public, anon, authenticated;
grant execute on function public.finish_delivery(bigint, uuid, text) to service_role;

comment on function public.finish_delivery(bigint, uuid, text) is
    'The provider took the message under this id; statuses that came before are applied.';

create function public.refuse_delivery(p_job_id bigint, p_lease uuid, p_code text, p_detail text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs := private.held_job(p_job_id, p_lease);
begin
    update public.messages as message
    set
        status = 'failed',
        status_at = now(),
        error_code = left(p_code, 100),
        error_detail = left(p_detail, 2000),
        send_started_at = null
    where message.business_id = v_job.business_id
        and message.id = v_job.message_id
        and private.status_rank(message.status) < private.status_rank('failed');
    delete from private.jobs as job where job.id = v_job.id;
    return jsonb_build_object('result', 'done');
end
$$;

revoke all on function public.refuse_delivery(bigint, uuid, text, text) from public, anon, authenticated;
grant execute on function public.refuse_delivery(bigint, uuid, text, text) to service_role;

comment on function public.refuse_delivery(bigint, uuid, text, text) is
    'The provider will never take the message: it failed for good, where the owner can see it.';
