import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    type Claimed,
    claimDeliveries,
    failJob,
    finishDelivery,
    newId,
    only,
    quiet,
    receiveOne,
    theDelivery,
} from './support/desk.ts';
import { answer, type Customer, expectDone, newCustomer, says } from './support/story.ts';
import { newTenant, type Tenant } from './support/tenant.ts';

// One message after the other: what lets a lane go on, and what makes it wait.

const db = ownDatabase();
let tenant: Tenant;
let customer: Customer;

beforeEach(async () => {
    await quiet(db);
    await db.sql('delete from private.resting_numbers');
    tenant = await newTenant(db);
    customer = await newCustomer(db, tenant);
});

const answered = async () => (await expectDone(answer(db, customer))).message_id;
const statusOf = async (id: string) =>
    only(await db.sql('select status from public.messages where id = $1', [id])).status;
const jobsLeft = () =>
    db.sql('select message_id, state, attempts, waits, run_at from private.jobs order by id');
const due = () => db.sql('update private.jobs set run_at = now()');
const told = (message_id: string, status: string) =>
    receiveOne(db, {
        kind: 'status',
        account: tenant.account,
        provider_id: newId(),
        message_id,
        status,
        at: new Date().toISOString(),
    });
const defer = async ({ job_id, lease }: Claimed, code = '131056', ms = 1000) =>
    only(
        await db.sql<{ answer: { state: string; run_at: string } }>(
            `select public.defer_delivery($1, $2, $3, 'limit', $4) as answer`,
            [job_id, lease, code, ms],
        ),
    ).answer;

describe('a status', () => {
    it('that settles a send of unknown end lets the next message go at once', async () => {
        const first = await answered();
        await says(db, customer, 'and?');
        const second = await answered();
        await failJob(db, await theDelivery(db), 30_000);
        expect(await claimDeliveries(db)).toEqual([]);
        await told(first, 'sent');
        expect((await theDelivery(db)).message_id).toBe(second);
        expect(await statusOf(first)).toBe('sent');
    });

    it('rings for the next message when nobody is awake', async () => {
        const first = await answered();
        await says(db, customer, 'and?');
        await answered();
        await failJob(db, await theDelivery(db), 30_000);
        await db.sql('delete from private.workers');
        await db.sql('delete from net.http_request_queue');
        await told(first, 'sent');
        expect(await db.sql('select url from net.http_request_queue')).toMatchObject([
            { url: expect.stringMatching(/\/deliver$/) },
        ]);
    });

    it('that settles the send of a lost worker frees its lane within a second', async () => {
        const first = await answered();
        await says(db, customer, 'and?');
        const second = await answered();
        const lost = await theDelivery(db);
        await told(first, 'delivered');
        const [held] = await db.sql(
            `select leased_until <= now() + interval '1 second' as soon from private.jobs where id = $1`,
            [lost.job_id],
        );
        expect(held).toEqual({ soon: true });
        await db.sql(`update private.jobs set leased_until = now() where id = $1`, [lost.job_id]);
        expect(await claimDeliveries(db)).toEqual([]);
        expect((await theDelivery(db)).message_id).toBe(second);
    });

    it('that comes before its send returns leaves the job to its worker', async () => {
        const id = await answered();
        const delivery = await theDelivery(db);
        await told(id, 'sent');
        expect(await finishDelivery(db, delivery, newId())).toEqual({ result: 'done' });
        expect(await statusOf(id)).toBe('sent');
        expect(await jobsLeft()).toEqual([]);
    });

    it('racing the end of its send never waits in a ring', async () => {
        const [provider, worker] = [await db.connect(), await db.connect()];
        for (let round = 0; round < 20; round++) {
            const id = await answered();
            const delivery = await theDelivery(db);
            await worker.sql('begin');
            await finishDelivery(worker, delivery, newId());
            const telling = receiveOne(provider, {
                kind: 'status',
                account: tenant.account,
                provider_id: newId(),
                message_id: id,
                status: 'delivered',
                at: new Date().toISOString(),
            });
            await new Promise((resolve) => setTimeout(resolve, 2));
            await worker.sql('commit');
            expect(await telling).toMatchObject({ outcome: 'applied' });
            expect(await statusOf(id)).toBe('delivered');
            expect(await jobsLeft()).toEqual([]);
            await says(db, customer, `round ${round}`);
        }
    });
});

