import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    claimDeliveries,
    claimTurns,
    finishTurn,
    type Json,
    newSender,
    only,
    quiet,
    receive,
    receiveOne,
    textFrom,
    theTurn,
} from './support/desk.ts';
import { answer, type Customer, newCustomer, says } from './support/story.ts';
import { newPerson, newTenant, type Tenant } from './support/tenant.ts';
import { anonymous, as, refusal, trying, type Voice } from './support/voices.ts';

// What the desk stores and shows, and does not answer by itself.

const db = ownDatabase();
let tenant: Tenant;

const limited = (business: Record<string, string | number | boolean>) => newTenant(db, { business });

beforeEach(async () => {
    await quiet(db);
    tenant = await limited({ customer_messages_per_hour: 3, messages_per_hour: 6 });
});

const outcomesOf = async ({ conversationId }: Pick<Customer, 'conversationId'>) =>
    (
        await db.sql<{ outcome: string | null }>(
            `select outcome from public.messages where conversation_id = $1 and role = 'user' order by seq`,
            [conversationId],
        )
    ).map(({ outcome }) => outcome);
const news = (businessId = tenant.businessId) =>
    db.sql(
        `select kind, severity, conversation_id, payload, read_at from public.notifications
         where business_id = $1 order by created_at, kind`,
        [businessId],
    );
const customerRow = async ({ customerId }: Customer) =>
    only(await db.sql('select blocked_reason, blocked_by from public.customers where id = $1', [customerId]));
const call = (voice: Voice, name: string, id: string) =>
    as(db, voice, () => db.sql(`select public.${name}($1)`, [id]));
const allGuards = ['block_customer', 'unblock_customer', 'unpause_business'];

describe('a customer who writes too much', () => {
    it('is answered up to the limit, then met with silence; the owner is told once', async () => {
        const customer = await newCustomer(db, tenant);
        for (const text of ['two', 'three', 'four', 'five']) await says(db, customer, text);
        expect(await outcomesOf(customer)).toEqual([null, null, null, 'blocked', 'blocked']);
        expect(await customerRow(customer)).toEqual({
            blocked_reason: 'too_many_messages',
            blocked_by: null,
        });
        expect(await news()).toMatchObject([
            {
                kind: 'customer_blocked',
                severity: 'warning',
                conversation_id: customer.conversationId,
                payload: { messages_per_hour: 3 },
            },
        ]);
        await finishTurn(db, await theTurn(db), { upTo: 5 });
        expect(await outcomesOf(customer)).toEqual([
            'answered',
            'answered',
            'answered',
            'blocked',
            'blocked',
        ]);
        expect(await claimTurns(db)).toEqual([]);
    });

    it('in one webhook is stopped within it', async () => {
        const sender = newSender();
        const results = await receive(
            db,
            [1, 2, 3, 4, 5].map((number) => textFrom(tenant.account, sender, `${number}`)),
        );
        const [conversationId] = results.map(({ conversation_id }) => conversation_id);
        expect(await outcomesOf({ conversationId: conversationId ?? '' })).toEqual([
            null,
            null,
            null,
            'blocked',
            'blocked',
        ]);
    });

    it('is counted by the hour, and not for what nobody was to answer', async () => {
        const customer = await newCustomer(db, tenant);
        const old = new Date(Date.now() - 3_600_000).toISOString();
        for (const text of ['old', 'older']) await says(db, customer, text, { provider_at: old });
        const redelivered = textFrom(tenant.account, customer.sender, 'two');
        for (const event of [redelivered, redelivered, redelivered]) await receiveOne(db, event);
        await receiveOne(db, {
            ...textFrom(tenant.account, customer.sender),
            kind: 'reaction',
            target: 'wamid.x',
            emoji: '👍',
        });
        await says(db, customer, 'three');
        expect((await customerRow(customer)).blocked_reason).toBeNull();
        await db.sql(`update public.conversations set counted_since = counted_since - interval '61 minutes'`);
        for (const text of ['four', 'five', 'six']) await says(db, customer, text);
        expect((await customerRow(customer)).blocked_reason).toBeNull();
        await says(db, customer, 'seven');
        expect((await customerRow(customer)).blocked_reason).toBe('too_many_messages');
    });

    it('of 15 messages an hour by default', async () => {
        tenant = await newTenant(db);
        await db.sql(
            'update public.businesses set customer_messages_per_hour = default, messages_per_hour = default where id = $1',
            [tenant.businessId],
        );
        const customer = await newCustomer(db, tenant);
        for (let number = 2; number <= 16; number++) await says(db, customer, `${number}`);
        expect((await outcomesOf(customer)).filter((outcome) => outcome === 'blocked')).toHaveLength(1);
    });

    it('while a person speaks with them is none of the desk’s business', async () => {
        const customer = await newCustomer(db, tenant);
        await db.sql(`update public.conversations set mode = 'human' where id = $1`, [
            customer.conversationId,
        ]);
        for (let number = 2; number <= 9; number++) await says(db, customer, `${number}`);
        expect((await customerRow(customer)).blocked_reason).toBeNull();
        expect((await outcomesOf(customer)).slice(1)).toEqual(Array(8).fill('handed_over'));
    });

    it('does not delay the answer of another', async () => {
        tenant = await newTenant(db, { business: { customer_messages_per_hour: 500 } });
        const flood = newSender();
        await receive(
            db,
            Array.from({ length: 300 }, (_, number) => textFrom(tenant.account, flood, `${number}`)),
        );
        const customer = await newCustomer(db, tenant);
        const turns = await claimTurns(db, crypto.randomUUID(), 2);
        expect(turns.map(({ conversation_id }) => conversation_id)).toContain(customer.conversationId);
    });

    it('is answered again once a person says so', async () => {
        const customer = await newCustomer(db, tenant);
        for (const text of ['two', 'three', 'four']) await says(db, customer, text);
        await call(tenant.manager, 'unblock_customer', customer.customerId);
        for (const text of ['five', 'six', 'seven']) await says(db, customer, text);
        expect((await outcomesOf(customer)).slice(3)).toEqual(['blocked', null, null, null]);
        expect(await news()).toMatchObject([{ kind: 'customer_blocked', read_at: expect.any(Date) }]);
        await says(db, customer, 'eight');
        expect(await news()).toHaveLength(2);
    });
});

