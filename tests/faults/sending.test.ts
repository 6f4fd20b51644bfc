import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../scripts/simulators/whatsapp/faults.ts';
import { type Lab, startLab } from './support/lab.ts';
import { type Scenario, scenario } from './support/scenario.ts';
import { expectOneAnswer, question } from './support/stories.ts';

/** WhatsApp refuses, stays silent, loses its answers, or takes a message and thinks better of it. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab();
});
afterAll(() => lab.stop());
const inLab = (play: (s: Scenario) => Promise<void>) => scenario(() => lab, play);

type SendFault = Omit<Extract<FaultRule, { on: 'send' | 'read' | 'media' }>, 'on' | 'to'>;

const survived: [string, SendFault[]][] = [
    ['says 500', [{ fail: { code: 131000 }, times: 2 }]],
    ['is not available (503)', [{ fail: { code: 131016 }, times: 2 }]],
    ['is over its rate (429)', [{ fail: { code: 130429, http_status: 429, retry_after_s: 1 } }]],
    ['is over the pair rate (131056) three times', [{ fail: { code: 131056 }, times: 3 }]],
    ['answers with the HTML of a proxy', [{ answer: { status: 502, body: '<html>Bad Gateway</html>' } }]],
    ['breaks the line before it takes the message', [{ line: 'before' }]],
    ['takes the message and breaks the line', [{ line: 'after' }]],
    ['takes the message and names no id', [{ omit_id: true }]],
    ['says 500, then breaks the line after taking it', [{ fail: { code: 1 } }, { line: 'after' }]],
];

describe('WhatsApp', () => {
    it.each(survived)('%s, and the customer gets the answer once', (_what, faults) =>
        inLab(async (s) => {
            const ana = s.customer();
            for (const fault of faults) await s.control.fault({ on: 'send', to: ana.address, ...fault });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        })(),
    );

    it.each([
        ['24 hours are over (131047)', 131047],
        ['the token has run out (190)', 190],
        ['the recipient cannot be reached (131026)', 131026],
    ])('refuses because %s: failed, with the code, for the owner to see', (_what, code) =>
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({ on: 'send', to: ana.address, fail: { code }, times: 9 });
            s.writes(ana, question);
            await s.settles();
            expect(await s.answers(ana)).toMatchObject([{ status: 'failed', error_code: String(code) }]);
            expect(await ana.sentToMe()).toHaveLength(0);
        })(),
    );

    it(
        'never comes back: a dead letter, not silence',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({ on: 'send', to: ana.address, fail: { code: 131000 }, times: 50 });
            s.writes(ana, question);
            await s.settles();
            expect(await s.answers(ana)).toMatchObject([{ status: 'failed' }]);
            const dead = `select kind from private.jobs where business_id = $1 and state = 'dead'`;
            expect(await s.rows(dead)).toEqual([{ kind: 'deliver' }]);
        }),
    );

    it(
        'never answers a send that it took, and its status tells',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({ on: 'send', to: ana.address, line: 'hang' });
            await ana.says(question);
            // It would wait ten seconds; ended in good order, it hangs up sooner.
            await lab.kill('functions', 'SIGTERM');
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'takes a send, breaks the line and never tells: sent again after the grace, and no third time',
        inLab(async (s) => {
            s.waived.push('mayRepeat');
            const ana = s.customer();
            await s.control.fault({ on: 'send', to: ana.address, line: 'after', statuses: [] });
            s.writes(ana, question);
            await s.settles();
            expect(await ana.sentToMe()).toHaveLength(2);
        }),
    );

    it(
        'tells "read" before the send has returned, and the rest backwards',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({ on: 'send', to: ana.address, statuses: ['read', 'delivered', 'sent'] });
            const returned = s.wire.hold('send', 'after');
            s.writes(ana, question);
            await returned.reached;
            while (!lab.vendors.whatsapp.idle) await new Promise((next) => setTimeout(next, 10));
            returned.release();
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'takes a message and fails it later, then delivers it to another device',
        inLab(async (s) => {
            const ana = s.customer();
            const statuses: SendFault['statuses'] = ['sent', 'failed', 'sent', 'delivered', 'failed'];
            await s.control.fault({ on: 'send', to: ana.address, statuses });
            s.writes(ana, question);
            await s.settles();
            expect(await s.answers(ana)).toMatchObject([{ status: 'delivered' }]);
        }),
    );

    it(
        'repeats every status ten times at once and turns them round',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({ on: 'status_webhook', to: ana.address, duplicate: 10, times: 2 });
            await s.control.fault({
                on: 'status_webhook',
                to: ana.address,
                hold: { count: 2, release: 'reverse' },
                hold_ms: 100,
            });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'refuses the first of two answers for a while, and the second waits behind it',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({ on: 'send', to: ana.address, fail: { code: 131000 }, times: 3 });
            const failing = s.wire.hold('send', 'after');
            s.writes(ana, question);
            await failing.reached;
            s.writes(ana, 'And a kids ski lesson?');
            failing.release();
            await s.settles();
            expect(await ana.sentToMe()).toHaveLength(2);
        }),
    );

    it(
        'does not let one customer wait for the trouble of another',
        inLab(async (s) => {
            const ana = s.customer();
            const bo = s.customer('Bo Lund');
            await s.control.fault({ on: 'send', to: ana.address, line: 'hang' });
            await ana.says(question);
            await bo.says(question);
            await lab.kill('functions');
            await s.settles();
        }),
    );
});
