import { beforeAll, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import { newId, receive } from './support/desk.ts';
import { booked, newCustomer } from './support/story.ts';
import { ahead, newPerson, newTenant, type Tenant } from './support/tenant.ts';
import { anonymous, as, refusal, service, trying, type Voice } from './support/voices.ts';

// Promise 7: a business sees only itself. Every table, every verb, every voice.

const db = ownDatabase();
let tenant: Tenant;
let other: Tenant;
let stranger: Voice;
let tables: string[];

/** A business with a row in every table. */
async function furnished(): Promise<Tenant> {
    const made = await newTenant(db);
    const customer = await newCustomer(db, made);
    await booked(db, customer, { startsAt: await ahead(db, 3, '10:00') });
    await db.sql(
        `insert into public.date_overrides (business_id, instructor_id, on_date) values ($1, $2, now() + interval '1 year')`,
        [made.businessId, made.instructors[0]],
    );
    await db.sql(
        `insert into public.time_off (business_id, instructor_id, during)
         values ($1, $2, tstzrange(now() + interval '1 year', now() + interval '53 weeks'))`,
        [made.businessId, made.instructors[0]],
    );
    await db.sql(
        `insert into public.notifications (business_id, kind, severity) values ($1, 'news', 'info')`,
        [made.businessId],
    );
    await db.sql(
        `insert into public.templates (business_id, channel_id, purpose, language, name)
         values ($1, $2, 'message_waiting', 'en', 'waiting')`,
        [made.businessId, made.channelId],
    );
    await db.sql(
        `insert into public.knowledge (business_id, question, answer) values ($1, 'Parking?', 'At the station.')`,
        [made.businessId],
    );
    await db.sql(
        `insert into public.seasons (business_id, first_date, last_date) values ($1, now(), now() + interval '2 years')`,
        [made.businessId],
    );
    await db.sql(
        `insert into public.closures (business_id, first_date, last_date)
         values ($1, now() + interval '1 year', now() + interval '1 year')`,
        [made.businessId],
    );
    await db.sql(
        `select private.hold_places(
             jsonb_populate_record(service, '{"capacity": 6}'), $2, now() + interval '2 days', 1, $3,
             now() + interval '1 hour', null, '{}'
         )
         from public.services as service where service.id = $1`,
        [made.serviceId, made.instructors[1], customer.conversationId],
    );
    return made;
}

const count = async (table: string, businessId: string) => {
    const column = table === 'businesses' ? 'id' : 'business_id';
    const [row] = await db.sql<{ count: number }>(
        `select count(*) from public.${table} where ${column} = $1`,
        [businessId],
    );
    return row?.count;
};

beforeAll(async () => {
    tenant = await furnished();
    other = await furnished();
    stranger = await newPerson(db);
    const rows = await db.sql<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    tables = rows.map(({ name }) => name);
});

describe('reading', () => {
    it('shows owner and manager every table of their business, and nothing of another', async () => {
        for (const voice of [tenant.owner, tenant.manager]) {
            for (const table of tables) {
                const [own, foreign] = await as(db, voice, async () => [
                    await count(table, tenant.businessId),
                    await count(table, other.businessId),
                ]);
                expect({ table, own: Number(own) > 0, foreign }).toEqual({ table, own: true, foreign: 0 });
            }
        }
    });

    it('shows an instructor the same, but for the audit log', async () => {
        for (const table of tables) {
            const own = await as(db, tenant.instructor, () => count(table, tenant.businessId));
            expect({ table, seen: Number(own) > 0 }).toEqual({ table, seen: table !== 'audit_log' });
        }
    });

    it('shows a stranger nothing, not even a count', async () => {
        for (const table of tables) {
            const [row] = await as(db, stranger, () => db.sql(`select count(*) from public.${table}`));
            expect({ table, ...row }).toEqual({ table, count: 0 });
        }
    });

    it('is refused to the public key, table by table', async () => {
        for (const table of tables) {
            const code = await refusal(
                trying(db, anonymous, () => db.sql(`select count(*) from public.${table}`)),
            );
            expect({ table, code }).toEqual({ table, code: '42501' });
        }
    });

    it('ends with the membership', async () => {
        const person = await newPerson(db);
        await db.sql(
            `insert into public.memberships (business_id, user_id, role) values ($1, $2, 'manager')`,
            [tenant.businessId, person.userId],
        );
        expect(await as(db, person, () => count('bookings', tenant.businessId))).toBe(1);
        await db.sql('delete from public.memberships where user_id = $1', [person.userId]);
        expect(await as(db, person, () => count('bookings', tenant.businessId))).toBe(0);
    });

    it('never reaches the private schema', async () => {
        for (const voice of [tenant.owner, service, anonymous]) {
            const code = await refusal(trying(db, voice, () => db.sql('select from private.jobs')));
            expect(code).toBe('42501');
        }
    });
});

describe('writing', () => {
    /** Messages can be inserted, within limits that have a test of their own below. */
    const verbs = (table: string) => [
        `delete from public.${table}`,
        `truncate public.${table}`,
        ...(table === 'messages' ? [] : [`insert into public.${table} default values`]),
    ];

    it('is refused to everybody, table by table, where it is not a person’s to decide', async () => {
        for (const voice of [tenant.owner, tenant.instructor, stranger, anonymous, service]) {
            for (const table of tables) {
                for (const statement of verbs(table)) {
                    const code = await refusal(trying(db, voice, () => db.sql(statement)));
                    expect({ statement, code }).toEqual({ statement, code: '42501' });
                }
            }
        }
    });

    it('lets owner and manager take over a conversation of the business, and no other', async () => {
        const takeOver = (businessId: string) =>
            db.sql(`update public.conversations set mode = 'human' where business_id = $1 returning id`, [
                businessId,
            ]);
        for (const voice of [tenant.owner, tenant.manager]) {
            expect(await trying(db, voice, () => takeOver(tenant.businessId))).toHaveLength(1);
            expect(await trying(db, voice, () => takeOver(other.businessId))).toHaveLength(0);
        }
        expect(await trying(db, tenant.instructor, () => takeOver(tenant.businessId))).toHaveLength(0);
        expect(await trying(db, stranger, () => takeOver(tenant.businessId))).toHaveLength(0);
        expect(await refusal(trying(db, anonymous, () => takeOver(tenant.businessId)))).toBe('42501');
    });

    it.each<[string, object]>([
        ['nothing', { type: 'text', text: '' }],
        ['blanks', { type: 'text', text: ' \n' }],
        ['more than a message holds', { type: 'text', text: 'x'.repeat(4097) }],
        ['no text', { type: 'text' }],
        ['a number', { type: 'text', text: 1 }],
        ['what nobody can send', { type: 'nonsense', text: 'hello' }],
        ['a reaction', { type: 'reaction', emoji: '👍' }],
    ])('lets nobody write %s', async (_what, content) => {
        const [conversation] = await db.sql('select id from public.conversations where business_id = $1', [
            tenant.businessId,
        ]);
        const write = () =>
            db.sql(
                `insert into public.messages (business_id, conversation_id, role, content) values ($1, $2, 'owner', $3)`,
                [tenant.businessId, conversation?.id, content],
            );
        expect(await refusal(trying(db, tenant.owner, write))).toBe('23514');
    });

    it('lets owner and manager write as the owner, in a conversation of the business alone', async () => {
        const conversation = async (of: Tenant) =>
            (await db.sql('select id from public.conversations where business_id = $1', [of.businessId]))[0]
                ?.id;
        const [mine, theirs] = [await conversation(tenant), await conversation(other)];
        const write = (businessId: string, conversationId: unknown, role = 'owner') =>
            db.sql(
                `insert into public.messages (business_id, conversation_id, role, content) values ($1, $2, $3, $4)`,
                [businessId, conversationId, role, { type: 'text', text: 'I will be there' }],
            );
        const outcome = (voice: Voice, ...message: Parameters<typeof write>) =>
            refusal(trying(db, voice, () => write(...message)));

        expect(await outcome(tenant.owner, tenant.businessId, mine)).toBeNull();
        expect(await outcome(tenant.manager, tenant.businessId, mine)).toBeNull();
        expect(await outcome(tenant.instructor, tenant.businessId, mine)).toBe('42501');
        expect(await outcome(tenant.owner, tenant.businessId, mine, 'assistant')).toBe('42501');
        expect(await outcome(tenant.owner, tenant.businessId, theirs)).toBe('D0001');
        expect(await outcome(tenant.owner, other.businessId, theirs)).toBe('42501');
        expect(await outcome(stranger, tenant.businessId, mine)).toBe('42501');
        expect(await outcome(anonymous, tenant.businessId, mine)).toBe('42501');
    });

    it('cannot point a row into another business, even for those who bypass the policies', async () => {
        const [message] = await db.sql('select id from public.messages where business_id = $1', [
            other.businessId,
        ]);
        const foreign = [
            [
                `insert into public.instructor_services values ($1, $2, $3)`,
                [tenant.businessId, tenant.instructors[0], other.serviceId],
            ],
            [
                `insert into public.conversations (business_id, channel_id, customer_id)
                 select $1, $2, id from public.customers where business_id = $3`,
                [tenant.businessId, tenant.channelId, other.businessId],
            ],
            [
                `insert into private.jobs (business_id, kind, conversation_id, message_id)
                 select $1, 'deliver', id, $2 from public.conversations where business_id = $1`,
                [tenant.businessId, message?.id],
            ],
        ] as const;
        for (const [statement, values] of foreign) {
            expect(await refusal(db.sql(statement, [...values]))).toBe('23503');
        }
    });
});

describe('the ears of the dashboard', () => {
    const hears = (voice: Voice, topic: string) =>
        trying(db, voice, async () => {
            await db.sql(`select set_config('realtime.topic', $1, true)`, [topic]);
            const rows = await db.sql(`select from realtime.messages where extension = 'broadcast' limit 1`);
            return rows.length > 0;
        });

    it('are those of its members', async () => {
        const topic = `business:${tenant.businessId}`;
        expect(await hears(tenant.owner, topic)).toBe(true);
        expect(await hears(tenant.instructor, topic)).toBe(true);
        expect(await hears(other.owner, topic)).toBe(false);
        expect(await hears(stranger, topic)).toBe(false);
        expect(await hears(tenant.owner, `business:${other.businessId}`)).toBe(false);
        expect(await hears(tenant.owner, 'business:')).toBe(false);
        expect(await hears(anonymous, topic)).toBe(false);
    });
});

describe('a webhook', () => {
    it('of one business never touches a message of another, whatever ids it names', async () => {
        const [sent] = await db.sql<{ id: string; provider_id: string; status: string }>(
            `select id, provider_id, status from public.messages
             where business_id = $1 and role = 'assistant' and provider_id is not null limit 1`,
            [other.businessId],
        );
        const news = {
            kind: 'status',
            account: tenant.account,
            status: 'read',
            at: new Date().toISOString(),
        };
        const results = await receive(db, [
            { ...news, provider_id: newId(), message_id: sent?.id },
            { ...news, provider_id: sent?.provider_id },
        ]);
        expect(results.map((result) => result.outcome)).toEqual(['waiting', 'waiting']);
        const [after] = await db.sql('select status from public.messages where id = $1', [sent?.id]);
        expect(after?.status).toBe(sent?.status);
    });
});