describe('a business that is written to too much', () => {
    const flood = async (customers: number) => {
        const made: Customer[] = [];
        for (let number = 0; number < customers; number++) made.push(await newCustomer(db, tenant));
        return made;
    };
    const allOutcomes = async (customers: Customer[]) => {
        const outcomes = [];
        for (const customer of customers) outcomes.push(...(await outcomesOf(customer)));
        return outcomes;
    };

    it('is paused with the message over the limit, and its owner told', async () => {
        const customers = await flood(8);
        expect(await allOutcomes(customers)).toEqual([...Array(6).fill(null), 'paused', 'paused']);
        expect(await news()).toMatchObject([
            { kind: 'business_paused', severity: 'critical', conversation_id: null },
        ]);
        const log = await db.sql(
            `select actor_id, after from public.audit_log
             where business_id = $1 and table_name = 'businesses' and op = 'UPDATE' and after ? 'paused_reason'`,
            [tenant.businessId],
        );
        expect(log).toMatchObject([{ actor_id: null, after: { paused_reason: 'too_many_messages' } }]);
        expect(await claimTurns(db)).toHaveLength(6);
    });

    it('is no burden to another', async () => {
        await flood(7);
        const elsewhere = await newCustomer(db, await newTenant(db));
        expect(await outcomesOf(elsewhere)).toEqual([null]);
    });

    it('goes on once a person says so, with a new hour', async () => {
        await flood(7);
        await call(tenant.owner, 'unpause_business', tenant.businessId);
        expect(await allOutcomes(await flood(7))).toEqual([...Array(6).fill(null), 'paused']);
        expect((await news()).map(({ read_at }) => read_at === null)).toEqual([false, true]);
        const log = await db.sql(
            `select actor_id from public.audit_log
             where business_id = $1 and table_name = 'businesses' and before ? 'paused_reason' and actor_id is not null`,
            [tenant.businessId],
        );
        expect(log).toEqual([{ actor_id: tenant.owner.userId }]);
    });

    it('is counted by all writers at once', async () => {
        const sessions = await Promise.all([1, 2, 3, 4].map(() => db.connect()));
        tenant = await limited({ messages_per_hour: 1000 });
        await Promise.all(
            sessions.map(async (session) => {
                for (let number = 0; number < 25; number++)
                    await receiveOne(session, textFrom(tenant.account, newSender()));
            }),
        );
        const [counted] = await db.sql(
            'select sum(messages)::int as messages, count(*) <= 4 as few from private.traffic where business_id = $1',
            [tenant.businessId],
        );
        expect(counted).toEqual({ messages: 100, few: true });
    });
});

describe('a message that comes late', () => {
    const at = (minutesAgo: number): Json => ({
        provider_at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
    });

    it('of half an hour is stored and shown with its time, and not answered by itself', async () => {
        const customer = await newCustomer(db, tenant);
        await answer(db, customer);
        await says(db, customer, 'are you there?', at(31));
        expect(await outcomesOf(customer)).toEqual(['answered', 'stale']);
        expect(await claimTurns(db)).toEqual([]);
        expect(await news()).toMatchObject([
            { kind: 'stale_message', severity: 'info', conversation_id: customer.conversationId },
        ]);
        const [late] = await db.sql(
            `select seq, provider_at < now() - interval '31 minutes' as kept from public.messages
             where conversation_id = $1 order by seq desc limit 1`,
            [customer.conversationId],
        );
        expect(late).toEqual({ seq: 3, kept: true });
    });

    it('of less is answered, whatever order it comes in', async () => {
        const customer = await newCustomer(db, tenant);
        await says(db, customer, 'earlier', at(29));
        expect(await outcomesOf(customer)).toEqual([null, null]);
    });

    it('is answered all the same where the business says so, or later', async () => {
        for (const [column, value] of [
            ['answer_stale', true],
            ['stale_after_min', 120],
        ] as const) {
            tenant = await limited({ [column]: value });
            const customer = await newCustomer(db, tenant);
            await says(db, customer, 'earlier', at(90));
            expect(await outcomesOf(customer)).toEqual([null, null]);
        }
    });
});

