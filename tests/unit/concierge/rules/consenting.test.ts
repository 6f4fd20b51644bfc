import { describe, expect, it } from 'vitest';
import { chatOf, talk } from '../support/rules-chat.ts';

describe('an open proposal', () => {
    it.each([
        'yes',
        'Yes!!',
        'ok',
        'sure',
        '👍',
        '👍🏽',
        'yep, thanks',
        'sounds good',
        'please book it',
        'why not',
        'y',
        'that works',
    ])('is accepted by "%s"', async (text) => {
        const chat = chatOf();
        await talk(chat, 'ski lesson tomorrow at 10', text);
        expect(chat.bookings).toHaveLength(1);
    });

    it.each([
        'yes?',
        'yes but at 11',
        'is that ok?',
        'ok wait',
        'maybe',
        'yes for 3 people',
        'not yet',
        'hmm',
        'ok, what does it cost?',
    ])('is not accepted by "%s"', async (text) => {
        const chat = chatOf();
        await talk(chat, 'ski lesson tomorrow at 10', text);
        expect(chat.bookings).toEqual([]);
    });

    it.each(['no', 'no thanks', 'cancel', 'never mind', 'not that one', '👎'])(
        'is declined by "%s"',
        async (text) => {
            const chat = chatOf();
            const said = await talk(chat, 'ski lesson tomorrow at 10', text);
            expect(said.turn.actions.map(({ type }) => type)).toEqual(['decline']);
            expect(said.turn.state.stage).toBe('collecting');
        },
    );

    it('changes with the wish: people, instructor, name', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        expect((await chat.say('we are 3 people')).text).toMatch(/3 people/);
        expect((await chat.say('can it be with Mia?')).text).toMatch(/with Mia Rossi[\s\S]*3 people/);
        expect((await chat.say('my name is Carla Meier')).text).toMatch(/For: Carla Meier/);
        expect((await chat.say('what about sunday instead?')).text).toMatch(
            /Sunday,? 22 November 2026, 10:00/,
        );
    });

    it('asks again when the answer is not understood', async () => {
        const said = await talk(chatOf(), 'ski lesson tomorrow at 10', 'blubber');
        expect(said.text).toMatch(/did not understand[\s\S]*Shall I book this/);
    });

    it('gives way to a person', async () => {
        const chat = chatOf();
        const said = await talk(chat, 'ski lesson tomorrow at 10', 'let me talk to a human');
        expect(said.turn.actions.map(({ type }) => type)).toEqual(['decline', 'hand_off']);
        expect(chat.desk.state.conversation.mode).toBe('human');
    });

    it('is found again when it ran out, by word as by tap', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        chat.desk.pass(31);
        expect((await chat.say('yes')).text).toMatch(/expired[\s\S]*Shall I book this/);
    });

    it('is asked again when its message never went out', async () => {
        const chat = chatOf();
        chat.desk.sendsFail = true;
        await chat.say('ski lesson tomorrow at 10');
        chat.desk.sendsFail = false;
        const said = await chat.say('yes');
        expect(chat.bookings).toEqual([]);
        expect(said.text).toMatch(/Shall I book this/);
        await chat.say('yes');
        expect(chat.bookings).toHaveLength(1);
    });
});
