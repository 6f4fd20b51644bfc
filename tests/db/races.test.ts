import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase, type Session } from './support/database.ts';
import {
    type Claimed,
    claimTurns,
    finishTurn,
    type Json,
    newSender,
    quiet,
    receive,
    textFrom,
} from './support/desk.ts';
import { asked, booked, type Customer, confirm, newCustomer, offer, propose, says } from './support/story.ts';
import { ahead, newTenant, type Tenant } from './support/tenant.ts';

// Promise 3, and everything else that two do at once, on real connections.

const db = ownDatabase();
let tenant: Tenant;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db, { quietMs: 0 });
});

const connections = (count: number) => Promise.all(Array.from({ length: count }, () => db.connect()));
const closed = (sessions: Session[]) => Promise.all(sessions.map((session) => session.end()));

/** Customers whose turns are claimed and ready to be finished at the same moment. */
async function atTheStart(count: number): Promise<{ customer: Customer; turn: Claimed }[]> {
    const customers: Customer[] = [];
    for (let made = 0; made < count; made++) customers.push(await newCustomer(db, tenant));
    return withTurns(customers);
}

async function withTurns(customers: Customer[]) {
    const turns = await claimTurns(db, crypto.randomUUID(), customers.length + 10);
    return customers.map((customer) => {
        const turn = turns.find((one) => one.conversation_id === customer.conversationId);
        if (!turn) throw new Error('a customer without a turn');
        return { customer, turn };
    });
}

/** Finishes all turns at once, each on its own connection, and counts the results. */
async function race(
    racers: { customer: Customer; turn: Claimed }[],
    actionsOf: (customer: Customer, place: number) => Json[],
) {
    const sessions = await connections(racers.length);
    const finished = await Promise.all(
        racers.map(({ customer, turn }, place) =>
            finishTurn(sessions[place] as Session, turn, {
                upTo: customer.seq,
                actions: actionsOf(customer, place),
            }),
        ),
    );
    await closed(sessions);
    const count = (result: string) => finished.filter((one) => one.result === result).length;
    return { done: count('done'), taken: count('slot_taken'), finished };
}

const claims = () =>
    db.sql('select kind, instructor_id from public.time_claims where business_id = $1', [tenant.businessId]);
const overlaps = async () =>
    (
        await db.sql(
            `select from public.time_claims as a
             join public.time_claims as b
                 on a.instructor_id = b.instructor_id and a.id < b.id and a.during && b.during`,
        )
    ).length;

describe('receiving and claiming', () => {
    it('never wait for each other in a ring, also where a person has taken over', async () => {
        const [ana, ben] = [await newCustomer(db, tenant), await newCustomer(db, tenant)];
        await db.sql(`update public.conversations set mode = 'human' where id = $1`, [ana.conversationId]);
        await claimTurns(db);
        await quiet(db);
        for (const { conversationId } of [ana, ben])
            await db.sql(
                `insert into private.jobs (business_id, kind, conversation_id) values ($1, 'reply', $2)`,
                [tenant.businessId, conversationId],
            );
        const [door, worker] = (await connections(2)) as [Session, Session];
        const batch = [ana, ben].map(({ sender }) => textFrom(tenant.account, sender));
        await door.sql('begin');
        await door.sql('select private.lock_batch($1, $2)', ['whatsapp', batch]);
        // The worker locks both jobs; it must not want a conversation of the batch then.
        const claiming = claimTurns(worker);
        await new Promise((resolve) => setTimeout(resolve, 100));
        const received = await receive(door, batch);
        await door.sql('commit');
        expect(received.map(({ outcome }) => outcome)).toEqual(['stored', 'stored']);
        expect(await claiming).toHaveLength(2);
        await closed([door, worker]);
    });
});

