import { describe, expect, it } from 'vitest';
import { type Brain, BrainFailure } from '../../../../shared/concierge/brain.ts';
import { Circuits } from '../../../../shared/concierge/brains/circuit.ts';
import { fallingBack } from '../../../../shared/concierge/brains/falling-back.ts';
import { costMicroUsd } from '../../../../shared/concierge/brains/models/prices.ts';
import { rulesBrain } from '../../../../shared/concierge/brains/rules/rules.ts';
import { Chat } from '../support/chat.ts';
import { FakeDesk } from '../support/fake-desk.ts';
import { business } from '../support/world.ts';

const circuits = () => new Circuits({ threshold: 3, restMs: 1000, longestRestMs: 3000 });

describe('a circuit', () => {
    it('opens after failures in a row, and not after some between successes', () => {
        const circuit = circuits();
        for (const _ of [1, 2]) circuit.failed('openai', 'timeout', 0);
        circuit.succeeded('openai');
        for (const _ of [1, 2]) circuit.failed('openai', 'timeout', 0);
        expect(circuit.allows('openai', 1)).toBe(true);
        circuit.failed('openai', 'timeout', 0);
        expect(circuit.allows('openai', 1)).toBe(false);
        expect(circuit.allows('compatible', 1)).toBe(true);
    });

    it('lets one turn try when the rest is over, and closes by itself when that succeeds', () => {
        const circuit = circuits();
        for (const _ of [1, 2, 3]) circuit.failed('openai', 'server_error', 0);
        expect(circuit.allows('openai', 999)).toBe(false);
        expect(circuit.allows('openai', 1000)).toBe(true);
        expect(circuit.allows('openai', 1001)).toBe(false);
        circuit.succeeded('openai');
        expect(circuit.allows('openai', 1002)).toBe(true);
    });

    it('rests longer each time the try fails, up to a limit', () => {
        const circuit = circuits();
        for (const _ of [1, 2, 3]) circuit.failed('openai', 'timeout', 0);
        let now = 1000;
        for (const rest of [2000, 3000, 3000]) {
            expect(circuit.allows('openai', now)).toBe(true);
            circuit.failed('openai', 'timeout', now);
            expect(circuit.allows('openai', now + rest - 1)).toBe(false);
            now += rest;
        }
    });

    it('opens at once for what no second try helps, and never for an answer that was only bad', () => {
        const circuit = circuits();
        for (const _ of [1, 2, 3, 4, 5]) circuit.failed('a', 'refusal', 0);
        expect(circuit.allows('a', 1)).toBe(true);
        circuit.failed('b', 'insufficient_quota', 0);
        expect(circuit.allows('b', 1)).toBe(false);
    });
});

describe('the order of brains', () => {
    const asked: string[] = [];
    const brain = (name: string, reason?: string): Brain => ({
        name,
        async answer() {
            asked.push(name);
            if (reason) throw new BrainFailure(reason, { input_tokens: 10, cost_micro_usd: 5 });
            return {
                text: `I am ${name}`,
                usage: { brain: name, model: 'm', prompt_version: 'v1', input_tokens: 1, cost_micro_usd: 2 },
            };
        },
    });
    const chatWith = (settings: object, brains: Brain[], given = circuits()) => {
        asked.length = 0;
        const desk = new FakeDesk();
        const read = desk.context.bind(desk);
        desk.context = () => ({ ...read(), business: { ...business, settings: { ...settings } } });
        return new Chat(
            fallingBack({ brains, usual: ['openai'], last: rulesBrain(), circuits: given }),
            desk,
        );
    };

    it('is the environment’s, unless the business has one', async () => {
        const brains = [brain('openai'), brain('compatible')];
        expect((await chatWith({}, brains).say('hi')).text).toBe('I am openai');
        const own = { brains: ['compatible', 'openai'] };
        expect((await chatWith(own, brains).say('hi')).text).toBe('I am compatible');
        expect((await chatWith({ brains: ['rules', 'openai'] }, brains).say('hi')).turn.usage.brain).toBe(
            'rules',
        );
        expect((await chatWith({ brains: [] }, brains).say('hi')).turn.usage.brain).toBe('rules');
        expect((await chatWith({ brains: 'nonsense' }, brains).say('hi')).text).toBe('I am openai');
    });

    it('goes on to the next that can answer, and says who failed and what all cost', async () => {
        const chat = chatWith({ brains: ['openai', 'compatible'] }, [
            brain('openai', 'timeout'),
            brain('compatible'),
        ]);
        const { usage } = (await chat.say('hi')).turn;
        expect(usage).toMatchObject({
            brain: 'compatible',
            failed_brain: 'openai',
            failure: 'timeout',
            input_tokens: 11,
            cost_micro_usd: 7,
        });
    });

    it('ends with rules, which always answer', async () => {
        const chat = chatWith({ brains: ['openai', 'compatible'] }, [
            brain('openai', 'timeout'),
            brain('compatible', 'bad_key'),
        ]);
        const { usage } = (await chat.say('hi')).turn;
        expect(usage).toMatchObject({
            brain: 'rules',
            failed_brain: 'openai,compatible',
            failure: 'timeout,bad_key',
        });
    });

    it('does not ask a brain whose circuit is open', async () => {
        const chat = chatWith({}, [brain('openai', 'server_error')]);
        for (const _ of [1, 2, 3, 4]) await chat.say('hi');
        expect(asked).toHaveLength(3);
    });
});

describe('the cost of a turn', () => {
    it('is counted in micro-dollars, cached tokens at their own price', () => {
        expect(costMicroUsd('gpt-6-luna', { input: 1800, output: 80, cached: 1200 })).toBe(112);
        expect(costMicroUsd('gpt-6.1-terra', { input: 1000, output: 100, cached: 0 })).toBe(1500);
        expect(costMicroUsd('llama-4', { input: 1000, output: 100, cached: 0 })).toBeUndefined();
    });
});
