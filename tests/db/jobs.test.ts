import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    claimTurns,
    contextOf,
    failJob,
    finishTurn,
    newSender,
    only,
    quiet,
    receiveOne,
    textFrom,
    theTurn,
} from './support/desk.ts';
import { newCustomer, says } from './support/story.ts';
import { newTenant, type Tenant } from './support/tenant.ts';

// The queue: leases, lanes, back-off and dead letters.

const db = ownDatabase();
let tenant: Tenant;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
});

const leaseRunsOut = () => db.sql(`update private.jobs set leased_until = now() - interval '1 second'`);
const due = () => db.sql(`update private.jobs set run_at = now() where state = 'queued'`);
const jobs = () => db.sql('select state, attempts, last_error from private.jobs order by id');
const outcomes = async () =>
    (
        await db.sql(
            `select outcome from public.messages where business_id = $1 and role = 'user' order by seq`,
            [tenant.businessId],
        )
    ).map((row) => row.outcome);

describe('a claim', () => {
    it('brings what a worker needs before it reads', async () => {
        const sender = newSender();
        const event = textFrom(tenant.account, sender);
        const { conversation_id } = await receiveOne(db, event);
        expect(await theTurn(db)).toMatchObject({
            kind: 'reply',
            attempt: 1,
            business_id: tenant.businessId,
            conversation_id,
            channel_kind: 'whatsapp',
            account: tenant.account,
            access_token: null,
            last_inbound_provider_id: event.provider_id,
        });
    });

    it('decrypts the token of the channel', async () => {
        await db.sql(
            `update public.channels set access_token_secret_id = vault.create_secret('the-token') where id = $1`,
            [tenant.channelId],
        );
        await newCustomer(db, tenant);
        expect(await theTurn(db)).toMatchObject({ access_token: 'the-token' });
    });

    it('takes nothing that is not due, and nothing twice', async () => {
        await newCustomer(db, tenant);
        await db.sql(`update private.jobs set run_at = now() + interval '1 minute'`);
        expect(await claimTurns(db)).toEqual([]);
        await due();
        expect(await claimTurns(db)).toHaveLength(1);
        expect(await claimTurns(db)).toEqual([]);
    });

    it('keeps to its limit, the longest waiting first', async () => {
        const customers = [
            await newCustomer(db, tenant),
            await newCustomer(db, tenant),
            await newCustomer(db, tenant),
        ];
        const first = await claimTurns(db, randomUUID(), 2);
        expect(first.map((turn) => turn.conversation_id).sort()).toEqual(
            customers
                .slice(0, 2)
                .map((customer) => customer.conversationId)
                .sort(),
        );
        expect(await claimTurns(db, randomUUID(), 2)).toHaveLength(1);
    });

    it('never gives two jobs of one lane at a time, not even to two workers at once', async () => {
        const customer = await newCustomer(db, tenant);
        for (let news = 0; news < 20; news++) {
            await db.sql(
                `insert into private.jobs (business_id, kind, conversation_id) values ($1, 'notice', $2)`,
                [tenant.businessId, customer.conversationId],
            );
        }
        const workers = await Promise.all(Array.from({ length: 8 }, () => db.connect()));
        const order: number[] = [];
        for (let round = 0; round < 21; round++) {
            const claims = await Promise.all(workers.map((worker) => claimTurns(worker)));
            const turn = only(claims.flat());
            order.push(turn.job_id);
            await db.sql('delete from private.jobs where id = $1', [turn.job_id]);
        }
        expect(order).toEqual(order.toSorted((a, b) => a - b));
    });

    it('shares out many lanes among workers without giving any job twice', async () => {
        for (let count = 0; count < 30; count++) await newCustomer(db, tenant);
        const workers = await Promise.all(Array.from({ length: 6 }, () => db.connect()));
        const claims = await Promise.all(workers.map((worker) => claimTurns(worker, randomUUID(), 10)));
        const ids = claims.flat().map((turn) => turn.job_id);
        expect(ids).toHaveLength(30);
        expect(new Set(ids).size).toBe(30);
    });
});

