import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    finishDelivery,
    finishTurn,
    type Json,
    newId,
    only,
    receive,
    receiveOne,
    theDelivery,
} from './support/desk.ts';
import { newCustomer, turnOf } from './support/story.ts';
import { newTenant, type Tenant } from './support/tenant.ts';
import { refusal } from './support/voices.ts';

// A status is a rank that only rises, whatever order the provider reports in.

const db = ownDatabase();
let tenant: Tenant;

beforeEach(async () => {
    await db.sql('delete from private.jobs');
    tenant = await newTenant(db);
});

/** An answer that waits to be sent. */
async function queuedAnswer(): Promise<string> {
    const customer = await newCustomer(db, tenant);
    const done = await finishTurn(db, await turnOf(db, customer), { upTo: 1 });
    if (done.result !== 'done') throw new Error(done.result);
    return done.message_id;
}

async function acceptedAnswer(): Promise<{ id: string; providerId: string }> {
    const id = await queuedAnswer();
    const providerId = newId();
    await finishDelivery(db, await theDelivery(db), providerId);
    return { id, providerId };
}

const news = (providerId: string, status: string, more: Json = {}): Json => ({
    kind: 'status',
    account: tenant.account,
    provider_id: providerId,
    status,
    at: new Date().toISOString(),
    ...more,
});

const stateOf = async (id: string) =>
    only(
        await db.sql(
            'select status, provider_id, error_code, error_detail from public.messages where id = $1',
            [id],
        ),
    );

const orders = (items: string[]): string[][] =>
    items.length < 2
        ? [items]
        : items.flatMap((item) =>
              orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
          );

describe('statuses', () => {
    it.each(orders(['sent', 'delivered', 'read']))(
        'end at "read" in the order %s, %s, %s',
        async (...order) => {
            const { id, providerId } = await acceptedAnswer();
            let highest = 'accepted';
            for (const status of order) {
                await receiveOne(db, news(providerId, status));
                const { status: now } = await stateOf(id);
                expect(await rank(now)).toBeGreaterThanOrEqual(await rank(highest));
                highest = String(now);
            }
            expect(highest).toBe('read');
        },
    );

    const rank = async (status: unknown) =>
        Number((await db.sql('select private.status_rank($1) as rank', [status]))[0]?.rank);

    it('never lose a failure to a late "sent", and a failure yields to "delivered"', async () => {
        const { id, providerId } = await acceptedAnswer();
        const error = { code: 131026, title: 'Undeliverable', detail: 'not on WhatsApp' };
        const results = await receive(db, [news(providerId, 'failed', { error }), news(providerId, 'sent')]);
        expect(results.map(({ duplicate }) => duplicate)).toEqual([false, true]);
        expect(await stateOf(id)).toMatchObject({
            status: 'failed',
            error_code: '131026',
            error_detail: 'not on WhatsApp',
        });
        await receiveOne(db, news(providerId, 'delivered'));
        expect(await stateOf(id)).toMatchObject({ status: 'delivered' });
    });

    it('that come before the send returned wait for it', async () => {
        const id = await queuedAnswer();
        const delivery = await theDelivery(db);
        const providerId = newId();
        const early = await receive(db, [
            news(providerId, 'delivered'),
            news(providerId, 'sent'),
            news(providerId, 'sent'),
        ]);
        expect(early.map(({ outcome, duplicate }) => `${outcome} ${duplicate}`)).toEqual([
            'waiting false',
            'waiting false',
            'waiting true',
        ]);
        expect(await stateOf(id)).toMatchObject({ status: 'sending' });
        await finishDelivery(db, delivery, providerId);
        expect(await stateOf(id)).toMatchObject({ status: 'delivered', provider_id: providerId });
        expect(
            await db.sql('select from private.pending_statuses where provider_id = $1', [providerId]),
        ).toEqual([]);
    });

    it('that were put aside in the very moment of the send are settled by the sweep', async () => {
        const { id, providerId } = await acceptedAnswer();
        await db.sql(
            `insert into private.pending_statuses (business_id, channel_id, provider_id, status)
             values ($1, $2, $3, 'read')`,
            [tenant.businessId, tenant.channelId, providerId],
        );
        await db.sql('select private.sweep()');
        expect(await stateOf(id)).toMatchObject({ status: 'read' });
    });

    it('that bear our own id settle a send whose answer was lost', async () => {
        const id = await queuedAnswer();
        const delivery = await theDelivery(db);
        const providerId = newId();
        await receiveOne(db, news(providerId, 'sent', { message_id: id }));
        expect(await stateOf(id)).toMatchObject({ status: 'sent', provider_id: providerId });
        // The worker that was not lost after all finds its delivery in order.
        expect(await finishDelivery(db, delivery, providerId)).toEqual({ result: 'done' });
        expect(await stateOf(id)).toMatchObject({ status: 'sent' });
    });

    it('of one batch are all read, the bad one costing none', async () => {
        const { id, providerId } = await acceptedAnswer();
        const results = await receive(db, [
            news(providerId, 'sent'),
            news(providerId, 'vanished'),
            news(newId(), 'read'),
            news(providerId, 'read', { message_id: 'not-a-uuid' }),
        ]);
        expect(results.map(({ outcome }) => outcome)).toEqual([
            'applied',
            'unreadable',
            'waiting',
            'applied',
        ]);
        expect(await stateOf(id)).toMatchObject({ status: 'read' });
    });
});

describe('the message row itself', () => {
    it('refuses a status that goes back, whoever writes it', async () => {
        const { id } = await acceptedAnswer();
        const set = (status: string) =>
            refusal(db.sql('update public.messages set status = $2 where id = $1', [id, status]));
        expect(await set('sending')).toBe('D0008');
        expect(await set('dropped')).toBe('D0008');
        expect(await set('read')).toBeNull();
        expect(await set('failed')).toBe('D0008');
    });
});