describe('a limit of the provider', () => {
    it('puts a send off without using up an attempt, however often', async () => {
        const id = await answered();
        for (let waits = 0; waits < 8; waits++) {
            const delivery = await theDelivery(db);
            expect(delivery).toMatchObject({ message_id: id, attempt: 1, waits });
            expect(await defer(delivery)).toMatchObject({ state: 'queued' });
            expect(await claimDeliveries(db)).toEqual([]);
            await due();
        }
    });

    it('that never ends is a failure after all', async () => {
        const id = await answered();
        await db.sql('update private.jobs set waits = 100, attempts = 3');
        expect(await defer(await theDelivery(db))).toMatchObject({ state: 'dead' });
        expect(await statusOf(id)).toBe('failed');
    });

    it('of one customer lets others through', async () => {
        const other = await newCustomer(db, tenant);
        await answered();
        await defer(await theDelivery(db), '131056', 64_000);
        const theirs = await expectDone(answer(db, other));
        expect((await theDelivery(db)).message_id).toBe(theirs.message_id);
    });

    it('of the number lets the whole number rest, and longer each time', async () => {
        const other = await newCustomer(db, tenant);
        const elsewhere = await newCustomer(db, await newTenant(db));
        await answered();
        const first = await theDelivery(db);
        await expectDone(answer(db, other));
        const theirs = await expectDone(answer(db, elsewhere));
        await defer(first, '130429', 2000);
        expect((await theDelivery(db)).message_id).toBe(theirs.message_id);
        expect(await claimDeliveries(db)).toEqual([]);
        const rest = async () =>
            only(
                await db.sql(
                    `select round(extract(epoch from rest_until - now())) as seconds, strikes
                     from private.resting_numbers`,
                ),
            );
        expect(await rest()).toEqual({ seconds: '2', strikes: 1 });
        await due();
        expect(await claimDeliveries(db)).toEqual([]);
        await db.sql('update private.resting_numbers set rest_until = now()');
        await due();
        const [again] = await claimDeliveries(db);
        if (!again) throw new Error('the number has rested');
        await defer(again, '130429', 2000);
        expect(await rest()).toEqual({ seconds: '4', strikes: 2 });
    });
});

describe('the pair rate of WhatsApp', () => {
    const borrow = (steps: number) =>
        db.sql(
            `insert into private.send_pace (conversation_id, business_id, paid_until)
             values ($1, $2, now() + $3 * interval '6 seconds')
             on conflict (conversation_id) do update set paid_until = excluded.paid_until`,
            [customer.conversationId, tenant.businessId, steps],
        );

    it('lets a burst of 45 go at once and makes the 46th wait six seconds', async () => {
        for (let number = 1; number <= 46; number++) {
            await db.sql(
                `insert into public.messages (business_id, conversation_id, role, content)
                 values ($1, $2, 'owner', '{"type": "text", "text": "one of many"}')`,
                [tenant.businessId, customer.conversationId],
            );
        }
        for (let number = 1; number <= 45; number++) {
            await finishDelivery(db, await theDelivery(db), newId());
        }
        expect(await claimDeliveries(db)).toEqual([]);
        const [job] = await db.sql(
            `select attempts, state, run_at - now() between interval '1 second' and interval '6 seconds' as soon
             from private.jobs where kind = 'deliver'`,
        );
        expect(job).toEqual({ attempts: 0, state: 'queued', soon: true });
    });

    it('gives back a message every six seconds', async () => {
        await answered();
        await borrow(45);
        expect(await claimDeliveries(db)).toEqual([]);
        await borrow(44);
        await due();
        expect(await claimDeliveries(db)).toHaveLength(1);
    });

    it('of one customer is nothing to another', async () => {
        const other = await newCustomer(db, tenant);
        await answered();
        await expectDone(answer(db, other));
        await borrow(45);
        expect(await claimDeliveries(db)).toHaveLength(1);
    });
});
