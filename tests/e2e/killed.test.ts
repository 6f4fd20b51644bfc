import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { simulatorApiKey } from '../../scripts/simulators/openai/server.ts';
import { Desk } from './desk.ts';
import { type OwnPlatform, startOwnPlatform } from './own-platform.ts';
import { eventually } from './patience.ts';

// A platform of its own: the other files need their functions alive.
let own: OwnPlatform;
let desk: Desk;
beforeAll(async () => {
    own = await startOwnPlatform({ FROSTDESK_BRAIN: 'openai', OPENAI_API_KEY: simulatorApiKey });
}, 60_000);
afterAll(() => own.stop());
beforeEach(async () => {
    desk = await Desk.open(own.place);
});
afterEach(() => desk.close());

const conversationOf = (body: unknown): string => (body as { conversation_id: string }).conversation_id;

/** Kills all functions at once. The lease of a dead worker runs out by itself; the test does not wait for it. */
async function kill(): Promise<void> {
    own.platform.killFunctions();
    await desk.rows(
        `update private.jobs set leased_until = now() where business_id = $1 and state = 'running'`,
    );
}

describe('a customer of functions that are killed', { timeout: 60_000 }, () => {
    it('in the middle of a thought gets exactly one answer', async () => {
        await desk.control.clearOpenaiFaults();
        const cy = desk.customer('Cyprian Young');
        await desk.control.openaiFault({ delay_ms: 20_000 });
        const { body } = await cy.sends({ kind: 'text', body: 'A ski lesson tomorrow at 10?' });
        await eventually('the model is asked', async () => {
            const { entries } = await desk.control.openaiLog('Cyprian');
            return entries.find(({ type }) => type === 'arrived');
        });
        const reply = await cy.hears(async () => {
            await kill();
        });
        expect(reply.text).toMatch(/10:00/);
        await desk.settled();
        expect(await cy.sentToMe()).toHaveLength(1);
        const answers = `select outcome from public.messages where business_id = $1 and conversation_id = $2 and role = 'user'`;
        expect(await desk.rows(answers, conversationOf(body))).toEqual([{ outcome: 'answered' }]);
    });

    it('between a send and its answer does not get the message twice', async () => {
        const di = desk.customer('Di Moser');
        await desk.control.fault({ on: 'send', to: di.address, line: 'hang' });
        const { body } = await di.sends({ kind: 'text', body: 'What does a private lesson cost?' });
        await eventually('the message has left', async () =>
            (await di.sentToMe()).length > 0 ? true : undefined,
        );
        await kill();
        const answer = `select status from public.messages where business_id = $1 and conversation_id = $2 and role = 'assistant'`;
        await eventually('a status has settled it', async () => {
            const rows = await desk.rows<{ status: string }>(answer, conversationOf(body));
            return rows[0]?.status === 'read' ? true : undefined;
        });
        await kill();
        await desk.settled();
        expect(await di.sentToMe()).toHaveLength(1);
    });
});