describe('many at once', () => {
    it('want the same time: exactly one holds it, the others hear that it is taken', async () => {
        for (let round = 0; round < 3; round++) {
            const startsAt = await ahead(db, 3 + round, '10:00');
            const { done, taken } = await race(await atTheStart(24), (customer) => [
                offer(customer, { startsAt }),
            ]);
            expect({ done, taken }).toEqual({ done: 1, taken: 23 });
        }
        expect(await claims()).toHaveLength(3);
    });

    it('want overlapping times of two instructors in opposite order, without a deadlock', async () => {
        const [ida, jon] = tenant.instructors;
        const [ten, eleven] = [await ahead(db, 3, '10:00'), await ahead(db, 3, '10:30')];
        const { done, taken } = await race(await atTheStart(16), (customer, place) => [
            place % 2 === 0
                ? offer(
                      customer,
                      { startsAt: ten, instructorId: ida },
                      { startsAt: eleven, instructorId: jon },
                  )
                : offer(
                      customer,
                      { startsAt: eleven, instructorId: jon },
                      { startsAt: ten, instructorId: ida },
                  ),
        ]);
        expect({ done, taken }).toEqual({ done: 1, taken: 15 });
        expect(await overlaps()).toBe(0);
    });

    it('are offered three times each, and no two share one', async () => {
        const starts: string[] = [];
        for (let hour = 8; hour < 18; hour++) starts.push(await ahead(db, 3, `${hour}:00`));
        const pick = (place: number) =>
            [0, 3, 7].map((step) => ({ startsAt: starts[(place + step) % 10] as string }));
        const { done, taken } = await race(await atTheStart(20), (customer, place) => [
            offer(customer, ...pick(place)),
        ]);
        expect(done).toBeGreaterThan(0);
        expect(done + taken).toBe(20);
        expect(await claims()).toHaveLength(done * 3);
        expect(await overlaps()).toBe(0);
    });

    it('confirm at once what each was proposed: every booking is made, none twice', async () => {
        const customers: { customer: Customer; id: string }[] = [];
        for (const time of ['08:00', '09:00', '10:00', '11:00']) {
            const customer = await newCustomer(db, tenant);
            customers.push({
                customer,
                id: await asked(db, customer, { startsAt: await ahead(db, 3, time) }),
            });
        }
        const racers = await withTurns(customers.map(({ customer }) => customer));
        const { done } = await race(racers, (_, place) => [confirm(customers[place]?.id as string)]);
        expect(done).toBe(4);
        expect((await claims()).map(({ kind }) => kind)).toEqual(Array(4).fill('booking'));
    });

    it('move into the hole that another leaves: nobody ends up double', async () => {
        const [nine, ten] = [await ahead(db, 3, '09:00'), await ahead(db, 3, '10:00')];
        const [ana, ben] = [await newCustomer(db, tenant), await newCustomer(db, tenant)];
        const anas = await booked(db, ana, { startsAt: nine });
        const bens = await booked(db, ben, { startsAt: ten });
        for (const customer of [ana, ben]) await says(db, customer, 'another time?');
        const { done, taken } = await race(await withTurns([ana, ben]), (customer, place) => [
            propose(customer, crypto.randomUUID(), {
                kind: 'reschedule',
                bookingId: place === 0 ? anas : bens,
                startsAt: place === 0 ? ten : nine,
            }),
        ]);
        expect({ done, taken }).toEqual({ done: 0, taken: 2 });
        expect(await overlaps()).toBe(0);
    });

    it('book by hand what a customer is being offered: one of the two is refused', async () => {
        const startsAt = await ahead(db, 3, '10:00');
        const [racer] = await atTheStart(1);
        if (!racer) throw new Error('one was asked for');
        const [hand] = await connections(1);
        const byHand = hand?.sql(
            `insert into public.bookings (business_id, service_id, instructor_id, customer_id, starts_at, ends_at,
                time_zone, price_minor, currency)
             values ($1, $2, $3, $4, $5, $5::timestamptz + interval '1 hour', 'UTC', 1, 'CHF')`,
            [tenant.businessId, tenant.serviceId, tenant.instructors[0], racer.customer.customerId, startsAt],
        );
        const [booking, turn] = await Promise.allSettled([
            byHand,
            race([racer], (customer) => [offer(customer, { startsAt })]),
        ]);
        const held = turn.status === 'fulfilled' && turn.value.done === 1;
        expect([booking.status === 'fulfilled', held].filter(Boolean)).toHaveLength(1);
        expect(await claims()).toHaveLength(1);
    });
});

