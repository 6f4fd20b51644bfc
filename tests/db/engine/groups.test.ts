import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { contextOf, deliverAll, only, quiet } from '../support/desk.ts';
import {
    answer,
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

// A group lesson: several bookings share one session until it is full, and the session has the instructor's time.

const db = ownDatabase();
let tenant: Tenant;
let startsAt: string;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db, { service: { capacity: 4, auto_confirm: true } });
    startsAt = await ahead(db, 3, '10:00');
});

const claims = () =>
    db.sql('select kind, expires_at is null as lasts from public.time_claims where business_id = $1', [
        tenant.businessId,
    ]);
const placesAt = async (at = startsAt) =>
    (
        await db.sql<{ places_left: number }>(
            `select places_left from public.find_free_slots(
                 $1, $2, $3, $3::timestamptz + interval '1 minute', p_instructor_id => $4
             )`,
            [tenant.businessId, tenant.serviceId, at, tenant.instructors[0]],
        )
    )[0]?.places_left;

async function book(customer: Customer, participants: number, at = startsAt): Promise<string> {
    const id = randomUUID();
    await expectDone(answer(db, customer, [propose(customer, id, { startsAt: at }, { participants })]));
    await deliverAll(db);
    await says(db, customer, 'yes');
    return only((await expectDone(answer(db, customer, [confirm(id)]))).booking_ids);
}

describe('a group', () => {
    it('is shared by several bookings, each with its own people, until it is full', async () => {
        const [ana, ben, cleo] = [
            await newCustomer(db, tenant),
            await newCustomer(db, tenant),
            await newCustomer(db, tenant),
        ];
        expect(await placesAt()).toBe(4);
        await book(ana, 2);
        expect(await placesAt()).toBe(2);
        await book(ben, 1);
        expect(await placesAt()).toBe(1);
        expect(await claims()).toEqual([{ kind: 'session', lasts: true }]);

        const two = propose(cleo, randomUUID(), { startsAt }, { participants: 2 });
        expect(await answer(db, cleo, [two])).toEqual({ result: 'slot_taken', action: 0 });
        await book(await newCustomer(db, tenant), 1);
        expect(await placesAt()).toBeUndefined();
        const rows = await db.sql(
            'select participants, price_minor, session_id is not null as grouped from public.bookings where business_id = $1 order by created_at',
            [tenant.businessId],
        );
        expect(rows).toEqual([
            { participants: 2, price_minor: 18_000, grouped: true },
            { participants: 1, price_minor: 9_000, grouped: true },
            { participants: 1, price_minor: 9_000, grouped: true },
        ]);
    });

    it('takes its instructor’s time from everything else', async () => {
        await book(await newCustomer(db, tenant), 1);
        const later = new Date(Date.parse(startsAt) + 30 * 60_000).toISOString();
        expect(await placesAt(later)).toBeUndefined();
        const other = await newCustomer(db, tenant);
        expect(await answer(db, other, [offer(other, { startsAt: later })])).toMatchObject({
            result: 'slot_taken',
        });
    });

    it('has places that are held for whoever was offered them', async () => {
        const [ana, ben] = [await newCustomer(db, tenant), await newCustomer(db, tenant)];
        const held = offer(ana, { startsAt });
        (held.slots as Record<string, unknown>[])[0] = { ...(held.slots as object[])[0], participants: 3 };
        await expectDone(answer(db, ana, [held]));
        expect(await placesAt()).toBe(1);
        expect(await claims()).toEqual([{ kind: 'session', lasts: false }]);
        await says(db, ana, 'hm');
        const context = await contextOf(db, await turnOf(db, ana));
        expect(context.offers).toMatchObject([{ instructor_id: tenant.instructors[0] }]);

        const two = propose(ben, randomUUID(), { startsAt }, { participants: 2 });
        expect(await answer(db, ben, [two])).toMatchObject({ result: 'slot_taken' });

        // Expired, they block nobody, and no sweeper is needed.
        await db.sql('update public.place_holds set expires_at = now()');
        await db.sql(`update public.time_claims set expires_at = now()`);
        expect(await placesAt()).toBe(4);
    });

    it('is free again when the last of it is cancelled, and smaller by each', async () => {
        const first = await book(await newCustomer(db, tenant), 2);
        const second = await book(await newCustomer(db, tenant), 1);
        await db.sql('select public.cancel_bookings($1, array[$2]::uuid[])', [tenant.businessId, first]);
        expect(await placesAt()).toBe(3);
        await db.sql('select public.cancel_bookings($1, array[$2]::uuid[])', [tenant.businessId, second]);
        expect(await placesAt()).toBe(4);
        expect(await claims()).toEqual([]);
    });

    it('can be left for another and come back to', async () => {
        const booking = await book(await newCustomer(db, tenant), 2);
        const noon = await ahead(db, 3, '12:00');
        const move = (to: string) =>
            db.sql('select public.move_bookings($1, $2)', [
                tenant.businessId,
                [{ booking_id: booking, starts_at: to }],
            ]);
        await move(noon);
        expect([await placesAt(), await placesAt(noon)]).toEqual([4, 2]);
        const half = new Date(Date.parse(noon) + 30 * 60_000).toISOString();
        await move(half);
        expect([await placesAt(noon), await placesAt(half)]).toEqual([undefined, 2]);
    });

    it('of a size it never has is another refusal than one that is full', async () => {
        const customer = await newCustomer(db, tenant);
        const five = propose(customer, randomUUID(), { startsAt }, { participants: 5 });
        expect(await answer(db, customer, [five])).toMatchObject({ result: 'refused', code: 'D0014' });
    });

    it('grows with its service, and never below who is in it', async () => {
        await book(await newCustomer(db, tenant), 3);
        const resize = (places: number) =>
            db.sql('update public.services set capacity = $2 where id = $1', [tenant.serviceId, places]);
        await resize(6);
        expect(await placesAt()).toBe(3);
        await resize(2);
        expect(await placesAt()).toBeUndefined();
        const session = only(
            await db.sql('select capacity, places_booked from public.sessions where business_id = $1', [
                tenant.businessId,
            ]),
        );
        expect(session).toEqual({ capacity: 3, places_booked: 3 });
    });
});

describe('twenty who want the last places', () => {
    it('get as many as there are, never one more', { timeout: 60_000 }, async () => {
        const people = await Promise.all(
            Array.from({ length: 20 }, async () => {
                const id = randomUUID();
                await db.sql('insert into public.customers (id, business_id) values ($1, $2)', [
                    id,
                    tenant.businessId,
                ]);
                return { id, session: await db.connect() };
            }),
        );
        const outcomes = await Promise.allSettled(
            people.map(({ id, session }) =>
                session.sql('select public.book($1, $2, $3)', [
                    tenant.businessId,
                    id,
                    [
                        {
                            service_id: tenant.serviceId,
                            instructor_id: tenant.instructors[0],
                            starts_at: startsAt,
                        },
                    ],
                ]),
            ),
        );
        const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(outcomes.length - refused.length).toBe(4);
        expect(new Set(refused.map(({ reason }) => reason.code))).toEqual(new Set(['D0003']));
    });
});
