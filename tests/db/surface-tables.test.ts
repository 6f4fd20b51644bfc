import { describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';

// Claims about all tables at once, so that the next one cannot be forgotten.

const db = ownDatabase();

/** Names of what a query finds wrong; a claim holds when there are none. */
const found = async (query: string) => (await db.sql<{ name: string }>(query)).map((row) => row.name);

const ours = `namespace.nspname in ('public', 'private')`;
const tables = `
    pg_class as class
    join pg_namespace as namespace on namespace.oid = class.relnamespace and ${ours} and class.relkind in ('r', 'p')`;

describe('every table', () => {
    it('is there at all', async () => {
        expect(await found(`select class.relname as name from ${tables} order by name`)).toEqual([
            'audit_log',
            'bells',
            'booking_events',
            'bookings',
            'businesses',
            'channels',
            'closures',
            'conversations',
            'customer_identities',
            'customers',
            'date_overrides',
            'instructor_services',
            'instructors',
            'jobs',
            'knowledge',
            'memberships',
            'messages',
            'notifications',
            'pending_statuses',
            'place_holds',
            'proposal_lines',
            'proposals',
            'raw_events',
            'resting_numbers',
            'seasons',
            'send_pace',
            'services',
            'sessions',
            'templates',
            'time_claims',
            'time_off',
            'traffic',
            'weekly_hours',
            'workers',
        ]);
    });

    it('has row-level security', async () => {
        expect(
            await found(`select class.relname as name from ${tables} where not class.relrowsecurity`),
        ).toEqual([]);
    });

    it('has a policy when it is public, and none when it is private', async () => {
        expect(
            await found(
                `select class.relname as name from ${tables}
                 where (namespace.nspname = 'public')
                     is distinct from exists (select from pg_policy where polrelid = class.oid)`,
            ),
        ).toEqual([]);
    });

    it('has a comment, and so has every column', async () => {
        expect(
            await found(
                `select concat_ws('.', class.relname, attribute.attname) as name
                 from ${tables}
                 left join pg_attribute as attribute
                     on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
                 where obj_description(class.oid, 'pg_class') is null
                     or col_description(class.oid, attribute.attnum) is null`,
            ),
        ).toEqual([]);
    });

    it('has a primary key', async () => {
        expect(
            await found(
                `select class.relname as name from ${tables}
                 where not exists (select from pg_constraint where conrelid = class.oid and contype = 'p')`,
            ),
        ).toEqual([]);
    });

    it('carries the tenant key, but for the tenant itself and what belongs to none', async () => {
        expect(
            await found(
                `select class.relname as name from ${tables}
                 where not exists (
                     select from pg_attribute
                     where attrelid = class.oid and attname = 'business_id' and attnotnull
                 )
                 order by name`,
            ),
        ).toEqual(['bells', 'businesses', 'raw_events', 'workers']);
    });

    it('names its checks in words', async () => {
        expect(
            await found(
                `select constr.conname as name
                 from pg_constraint as constr
                 join ${tables} on class.oid = constr.conrelid
                 where constr.contype in ('c', 'x')
                     and (constr.conname !~ ('^' || class.relname || '_') or constr.conname ~ '_check[0-9]*$')`,
            ),
        ).toEqual([]);
    });
});

describe('every foreign key', () => {
    const keys = `pg_constraint as key join ${tables} on class.oid = key.conrelid and key.contype = 'f'`;

    it('to a table of tenants carries the tenant key', async () => {
        expect(
            await found(
                `select key.conname as name from ${keys}
                 where key.confrelid <> 'public.businesses'::regclass
                     and key.confrelid <> 'auth.users'::regclass
                     and not (
                         key.conkey[1] = (
                             select attnum from pg_attribute
                             where attrelid = key.conrelid and attname = 'business_id'
                         )
                         and key.confkey[1] = (
                             select attnum from pg_attribute
                             where attrelid = key.confrelid and attname = 'business_id'
                         )
                     )`,
            ),
        ).toEqual([]);
    });

    it('is indexed', async () => {
        expect(
            await found(
                `select key.conname as name from ${keys}
                 where not exists (
                     select from pg_index as index
                     where index.indrelid = key.conrelid
                         and (index.indkey::smallint[])[0:cardinality(key.conkey) - 1] @> key.conkey
                 )`,
            ),
        ).toEqual([]);
    });
});

describe('every grant', () => {
    it('leaves anonymous callers with nothing', async () => {
        expect(
            await found(
                `select class.relname as name from ${tables}
                 where has_any_column_privilege('anon', class.oid, 'select, insert, update, references')
                     or has_table_privilege('anon', class.oid, 'delete, truncate, trigger')`,
            ),
        ).toEqual([]);
        expect(
            await found(`select 'private' as name where has_schema_privilege('anon', 'private', 'usage')`),
        ).toEqual([]);
    });

    it('lets signed-in people write only what a person decides', async () => {
        const rows = await db.sql(
            `select class.relname || '.' || attribute.attname as column, privilege
             from ${tables}
             join pg_attribute as attribute
                 on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
             cross join unnest(array['insert', 'update']) as privilege
             where has_column_privilege('authenticated', class.oid, attribute.attnum, privilege)
             order by 1, 2`,
        );
        expect(rows.map((row) => `${row.privilege} ${row.column}`)).toEqual([
            'update bookings.decision_note',
            'update bookings.status',
            'update businesses.ai_returns_after_min',
            'update businesses.answer_stale',
            'update businesses.customer_messages_per_hour',
            'update businesses.dead_letter_threshold',
            'update businesses.dead_letter_window_min',
            'update businesses.messages_per_hour',
            'update businesses.settings',
            'update businesses.stale_after_min',
            'update conversations.mode',
            'update knowledge.active',
            'insert knowledge.answer',
            'update knowledge.answer',
            'insert knowledge.business_id',
            'insert knowledge.language',
            'update knowledge.language',
            'insert knowledge.position',
            'update knowledge.position',
            'insert knowledge.question',
            'update knowledge.question',
            'insert messages.business_id',
            'insert messages.content',
            'insert messages.conversation_id',
            'insert messages.role',
            'update notifications.read_at',
            'insert templates.business_id',
            'insert templates.channel_id',
            'insert templates.language',
            'insert templates.name',
            'update templates.name',
            'insert templates.parameters',
            'update templates.parameters',
            'insert templates.purpose',
            'insert templates.status',
            'update templates.status',
        ]);
    });

    it('lets nobody but its owner delete, truncate or reach the private schema', async () => {
        expect(
            await found(
                `select role || ' ' || class.relname as name
                 from ${tables}
                 cross join unnest(array['anon', 'authenticated', 'service_role']) as role
                 where has_table_privilege(role, class.oid, 'delete, truncate, trigger')
                     or (
                         namespace.nspname = 'private'
                         and has_any_column_privilege(role, class.oid, 'select, insert, update')
                     )`,
            ),
        ).toEqual([]);
    });

    it('shows everything of a business to its members, but for the id of a channel’s secret', async () => {
        expect(
            await found(
                `select role || ' ' || class.relname || '.' || attribute.attname as name
                 from ${tables}
                 join pg_attribute as attribute
                     on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
                 cross join unnest(array['authenticated', 'service_role']) as role
                 where namespace.nspname = 'public'
                     and not has_column_privilege(role, class.oid, attribute.attnum, 'select')
                 order by name`,
            ),
        ).toEqual([
            'authenticated channels.access_token_secret_id',
            'service_role channels.access_token_secret_id',
        ]);
    });
});
