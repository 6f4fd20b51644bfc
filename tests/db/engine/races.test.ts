import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase, type Session } from '../support/database.ts';
import {
    type Claimed,
    claimTurns,
    type Finished,
    finishTurn,
    type Json,
    only,
    quiet,
} from '../support/desk.ts';
import {
    asked,
    booked,
    type Customer,
    confirm,
    newCustomer,
    offer,
    propose,
    says,
    turnOf,
} from '../support/story.ts';
import { ahead, newTenant, type Tenant } from '../support/tenant.ts';

// Real connections on a real Postgres, all at once.

const db = ownDatabase();
let tenant: Tenant;
let sessions: Session[] = [];

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
});

/** That many connections of their own; opened once, and used by every race. */
async function racers(count: number): Promise<Session[]> {
    const missing = Array.from({ length: Math.max(0, count - sessions.length) }, () => db.connect());
    sessions = [...sessions, ...(await Promise.all(missing))];
    return sessions.slice(0, count);
}

interface Turn {
    customer: Customer;
    claimed: Claimed;
}

/** That many customers who have written and whose turns are claimed. */
async function turns(count: number): Promise<Turn[]> {
    const customers: Customer[] = [];
    for (let made = 0; made < count; made += 1) customers.push(await newCustomer(db, tenant));
    const claimed = await claimTurns(db, randomUUID(), count);
    return customers.map((customer) => ({
        customer,
        claimed: only(claimed.filter((turn) => turn.conversation_id === customer.conversationId)),
    }));
}

const finish = (session: Session, { customer, claimed }: Turn, actions: Json[]): Promise<Finished> =>
    finishTurn(session, claimed, { upTo: customer.seq, actions });

const claims = () =>
    db.sql<{ kind: string; instructor_id: string; conversation_id: string; starts_at: Date }>(
        'select kind, instructor_id, conversation_id, starts_at from public.time_claims where business_id = $1',
        [tenant.businessId],
    );

async function deadlocks(): Promise<number> {
    await db.sql('select pg_stat_force_next_flush()');
    const rows = await db.sql<{ deadlocks: number }>(
        'select deadlocks from pg_stat_database where datname = current_database()',
    );
    return only(rows).deadlocks;
}

const count = <T>(items: T[], fits: (item: T) => boolean) => items.filter(fits).length;

describe('one slot and 200 connections', () => {
    it('goes to exactly one; 199 hear that it was just taken', { timeout: 60_000 }, async () => {
        const startsAt = await ahead(db, 3, '10:00');
        const all = await turns(200);
        const connections = await racers(200);
        const finished = await Promise.all(
            all.map((turn, at) =>
                finish(connections[at] as Session, turn, [offer(turn.customer, { startsAt })]),
            ),
        );
        expect(count(finished, ({ result }) => result === 'done')).toBe(1);
        expect(count(finished, ({ result }) => result === 'slot_taken')).toBe(199);
        expect(await claims()).toHaveLength(1);
        expect(await deadlocks()).toBe(0);
    });
});

describe('fifty conversations and one instructor', () => {
    it('are offered three times each and never share one', { timeout: 60_000 }, async () => {
        const [from, to] = [await ahead(db, 1, '00:00'), await ahead(db, 31, '00:00')];
        const all = await turns(50);
        const connections = await racers(50);
        const rounds = await Promise.all(
            all.map(async (turn, at) => {
                const session = connections[at] as Session;
                for (let round = 1; ; round += 1) {
                    const free = await session.sql<{ starts_at: Date }>(
                        `select starts_at from public.find_free_slots(
                             $1, $2, $3, $4, p_instructor_id => $5, p_conversation_id => $6, p_limit => 3
                         )`,
                        [
                            tenant.businessId,
                            tenant.serviceId,
                            from,
                            to,
                            tenant.instructors[0],
                            turn.customer.conversationId,
                        ],
                    );
                    expect(free).toHaveLength(3);
                    const wishes = free.map(({ starts_at }) => ({ startsAt: starts_at.toISOString() }));
                    const finished = await finish(session, turn, [offer(turn.customer, ...wishes)]);
                    if (finished.result === 'done') return round;
                    expect(finished.result).toBe('slot_taken');
                }
            }),
        );
        const held = await claims();
        expect(held).toHaveLength(150);
        expect(new Set(held.map(({ starts_at }) => starts_at.getTime())).size).toBe(150);
        for (const { customer } of all) {
            expect(count(held, ({ conversation_id }) => conversation_id === customer.conversationId)).toBe(3);
        }
        // Without anybody losing a round this was no race.
        expect(Math.max(...rounds)).toBeGreaterThan(1);
        expect(await deadlocks()).toBe(0);
    });
});

