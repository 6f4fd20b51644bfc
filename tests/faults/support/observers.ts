import type pg from 'pg';

/**
 * What the end state cannot tell: through which states a row went. Triggers beside the product's own write it
 * down, in the transaction that they watch, so what was rolled back was never seen.
 */
const observers = `
    create schema faults;
    create table faults.seen (
        id bigint generated always as identity primary key,
        at timestamptz not null default clock_timestamp(),
        what text not null,
        business_id uuid not null,
        conversation_id uuid not null,
        message_id uuid,
        before jsonb,
        after jsonb
    );
    create index on faults.seen (business_id, what);

    create function faults.watch() returns trigger language plpgsql security definer set search_path = '' as $$
    declare
        v_row jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
        v_fields text[] := array['status', 'outcome', 'mode', 'mode_epoch', 'kind', 'state', 'attempts', 'run_at',
            'lease', 'last_error', 'role', 'seq', 'id'];
    begin
        insert into faults.seen (what, business_id, conversation_id, message_id, before, after)
        values (
            tg_table_name || ' ' || lower(tg_op),
            (v_row ->> 'business_id')::uuid,
            case when tg_table_name = 'conversations' then (v_row ->> 'id')::uuid
                else (v_row ->> 'conversation_id')::uuid end,
            case when tg_table_name = 'messages' then (v_row ->> 'id')::uuid
                else (v_row ->> 'message_id')::uuid end,
            case when tg_op <> 'INSERT' then (
                select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(old)) where key = any (v_fields)
            ) end,
            case when tg_op <> 'DELETE' then (
                select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(new)) where key = any (v_fields)
            ) end
        );
        return null;
    end $$;

    create trigger zzz_watch after insert or update or delete on private.jobs
        for each row execute function faults.watch();
    create trigger zzz_watch after insert or update of status, outcome on public.messages
        for each row execute function faults.watch();
    create trigger zzz_watch after update of mode on public.conversations
        for each row execute function faults.watch();`;

export async function installObservers(pool: pg.Pool): Promise<void> {
    await pool.query(observers);
}
