import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase, type Row, type Session } from '../support/database.ts';
import { type Json, only, quiet } from '../support/desk.ts';
import { answer, type Customer, newCustomer, offer } from '../support/story.ts';
import { ahead, newPerson, newTenant, type Tenant } from '../support/tenant.ts';
import { anonymous, as, refusal, service, type Voice } from '../support/voices.ts';

// The functions that a turn, the dashboard and the API share, as people and programs call them.

const db = ownDatabase();
let tenant: Tenant;
let customer: Customer;
let ten: string;
let noon: string;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
    customer = await newCustomer(db, tenant);
    ten = await ahead(db, 3, '10:00');
    noon = await ahead(db, 3, '12:00');
});

const line = (startsAt: string, more: Json = {}): Json => ({
    service_id: tenant.serviceId,
    instructor_id: tenant.instructors[0],
    starts_at: startsAt,
    ...more,
});
const call = (session: Session, name: string, ...values: unknown[]) =>
    session.sql<Row & { id: string; starts_at: Date; status: string }>(
        `select * from public.${name}(${values.map((_, at) => `$${at + 1}`).join(', ')})`,
        values.map((value) =>
            Array.isArray(value) && typeof value[0] === 'object' ? JSON.stringify(value) : value,
        ),
    );
const book = (voice: Voice, ...lines: Json[]) =>
    as(db, voice, (session) => call(session, 'book', tenant.businessId, customer.customerId, lines));
const move = (voice: Voice, ...moves: Json[]) =>
    as(db, voice, (session) => call(session, 'move_bookings', tenant.businessId, moves));
const cancel = (voice: Voice, ids: string[]) =>
    as(db, voice, (session) => call(session, 'cancel_bookings', tenant.businessId, ids));
const count = async () =>
    (await db.sql('select from public.bookings where business_id = $1', [tenant.businessId])).length;
const claimed = () =>
    db.sql<{ starts_at: Date }>(
        'select starts_at from public.time_claims where business_id = $1 order by starts_at',
        [tenant.businessId],
    );

describe('booking by hand', () => {
    it('is for owners, managers and programs; others are refused and nothing is changed', async () => {
        const stranger = await newPerson(db);
        expect(await refusal(book(tenant.instructor, line(ten)))).toBe('D0011');
        expect(await refusal(book(stranger, line(ten)))).toBe('D0001');
        expect(await refusal(book(anonymous, line(ten)))).toBe('42501');
        expect(await count()).toBe(0);
        expect(await book(tenant.manager, line(ten))).toMatchObject([
            { status: 'confirmed', price_minor: 9000 },
        ]);
        expect(await book(service, line(noon))).toMatchObject([{ status: 'pending' }]);
        const events = await db.sql(
            'select actor_id from public.booking_events where business_id = $1 order by id',
            [tenant.businessId],
        );
        expect(events).toEqual([{ actor_id: tenant.manager.userId }, { actor_id: null }]);
    });

    it('books a family with two instructors in one go, or nobody', async () => {
        const [ida, jon] = tenant.instructors;
        const made = await book(
            tenant.owner,
            line(ten, { instructor_id: ida, customer_name: 'Mia' }),
            line(ten, { instructor_id: jon, customer_name: 'Leo' }),
        );
        expect(made.map(({ customer_name }) => customer_name)).toEqual(['Mia', 'Leo']);
        const both = [line(noon, { instructor_id: ida }), line(ten, { instructor_id: jon })];
        expect(await refusal(book(tenant.owner, ...both))).toBe('D0003');
        expect(await count()).toBe(2);
    });

    it('keeps to what is offered, unless a person says that it shall not', async () => {
        const early = await ahead(db, 3, '05:00');
        expect(await refusal(book(tenant.owner, line(early)))).toBe('D0004');
        const made = await as(db, tenant.owner, (session) =>
            call(session, 'book', tenant.businessId, customer.customerId, [line(early)], null, true),
        );
        expect(made).toHaveLength(1);
        expect(await refusal(book(tenant.owner, line(early)))).toBe('D0004');
    });

    it('gives way to what is held for another, and takes what was held for the same', async () => {
        await answer(db, customer, [offer(customer, { startsAt: ten })]);
        expect(await refusal(book(tenant.owner, line(ten)))).toBe('D0003');
        const made = await as(db, tenant.owner, (session) =>
            call(
                session,
                'book',
                tenant.businessId,
                customer.customerId,
                [line(ten)],
                customer.conversationId,
            ),
        );
        expect(made).toHaveLength(1);
        expect(await claimed()).toHaveLength(1);
    });
});

describe('moving by hand', () => {
    it('keeps identity and history, takes the new time and gives up the old', async () => {
        const booking = only(await book(tenant.owner, line(ten)));
        const moved = only(await move(tenant.owner, { booking_id: booking.id, starts_at: noon }));
        expect(moved).toMatchObject({ id: booking.id, reference: booking.reference, status: 'confirmed' });
        expect((await claimed()).map(({ starts_at }) => starts_at.toISOString())).toEqual([noon]);
        const events = await db.sql(
            'select event from public.booking_events where booking_id = $1 order by id',
            [booking.id],
        );
        expect(events.map(({ event }) => event)).toEqual(['created', 'moved']);
    });

    it('lets bookings change places with each other', async () => {
        const [one, other] = await book(tenant.owner, line(ten), line(noon));
        const moved = await move(
            tenant.owner,
            { booking_id: one?.id, starts_at: noon },
            { booking_id: other?.id, starts_at: ten },
        );
        expect(moved.map(({ starts_at }) => starts_at.toISOString())).toEqual([noon, ten]);
        expect(await claimed()).toHaveLength(2);
    });

    it('moves all or none', async () => {
        const two = await ahead(db, 3, '14:00');
        const [one, other] = await book(tenant.owner, line(ten), line(noon));
        await book(tenant.owner, line(two));
        const moves = [
            { booking_id: one?.id, starts_at: await ahead(db, 3, '16:00') },
            { booking_id: other?.id, starts_at: two },
        ];
        expect(await refusal(move(tenant.owner, ...moves))).toBe('D0003');
        expect((await claimed()).map(({ starts_at }) => starts_at.toISOString())).toEqual([ten, noon, two]);
    });

    it('refuses what is cancelled or has begun', async () => {
        const booking = only(await book(tenant.owner, line(ten)));
        await cancel(tenant.owner, [booking.id]);
        expect(await refusal(move(tenant.owner, { booking_id: booking.id, starts_at: noon }))).toBe('D0007');
        expect(await refusal(move(tenant.instructor, { booking_id: booking.id, starts_at: noon }))).toBe(
            'D0011',
        );
    });
});

