import { describe, expect, it } from 'vitest';
import { serviceChoice, slotChoice, yesChoice } from '../../../../shared/concierge/choices.ts';
import { chatOf, talk } from '../support/rules-chat.ts';
import { ben, customerId, mia, privateLesson } from '../support/world.ts';

describe('choosing among offered times', () => {
    it.each([
        ['the first one', '09:00'],
        ['2', '12:00'],
        ['the last one please', '15:00'],
        ['12:00', '12:00'],
        ['at noon', '12:00'],
        ['3', '15:00'],
        ['saturday at 9', '09:00'],
    ])('%s', async (pick, time) => {
        const said = await talk(chatOf(), 'ski lesson tomorrow', pick);
        expect(said.text).toContain(`${time}–`);
        expect(said.turn.actions.at(-1)?.type).toBe('propose');
    });

    it('asks which when the answer is only yes', async () => {
        const said = await talk(chatOf(), 'ski lesson tomorrow', 'yes');
        expect(said.text).toMatch(/Which one would you like/);
        expect(said.taps).toHaveLength(3);
    });

    it('takes a yes for the only one', async () => {
        const chat = chatOf();
        for (const { id } of [ben, mia]) chat.desk.takeElsewhere(id, '2026-11-21', '11:00', '17:00');
        const said = await talk(chat, 'ski lesson tomorrow between 9 and 9:15', 'yes');
        expect(said.text).toMatch(/09:00–11:00/);
    });

    it.each([
        ['later', /nothing later on Saturday 21 November/],
        ['something earlier', /nothing earlier on Saturday 21 November/],
        ['other times?', /these free times on Saturday 21 November/],
        ['none of these', /these free times on Saturday/],
        ['another day', /Which day would suit you/],
        ['monday', /Monday 23 November/],
        ['no', /nothing is booked/],
    ])('goes on after "%s"', async (text, answer) => {
        expect((await talk(chatOf(), 'ski lesson tomorrow', text)).text).toMatch(answer);
    });

    it('shows a list when more is wanted', async () => {
        const said = await talk(chatOf(), 'ski lesson tomorrow', 'more times please');
        expect(said.content?.type).toBe('list');
        expect(said.taps).toHaveLength(8);
    });

    it('lets go of everything at the second no', async () => {
        const chat = chatOf();
        const said = await talk(chat, 'ski lesson tomorrow', 'no thanks', 'no');
        expect(said.text).toMatch(/whenever you like/);
        expect(said.turn.state).toEqual({ stage: 'idle', draft: {} });
        expect(chat.desk.context().offers).toEqual([]);
    });
});

describe('what was tapped', () => {
    it('proposes an old time that is still free', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow');
        chat.desk.pass(60);
        const said = await chat.tap(/12:00/);
        expect(said.turn.actions.map(({ type }) => type)).toEqual(['propose']);
    });

    it('says that an old time is gone and offers others', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow');
        chat.desk.pass(60);
        for (const { id } of [ben, mia]) chat.desk.takeElsewhere(id, '2026-11-21', '12:00', '13:00');
        const said = await chat.tap(/12:00/);
        expect(said.text).toMatch(/no longer free/);
        expect(said.turn.actions.map(({ type }) => type)).toEqual(['offer']);
    });

    it('says that a tapped time is over', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow');
        chat.desk.pass(3 * 24 * 60);
        expect((await chat.tap(/12:00/)).text).toMatch(/already over/);
    });

    it.each([
        ['a service of nobody', serviceChoice(customerId)],
        [
            'a time of a service of nobody',
            slotChoice(customerId, { instructor_id: ben.id, starts_at: '2026-11-21T09:00:00Z' }),
        ],
        [
            'a time of a stranger',
            slotChoice(privateLesson.id, { instructor_id: customerId, starts_at: '2026-11-21T09:00:00Z' }),
        ],
        ['a proposal of nobody', yesChoice(customerId)],
    ])('does nothing for %s', async (_name, id) => {
        const said = await chatOf().send({ type: 'choice', id, text: 'A button' });
        expect(said.text).toMatch(/Which service|expired/);
        expect(said.turn.actions).toEqual([]);
    });

    it('reads an unknown button as its words', async () => {
        const said = await chatOf().send({ type: 'choice', id: 'template-7', text: 'Hello' });
        expect(said.text).toMatch(/welcome/);
    });

    it('shows the open proposal when the button of an older one is tapped', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        const old = chat.choice(/^Yes/);
        await chat.say('rather at 11');
        const said = await chat.send(old);
        expect(said.text).toMatch(/older offer[\s\S]*11:00–13:00/);
        expect(chat.bookings).toEqual([]);
    });

    it('books once when YES is tapped twice', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        const yes = chat.choice(/^Yes/);
        await chat.send(yes);
        const said = await chat.send(yes);
        expect(said.text).toMatch(/answered that already[\s\S]*You have booked/);
        expect(chat.bookings).toHaveLength(1);
    });

    it('says no to a late no', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        const no = chat.choice(/^No/);
        chat.desk.pass(31);
        const said = await chat.send(no);
        expect(said.text).toMatch(/nothing is booked/);
    });

    it('keeps what was written beside a tap', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow');
        const said = await chat.send(chat.choice(/12:00/), { type: 'text', text: 'we are 3' });
        expect(said.text).toMatch(/12:00–14:00[\s\S]*3 people/);
    });

    it('does not take a tapped YES with a wish beside it for a YES', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        const said = await chat.send(chat.choice(/^Yes/), {
            type: 'text',
            text: 'sorry, 11 would be better, at 11',
        });
        expect(chat.bookings).toEqual([]);
        expect(said.text).toMatch(/11:00–13:00/);
    });
});