describe('an expired hold', () => {
    it('blocks nobody, and no sweeper is needed', async () => {
        const startsAt = await ahead(db, 3, '10:00');
        await race(await atTheStart(1), (customer) => [offer(customer, { startsAt })]);
        await db.sql(`update public.time_claims set expires_at = now() where kind = 'hold'`);
        const { done, taken } = await race(await atTheStart(8), (customer) => [
            offer(customer, { startsAt }),
        ]);
        expect({ done, taken }).toEqual({ done: 1, taken: 7 });
    });
});

describe('webhooks at once', () => {
    it('from one new customer make one customer, one conversation, one turn and numbers without gaps', async () => {
        const sender = newSender();
        const sessions = await connections(12);
        const forms = [sender, { user_id: sender.user_id }, { phone: sender.phone }];
        await receive(db, [textFrom(tenant.account, sender)]);
        await Promise.all(
            sessions.map((session, place) =>
                receive(session, [
                    textFrom(tenant.account, forms[place % 3] as Json),
                    textFrom(tenant.account, forms[(place + 1) % 3] as Json),
                ]),
            ),
        );
        await closed(sessions);
        const rows = await db.sql(
            `select conversation.id, conversation.last_seq, array_agg(message.seq order by message.seq) as seqs,
                (select count(*) from private.jobs where conversation_id = conversation.id) as jobs
             from public.conversations as conversation
             join public.messages as message on message.conversation_id = conversation.id
             where conversation.business_id = $1
             group by conversation.id`,
            [tenant.businessId],
        );
        expect(rows).toEqual([
            {
                id: expect.any(String),
                last_seq: 25,
                seqs: Array.from({ length: 25 }, (_, place) => place + 1),
                jobs: 1,
            },
        ]);
    });

    it('of a first contact, delivered many times at once, are one message', async () => {
        const event = textFrom(tenant.account, newSender());
        const sessions = await connections(12);
        const results = (await Promise.all(sessions.map((session) => receive(session, [event])))).flat();
        await closed(sessions);
        expect(results.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
        expect(new Set(results.map(({ message_id }) => message_id)).size).toBe(1);
        expect(new Set(results.map(({ conversation_id }) => conversation_id)).size).toBe(1);
    });

    it('that share customers in opposite order never deadlock', async () => {
        const senders = Array.from({ length: 10 }, newSender);
        const sessions = await connections(8);
        for (let round = 0; round < 5; round++) {
            await Promise.all(
                sessions.map((session, place) => {
                    const order = place % 2 === 0 ? senders : senders.toReversed();
                    return receive(
                        session,
                        order.map((sender) => textFrom(tenant.account, sender)),
                    );
                }),
            );
        }
        await closed(sessions);
        const rows = await db.sql('select last_seq from public.conversations where business_id = $1', [
            tenant.businessId,
        ]);
        expect(rows).toEqual(Array(10).fill({ last_seq: 40 }));
    });

    it('arriving while a turn ends supersede it or wait for their own turn, and are never lost', async () => {
        for (let round = 0; round < 15; round++) {
            const [racer] = await atTheStart(1);
            if (!racer) throw new Error('one was asked for');
            const [writer, worker] = (await connections(2)) as [Session, Session];
            const [finished] = await Promise.all([
                finishTurn(worker, racer.turn, { upTo: 1 }),
                receive(writer, [textFrom(tenant.account, racer.customer.sender)]),
            ]);
            await closed([writer, worker]);
            const waiting = await db.sql(
                `select job.state, array_agg(message.seq) as unanswered
                 from private.jobs as job
                 join public.messages as message
                     on message.conversation_id = job.conversation_id and message.outcome is null and message.role = 'user'
                 where job.kind = 'reply' and job.conversation_id = $1
                 group by job.id order by job.id`,
                [racer.customer.conversationId],
            );
            const seq = finished.result === 'done' ? expect.any(Number) : 1;
            expect(waiting.at(-1)).toMatchObject({ state: 'queued' });
            expect(waiting).toHaveLength(finished.result === 'done' ? 1 : 2);
            expect(waiting[0]?.unanswered).toContainEqual(seq);
            await quiet(db);
        }
    });
});
