-- The queue. A job row is the work itself, not a hint: it is made in the transaction that needs it, claimed
-- under a lease with a fencing token, and deleted when it is done. Jobs of one lane run one at a time, in order.

create table private.jobs (
    id bigint generated always as identity primary key,
    business_id uuid not null references public.businesses on delete cascade,
    kind text not null,
    function text not null generated always as (case kind when 'deliver' then 'deliver' else 'reply' end) stored,
    conversation_id uuid not null,
    lane text not null generated always as (
        case kind when 'deliver' then 'deliver:' else 'reply:' end || conversation_id::text
    ) stored,
    message_id uuid,
    payload jsonb not null default '{}',
    state text not null default 'queued',
    run_at timestamptz not null default now(),
    attempts integer not null default 0,
    max_attempts integer not null default 4,
    waits integer not null default 0,
    lease uuid,
    leased_until timestamptz,
    claimed_at timestamptz,
    last_error text,
    created_at timestamptz not null default now(),
    died_at timestamptz,
    constraint jobs_conversation_is_ours
        foreign key (business_id, conversation_id)
        references public.conversations (business_id, id) on delete cascade,
    constraint jobs_message_is_ours
        foreign key (business_id, message_id)
        references public.messages (business_id, id) on delete cascade,
    constraint jobs_kind_is_known check (kind in ('reply', 'notice', 'deliver')),
    constraint jobs_delivery_names_its_message check ((kind = 'deliver') = (message_id is not null)),
    constraint jobs_state_is_known check (state in ('queued', 'running', 'dead')),
    constraint jobs_lease_is_of_running check (
        (state = 'running') = (lease is not null)
        and (state = 'running') = (leased_until is not null)
    )
);

-- The guards: one running job a lane, and one waiting turn, to which later messages add themselves.
create unique index jobs_one_running_per_lane_idx on private.jobs (lane) where state = 'running';
create unique index jobs_one_waiting_turn_per_lane_idx on private.jobs (lane)
    where state = 'queued' and kind = 'reply';

create index jobs_due_idx on private.jobs (function, run_at, id) where state = 'queued';
create index jobs_leased_idx on private.jobs (function, leased_until) where state = 'running';
create index jobs_lane_idx on private.jobs (lane, id) where state <> 'dead';
create index jobs_conversation_idx on private.jobs (business_id, conversation_id);
create index jobs_message_idx on private.jobs (business_id, message_id) where message_id is not null;

alter table private.jobs enable row level security;
revoke all on private.jobs from anon, authenticated, service_role;

comment on table private.jobs is 'Work to be done; a finished job is deleted, one that failed for good is dead.';
comment on column private.jobs.id is 'Key; lower is earlier.';
comment on column private.jobs.business_id is 'Tenant key.';
comment on column private.jobs.kind is 'reply (a turn), notice (news of a booking) or deliver (a send).';
comment on column private.jobs.function is 'The Edge Function that works on it.';
comment on column private.jobs.conversation_id is 'The conversation it is about.';
comment on column private.jobs.lane is 'What must stay in order: the turns of a conversation, or its deliveries.';
comment on column private.jobs.message_id is 'Of a delivery: the message to send.';
comment on column private.jobs.payload is 'Of a notice: what happened.';
comment on column private.jobs.state is 'queued, running or dead.';
comment on column private.jobs.run_at is 'Not before.';
comment on column private.jobs.attempts is 'How often it was claimed.';
comment on column private.jobs.max_attempts is 'After as many failures it is dead.';
comment on column private.jobs.waits is 'How often a limit of the provider put it off; that uses up no attempt.';
comment on column private.jobs.lease is 'Fencing token of the worker that has it; whoever lost it can change nothing.';
comment on column private.jobs.leased_until is 'After this anybody may claim it.';
comment on column private.jobs.claimed_at is 'When it was last claimed.';
comment on column private.jobs.last_error is 'Why it failed last.';
comment on column private.jobs.created_at is 'When it was made.';
comment on column private.jobs.died_at is 'When it became a dead letter.';

create function private.held_job(p_job_id bigint, p_lease uuid)
returns private.jobs
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_job private.jobs;
begin
    select *
    into v_job
    from private.jobs as job
    where job.id = p_job_id
        and job.state = 'running'
        and job.lease = p_lease
    for update;
    if not found then
        raise exception 'job % is not held under this lease', p_job_id using errcode = 'D0002';
    end if;
    return v_job;
end
$$;

comment on function private.held_job(bigint, uuid) is
    'Locks the job for the holder of its lease; raises D0002 for anybody else.';
