-- The realtime schema: messages to broadcast, the functions that write them, and the publications that the
-- local Realtime server decodes. On Supabase the table is partitioned by day and kept for three days; here it is
-- one table, and the server drops what is older than three days when it starts.

create schema realtime authorization supabase_admin;
grant usage on schema realtime to postgres, anon, authenticated, service_role;

create table realtime.messages (
    topic text not null,
    extension text not null,
    payload jsonb,
    event text,
    private boolean default false,
    updated_at timestamp not null default now(),
    inserted_at timestamp not null default now(),
    id uuid not null default gen_random_uuid(),
    primary key (id, inserted_at)
);
alter table realtime.messages enable row level security;
-- Owned by a role that postgres belongs to, so that migrations may put policies on it as on Supabase.
alter table realtime.messages owner to supabase_realtime_admin;
grant usage on schema realtime to supabase_realtime_admin;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;

create function realtime.topic()
returns text
language sql
stable
as $$
    select nullif(current_setting('realtime.topic', true), '')::text
$$;

-- Swallows every error, as the real one does: a broadcast never breaks the transaction it speaks of.
create function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void
language plpgsql
as $$
declare
    generated_id uuid := gen_random_uuid();
begin
    begin
        perform set_config('realtime.topic', topic, true);
        insert into realtime.messages (id, payload, event, topic, private, extension)
        values (
            generated_id,
            jsonb_build_object('id', generated_id) || payload,
            event,
            topic,
            private,
            'broadcast'
        );
    exception
        when others then
            raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
    end;
end
$$;

create function realtime.broadcast_changes(
    topic_name text,
    event_name text,
    operation text,
    table_name text,
    table_schema text,
    new record,
    old record,
    level text default 'ROW'
)
returns void
language plpgsql
as $$
begin
    if level = 'STATEMENT' then
        raise exception 'function can only be triggered for each row, not for each statement';
    end if;
    if operation not in ('INSERT', 'UPDATE', 'DELETE') then
        raise exception 'operation should be INSERT, UPDATE, or DELETE, got %', operation;
    end if;
    perform realtime.send(
        jsonb_build_object(
            'old_record', old,
            'record', new,
            'operation', operation,
            'table', table_name,
            'schema', table_schema
        ),
        event_name,
        topic_name
    );
exception
    when others then
        raise exception 'Failed to process the row: %', sqlerrm;
end
$$;

create publication supabase_realtime_messages_publication for table realtime.messages;

create publication supabase_realtime;
alter publication supabase_realtime owner to postgres;
