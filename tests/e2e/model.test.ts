import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { simulatorApiKey } from '../../scripts/simulators/openai/server.ts';
import { bookingsOf, booksALesson, untilProposed } from './booking-a-lesson.ts';
import { Desk } from './desk.ts';
import { type OwnPlatform, startOwnPlatform } from './own-platform.ts';

let own: OwnPlatform;
let desk: Desk;
beforeAll(async () => {
    own = await startOwnPlatform({ FROSTDESK_BRAIN: 'openai', OPENAI_API_KEY: simulatorApiKey });
}, 60_000);
afterAll(() => own.stop());
beforeEach(async () => {
    desk = await Desk.open(own.place);
    await desk.control.clearOpenaiFaults();
});
afterEach(() => desk.close());

const brains = `select distinct brain from public.messages where business_id = $1 and conversation_id = $2 and role = 'assistant'`;

describe('a customer on WhatsApp, with a model on the OpenAI wire', { timeout: 60_000 }, () => {
    it('gets the same lesson booked by the same tools', async () => {
        const ana = desk.customer('Ana Lima');
        const { booked } = await booksALesson(desk, ana);
        const conversation = `select conversation_id as id from public.bookings where business_id = $1 and id = $2`;
        const [row] = await desk.rows<{ id: string }>(conversation, booked.id);
        expect(await desk.rows(brains, row?.id)).toEqual([{ brain: 'openai' }]);

        const cancel = await untilProposed(ana, await ana.says('Please cancel my lesson'));
        await ana.taps(cancel, /yes/i);
        expect(await bookingsOf(desk)).toMatchObject([{ status: 'cancelled' }]);
    });

    it.each([
        [
            'is out of money',
            { fail: { status: 429, code: 'insufficient_quota', type: 'insufficient_quota' } },
        ],
        ['fails inside a 200', { respond: 'failed' }],
        ['calls a tool that does not exist, again and again', { respond: 'unknown_tool' }],
        ['answers with a cut line', { line: 'cut' }],
        ['says "booked" and books nothing', { respond: 'lies' }],
    ] as const)('still gets an honest answer when the model %s', async (_what, fault) => {
        await desk.control.openaiFault({ ...fault, times: 50 });
        const bo = desk.customer('Bo Lund');
        const reply = await bo.says('A ski lesson tomorrow at 10?');
        expect(reply.text).not.toMatch(/you are booked/i);
        expect(reply.text).toMatch(/10:00/);
        expect(await bookingsOf(desk)).toEqual([]);
    });

    it.each([
        ['a no', { kind: 'text', body: 'no' }],
        ['a question', { kind: 'text', body: 'how much is it?' }],
        ['a voice note', { kind: 'voice' }],
    ] as const)('is not booked on %s, though the model says YES for them', async (_what, message) => {
        const cleo = desk.customer('Cleo Roy');
        await untilProposed(cleo, await cleo.says('A ski lesson tomorrow at 10?'));
        await desk.control.openaiFault({ respond: 'confirms_unasked', times: 50 });
        const reply = await cleo.hears(() => cleo.sends(message));
        expect(reply.text).not.toMatch(/you are booked|(?<!nothing )is booked/i);
        expect(await bookingsOf(desk)).toEqual([]);
    });
});
