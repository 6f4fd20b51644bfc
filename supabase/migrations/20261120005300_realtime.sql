-- What the dashboard hears: that something changed, never what. Clients read the row again under row-level
-- security. The three tables are in the publication too, for plain postgres_changes subscriptions.

create policy members_hear_their_business on realtime.messages
    for select to authenticated
    using (
        extension = 'broadcast'
        and (select realtime.topic()) = any (
            array(
                select 'business:' || mine.id
                from private.my_businesses() as mine (id)
            )
        )
    );

create function private.tg__broadcast()
returns trigger
language plpgsql
volatile
-- realtime.send() inserts as its caller; a member who may not write there would silence the change he made.
security definer
set search_path = ''
as $$
begin
    perform realtime.send(
        jsonb_build_object(
            'id', new.id,
            'table', tg_table_name,
            'op', tg_op,
            'conversation_id', case tg_table_name
                when 'conversations' then to_jsonb(new) -> 'id'
                else to_jsonb(new) -> 'conversation_id'
            end
        ),
        tg_table_name::text,
        'business:' || new.business_id,
        true
    );
    return null;
end
$$;

comment on function private.tg__broadcast() is
    'Tells the members of a business that a row changed: {id, table, op, conversation_id}.';

create trigger _800_broadcast
    after insert on public.messages
    for each row execute function private.tg__broadcast();

create trigger _810_broadcast_change
    after update on public.messages
    for each row
    when (
        (old.status, old.outcome, old.content, old.deleted_at)
        is distinct from (new.status, new.outcome, new.content, new.deleted_at)
    )
    execute function private.tg__broadcast();

create trigger _800_broadcast
    after insert on public.conversations
    for each row execute function private.tg__broadcast();

-- A new message changes its conversation too; it is told once, by the message.
create trigger _810_broadcast_change
    after update on public.conversations
    for each row
    when (
        (old.mode, old.stage, old.language, old.handoff_reason)
        is distinct from (new.mode, new.stage, new.language, new.handoff_reason)
    )
    execute function private.tg__broadcast();

create trigger _900_broadcast
    after insert or update on public.bookings
    for each row execute function private.tg__broadcast();

alter publication supabase_realtime add table public.conversations, public.messages, public.bookings;
