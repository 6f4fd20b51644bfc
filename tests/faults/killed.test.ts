import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Lab, startLab } from './support/lab.ts';
import type { Moment } from './support/plans.ts';
import { type Scenario, scenario } from './support/scenario.ts';
import { expectOneAnswer, expectOneBooking, proposedTo, question, saysYes } from './support/stories.ts';

/** The functions' process is ended with SIGKILL between every two steps of a message's way. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab();
});
afterAll(() => lab.stop());

const points: [Moment, string, string][] = [
    ['before', 'webhook', 'a message is on its way to the desk'],
    ['before', 'receive_messages', 'a webhook was verified'],
    ['after', 'receive_messages', 'a message was committed, and nobody told the provider'],
    ['after', 'webhook', 'the provider was about to hear the 200'],
    ['before', 'bell:reply', 'the bell was to ring'],
    ['after', 'bell:reply', 'the bell had rung'],
    ['before', 'claim_turns', 'a worker asks for turns'],
    ['after', 'claim_turns', 'a turn was claimed, and its worker never heard of it'],
    ['before', 'get_turn_context', 'a turn was claimed'],
    ['after', 'get_turn_context', 'a turn was read'],
    ['after', 'mark_read', 'the customer saw somebody type'],
    ['before', 'finish_turn', 'a turn was thought'],
    ['after', 'finish_turn', 'an answer was committed, and its worker never heard of it'],
    ['after', 'claim_deliveries', 'a send was claimed, and its worker never heard of it'],
    ['before', 'send', 'a send was about to leave'],
    ['after', 'send', 'a send was accepted, and its worker never heard of it'],
    ['before', 'finish_delivery', 'a send was accepted'],
    ['after', 'finish_delivery', 'a send was written down'],
];

async function killAt(s: Scenario, moment: Moment, step: string, doing: () => void): Promise<void> {
    const point = s.wire.hold(step, moment);
    doing();
    await point.reached;
    await lab.kill('functions');
    point.release();
}

describe('killed when', () => {
    it.each(points)('%s %s: %s, the customer gets one answer', (moment, step) =>
        scenario(
            () => lab,
            async (s) => {
                const ana = s.customer();
                if (step.startsWith('bell')) await s.everybodyAsleep();
                await killAt(s, moment, step, () => s.writes(ana, question));
                await expectOneAnswer(s, ana);
            },
        )(),
    );

    it.each([
        ['before', 'finish_turn'],
        ['after', 'finish_turn'],
        ['after', 'send'],
        ['before', 'finish_delivery'],
    ] as [Moment, string][])('%s %s of the YES, there is one booking and one word of it', (moment, step) =>
        scenario(
            () => lab,
            async (s) => {
                const bo = s.customer('Bo Lund');
                const proposal = await proposedTo(bo);
                await s.settles();
                await killAt(s, moment, step, () => saysYes(s, bo, proposal));
                await expectOneBooking(s, bo);
            },
        )(),
    );
});
