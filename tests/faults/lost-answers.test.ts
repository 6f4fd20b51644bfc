import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './support/lab.ts';
import { scenario } from './support/scenario.ts';
import { expectOneAnswer, expectOneBooking, proposedTo, question, saysYes } from './support/stories.ts';

/** Calls between the parts that are refused, break off before or after they were heard, or arrive twice. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab();
});
afterAll(() => lab.stop());
const inLab = (play: Parameters<typeof scenario>[1]) => scenario(() => lab, play);

/** Every call of a turn's way that changes something. */
const calls = [
    'receive_messages',
    'claim_turns',
    'get_turn_context',
    'finish_turn',
    'claim_deliveries',
    'finish_delivery',
];

describe('a call to the database', () => {
    it.each(calls)('%s is refused twice, and the customer gets one answer', (step) =>
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan(step, 'before', 'refuse', { times: 2 });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        })(),
    );

    it.each(calls)('%s loses its answer, and the customer gets one answer', (step) =>
        inLab(async (s) => {
            const ana = s.customer();
            // Twice, because Deno repeats a call whose connection broke by itself.
            s.wire.plan(step, 'after', 'cut', { times: 2 });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        })(),
    );

    it.each(calls)('%s arrives twice, and the customer gets one answer', (step) =>
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan(step, 'before', 'repeat', { times: 3 });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        })(),
    );

    it.each([
        ['is repeated', 'before', 'repeat'],
        ['loses its answer', 'after', 'cut'],
    ] as const)('that commits a YES %s, and there is one booking', (_what, moment, act) =>
        inLab(async (s) => {
            const bo = s.customer('Bo Lund');
            const proposal = await proposedTo(bo);
            await s.settles();
            s.wire.plan('finish_turn', moment, act);
            saysYes(s, bo, proposal);
            await expectOneBooking(s, bo);
        })(),
    );

    it(
        'that gives a failed turn back fails too, and the customer gets one answer',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan('finish_turn', 'before', 'refuse', { times: 1 });
            s.wire.plan('fail_job', 'before', 'refuse', { times: 3 });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'that refuses a send fails, and the failure is seen all the same',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({ on: 'send', to: ana.address, fail: { code: 131026 }, times: 9 });
            s.wire.plan('refuse_delivery', 'before', 'refuse', { times: 2 });
            s.writes(ana, question);
            await s.settles();
            expect(await s.answers(ana)).toMatchObject([{ status: 'failed', error_code: '131026' }]);
        }),
    );

    it(
        'takes as long as it likes to find free time, and the customer gets one answer',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan('find_free_slots', 'after', 700, { times: 2 });
            s.writes(ana, 'A private ski lesson (1 hour) tomorrow at 10?');
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'fails at every try, and the question is a dead letter that the owner sees',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan('get_turn_context', 'before', 'refuse', { times: 100 });
            s.writes(ana, question);
            await s.settles();
            expect(await s.said(ana)).toMatchObject([{ role: 'user', outcome: 'failed' }]);
            const dead = `select kind, attempts, last_error is not null as why from private.jobs where business_id = $1`;
            expect(await s.rows(dead)).toEqual([{ kind: 'reply', attempts: 4, why: true }]);
        }),
    );
});
