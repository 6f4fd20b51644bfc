import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Brain } from '../../../shared/concierge/brain.ts';
import { openAiBrain } from '../../../shared/concierge/brains/openai/openai.ts';
import { rulesBrain } from '../../../shared/concierge/brains/rules/rules.ts';
import { apiKey, baseUrl, type Move, openAi } from '../../mocks/openai.ts';
import { bookingScripts } from './support/booking-scripts.ts';
import { Chat, type Said } from './support/chat.ts';
import type { Script, Step } from './support/script.ts';
import { serviceScripts } from './support/service-scripts.ts';

const scripts = [...bookingScripts, ...serviceScripts];

async function play(chat: Chat, step: Step): Promise<Said> {
    step.before?.(chat);
    if (step.tap) return chat.tap(step.tap);
    return chat.say(...[step.say ?? []].flat());
}

function check(chat: Chat, said: Said, step: Step) {
    for (const words of step.hears ?? []) expect(said.text).toMatch(words);
    for (const words of step.never ?? []) expect(said.text).not.toMatch(words);
    if (step.taps) {
        expect(said.taps).toHaveLength(step.taps.length);
        for (const [index, title] of step.taps.entries()) expect(said.taps[index]).toMatch(title);
    }
    if (step.does) expect(said.turn.actions.map(({ type }) => type)).toEqual(step.does);
    if (step.stage) expect(said.turn.state.stage).toBe(step.stage);
    const booked = chat.bookings.map((b) => `${b.service_name} ${b.starts_at} ${b.status}`);
    if (step.booked) expect(booked).toEqual(step.booked);
}

async function run(script: Script, brain: Brain, thinks: (moves: Move[]) => void = () => {}) {
    const chat = new Chat(brain, script.desk());
    for (const step of script.steps) {
        thinks(step.model);
        check(chat, await play(chat, step), step);
    }
}

describe('with rules, the desk', () => {
    it.each(scripts)('$name', async (script) => {
        await run(script, rulesBrain());
    });
});

describe('with a model, the desk', () => {
    const server = setupServer();
    beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
    afterEach(() => server.resetHandlers());
    afterAll(() => server.close());

    it.each(scripts)('$name', async (script) => {
        const model = openAi();
        server.use(model.handler);
        const brain = openAiBrain({ apiKey, baseUrl, model: 'gpt-6-luna' });
        await run(script, brain, (moves) => model.thinks(...moves));
        expect(model.moves).toEqual([]);
    });
});
