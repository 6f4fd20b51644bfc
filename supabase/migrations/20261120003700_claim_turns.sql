-- A turn, first part: a worker takes it. Whether a person has taken over meanwhile is settled by finish_turn(): here
-- the jobs of many conversations are locked, and receiving locks conversations before it touches their jobs.

create function private.recipient(p_business_id uuid, p_customer_id uuid, p_channel_kind text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_object_agg(newest.identity_kind, newest.value), '{}')
        from (
            select distinct on (identity.identity_kind) identity.identity_kind, identity.value
            from public.customer_identities as identity
            where identity.business_id = p_business_id
                and identity.customer_id = p_customer_id
                and identity.channel_kind = p_channel_kind
            order by identity.identity_kind, identity.created_at desc, identity.id
        ) as newest
    );
end
$$;

comment on function private.recipient(uuid, uuid, text) is
    'Where a customer is written to on a kind of channel: {phone?, user_id?}, the newest of each.';

create function public.claim_turns(p_worker uuid, p_limit integer, p_lease_ms integer)
returns table (
    job_id bigint,
    lease uuid,
    kind text,
    attempt integer,
    business_id uuid,
    conversation_id uuid,
    channel_kind text,
    account text,
    access_token text,
    last_inbound_provider_id text
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs;
    v_conversation public.conversations;
    v_channel public.channels;
begin
    perform private.stay_awake(p_worker, 'reply');
    if private.bury_exhausted_job('reply') then
        return;
    end if;

    for v_job in
        select *
        from private.claim_jobs('reply', p_limit, p_lease_ms) as job
        order by job.conversation_id
    loop
        select *
        into strict v_conversation
        from public.conversations as conversation
        where conversation.business_id = v_job.business_id
            and conversation.id = v_job.conversation_id;

        select *
        into strict v_channel
        from public.channels as channel
        where channel.business_id = v_job.business_id
            and channel.id = v_conversation.channel_id;

        job_id := v_job.id;
        lease := v_job.lease;
        kind := v_job.kind;
        attempt := v_job.attempts;
        business_id := v_job.business_id;
        conversation_id := v_job.conversation_id;
        channel_kind := v_channel.kind;
        account := v_channel.external_id;
        access_token := private.channel_token(v_channel.access_token_secret_id);
        last_inbound_provider_id := (
            select message.provider_id
            from public.messages as message
            where message.conversation_id = v_job.conversation_id
                and message.role = 'user'
                and message.provider_id is not null
            order by message.seq desc
            limit 1
        );
        return next;
    end loop;
end
$$;

revoke all on function public.claim_turns(uuid, integer, integer) from public, anon, authenticated;
grant execute on function public.claim_turns(uuid, integer, integer) to service_role;

comment on function public.claim_turns(uuid, integer, integer) is
    'Leases due turns and notices to a worker, with what it needs to show that it reads; also the worker''s heartbeat.';