describe('a move and a new booking that want the same time', () => {
    it('get it one at a time; whoever moves keeps the old time until then', { timeout: 60_000 }, async () => {
        const [mover, booker] = (await racers(2)) as [Session, Session];
        const winners = { move: 0, book: 0 };
        for (let round = 0; round < 20; round += 1) {
            await quiet(db);
            const [oldTime, newTime] = [
                await ahead(db, 3 + round, '10:00'),
                await ahead(db, 3 + round, '14:00'),
            ];
            const has = await newCustomer(db, tenant);
            const bookingId = await booked(db, has, { startsAt: oldTime });
            await quiet(db);
            const wants = await newCustomer(db, tenant);
            const again = await newCustomerTurn(has);
            const turn = await turnOf(db, wants);
            const [moved, taken] = await Promise.all([
                finish(mover, again, [
                    propose(has, randomUUID(), { kind: 'reschedule', bookingId, startsAt: newTime }),
                ]),
                finish(booker, { customer: wants, claimed: turn }, [
                    propose(wants, randomUUID(), { startsAt: newTime }),
                ]),
            ]);
            expect([moved.result, taken.result].sort()).toEqual(['done', 'slot_taken']);
            winners[moved.result === 'done' ? 'move' : 'book'] += 1;
            const held = await claims();
            const ours = held.filter(
                ({ conversation_id, kind }) => conversation_id === has.conversationId && kind === 'booking',
            );
            expect(only(ours).starts_at.toISOString()).toBe(oldTime);
        }
        expect(winners.move + winners.book).toBe(20);
        expect(await deadlocks()).toBe(0);
    });
});

/** The customer writes once more, and the turn is claimed. */
async function newCustomerTurn(customer: Customer): Promise<Turn> {
    await says(db, customer, 'another time, please');
    return { customer, claimed: await turnOf(db, customer) };
}

describe('two confirmations at once', () => {
    it('of one turn make one booking; the second has lost its lease', async () => {
        const [one, other] = (await racers(2)) as [Session, Session];
        const customer = await newCustomer(db, tenant);
        const id = await asked(db, customer, { startsAt: await ahead(db, 3, '10:00') });
        const turn = { customer, claimed: await turnOf(db, customer) };
        const outcomes = await Promise.allSettled([
            finish(one, turn, [confirm(id)]),
            finish(other, turn, [confirm(id)]),
        ]);
        const lost = only(outcomes.filter((outcome) => outcome.status === 'rejected'));
        expect(lost.reason).toMatchObject({ code: 'D0002' });
        const rows = await db.sql('select from public.bookings where business_id = $1', [tenant.businessId]);
        expect(rows).toHaveLength(1);
    });
});

describe('64 racers', () => {
    it('who each want both instructors, in any order, never deadlock', { timeout: 60_000 }, async () => {
        const [ida, jon] = tenant.instructors;
        const connections = await racers(64);
        for (let round = 0; round < 3; round += 1) {
            await quiet(db);
            const startsAt = await ahead(db, 3 + round, '10:00');
            const all = await turns(64);
            const finished = await Promise.all(
                all.map((turn, at) => {
                    const both = [
                        { startsAt, instructorId: ida },
                        { startsAt, instructorId: jon },
                    ];
                    const wishes = at % 2 === 0 ? both : both.reverse();
                    return finish(connections[at] as Session, turn, [offer(turn.customer, ...wishes)]);
                }),
            );
            expect(count(finished, ({ result }) => result === 'done')).toBe(1);
            expect(count(finished, ({ result }) => result === 'slot_taken')).toBe(63);
        }
        expect(await deadlocks()).toBe(0);
    });
});
