import { describe, expect, it } from 'vitest';
import { chatOf, talk, twoBookings } from '../support/rules-chat.ts';
import { booking } from '../support/world.ts';

const asked = 'ski lesson tomorrow at 10';
const withOne = () => chatOf({ upcoming_bookings: [booking(1)] });
const done = (said: { turn: { actions: { type: string }[] } }) => said.turn.actions.map(({ type }) => type);

describe('beside an open question', () => {
    it.each(['yep, see you then', 'perfect, see you tomorrow at 10!', 'thanks', 'bye'])(
        '"%s" books nothing and is told so',
        async (text) => {
            const chat = chatOf();
            const said = await talk(chat, asked, text);
            expect(said.text).toMatch(/^Nothing is booked yet[\s\S]*Shall I book this/);
            expect(said.taps).toHaveLength(2);
            await chat.say('yes');
            expect(chat.bookings).toHaveLength(1);
        },
    );

    it('says that nothing was cancelled yet', async () => {
        const said = await talk(withOne(), 'cancel my booking', 'thanks, bye');
        expect(said.text).toMatch(/Nothing has been cancelled yet/);
        expect(said.taps).toHaveLength(2);
    });

    it.each([
        ['half an hour later', /10:30–12:30/],
        ['30 minutes later please', /10:30–12:30/],
        ['an hour earlier', /09:00–11:00/],
        ['no, 12', /12:00–14:00/],
        ['no thanks, 12', /12:00–14:00/],
        ['12', /12:00–14:00/],
        ['wait, at 12 rather', /12:00–14:00/],
    ])('"%s" asks about another time', async (text, time) => {
        const said = await talk(chatOf(), asked, text);
        expect(said.text).toMatch(time);
        expect(done(said)).toEqual(['propose']);
    });

    it('offers only what is later to "yes but later"', async () => {
        const said = await talk(chatOf(), asked, 'yes but later');
        expect(said.taps[0]).toMatch(/10:30/);
        expect(said.taps.join()).not.toMatch(/10:00|09:/);
    });

    it.each(['I said NO', 'no no no', 'really, no'])('"%s" drops it', async (text) => {
        const said = await talk(chatOf(), asked, text);
        expect(done(said)).toEqual(['decline']);
        expect(said.text).toMatch(/No problem, nothing is booked/);
    });

    it('takes the newest message when it takes back a quick yes', async () => {
        const chat = chatOf();
        await chat.say(asked);
        expect((await chat.say('yes', 'wait, at 12 rather')).text).toMatch(/Shall I book[\s\S]*12:00–14:00/);
        expect(chat.bookings).toEqual([]);
    });

    it('takes one thing after the other', async () => {
        const chat = chatOf();
        const said = await talk(chat, asked, 'yes and tomorrow at 14 as well');
        expect(said.text).toMatch(/one after the other[\s\S]*10:00–12:00/);
        await chat.say('yes');
        expect(chat.bookings).toHaveLength(1);
    });

    it('never calls a newer offer an expired one', async () => {
        const chat = chatOf();
        await chat.say(asked);
        const old = chat.choice(/^Yes/);
        await chat.say('rather on sunday');
        await chat.say('no');
        await chat.say('monday');
        const said = await chat.send(old);
        expect(said.text).toMatch(/replaced by a newer offer/);
        expect(said.text).not.toMatch(/expired/);
    });
});

describe('after a booking', () => {
    it.each([
        ['wait, at 12 rather', /25 November 2026, 12:00/],
        ['can we do sunday instead', /22 November 2026, 10:00/],
        ['can we do the lesson on sunday instead?', /22 November 2026, 10:00/],
        ['30 minutes later', /25 November 2026, 10:30/],
        ['with Mia please', /with Mia Rossi[\s\S]*25 November 2026, 10:00/],
    ])('"%s" offers to move it', async (text, where) => {
        const said = await withOne().say(text);
        expect(said.text).toMatch(/Shall I move your booking/);
        expect(said.text).toMatch(where);
    });

    it('asks when to "later"', async () => {
        expect((await withOne().say('can it be later?')).text).toMatch(/To which day and time/);
    });

    it('asks which of several', async () => {
        const said = await chatOf({ upcoming_bookings: twoBookings }).say('wait, at 12 rather');
        expect(said.text).toMatch(/Which of your bookings/);
    });

    it('still makes another one when one is asked for', async () => {
        const said = await withOne().say('ski lesson tomorrow at 14');
        expect(said.text).toMatch(/Shall I book this/);
    });

    it('never moves a booking to where it is', async () => {
        const said = await withOne().say('move it to wednesday at 10');
        expect(said.text).toMatch(/is when your booking is already/);
        expect(said.turn.actions).toEqual([]);
    });

    it('tells what is booked, however it is asked', async () => {
        const chat = withOne();
        const questions = [
            'what time was it again',
            'who is my instructor',
            'what is my reference',
            'was my booking confirmed?',
            'what do i have',
        ];
        for (const question of questions) {
            const said = await chat.say(question);
            expect(said.text).toMatch(/Ben Frey, Wednesday 25 November, 10:00.*confirmed, reference AB01/);
        }
    });

    it('notes a name and says so', async () => {
        const said = await withOne().say('my name is Sam actually');
        expect(said.turn.actions).toEqual([{ type: 'remember_customer', name: 'Sam' }]);
        expect(said.text).toMatch(/Sam.*noted your name/);
    });

    it('takes a farewell for a farewell', async () => {
        expect((await withOne().say('thanks, see you wednesday')).text).toMatch(/Goodbye/);
    });
});

describe('going in circles', () => {
    it('says it otherwise once, then asks a person', async () => {
        const chat = chatOf();
        expect((await talk(chat, 'ski lesson tomorrow', 'yes')).text).toMatch(/Which one would you like/);
        expect((await chat.say('ok do it')).text).toMatch(/did not understand[\s\S]*Which one/);
        expect((await chat.say('do it')).turn.actions.at(-1)).toMatchObject({ type: 'hand_off' });
    });
});