describe('cancelling by hand', () => {
    it('frees the time at once, and twice changes nothing', async () => {
        const booking = only(await book(tenant.owner, line(ten)));
        expect(await cancel(tenant.manager, [booking.id])).toMatchObject([{ status: 'cancelled' }]);
        expect(await claimed()).toEqual([]);
        expect(await cancel(tenant.manager, [booking.id])).toMatchObject([{ status: 'cancelled' }]);
        expect(await book(tenant.owner, line(ten))).toHaveLength(1);
    });
});

describe('bad input', () => {
    it('is a house error, and nothing is changed', async () => {
        const foreign = await newTenant(db);
        const foreigner = await newCustomer(db, foreign);
        const at = ten;
        const wrong: [string, Json[] | unknown][] = [
            ['D0001', [line(at, { service_id: randomUUID() })]],
            ['D0001', [line(at, { service_id: foreign.serviceId })]],
            ['D0001', [line(at, { instructor_id: randomUUID() })]],
            ['D0001', [line(at, { instructor_id: foreign.instructors[0] })]],
            ['D0013', [line(await ahead(db, -1, '10:00'))]],
            ['D0004', [line(await ahead(db, 3, '10:10'))]],
            ['D0004', [line(await ahead(db, 400, '10:00'))]],
            ['D0009', [line(at, { service_id: 'lesson' })]],
            ['D0009', [line('tomorrow-ish')]],
            ['D0009', [line(at, { participants: 0 })]],
            ['D0009', [line(at, { participants: 'two' })]],
            ['D0009', []],
            ['D0009', { not: 'a list' }],
        ];
        for (const [code, lines] of wrong) {
            const tried = as(db, tenant.owner, (session) =>
                session.sql('select public.book($1, $2, $3)', [
                    tenant.businessId,
                    customer.customerId,
                    JSON.stringify(lines),
                ]),
            );
            expect({ lines, code: await refusal(tried) }).toEqual({ lines, code });
        }
        for (const [customerId, businessId] of [
            [foreigner.customerId, tenant.businessId],
            [randomUUID(), tenant.businessId],
            [customer.customerId, foreign.businessId],
        ]) {
            const tried = as(db, tenant.owner, (session) =>
                call(session, 'book', businessId, customerId, [line(at)]),
            );
            expect(await refusal(tried)).toBe('D0001');
        }
        expect(await refusal(cancel(tenant.owner, [randomUUID()]))).toBe('D0001');
        expect(await refusal(move(tenant.owner, { booking_id: randomUUID(), starts_at: noon }))).toBe(
            'D0001',
        );
        expect(await count()).toBe(0);
        expect(await claimed()).toEqual([]);
    });

    it('of a search is one too', async () => {
        const foreign = await newTenant(db);
        const search = (more: Json) => {
            const asked: Json = {
                p_business_id: tenant.businessId,
                p_service_id: tenant.serviceId,
                p_from: ten,
                p_to: noon,
                ...more,
            };
            const names = Object.keys(asked);
            return refusal(
                db.sql(
                    `select * from public.find_free_slots(${names.map((name, at) => `${name} => $${at + 1}`).join(', ')})`,
                    Object.values(asked),
                ),
            );
        };
        expect(await search({})).toBeNull();
        expect(await search({ p_service_id: randomUUID() })).toBe('D0001');
        expect(await search({ p_instructor_id: foreign.instructors[0] })).toBe('D0001');
        expect(await search({ p_conversation_id: randomUUID() })).toBe('D0001');
        expect(await search({ p_booking_id: randomUUID() })).toBe('D0001');
        expect(await search({ p_to: await ahead(db, 2, '10:00') })).toBe('D0015');
        expect(await search({ p_to: await ahead(db, 400, '10:00') })).toBe('D0015');
        expect(await search({ p_to: 'infinity' })).toBe('D0015');
        expect(
            await search({ p_from: await ahead(db, -3, '10:00'), p_to: await ahead(db, -2, '10:00') }),
        ).toBe('D0013');
        expect(await search({ p_part_of_day: 'teatime' })).toBe('D0009');
        expect(await search({ p_participants: 0 })).toBe('D0009');
        expect(await search({ p_now: null })).toBe('D0009');
    });

    it('hides a business from those who are not in it', async () => {
        const stranger = await newPerson(db);
        const search = (voice: Voice) =>
            as(db, voice, (session) =>
                session.sql('select * from public.find_free_slots($1, $2, $3, $4)', [
                    tenant.businessId,
                    tenant.serviceId,
                    ten,
                    noon,
                ]),
            );
        expect(await refusal(search(stranger))).toBe('D0001');
        expect(await refusal(search(anonymous))).toBe('42501');
        expect(await search(tenant.instructor)).not.toHaveLength(0);
    });
});
