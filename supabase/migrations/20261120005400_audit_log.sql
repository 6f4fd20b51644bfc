-- Who changed what, from what to what, in everything a person can set. Bookings have their own history.

create table public.audit_log (
    id bigint generated always as identity primary key,
    business_id uuid not null references public.businesses on delete cascade,
    table_name text not null,
    row_id text not null,
    op text not null,
    before jsonb not null,
    after jsonb not null,
    actor_id uuid,
    at timestamptz not null default now(),
    constraint audit_log_op_is_known check (op in ('INSERT', 'UPDATE', 'DELETE'))
);

create index audit_log_row_idx on public.audit_log (business_id, table_name, row_id, id);

alter table public.audit_log enable row level security;

create policy managers_read_the_audit_log on public.audit_log
    for select to authenticated
    using (business_id = any (array(select private.businesses_i_manage())));

revoke all on public.audit_log from anon, authenticated, service_role;
grant select on public.audit_log to authenticated, service_role;

comment on table public.audit_log is 'Changes of settings and takeovers; written by trigger, changed by nobody.';
comment on column public.audit_log.id is 'Key, in order of happening.';
comment on column public.audit_log.business_id is 'Tenant key.';
comment on column public.audit_log.table_name is 'Which table.';
comment on column public.audit_log.row_id is 'Which row, by its key.';
comment on column public.audit_log.op is 'INSERT, UPDATE or DELETE.';
comment on column public.audit_log.before is 'The changed columns as they were.';
comment on column public.audit_log.after is 'The changed columns as they are.';
comment on column public.audit_log.actor_id is 'The signed-in person; null when it was the desk or an administrator.';
comment on column public.audit_log.at is 'When.';

create function private.tg__record_audit()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_before jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
    v_after jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
    v_row jsonb := v_before || v_after;
    v_business_id uuid := (v_row ->> case tg_table_name when 'businesses' then 'id' else 'business_id' end)::uuid;
begin
    if private.changed_columns(v_before, v_after) = '{}' and private.changed_columns(v_after, v_before) = '{}' then
        return null;
    end if;
    -- A business that is deleted takes its log with it.
    insert into public.audit_log (business_id, table_name, row_id, op, before, after, actor_id)
    select
        business.id,
        tg_table_name,
        coalesce(v_row ->> 'id', v_row ->> 'user_id', (v_row ->> 'instructor_id') || ' ' || (v_row ->> 'service_id')),
        tg_op,
        private.changed_columns(v_after, v_before),
        private.changed_columns(v_before, v_after),
        auth.uid()
    from public.businesses as business
    where business.id = v_business_id;
    return null;
end
$$;

comment on function private.tg__record_audit() is 'Writes a change of settings to the audit log.';

create trigger _800_record_audit
    after insert or update or delete on public.businesses
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.memberships
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.instructors
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.services
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.instructor_services
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.weekly_hours
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.date_overrides
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.seasons
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.closures
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.time_off
    for each row execute function private.tg__record_audit();

create trigger _800_record_audit
    after insert or update or delete on public.channels
    for each row execute function private.tg__record_audit();

-- Of a conversation only who speaks in it is a setting.
create trigger _820_record_audit
    after update of mode on public.conversations
    for each row
    when (old.mode is distinct from new.mode)
    execute function private.tg__record_audit();
