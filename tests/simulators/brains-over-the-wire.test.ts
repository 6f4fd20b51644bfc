import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatorApiKey } from '../../scripts/simulators/openai/server.ts';
import type { Brain } from '../../shared/concierge/brain.ts';
import { compatibleBrain } from '../../shared/concierge/brains/compatible/compatible.ts';
import { openAiBrain } from '../../shared/concierge/brains/openai/openai.ts';
import { Chat } from '../unit/concierge/support/chat.ts';
import { startWire } from './openai-wire.ts';

let wire: Awaited<ReturnType<typeof startWire>>;
beforeAll(async () => {
    wire = await startWire();
});
afterAll(() => wire.vendors.stop());

const settings = () => ({
    apiKey: simulatorApiKey,
    baseUrl: `${wire.vendors.url}/openai/v1`,
    model: 'gpt-6-luna',
});
const brains: [string, () => Brain][] = [
    ['openai', () => openAiBrain(settings())],
    ['compatible', () => compatibleBrain(settings())],
];

describe.each(brains)('%s over the simulated wire', (name, brain) => {
    it('books, moves and cancels', async () => {
        const chat = new Chat(brain());
        expect((await chat.say('Hi, a private ski lesson tomorrow at 10 please')).taps).toHaveLength(2);
        const booked = await chat.tap(/yes/i);
        expect(booked.turn.usage).toMatchObject({ brain: name, model: 'gpt-6-luna' });
        expect(chat.bookings).toMatchObject([{ status: 'pending' }]);
        await chat.say('Please cancel my lesson');
        await chat.tap(/yes/i);
        expect(chat.bookings.filter(({ status }) => status !== 'cancelled')).toEqual([]);
    });

    it('does nothing without a yes', async () => {
        const chat = new Chat(brain());
        await chat.say('a private ski lesson tomorrow at 10');
        await chat.tap(/no/i);
        expect(chat.bookings).toEqual([]);
    });
});
