import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { contextOf, deliverAll, type Json, quiet } from '../support/desk.ts';
import {
    answer,
    booked,
    type Customer,
    confirm,
    expectDone,
    newCustomer,
    offer,
    propose,
    says,
    turnOf,
} from '../support/story.ts';
import { ahead, newTenant, type Tenant } from '../support/tenant.ts';

// Several people in one go: a family with two levels and two instructors is one proposal, booked whole or not at all.

const db = ownDatabase();
let tenant: Tenant;
let customer: Customer;
let ten: string;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
    customer = await newCustomer(db, tenant);
    ten = await ahead(db, 3, '10:00');
});

const wish = (instructorId: string, more: Json = {}): Json => ({
    service_id: tenant.serviceId,
    instructor_id: instructorId,
    starts_at: ten,
    ...more,
});
const forBoth = (id: string) =>
    propose(
        customer,
        id,
        { startsAt: ten, instructorId: tenant.instructors[0] },
        {
            customer_name: 'Mia',
            also: [wish(tenant.instructors[1], { customer_name: 'Leo', participants: 2 })],
        },
    );
const bookings = () =>
    db.sql<{ id: string; customer_name: string; status: string }>(
        `select id, customer_name, participants, instructor_id, status from public.bookings
         where business_id = $1 order by proposal_line`,
        [tenant.businessId],
    );
const held = () =>
    db.sql('select instructor_id from public.time_claims where business_id = $1', [tenant.businessId]);

async function agree(actions: Json[]): Promise<string[]> {
    await expectDone(answer(db, customer, actions));
    await deliverAll(db);
    await says(db, customer, 'yes');
    const [first] = actions;
    const { id } = (first as { proposal: { id: string } }).proposal;
    return (await expectDone(answer(db, customer, [confirm(id)]))).booking_ids;
}

describe('a family', () => {
    it('is booked with one YES, each with an instructor of their own', async () => {
        const ids = await agree([forBoth(randomUUID())]);
        const made = await bookings();
        expect(made.map(({ id }) => id)).toEqual(ids);
        expect(made).toMatchObject([
            { customer_name: 'Mia', participants: 1, instructor_id: tenant.instructors[0] },
            { customer_name: 'Leo', participants: 2, instructor_id: tenant.instructors[1] },
        ]);
    });

    it('is told whole in the proposal, and both times are held', async () => {
        const id = randomUUID();
        await expectDone(answer(db, customer, [forBoth(id)]));
        expect(await held()).toHaveLength(2);
        await says(db, customer, 'hm');
        const { proposal } = await contextOf(db, await turnOf(db, customer));
        expect(proposal).toMatchObject({
            id,
            customer_name: 'Mia',
            also: [{ customer_name: 'Leo', participants: 2, instructor_id: tenant.instructors[1] }],
        });
    });

    it('is not proposed at all when one of the two is taken', async () => {
        const other = await newCustomer(db, tenant);
        await answer(db, other, [offer(other, { startsAt: ten, instructorId: tenant.instructors[1] })]);
        expect(await answer(db, customer, [forBoth(randomUUID())])).toEqual({
            result: 'slot_taken',
            action: 0,
        });
        expect(await held()).toHaveLength(1);
        expect(
            await db.sql('select from public.proposals where business_id = $1', [tenant.businessId]),
        ).toEqual([]);
    });

    it('cannot have one instructor twice at a time', async () => {
        const twice = propose(
            customer,
            randomUUID(),
            { startsAt: ten },
            { also: [wish(tenant.instructors[0])] },
        );
        expect(await answer(db, customer, [twice])).toEqual({ result: 'slot_taken', action: 0 });
        expect(await held()).toEqual([]);
    });

    it('moves and cancels together too', async () => {
        const [one = '', other = ''] = await agree([forBoth(randomUUID())]);
        const noon = await ahead(db, 3, '12:00');
        const both = (kind: 'reschedule' | 'cancel', startsAt: string) =>
            propose(
                customer,
                randomUUID(),
                { kind, startsAt, bookingId: one },
                { participants: undefined, also: [{ booking_id: other, starts_at: startsAt }] },
            );
        for (const lines of [both('reschedule', noon)]) {
            const proposal = (lines as { proposal: { also: Json[] } }).proposal;
            proposal.also = [{ booking_id: other, starts_at: noon, instructor_id: tenant.instructors[1] }];
            await says(db, customer, 'both at noon, please');
            expect(await agree([lines])).toEqual([one, other]);
        }
        const moved = await db.sql<{ starts_at: Date }>(
            'select starts_at from public.time_claims where business_id = $1',
            [tenant.businessId],
        );
        expect(moved.map(({ starts_at }) => starts_at.toISOString())).toEqual([noon, noon]);

        await says(db, customer, 'we cannot come');
        expect(await agree([both('cancel', noon)])).toEqual([one, other]);
        expect((await bookings()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
        expect(await held()).toEqual([]);
    });

    it('never touches a booking of somebody else', async () => {
        const other = await newCustomer(db, tenant);
        const theirs = await booked(db, other, { startsAt: ten });
        const mine = await booked(db, customer, { startsAt: await ahead(db, 4, '10:00') });
        const actions = [
            propose(
                customer,
                randomUUID(),
                { kind: 'cancel', startsAt: ten, bookingId: mine },
                { also: [{ booking_id: theirs }] },
            ),
        ];
        await says(db, customer, 'cancel both');
        expect(await answer(db, customer, actions)).toMatchObject({ result: 'refused', code: 'D0001' });
    });
});
