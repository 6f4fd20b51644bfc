import { describe, expect, it } from 'vitest';
import type { Brain } from '../../../../shared/concierge/brain.ts';
import { emergencyNumber } from '../../../../shared/concierge/emergency.ts';
import { Chat } from '../support/chat.ts';
import { FakeDesk } from '../support/fake-desk.ts';
import { chatOf } from '../support/rules-chat.ts';
import { run, turnOf } from '../support/tools.ts';
import { business, emptyContext } from '../support/world.ts';

/** A brain that must not be asked. */
const silent: Brain = {
    name: 'silent',
    async answer() {
        throw new Error('No brain is asked in an emergency.');
    },
};

const settled = (settings: object, country = 'CH') => {
    const desk = new FakeDesk();
    const read = desk.context.bind(desk);
    desk.context = () => ({
        ...read(),
        business: { ...business, country, settings: { emergency: settings } },
    });
    return new Chat(silent, desk);
};

describe('an emergency', () => {
    it('is answered before any brain, and handed to a person', async () => {
        const said = await settled({}).say('There was an avalanche, my friend is buried!');
        expect(said.content).toMatchObject({ type: 'text', text: expect.stringContaining('1414') });
        expect(said.text).toContain('Alpine Ski School');
        expect(said.turn.actions).toEqual([
            {
                type: 'hand_off',
                reason: 'emergency',
                summary: expect.stringContaining('my friend is buried'),
            },
        ]);
        expect(said.turn.actions[0]).toMatchObject({
            summary: expect.stringMatching(/^EMERGENCY \(mountain\).*\n/),
        });
        expect(said.turn.usage).toMatchObject({ brain: 'emergency', model: null, emergency: 'mountain' });
        expect(said.turn.state).toMatchObject({ stage: 'idle', draft: {} });
    });

    it('is answered in the language it was written in', async () => {
        expect((await settled({}).say('Rohrbruch im Keller!')).text).toMatch(/Haupthahn/);
        expect((await settled({}).say("il y a une fuite d'eau au plafond")).text).toMatch(/Fermez/);
    });

    it('is found in fragments, and among other things', async () => {
        expect((await settled({}).say('the pipe', 'burst!!')).turn.usage.brain).toBe('emergency');
        const mixed = await settled({}).say('Hello, I wanted to book a lesson', 'but my wife just collapsed');
        expect(mixed.turn.usage.emergency).toBe('medical');
    });

    it('takes back what was on the table: nobody confirms a lesson in fear', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        const said = await chat.say('yes, oh no, someone is unconscious');
        expect(said.turn.actions.map(({ type }) => type)).toEqual(['decline', 'hand_off']);
        expect(said.taps).toEqual([]);
        expect(chat.bookings).toEqual([]);
    });

    it('is told the business’s own words and number, and minds its own phrases', async () => {
        const own = {
            texts: { en: 'We come. Call {number}.' },
            number: '+41 44 000 00 00',
            phrases: ['snow_mobile stolen'],
        };
        expect((await settled(own).say('gas leak!')).text).toBe('We come. Call +41 44 000 00 00.');
        const said = await settled(own).say('our snow mobile was stolen');
        expect(said.turn.usage.emergency).toBe('general');
    });

    it('of a kind the business is not there for is a conversation like any other', async () => {
        const asked: string[] = [];
        const chat = settled({ kinds: ['medical'] });
        Object.assign(chat, {
            brain: {
                name: 'asked',
                answer: async () => {
                    asked.push('asked');
                    return { text: 'Hello', usage: { brain: 'asked', model: null, prompt_version: null } };
                },
            },
        });
        await chat.say('we have no hot water');
        expect(asked).toEqual(['asked']);
        expect((await chat.say('she is not breathing')).turn.usage.emergency).toBe('medical');
    });

    it('calls the number of the country', () => {
        expect(emergencyNumber('medical', 'CH')).toBe('144');
        expect(emergencyNumber('mountain', 'AT')).toBe('140');
        expect(emergencyNumber('medical', 'FR')).toBe('15');
        expect(emergencyNumber('fire', 'DE')).toBe('112');
        expect(emergencyNumber('fire', 'US')).toBe('911');
        expect(emergencyNumber('fire', '')).toBe('112');
    });

    it('that only a model understands has a tool, whose words nothing of the model can replace', async () => {
        const turn = turnOf({ ...emptyContext() });
        await run(turn, 'report_emergency', { kind: 'medical', summary: 'Customer cannot feel\nthe legs' });
        await run(turn, 'hand_off', { reason: 'asked', summary: 'x' });
        expect(turn.staged.alarm).toMatch(/call 112/);
        expect(turn.staged.actions()).toMatchObject([{ type: 'hand_off', reason: 'emergency' }]);
    });
});