describe('somebody on the blocklist', () => {
    it('is not answered, not even to what waits already, is being thought about or is on its way', async () => {
        const customer = await newCustomer(db, tenant);
        await answer(db, customer);
        await call(tenant.owner, 'block_customer', customer.customerId);
        expect(await claimDeliveries(db)).toEqual([]);
        await says(db, customer, 'hello?');
        expect((await outcomesOf(customer)).at(-1)).toBe('blocked');
        expect(await customerRow(customer)).toEqual({
            blocked_reason: 'person',
            blocked_by: tenant.owner.userId,
        });

        const waiting = await newCustomer(db, tenant);
        await call(tenant.owner, 'block_customer', waiting.customerId);
        for (const turn of await claimTurns(db))
            expect(await finishTurn(db, turn, { upTo: 1 })).toEqual({ result: 'taken_over' });
        expect(await outcomesOf(waiting)).toEqual(['blocked']);

        const thinking = await newCustomer(db, tenant);
        const turn = await theTurn(db);
        await call(tenant.owner, 'block_customer', thinking.customerId);
        expect(await finishTurn(db, turn, { upTo: 1 })).toEqual({ result: 'taken_over' });
        expect(await outcomesOf(thinking)).toEqual(['blocked']);
        expect(await db.sql('select from private.jobs')).toEqual([]);
    });

    it('racing a turn that commits comes before it or after it', async () => {
        const [person, worker] = [await db.connect(), await db.connect()];
        for (let round = 0; round < 10; round++) {
            const customer = await newCustomer(db, await newTenant(db));
            const turn = await theTurn(db);
            await person.sql('begin');
            await person.sql(`update public.conversations set last_message_at = now() where id = $1`, [
                customer.conversationId,
            ]);
            const ending = finishTurn(worker, turn, { upTo: 1 });
            await new Promise((resolve) => setTimeout(resolve, 3));
            await person.sql(
                `update public.customers set blocked_at = now(), blocked_reason = 'person' where id = $1`,
                [customer.customerId],
            );
            await person.sql('commit');
            expect(await ending).toEqual({ result: 'taken_over' });
        }
    });

    it('is audited with who did it', async () => {
        const customer = await newCustomer(db, tenant);
        await call(tenant.manager, 'block_customer', customer.customerId);
        await call(tenant.owner, 'unblock_customer', customer.customerId);
        const log = await db.sql(
            `select actor_id, after from public.audit_log where table_name = 'customers' and row_id = $1 order by id`,
            [customer.customerId],
        );
        expect(log).toMatchObject([
            { actor_id: tenant.manager.userId, after: { blocked_reason: 'person' } },
            { actor_id: tenant.owner.userId, after: { blocked_reason: null } },
        ]);
    });

    it('is the decision of owner and manager, and of nobody else', async () => {
        const customer = await newCustomer(db, tenant);
        const stranger = await newPerson(db);
        for (const name of allGuards) {
            const id = name === 'unpause_business' ? tenant.businessId : customer.customerId;
            const asked = (voice: Voice) =>
                refusal(trying(db, voice, () => db.sql(`select public.${name}($1)`, [id])));
            const answers = [];
            for (const voice of [tenant.owner, tenant.manager, tenant.instructor, stranger, anonymous])
                answers.push(await asked(voice));
            expect(answers).toEqual([null, null, 'D0011', 'D0001', '42501']);
            expect(
                await refusal(
                    trying(db, tenant.owner, () =>
                        db.sql(`select public.${name}($1)`, [crypto.randomUUID()]),
                    ),
                ),
            ).toBe('D0001');
        }
    });
});

describe('the limits', () => {
    it('are set by owner and manager, and seen by every member', async () => {
        const set = (voice: Voice) =>
            trying(db, voice, () =>
                db.sql(
                    'update public.businesses set messages_per_hour = 7, answer_stale = true where id = $1 returning 1',
                    [tenant.businessId],
                ),
            );
        expect(await set(tenant.owner)).toHaveLength(1);
        expect(await set(tenant.manager)).toHaveLength(1);
        expect(await set(tenant.instructor)).toEqual([]);
        expect(await set(await newPerson(db))).toEqual([]);
        expect(await refusal(set(anonymous))).toBe('42501');
        expect(
            await refusal(
                trying(db, tenant.owner, () => db.sql(`update public.businesses set paused_at = null`)),
            ),
        ).toBe('42501');
    });
});
