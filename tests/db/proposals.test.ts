import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    claimDeliveries,
    contextOf,
    deliverAll,
    finishTurn,
    only,
    quiet,
    receiveOne,
} from './support/desk.ts';
import {
    answer,
    asked,
    booked,
    type Customer,
    confirm,
    newCustomer,
    offer,
    propose,
    says,
    turnOf,
} from './support/story.ts';
import { ahead, newTenant, type Tenant } from './support/tenant.ts';

// Promise 4: no booking without a YES to a concrete proposal that this customer was shown.

const db = ownDatabase();
let tenant: Tenant;
let customer: Customer;
let startsAt: string;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
    customer = await newCustomer(db, tenant);
    startsAt = await ahead(db, 3, '10:00');
});

const bookings = () =>
    db.sql(
        'select id, status, starts_at, price_minor, participants, customer_name from public.bookings where business_id = $1',
        [tenant.businessId],
    );
const statusOf = async (id: string) =>
    only(await db.sql('select status from public.proposals where id = $1', [id])).status;
const claims = () =>
    db.sql(
        'select kind, instructor_id, starts_at, during::text from public.time_claims where business_id = $1 order by starts_at',
        [tenant.businessId],
    );

/** Every way to say yes that must not book: what the turn answers. */
const refusedYes = async (id: string) => {
    const turn = await turnOf(db, customer);
    const finished = await finishTurn(db, turn, { upTo: customer.seq, actions: [confirm(id)] });
    expect(await bookings()).toEqual([]);
    return finished;
};

