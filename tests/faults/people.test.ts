import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '../e2e/customer.ts';
import { type Lab, startLab } from './support/lab.ts';
import type { Moment } from './support/plans.ts';
import { type Scenario, scenario } from './support/scenario.ts';
import { expectOneAnswer, expectOneBooking, proposedTo, question, saysYes } from './support/stories.ts';

/** People and workers that get in each other's way: takeovers, second thoughts, lost leases, one hour for two. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab();
});
afterAll(() => lab.stop());
const inLab = (play: (s: Scenario) => Promise<void>) => scenario(() => lab, play);

const leaseRunsOut = (s: Scenario) =>
    s.rows("update private.jobs set leased_until = now() where business_id = $1 and state = 'running'");

describe('a person takes over', () => {
    it.each([
        ['before', 'claim_turns'],
        ['before', 'get_turn_context'],
        ['before', 'finish_turn'],
        ['after', 'finish_turn'],
        ['before', 'claim_deliveries'],
    ] as [Moment, string][])('%s %s, and the desk says nothing any more', (moment, step) =>
        inLab(async (s) => {
            const ana = s.customer();
            await ana.says('Hello');
            await s.settles();
            // Nobody comes for the delivery while the person makes up their mind.
            const sending = step === 'finish_turn' ? s.wire.hold('claim_deliveries', 'before') : undefined;
            const point = s.wire.hold(step, moment);
            if (step !== 'claim_deliveries') s.writes(ana, question);
            await point.reached;
            if (step === 'claim_deliveries') {
                s.writes(ana, question);
                const answers = async () => (await s.answers(ana)).length;
                while ((await answers()) < 2) await new Promise((next) => setTimeout(next, 20));
            }
            await s.setMode(ana, 'human');
            point.release();
            sending?.release();
            await s.settles();
            expect(await ana.sentToMe()).toHaveLength(1);
            expect((await s.said(ana)).filter(({ outcome }) => outcome === 'handed_over')).toHaveLength(1);
        })(),
    );

    it(
        'while a send is on the line: that one arrives, and none after it',
        inLab(async (s) => {
            const ana = s.customer();
            const point = s.wire.hold('send', 'before');
            s.writes(ana, question);
            await point.reached;
            await s.setMode(ana, 'human');
            s.writes(ana, 'Is anybody there?');
            point.release();
            await s.settles();
            expect(await ana.sentToMe()).toHaveLength(1);
        }),
    );

    it(
        'gives it back and takes it again within one turn',
        inLab(async (s) => {
            const ana = s.customer();
            await ana.says('Hello');
            await s.settles();
            const point = s.wire.hold('finish_turn', 'before');
            s.writes(ana, question);
            await point.reached;
            await s.setMode(ana, 'human');
            await s.setMode(ana, 'ai');
            point.release();
            await s.settles();
        }),
    );

    it(
        'by writing while the desk is answering: the customer hears the person, and not the desk',
        inLab(async (s) => {
            const ana = s.customer();
            await ana.says('Hello');
            const point = s.wire.hold('finish_turn', 'before');
            s.writes(ana, question);
            await point.reached;
            await s.ownerWrites(ana, 'Heidi here, I know you!');
            point.release();
            await s.settles();
            expect(await ana.sentToMe()).toHaveLength(2);
            expect((await s.said(ana)).at(-1)).toMatchObject({ role: 'owner', status: 'read' });
        }),
    );
});

describe('the customer', () => {
    it(
        'writes again while the desk thinks, three times, and gets one answer to it all',
        inLab(async (s) => {
            const ana = s.customer();
            s.writes(ana, question);
            for (const more of ['And for kids?', 'And tomorrow?', 'Hello?']) {
                const point = s.wire.hold('finish_turn', 'before');
                await point.reached;
                await ana.sends({ kind: 'text', body: more });
                point.release();
            }
            await s.settles();
            expect((await ana.sentToMe()).length).toBeLessThanOrEqual(2);
        }),
    );

    it(
        'changes their mind while the YES is being booked',
        inLab(async (s) => {
            const bo = s.customer('Bo Lund');
            const proposal = await proposedTo(bo);
            await s.settles();
            const point = s.wire.hold('finish_turn', 'before');
            saysYes(s, bo, proposal);
            await point.reached;
            await bo.sends({ kind: 'text', body: 'No, wait' });
            point.release();
            await s.settles();
        }),
    );

    it(
        'says YES twice with two thumbs',
        inLab(async (s) => {
            const bo = s.customer('Bo Lund');
            const proposal = await proposedTo(bo);
            await s.settles();
            const point = s.wire.hold('finish_turn', 'before');
            saysYes(s, bo, proposal);
            await point.reached;
            saysYes(s, bo, proposal);
            point.release();
            await expectOneBooking(s, bo);
        }),
    );

    it(
        'wants the same hour as five others, and each hour is given once',
        inLab(async (s) => {
            const people = ['Ada', 'Bea', 'Cyd', 'Dan', 'Eva', 'Fay'].map((name) =>
                s.customer(`${name} Moser`),
            );
            // Whoever loses three times in one turn is told so, and asked for another day.
            const asked = await Promise.allSettled(people.map(proposedTo));
            const luck = asked.flatMap((one, index) =>
                one.status === 'fulfilled'
                    ? [{ person: people[index] as Customer, proposal: one.value }]
                    : [],
            );
            expect(luck.length).toBeGreaterThanOrEqual(3);
            for (const { person, proposal } of luck) saysYes(s, person, proposal);
            await s.settles();
            const [row] = await s.rows<{ bookings: number; hours: number }>(
                `select count(*)::int as bookings, count(distinct (instructor_id, starts_at))::int as hours
                 from public.bookings where business_id = $1 and status = 'pending'`,
            );
            expect(row).toEqual({ bookings: luck.length, hours: luck.length });
        }),
    );
});

describe('a worker that was given up', () => {
    it.each([
        ['get_turn_context', 'reads'],
        ['finish_turn', 'commits'],
    ])('wakes just before %s, and what it %s is refused', (step) =>
        inLab(async (s) => {
            const ana = s.customer();
            const zombie = s.wire.hold(step, 'before');
            s.writes(ana, question);
            await zombie.reached;
            await leaseRunsOut(s);
            const successor = s.wire.hold('send', 'before');
            await successor.reached;
            zombie.release();
            successor.release();
            await expectOneAnswer(s, ana);
        })(),
    );

    it(
        'writes down a send that has been settled without it',
        inLab(async (s) => {
            const ana = s.customer();
            const zombie = s.wire.hold('finish_delivery', 'before');
            s.writes(ana, question);
            await zombie.reached;
            while (!lab.vendors.whatsapp.idle) await new Promise((next) => setTimeout(next, 10));
            await leaseRunsOut(s);
            const gone = 'select from private.jobs where business_id = $1';
            while ((await s.rows(gone)).length > 0) await new Promise((next) => setTimeout(next, 20));
            zombie.release();
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'stood still (SIGSTOP) with a turn in hand for longer than its lease',
        inLab(async (s) => {
            const ana = s.customer();
            const point = s.wire.hold('finish_turn', 'before');
            s.writes(ana, question);
            await point.reached;
            await lab.frozen('functions', async () => {
                await leaseRunsOut(s);
                await lab.pool.query('update private.workers set awake_until = now()');
            });
            point.release();
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'cannot renew its lease and goes on all the same',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan('renew_lease', 'before', 'refuse', { times: 5 });
            s.wire.plan('get_turn_context', 'after', 5500);
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        }),
    );
});