describe('a lease', () => {
    it('that ran out goes to the next worker, and the first can change nothing any more', async () => {
        await newCustomer(db, tenant);
        const lost = await theTurn(db);
        await leaseRunsOut();
        const held = await theTurn(db);
        expect(held).toMatchObject({ job_id: lost.job_id, attempt: 2 });
        expect(held.lease).not.toBe(lost.lease);
        for (const attempt of [
            () => contextOf(db, lost),
            () => finishTurn(db, lost, { upTo: 1 }),
            () => failJob(db, lost),
        ]) {
            await expect(attempt()).rejects.toMatchObject({ code: 'D0002' });
        }
        expect(await finishTurn(db, held, { upTo: 1 })).toMatchObject({ result: 'done' });
        await expect(finishTurn(db, held, { upTo: 1 })).rejects.toMatchObject({ code: 'D0002' });
        expect(
            await db.sql(`select from public.messages where role = 'assistant' and business_id = $1`, [
                tenant.businessId,
            ]),
        ).toHaveLength(1);
    });

    it('is needed: a null one opens nothing', async () => {
        await newCustomer(db, tenant);
        const { job_id } = await theTurn(db);
        await expect(contextOf(db, { job_id, lease: null as unknown as string })).rejects.toMatchObject({
            code: 'D0002',
        });
    });

    it('can be prolonged by its holder alone', async () => {
        await newCustomer(db, tenant);
        const { job_id, lease } = await theTurn(db);
        const renew = (token: string) =>
            db.sql('select public.renew_lease($1, $2, 120000) as renewed', [job_id, token]);
        expect(await renew(lease)).toEqual([{ renewed: true }]);
        expect(await renew(randomUUID())).toEqual([{ renewed: false }]);
        const [job] = await db.sql(
            `select leased_until > now() + interval '110 seconds' as long from private.jobs where id = $1`,
            [job_id],
        );
        expect(job?.long).toBe(true);
    });
});

describe('a failure', () => {
    it('is tried again after 1, 2 and 4 seconds, and then is a dead letter the owner can see', async () => {
        await newCustomer(db, tenant);
        const waits: number[] = [];
        for (const attempt of [1, 2, 3]) {
            const turn = await theTurn(db);
            expect(turn.attempt).toBe(attempt);
            const { state, run_at } = await failJob(db, turn);
            expect(state).toBe('queued');
            waits.push(Math.round((Date.parse(String(run_at)) - Date.now()) / 100) / 10);
            expect(await claimTurns(db)).toEqual([]);
            await due();
        }
        expect(waits.map(Math.round)).toEqual([1, 2, 4]);
        expect(await outcomes()).toEqual([null]);
        expect(await failJob(db, await theTurn(db))).toEqual({
            state: 'dead',
            run_at: null,
            alarm: false,
        });
        expect(await jobs()).toEqual([{ state: 'dead', attempts: 4, last_error: 'it broke' }]);
        expect(await outcomes()).toEqual(['failed']);
        expect(await claimTurns(db)).toEqual([]);
    });

    it('may say itself when to try again', async () => {
        await newCustomer(db, tenant);
        const { run_at } = await failJob(db, await theTurn(db), 30_000);
        expect(Date.parse(String(run_at)) - Date.now()).toBeGreaterThan(28_000);
    });

    it('of every worker in turn ends as a dead letter too', async () => {
        await newCustomer(db, tenant);
        for (let attempt = 1; attempt <= 4; attempt++) {
            expect(await theTurn(db)).toMatchObject({ attempt });
            await leaseRunsOut();
        }
        expect(await claimTurns(db)).toEqual([]);
        expect(await jobs()).toEqual([{ state: 'dead', attempts: 4, last_error: 'the worker was lost' }]);
        expect(await outcomes()).toEqual(['failed']);
    });

    it('does not lose its messages to a turn that waits behind it: that one takes them', async () => {
        const customer = await newCustomer(db, tenant);
        const turn = await theTurn(db);
        await says(db, customer, 'are you there?');
        expect(await failJob(db, turn)).toMatchObject({ state: 'queued' });
        expect(await jobs()).toEqual([{ state: 'queued', attempts: 1, last_error: 'it broke' }]);
        await due();
        const next = await theTurn(db);
        expect(await contextOf(db, next)).toMatchObject({ unanswered: [1, 2] });
        await finishTurn(db, next, { upTo: 2 });
        expect(await outcomes()).toEqual(['answered', 'answered']);
    });

    it('for good leaves messages that another turn will take', async () => {
        const customer = await newCustomer(db, tenant);
        await db.sql('update private.jobs set attempts = 3');
        const turn = await theTurn(db);
        await says(db, customer, 'are you there?');
        expect(await failJob(db, turn)).toMatchObject({ state: 'dead' });
        expect(await outcomes()).toEqual([null, null]);
        const next = await theTurn(db);
        expect(await contextOf(db, next)).toMatchObject({ unanswered: [1, 2] });
    });

    it('does not block the conversation: the next message is answered', async () => {
        const customer = await newCustomer(db, tenant);
        await db.sql('update private.jobs set attempts = 3');
        await failJob(db, await theTurn(db));
        await says(db, customer, 'hello again');
        expect(await contextOf(db, await theTurn(db))).toMatchObject({ unanswered: [2] });
    });
});