describe('a YES', () => {
    it('to a proposal that was sent books it, pending a person', async () => {
        const id = await asked(db, customer, { startsAt });
        expect(await answer(db, customer, [confirm(id)])).toMatchObject({
            result: 'done',
            booking_ids: [expect.any(String)],
        });
        expect(await bookings()).toEqual([
            {
                id: expect.any(String),
                status: 'pending',
                starts_at: new Date(startsAt),
                price_minor: 9000,
                participants: 1,
                customer_name: 'Ana',
            },
        ]);
        expect(await statusOf(id)).toBe('accepted');
        expect((await claims()).map(({ kind }) => kind)).toEqual(['booking']);
    });

    it('to a service that confirms itself books it confirmed', async () => {
        await db.sql('update public.services set auto_confirm = true where id = $1', [tenant.serviceId]);
        await booked(db, customer, { startsAt });
        expect(await bookings()).toMatchObject([{ status: 'confirmed' }]);
    });

    it('in the same turn as the proposal is refused: nobody has seen it', async () => {
        const id = randomUUID();
        const finished = await answer(db, customer, [propose(customer, id, { startsAt }), confirm(id)]);
        expect(finished).toMatchObject({ result: 'refused', action: 1, code: 'D0006' });
        expect(await bookings()).toEqual([]);
        expect(await claims()).toEqual([]);
    });

    it('to a proposal that did not go out yet is refused', async () => {
        const id = randomUUID();
        await answer(db, customer, [propose(customer, id, { startsAt })]);
        await says(db, customer, 'yes');
        expect(await refusedYes(id)).toMatchObject({ result: 'refused', code: 'D0006' });
    });

    it('to a proposal whose message failed is refused', async () => {
        const id = randomUUID();
        const { message_id } = (await answer(db, customer, [propose(customer, id, { startsAt })])) as {
            message_id: string;
        };
        await deliverAll(db);
        const [{ provider_id } = { provider_id: null }] = await db.sql(
            'select provider_id from public.messages where id = $1',
            [message_id],
        );
        await receiveOne(db, {
            kind: 'status',
            account: tenant.account,
            provider_id,
            status: 'failed',
            error: { code: 131026 },
        });
        await says(db, customer, 'yes');
        expect(await refusedYes(id)).toMatchObject({ result: 'refused', code: 'D0006' });
    });

    it('that was written before the proposal is refused', async () => {
        const id = randomUUID();
        const turn = await turnOf(db, customer);
        await says(db, customer, 'yes');
        const early = customer.seq;
        await finishTurn(db, turn, { upTo: 1, actions: [propose(customer, id, { startsAt })], final: true });
        await deliverAll(db);
        customer.seq = early;
        expect(await refusedYes(id)).toMatchObject({ result: 'refused', code: 'D0006' });
    });

    it('that a turn has already answered does not count again', async () => {
        const id = await asked(db, customer, { startsAt });
        await answer(db, customer);
        await db.sql(
            `insert into private.jobs (business_id, kind, conversation_id) values ($1, 'reply', $2)`,
            [tenant.businessId, customer.conversationId],
        );
        expect(await refusedYes(id)).toMatchObject({ result: 'refused', code: 'D0006' });
    });

    it('to an expired proposal is refused', async () => {
        const id = await asked(db, customer, { startsAt });
        await db.sql(`update public.proposals set expires_at = now() where id = $1`, [id]);
        expect(await refusedYes(id)).toMatchObject({ result: 'refused', code: 'D0005' });
    });

    it('to a proposal that was declined, replaced or followed by other offers is refused', async () => {
        for (const after of [
            () => [{ type: 'decline' }],
            () => [propose(customer, randomUUID(), { startsAt })],
            () => [offer(customer, { startsAt })],
        ]) {
            await says(db, customer, 'well');
            const id = await asked(db, customer, { startsAt });
            await answer(db, customer, after());
            await deliverAll(db);
            await says(db, customer, 'yes');
            expect(await refusedYes(id)).toMatchObject({ result: 'refused', code: 'D0005' });
            await finishTurn(db, only(await retaken()), { upTo: customer.seq });
        }
    });

    /** The turn that was just refused is still running: its lease is looked up instead of claimed. */
    const retaken = () =>
        db.sql<{ job_id: number; lease: string }>(
            `select id as job_id, lease from private.jobs where conversation_id = $1 and state = 'running'`,
            [customer.conversationId],
        );

    it('of another customer is refused, whatever proposal it names', async () => {
        const id = await asked(db, customer, { startsAt });
        const other = await newCustomer(db, tenant);
        const finished = await answer(db, other, [confirm(id)]);
        expect(finished).toMatchObject({ result: 'refused', code: 'D0005' });
        expect(await bookings()).toEqual([]);
    });

    it('books once, however often it is said', async () => {
        const id = await asked(db, customer, { startsAt });
        await answer(db, customer, [confirm(id)]);
        await says(db, customer, 'yes yes');
        expect(await answer(db, customer, [confirm(id)])).toMatchObject({ result: 'refused', code: 'D0005' });
        expect(await bookings()).toHaveLength(1);
    });

    it('is honoured when the hours changed since: a time offered is a time held', async () => {
        const id = await asked(db, customer, { startsAt });
        await db.sql('delete from public.weekly_hours where business_id = $1', [tenant.businessId]);
        await db.sql('update public.services set min_notice_min = 100000 where id = $1', [tenant.serviceId]);
        expect(await answer(db, customer, [confirm(id)])).toMatchObject({ result: 'done' });
    });
});

