-- Work that failed for good. It stays until a person looks at it, lets it run again, or ninety days have passed;
-- too much of it in a short time is an alarm.

create index jobs_dead_idx on private.jobs (business_id, died_at) where state = 'dead';

create function private.sound_alarm(p_business_id uuid)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_business public.businesses;
    v_dead bigint;
begin
    select *
    into strict v_business
    from public.businesses as business
    where business.id = p_business_id;
    select count(*)
    into v_dead
    from private.jobs as job
    where job.business_id = p_business_id
        and job.state = 'dead'
        and job.died_at > now() - make_interval(mins => v_business.dead_letter_window_min);
    if v_dead < v_business.dead_letter_threshold then
        return false;
    end if;
    raise warning 'business %: % dead letters within % min',
        p_business_id, v_dead, v_business.dead_letter_window_min;
    perform private.notify(
        p_business_id,
        'dead_letters',
        'critical',
        null,
        jsonb_build_object('dead_letters', v_dead, 'window_min', v_business.dead_letter_window_min)
    );
    return true;
end
$$;

comment on function private.sound_alarm(uuid) is
    'Tells the owner and the log when as many jobs died lately as the business calls an alarm.';

create function private.list_dead_letters(p_business_id uuid)
returns table (
    job_id bigint,
    kind text,
    conversation_id uuid,
    message_id uuid,
    attempts integer,
    last_error text,
    created_at timestamptz,
    died_at timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    perform private.must_manage(p_business_id);
    return query
    select
        job.id, job.kind, job.conversation_id, job.message_id, job.attempts, job.last_error, job.created_at, job.died_at
    from private.jobs as job
    where job.business_id = p_business_id
        and job.state = 'dead'
    order by job.died_at desc, job.id desc
    limit 1000;
end
$$;

comment on function private.list_dead_letters(uuid) is 'The work of public.list_dead_letters().';

create function private.say_again(p_message_id uuid)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_failed public.messages;
    v_again uuid;
begin
    select *
    into strict v_failed
    from public.messages as message
    where message.id = p_message_id;
    if v_failed.status <> 'failed' then
        return null;
    end if;

    -- A status only rises, so the failed message stays failed and its words go out in a new one. It keeps the
    -- epoch of the old one: after a takeover it is dropped.
    insert into public.messages (
        business_id, conversation_id, role, content, reply_to, mode_epoch, brain, model, prompt_version, usage, job_id
    )
    values (
        v_failed.business_id, v_failed.conversation_id, v_failed.role, v_failed.content, v_failed.reply_to,
        v_failed.mode_epoch, v_failed.brain, v_failed.model, v_failed.prompt_version, v_failed.usage, v_failed.job_id
    )
    returning id
    into v_again;
    update public.messages as message
    set answered_by = v_again
    where message.business_id = v_failed.business_id
        and message.answered_by = v_failed.id;
    update public.proposals as proposal
    set message_id = v_again
    where proposal.business_id = v_failed.business_id
        and proposal.conversation_id = v_failed.conversation_id
        and proposal.message_id = v_failed.id;
    return v_again;
end
$$;

comment on function private.say_again(uuid) is
    'Puts the words of a failed message into the conversation once more; null when it has arrived after all.';

create function private.rerun_job(p_job private.jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform private.lock_conversation(p_job);
    delete from private.jobs as job where job.id = p_job.id;
    if p_job.kind = 'reply' then
        update public.messages as message
        set outcome = null
        where message.business_id = p_job.business_id
            and message.conversation_id = p_job.conversation_id
            and message.role = 'user'
            and message.outcome = 'failed'
            and message.deleted_at is null;
        perform private.enqueue_turn(p_job.business_id, p_job.conversation_id);
    elsif p_job.kind = 'notice' then
        insert into private.jobs (business_id, kind, conversation_id, payload)
        values (p_job.business_id, 'notice', p_job.conversation_id, p_job.payload);
    else
        perform private.say_again(p_job.message_id);
    end if;

    insert into public.audit_log (business_id, table_name, row_id, op, before, after, actor_id)
    values (
        p_job.business_id,
        'jobs',
        p_job.id::text,
        'UPDATE',
        jsonb_build_object('state', 'dead', 'kind', p_job.kind, 'last_error', p_job.last_error),
        jsonb_build_object('state', 'queued', 'kind', p_job.kind),
        auth.uid()
    );
end
$$;

comment on function private.rerun_job(private.jobs) is
    'Lets a dead letter run again: its questions are open again, its words are sent as a new message, its news is told if still true.';

create function private.rerun_dead_letters(p_business_id uuid, p_kind text, p_job_id bigint)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_job private.jobs;
    v_rerun integer := 0;
begin
    perform private.must_manage(p_business_id);
    for v_job in
        select *
        from private.jobs as job
        where job.business_id = p_business_id
            and job.state = 'dead'
            and job.kind = coalesce(p_kind, job.kind)
            and job.id = coalesce(p_job_id, job.id)
        order by job.conversation_id, job.id
        for update skip locked
    loop
        perform private.rerun_job(v_job);
        v_rerun := v_rerun + 1;
    end loop;
    return v_rerun;
end
$$;

comment on function private.rerun_dead_letters(uuid, text, bigint) is
    'The work of public.rerun_dead_letters() and public.rerun_dead_letter().';

create function private.rerun_dead_letter(p_job_id bigint)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    return private.rerun_dead_letters(
        (select job.business_id from private.jobs as job where job.id = p_job_id and job.state = 'dead'),
        null,
        p_job_id
    ) = 1;
end
$$;

comment on function private.rerun_dead_letter(bigint) is 'The work of public.rerun_dead_letter().';

create function public.list_dead_letters(p_business_id uuid)
returns table (
    job_id bigint,
    kind text,
    conversation_id uuid,
    message_id uuid,
    attempts integer,
    last_error text,
    created_at timestamptz,
    died_at timestamptz
)
language sql
stable
security invoker
set search_path = ''
begin atomic
    select * from private.list_dead_letters(p_business_id);
end;

create function public.rerun_dead_letter(p_job_id bigint)
returns boolean
language sql
volatile
security invoker
set search_path = ''
begin atomic
    select private.rerun_dead_letter(p_job_id);
end;

create function public.rerun_dead_letters(p_business_id uuid, p_kind text default null)
returns integer
language sql
volatile
security invoker
set search_path = ''
begin atomic
    select private.rerun_dead_letters(p_business_id, p_kind, null);
end;

revoke all on function public.list_dead_letters(uuid) from public, anon, service_role;
revoke all on function public.rerun_dead_letter(bigint) from public, anon, service_role;
revoke all on function public.rerun_dead_letters(uuid, text) from public, anon, service_role;
grant execute on function public.list_dead_letters(uuid), private.list_dead_letters(uuid) to authenticated;
grant execute on function public.rerun_dead_letter(bigint), private.rerun_dead_letter(bigint) to authenticated;
grant execute on function
    public.rerun_dead_letters(uuid, text), private.rerun_dead_letters(uuid, text, bigint)
    to authenticated;

comment on function public.list_dead_letters(uuid) is
    'What failed for good in a business, newest first, a thousand at most. For owners and managers.';
comment on function public.rerun_dead_letter(bigint) is
    'Lets one dead letter run again; false when somebody is just doing so. For owners and managers; the audit log says who.';
comment on function public.rerun_dead_letters(uuid, text) is
    'Lets all dead letters of a business, or of one kind (reply, notice, deliver), run again; returns how many. For owners and managers.';
