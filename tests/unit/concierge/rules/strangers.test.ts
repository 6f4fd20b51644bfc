import { describe, expect, it } from 'vitest';
import { chatOf, talk } from '../support/rules-chat.ts';

const asked = 'ski lesson tomorrow at 10';

describe('what only a person can answer', () => {
    it.each([
        ['hello i want a human', 'asked_for_a_person'],
        ['are there any humans here?', 'asked_for_a_person'],
        ['can i speak to somebody real', 'asked_for_a_person'],
        ['this was a terrible lesson', 'complaint'],
        ['I would like to complain about my lesson', 'complaint'],
        ['my son got hurt in the lesson', 'injury'],
        ['running 10 min late', 'late'],
        ['we are stuck in traffic', 'late'],
        ['tell luca my son is allergic to nuts', 'message'],
        ['please tell Ben we are at the lift', 'message'],
    ])('"%s" goes there, whatever is open', async (text, reason) => {
        for (const before of [[], [asked], ['ski lesson tomorrow'], ['i want to book']]) {
            const chat = chatOf();
            const said = await talk(chat, ...before, text);
            expect(said.turn.actions.at(-1)).toMatchObject({ type: 'hand_off', reason });
            expect(said.text).toMatch(/team of Alpine Ski School/);
            expect(said.taps).toEqual([]);
        }
    });

    it.each(['is it too late to book?', 'are you a human?', 'ski lesson late afternoon tomorrow'])(
        '"%s" does not',
        async (text) => {
            expect((await chatOf().say(text)).turn.actions.map(({ type }) => type)).not.toContain('hand_off');
        },
    );
});

describe('days and times', () => {
    it('leaves out the day that does not suit, in later searches too', async () => {
        const chat = chatOf();
        const said = await talk(chat, 'ski lesson', 'next week but not monday');
        expect(said.taps.length).toBeGreaterThan(0);
        expect(said.taps.join()).not.toMatch(/Mon/);
        expect((await chat.say('other times?')).taps.join()).not.toMatch(/Mon/);
    });

    it('offers no Monday for "any day but not monday"', async () => {
        const said = await chatOf().say('ski lesson any day but not monday');
        expect(said.taps).toHaveLength(3);
        expect(said.taps.join()).not.toMatch(/Mon/);
    });

    it.each([
        ['ski lesson tomorrow at 25:00', /does not exist/],
        ['ski lesson on 31 February', /does not exist/],
        ['ski lesson yesterday at 10?', /already over/],
        ['ski lesson in 2 years', /too far ahead/],
    ])('"%s" is refused with a question', async (text, answer) => {
        const said = await chatOf().say(text);
        expect(said.text).toMatch(answer);
        expect(said.text).toMatch(/\?$/);
        expect(said.turn.actions).toEqual([]);
    });

    it('looks for another day when only the proposed one does not suit', async () => {
        const said = await talk(chatOf(), asked, 'not on saturday please');
        expect(said.taps).toHaveLength(3);
        expect(said.taps.join()).not.toMatch(/Sat|Yes/);
    });

    it('takes hours for hours only when opening hours are meant', async () => {
        const said = await chatOf().say('ski lesson for 2 hours tomorrow at 10');
        expect(said.text).toMatch(/Shall I book this/);
    });

    it('knows the week after', async () => {
        const said = await talk(chatOf(), 'ski lesson monday', 'what about the week after');
        expect(said.text).toMatch(/between Monday 30 November and Sunday 6 December/);
    });
});

describe('the list shown last', () => {
    it.each([
        ['1', '09:00–'],
        ['the second one', '12:00–'],
        ['earliest', '09:00–'],
        ['the last', '15:00–'],
    ])('is what "%s" points at', async (text, time) => {
        expect((await talk(chatOf(), 'ski lesson tomorrow', text)).text).toContain(time);
    });

    it('is still there when its holds are over', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow');
        chat.desk.pass(15);
        expect((await chat.say('2')).text).toContain('12:00–');
    });

    it('may be one of services', async () => {
        expect((await talk(chatOf(), 'i want to book', '2')).text).toMatch(/Snowboard lesson, gladly/);
    });
});

describe('people', () => {
    it.each([
        ['for me n my gf', 2],
        ['for 2 kids', 2],
        ['for two', 2],
        ['for me and my 3 kids', 4],
    ])('are counted: %s', async (who, count) => {
        const said = await chatOf().say(`ski lesson ${who} tomorrow at 10`);
        expect(said.text).toContain(`${count} people`);
    });

    it.each(['ski lesson with Marco tomorrow at 10', 'with marco please'])(
        'are said to be unknown: %s',
        async (text) => {
            const said = await talk(chatOf(), asked, text);
            expect(said.text).toMatch(/no instructor called Marco.*Ben Frey, Mia Rossi[\s\S]*Shall I book/);
        },
    );
});

describe('questions of fact', () => {
    it.each([
        ['how long is it', /Private ski lesson: 120 min/],
        ['how many kids can come', /One to four people/],
        ['how old must kids be', /do not know that/],
        ['do I need to bring skis', /do not know that/],
        ['is my child too young? he is 3', /do not know that/],
        ['what is included', /do not know that/],
    ])('%s', async (text, answer) => {
        const said = await chatOf().say(text);
        expect(said.text).toMatch(answer);
        expect(said.turn.actions).toEqual([]);
    });

    it('keep the open question on the table', async () => {
        const said = await talk(chatOf(), asked, 'do I need to bring skis?');
        expect(said.text).toMatch(/do not know that[\s\S]*Shall I book this/);
    });
});

describe('a picture with words', () => {
    const media = { id: 'm1', mime_type: 'image/jpeg' };

    it('goes to a person when they mean nothing to the desk', async () => {
        const said = await chatOf().send({ type: 'image', media: { ...media, caption: 'look at this' } });
        expect(said.text).toMatch(/got your picture.*a person will look at it/);
        expect(said.turn.actions.at(-1)).toMatchObject({ type: 'hand_off', reason: 'picture' });
    });

    it('is acknowledged beside the answer to them', async () => {
        const said = await chatOf().send({ type: 'image', media: { ...media, caption: asked } });
        expect(said.text).toMatch(/got your picture[\s\S]*Shall I book this/);
    });
});
