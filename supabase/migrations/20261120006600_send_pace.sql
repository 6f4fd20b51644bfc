-- What a provider's limits ask of sending: WhatsApp takes a message every six seconds for one person, up to 45
-- of them borrowed from the future, and so many a second from one number. A send that would be refused for a
-- limit waits here instead; waiting is no failure and uses up no attempt.

create table private.send_pace (
    conversation_id uuid primary key,
    business_id uuid not null references public.businesses on delete cascade,
    paid_until timestamptz not null,
    constraint send_pace_conversation_is_ours
        foreign key (business_id, conversation_id)
        references public.conversations (business_id, id) on delete cascade
);

create table private.resting_numbers (
    channel_id uuid primary key,
    business_id uuid not null references public.businesses on delete cascade,
    rest_until timestamptz not null,
    strikes integer not null default 1,
    constraint resting_numbers_channel_is_ours
        foreign key (business_id, channel_id)
        references public.channels (business_id, id) on delete cascade
);

create index send_pace_conversation_idx on private.send_pace (business_id, conversation_id);
create index resting_numbers_channel_idx on private.resting_numbers (business_id, channel_id);

alter table private.send_pace enable row level security;
alter table private.resting_numbers enable row level security;
revoke all on private.send_pace, private.resting_numbers from anon, authenticated, service_role;

comment on table private.send_pace is 'How much of its send limit a conversation has borrowed: one token bucket each.';
comment on column private.send_pace.conversation_id is 'The conversation: one customer on one number.';
comment on column private.send_pace.business_id is 'Tenant key.';
comment on column private.send_pace.paid_until is 'When everything sent so far would have been sent at the steady rate.';
comment on table private.resting_numbers is 'Numbers that sent more than the provider takes, and rest.';
comment on column private.resting_numbers.channel_id is 'The number.';
comment on column private.resting_numbers.business_id is 'Tenant key.';
comment on column private.resting_numbers.rest_until is 'It sends nothing before.';
comment on column private.resting_numbers.strikes is 'How often it was told so lately; each doubles the rest.';

create function private.wait_to_send(p_conversation public.conversations, p_channel public.channels)
returns timestamptz
language plpgsql
volatile
set search_path = ''
as $$
declare
    c_step constant interval := interval '6 seconds';
    c_burst constant interval := interval '264 seconds'; -- 44 steps ahead: the 45th message is the last at once
    v_not_before timestamptz;
begin
    if p_channel.kind <> 'whatsapp' then
        return null;
    end if;
    select resting.rest_until
    into v_not_before
    from private.resting_numbers as resting
    where resting.channel_id = p_channel.id
        and resting.rest_until > now();
    if found then
        return v_not_before;
    end if;

    insert into private.send_pace as pace (conversation_id, business_id, paid_until)
    values (p_conversation.id, p_conversation.business_id, now() + c_step)
    on conflict (conversation_id) do update
    set paid_until = greatest(pace.paid_until, now()) + c_step
    where pace.paid_until <= now() + c_burst;
    if found then
        return null;
    end if;
    select pace.paid_until - c_burst
    into strict v_not_before
    from private.send_pace as pace
    where pace.conversation_id = p_conversation.id;
    return v_not_before;
end
$$;

comment on function private.wait_to_send(public.conversations, public.channels) is
    'Takes a turn to send and returns null, or returns when to ask again.';

create function private.put_off(p_job private.jobs, p_until timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update private.jobs as job
    set
        state = 'queued',
        run_at = p_until,
        attempts = job.attempts - 1,
        lease = null,
        leased_until = null
    where job.id = p_job.id;
end
$$;

comment on function private.put_off(private.jobs, timestamptz) is
    'Gives a claimed job back for later, as if nobody had tried.';

create function private.rest_number(p_channel_id uuid)
returns timestamptz
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_rest_until timestamptz;
begin
    -- Sends that were under way together hear of one excess together: that is one strike.
    insert into private.resting_numbers as resting (channel_id, business_id, rest_until)
    select channel.id, channel.business_id, now() + interval '2 seconds'
    from public.channels as channel
    where channel.id = p_channel_id
    on conflict (channel_id) do update
    set
        strikes = case
            when resting.rest_until < now() - interval '1 minute' then 1
            else least(resting.strikes + 1, 6)
        end,
        rest_until = now() + case
            when resting.rest_until < now() - interval '1 minute' then interval '2 seconds'
            else interval '2 seconds' * power(2, least(resting.strikes, 5))
        end
    where resting.rest_until <= now();
    select resting.rest_until
    into strict v_rest_until
    from private.resting_numbers as resting
    where resting.channel_id = p_channel_id;

    -- Afterwards they go one by one, forty a second: half of what the provider takes from a plain number.
    with waiting as (
        select job.id
        from private.jobs as job
        join public.conversations as conversation
            on conversation.business_id = job.business_id
            and conversation.id = job.conversation_id
        where conversation.channel_id = p_channel_id
            and job.kind = 'deliver'
            and job.state = 'queued'
            and job.run_at < v_rest_until
        for update of job skip locked
    ),
    numbered as (
        select waiting.id, row_number() over (order by waiting.id) as place
        from waiting
    )
    update private.jobs as job
    set run_at = v_rest_until + numbered.place * interval '25 milliseconds'
    from numbered
    where job.id = numbered.id;
    return v_rest_until;
end
$$;

comment on function private.rest_number(uuid) is
    'Lets a number rest that sent too much: 2 s, and twice as long each time it happens again within a minute.';

create function public.defer_delivery(
    p_job_id bigint,
    p_lease uuid,
    p_code text,
    p_detail text,
    p_retry_after_ms integer
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs := private.held_job(p_job_id, p_lease);
    v_run_at timestamptz := now() + make_interval(secs => p_retry_after_ms / 1000.0);
    v_said text := concat_ws(': ', p_code, nullif(p_detail, ''));
begin
    -- A limit that never ends is a failure after all.
    if v_job.waits >= 100 then
        return public.fail_job(p_job_id, p_lease, v_said, p_retry_after_ms);
    end if;
    perform private.lock_conversation(v_job);
    update public.messages as message
    set send_started_at = null
    where message.business_id = v_job.business_id
        and message.id = v_job.message_id;
    if p_code = '130429' then
        v_run_at := greatest(
            v_run_at,
            private.rest_number(
                (
                    select message.channel_id
                    from public.messages as message
                    where message.id = v_job.message_id
                )
            )
        );
    end if;
    perform private.put_off(v_job, v_run_at);
    update private.jobs as job
    set
        waits = job.waits + 1,
        last_error = left(v_said, 2000)
    where job.id = v_job.id;
    return jsonb_build_object('state', 'queued', 'run_at', v_run_at);
end
$$;

revoke all on function public.defer_delivery(bigint, uuid, text, text, integer) from public, anon, authenticated;
grant execute on function public.defer_delivery(bigint, uuid, text, text, integer) to service_role;

comment on function public.defer_delivery(bigint, uuid, text, text, integer) is
    'The provider takes nothing just now (a limit): nothing was sent, and the send waits without using up an attempt.';
