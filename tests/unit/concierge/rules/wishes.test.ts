import { describe, expect, it } from 'vitest';
import { FakeDesk } from '../support/fake-desk.ts';
import { chatOf, nobody, talk } from '../support/rules-chat.ts';
import { ben, mia, privateLesson, snowboard } from '../support/world.ts';

describe('a wish', () => {
    it.each([
        ['a lesson with Mia tomorrow at 10, skiing', /with Mia Rossi/],
        ['ski lesson tomorrow at 10 with anyone', /with Ben Frey/],
        ['ski lesson tomorrow at 10 for 3 people', /3 people/],
        ['ski lesson tomorrow at 10 for one person please', /For: Anna Keller\n/],
        ['I would like to have my ski lesson tomorrow at 10', /10:00–12:00/],
        ['can someone help me book a ski lesson tomorrow at 10?', /10:00–12:00/],
        ['ski lesson tomorrow at 10 for me and my son', /2 people/],
        ['ski lesson tomorrow at 10 for 2 adults and 1 child', /3 people/],
        ['ski lesson tomorrow at 10, my name is Bob Miller', /For: Bob Miller/],
        ['private lesson next friday at half past nine', /Friday,? 27 November 2026, 09:30–11:30/],
        ['snowbord lesson on the 28th at 9', /Snowboard lesson with Mia Rossi/],
        ['Is 10 tomorrow still free for a ski lesson?', /10:00–12:00/],
    ])('%s', async (text, fact) => {
        const said = await chatOf().say(text);
        expect(said.text).toMatch(fact);
        expect(said.turn.actions.at(-1)?.type).toBe('propose');
    });

    it.each([
        ['ski lesson on friday at 2pm', /do you mean Friday 20 November or Friday 27 November/],
        ['ski lesson 03/12 at 10', /Thursday 3 December or Friday 12 March/],
        ['ski lesson yesterday', /already over/],
        ['ski lesson today at 9am', /already over/],
        ['ski lesson in 6 months', /too far ahead[\s\S]*18 February/],
        ['ski lesson at 11', /at 11:00, gladly. On which day/],
        ['a ski lesson', /Which day would suit you/],
        ['lesson tomorrow at 10', /Which service/],
        ['ski lesson tomorrow at 20:00', /outside our hours/],
        ['ski lesson on saturday after 2pm', /Saturday 21 November after 14:00/],
        ['ski lesson on saturday before 11', /Saturday 21 November before 11:00/],
        ['ski lesson on saturday between 10 and 12', /between 10:00 and 12:00/],
        ['ski lesson tomorrow in the evening', /nothing free on Saturday 21 November in the evening/],
        ['ski lesson next week', /between Monday 23 November and Sunday 29 November/],
        ['when is your next free ski lesson?', /The next free times are/],
        ['snowboard lesson with Ben tomorrow', /Ben Frey does not give Snowboard lesson/],
    ])('%s', async (text, answer) => {
        expect((await chatOf().say(text)).text).toMatch(answer);
    });

    it.each(['next week', 'the second', 'the 27th', 'in a week'])(
        'understands "%s" as an answer to which Friday',
        async (answer) => {
            const said = await talk(chatOf(), 'ski lesson on friday at 2pm', answer);
            expect(said.text).toMatch(/Friday,? 27 November 2026, 14:00/);
        },
    );

    it('asks which half of the day when both are open, and understands the answer', async () => {
        const late = new FakeDesk().base.weekly_hours.map((hours) => ({
            ...hours,
            starts: '07:00',
            ends: '22:00',
        }));
        const said = await chatOf({ weekly_hours: late }).say('ski lesson tomorrow at 8');
        expect(said.text).toMatch(/do you mean 08:00 or 20:00/);
        const answered = await talk(
            chatOf({ weekly_hours: late }),
            'ski lesson tomorrow at 8',
            'in the morning',
        );
        expect(answered.turn.state.draft).toMatchObject({ date: '2026-11-21', time: '08:00' });
    });

    it('needs no question where there is one service only', async () => {
        const said = await chatOf({ services: [privateLesson] }).say('a lesson tomorrow at 10');
        expect(said.text).toMatch(/Private ski lesson with Ben Frey/);
    });

    it('asks which one of those that the words may mean', async () => {
        const other = { ...privateLesson, id: snowboard.id, name: 'Group ski lesson', aliases: [] };
        const services = [{ ...privateLesson, aliases: [] }, other, { ...snowboard, id: ben.id }];
        const said = await chatOf({ services }).say('a ski lesson tomorrow');
        expect(said.text).toMatch(/Private ski lesson or Group ski lesson/);
        expect(said.taps).toHaveLength(2);
    });

    it('offers the wished hour with somebody else beside other hours', async () => {
        const chat = chatOf();
        chat.desk.takeElsewhere(mia.id, '2026-11-21', '10:00', '12:00');
        const said = await chat.say('ski lesson tomorrow at 10 with Mia');
        expect(said.text).toMatch(/Mia Rossi is not free at 10:00[\s\S]*10:00 with Ben Frey/);
    });

    it('looks further when a day is full', async () => {
        const chat = chatOf();
        for (const { id } of [ben, mia]) chat.desk.takeElsewhere(id, '2026-11-21', '08:00', '18:00');
        const said = await chat.say('ski lesson tomorrow');
        expect(said.text).toMatch(/nothing free on Saturday 21 November. The nearest/);
        expect(said.taps[0]).toMatch(/Sun 22 Nov/);
    });

    it('says so when there is nothing at all', async () => {
        const chat = chatOf();
        for (const { id } of [ben, mia]) {
            chat.desk.state.claims.push({
                instructor_id: id,
                from: 0,
                to: Number.MAX_SAFE_INTEGER,
                ours: false,
                expires_at: Number.POSITIVE_INFINITY,
            });
        }
        expect((await chat.say('ski lesson tomorrow at 10')).text).toMatch(/cannot find a free time/);
    });
});

describe('the name', () => {
    it.each([
        ['Anna Keller', 'Anna Keller'],
        ["it's Jürg O'Neill", "Jürg O'Neill"],
        ['my name is Mia', 'Mia'],
        ['I am Zoë', 'Zoë'],
    ])('is taken from "%s"', async (text, name) => {
        const chat = chatOf({ customer: nobody });
        const said = await talk(chat, 'ski lesson tomorrow at 10', text);
        expect(said.text).toContain(`For: ${name}`);
        expect(said.turn.actions[0]).toEqual({ type: 'remember_customer', name });
    });

    it.each(['yes', '12345', 'how much is it?', 'rather on sunday'])('is not "%s"', async (text) => {
        const chat = chatOf({ customer: nobody });
        await talk(chat, 'ski lesson tomorrow at 10', text);
        expect(chat.desk.state.customer.name).toBeNull();
    });

    it("of a booking may be another than the customer's", async () => {
        const chat = chatOf();
        await talk(chat, 'ski lesson tomorrow at 10, my name is Bob', 'yes');
        expect(chat.desk.state.customer.name).toBe('Anna Keller');
        expect(chat.desk.state.proposals[0]?.customer_name).toBe('Bob');
    });
});
