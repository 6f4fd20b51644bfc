import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenaiFaultRule } from '../../scripts/simulators/openai/faults.ts';
import { type Lab, startLab } from './support/lab.ts';
import type { Moment } from './support/plans.ts';
import { type Scenario, scenario } from './support/scenario.ts';
import { expectOneAnswer, expectOneBooking, proposedTo, question, saysYes } from './support/stories.ts';

/** A language model on the wire that is away, out of money, out of its mind, or killed in mid-thought. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab('openai');
});
afterAll(() => lab.stop());
const inLab = (play: (s: Scenario) => Promise<void>) =>
    scenario(
        () => lab,
        async (s) => {
            // A model of its own has a circuit of its own: what fails here keeps nobody else from asking.
            await s.rows(
                `update public.businesses set settings = '{"models": {"openai": "gpt-6-luna"}}' where id = $1`,
            );
            await s.control.clearOpenaiFaults();
            await play(s);
            await s.control.clearOpenaiFaults();
        },
    );

const wish = 'A ski lesson tomorrow at 10?';

/** How often the model was asked so far. */
const asked = () => lab.wire.log.filter(({ step }) => step === 'model').length;

const failures: [string, OpenaiFaultRule][] = [
    ['answers 500', { fail: { status: 500 }, times: 9 }],
    ['is over its rate (429)', { fail: { status: 429, retry_after_s: 1 }, times: 9 }],
    ['is out of money', { fail: { status: 429, code: 'insufficient_quota' }, times: 9 }],
    ['answers the HTML of a proxy', { answer: { status: 200, body: '<html>' }, times: 9 }],
    ['breaks the line', { line: 'cut', times: 9 }],
    ['fails inside a 200', { respond: 'failed', times: 9 }],
    ['is cut off in mid-call', { respond: 'incomplete', times: 9 }],
    ['refuses', { respond: 'refusal', times: 9 }],
    ['says nothing', { respond: 'empty', times: 9 }],
    ['calls a tool that does not exist', { respond: 'unknown_tool', times: 50 }],
    ['calls tools with broken arguments', { respond: 'broken_arguments', times: 50 }],
    ['calls tools with arguments of the wrong shape', { respond: 'garbage_arguments', times: 50 }],
    ['loops for ever', { respond: 'endless_loop', times: 50 }],
    ['makes fifty calls at once', { respond: 'many_calls', times: 50 }],
    ['makes each call twice', { respond: 'same_call_twice', times: 50 }],
    ['says "you are booked" and books nothing', { respond: 'lies', times: 50 }],
    ['confirms what nobody asked for', { respond: 'confirms_unasked', times: 50 }],
    ['talks for a megabyte', { respond: 'flood', times: 9 }],
];

describe('the model', () => {
    it.each(failures)('%s, and the customer gets one honest answer', (_what, fault) =>
        inLab(async (s) => {
            const ana = s.customer();
            const before = asked();
            await s.control.openaiFault(fault);
            s.writes(ana, wish);
            const answer = await expectOneAnswer(s, ana);
            expect(asked()).toBeGreaterThan(before);
            expect(answer.text).not.toMatch(/you are booked/i);
            expect(await s.rows('select from public.bookings where business_id = $1')).toEqual([]);
        })(),
    );

    it(
        'hangs, and somebody else answers before the customer gives up',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.openaiFault({ line: 'hang', times: 2 });
            const before = Date.now();
            await ana.says(question);
            expect(Date.now() - before).toBeLessThan(29_000);
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'says "you are booked" to somebody who only asks for the price again',
        inLab(async (s) => {
            const bo = s.customer('Bo Lund');
            await proposedTo(bo);
            await s.settles();
            await s.control.openaiFault({ respond: 'lies', times: 2 });
            await bo.says('How much was it again?');
            await s.settles();
            expect(await s.rows('select from public.bookings where business_id = $1')).toEqual([]);
        }),
    );

    it.each([
        ['before', 'is asked'],
        ['after', 'has answered'],
    ] as [Moment, string][])(
        '%s it %s the functions are killed, and the customer gets one answer',
        (moment) =>
            inLab(async (s) => {
                const ana = s.customer();
                const point = s.wire.hold('model', moment);
                s.writes(ana, wish);
                await point.reached;
                await lab.kill('functions');
                point.release();
                await expectOneAnswer(s, ana);
            })(),
    );

    it(
        'books by its tools, and the commit is repeated',
        inLab(async (s) => {
            const bo = s.customer('Bo Lund');
            const proposal = await proposedTo(bo);
            await s.settles();
            s.wire.plan('finish_turn', 'before', 'repeat');
            saysYes(s, bo, proposal);
            await expectOneBooking(s, bo);
        }),
    );

    it(
        'thinks while a person takes over',
        inLab(async (s) => {
            const ana = s.customer();
            const point = s.wire.hold('model', 'before');
            s.writes(ana, wish);
            await point.reached;
            await s.setMode(ana, 'human');
            point.release();
            await s.settles();
            expect(await ana.sentToMe()).toHaveLength(0);
        }),
    );
});