describe('a proposal', () => {
    it('is computed by the desk, not by who proposes: end, price, hold', async () => {
        const id = randomUUID();
        const action = propose(
            customer,
            id,
            { startsAt },
            { participants: 2, customer_name: 'Ben', price_minor: 1 },
        );
        await answer(db, customer, [action]);
        const row = only(
            await db.sql(
                `select proposal.kind, ends_at - starts_at = interval '1 hour' as hour, price_minor, currency,
                    participants, customer_name, status, expires_at > now() + interval '29 minutes' as held
                 from public.proposals as proposal
                 join public.proposal_lines as line on line.proposal_id = proposal.id
                 where proposal.id = $1`,
                [id],
            ),
        );
        expect(row).toEqual({
            kind: 'book',
            hour: true,
            price_minor: 9000,
            currency: 'CHF',
            participants: 2,
            customer_name: 'Ben',
            status: 'open',
            held: true,
        });
    });

    it('is one at a time, and gives back what was held before', async () => {
        const [first, second] = [randomUUID(), randomUUID()];
        await answer(db, customer, [
            offer(customer, { startsAt }, { startsAt: await ahead(db, 4, '10:00') }),
        ]);
        await says(db, customer, 'the first');
        await answer(db, customer, [propose(customer, first, { startsAt })]);
        expect(await claims()).toHaveLength(1);
        await says(db, customer, 'no, at eleven');
        const eleven = await ahead(db, 3, '11:00');
        await answer(db, customer, [propose(customer, second, { startsAt: eleven })]);
        expect([await statusOf(first), await statusOf(second)]).toEqual(['superseded', 'open']);
        expect(await claims()).toMatchObject([{ kind: 'hold', starts_at: new Date(eleven) }]);
    });

    it('is all that is held; a conversation that moves on holds nothing', async () => {
        await answer(db, customer, [offer(customer, { startsAt })], {
            state: { stage: 'collecting', draft: {} },
        });
        await says(db, customer, 'hm');
        await answer(db, customer, [], { state: { stage: 'collecting', draft: {} } });
        expect(await claims()).toHaveLength(1);
        await says(db, customer, 'never mind, what are your prices?');
        await answer(db, customer, [], { state: { stage: 'idle', draft: {} } });
        expect(await claims()).toEqual([]);
        const id = randomUUID();
        await says(db, customer, 'ten then');
        await answer(db, customer, [propose(customer, id, { startsAt })]);
        await says(db, customer, 'one moment');
        await answer(db, customer, [], { state: { stage: 'idle', draft: {} } });
        expect(await claims()).toHaveLength(1);
    });

    it('is shown to the next turn with whether it went out', async () => {
        const id = randomUUID();
        await answer(db, customer, [propose(customer, id, { startsAt })]);
        await says(db, customer, 'yes');
        const before = await contextOf(db, await turnOf(db, customer));
        expect(before.proposal).toMatchObject({ id, kind: 'book', went_out: false, seq: 2 });
        await deliverAll(db);
        const [job] = await db.sql<{ job_id: number; lease: string }>(
            `select id as job_id, lease from private.jobs where state = 'running'`,
        );
        const after = await contextOf(db, job as { job_id: number; lease: string });
        expect(after.proposal).toMatchObject({ id, went_out: true });
        expect(after.offers).toEqual([]);
    });

    it('of a time we never offer, and of one somebody else has, are different answers', async () => {
        const never = [
            { at: await ahead(db, 3, '07:30'), code: 'D0004' },
            { at: await ahead(db, 3, '17:30'), code: 'D0004' },
            { at: await ahead(db, 3, '10:10'), code: 'D0004' },
            { at: await ahead(db, -1, '10:00'), code: 'D0013' },
            { at: await ahead(db, 400, '10:00'), code: 'D0004' },
        ];
        const turn = await turnOf(db, customer);
        for (const { at, code } of never) {
            const action = propose(customer, randomUUID(), { startsAt: at });
            expect(await finishTurn(db, turn, { upTo: 1, actions: [action] })).toMatchObject({
                result: 'refused',
                action: 0,
                code,
            });
        }
        const other = await newCustomer(db, tenant);
        await answer(db, other, [offer(other, { startsAt })]);
        const action = propose(customer, randomUUID(), { startsAt });
        expect(await finishTurn(db, turn, { upTo: 1, actions: [action] })).toEqual({
            result: 'slot_taken',
            action: 0,
        });
    });

    it('never names what is another business’s', async () => {
        const other = await newTenant(db);
        const turn = await turnOf(db, customer);
        const wishes = [
            { wish: { startsAt, serviceId: other.serviceId }, code: 'D0001' },
            { wish: { startsAt, instructorId: other.instructors[0] }, code: 'D0001' },
            { wish: { startsAt, kind: 'cancel' as const, bookingId: randomUUID() }, code: 'D0001' },
        ];
        for (const { wish, code } of wishes) {
            const actions = [propose(customer, randomUUID(), wish)];
            expect(await finishTurn(db, turn, { upTo: 1, actions })).toMatchObject({
                result: 'refused',
                code,
            });
        }
        expect(await claimDeliveries(db)).toEqual([]);
    });
});
