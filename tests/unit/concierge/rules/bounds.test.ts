import { describe, expect, it } from 'vitest';
import { isAngry } from '../../../../shared/concierge/anger.ts';
import { rulesBrain } from '../../../../shared/concierge/brains/rules/rules.ts';
import { knownAnswer } from '../../../../shared/concierge/known-answers.ts';
import { Chat } from '../support/chat.ts';
import { FakeDesk } from '../support/fake-desk.ts';
import { twoBookings } from '../support/rules-chat.ts';
import { business } from '../support/world.ts';

const entry = (question: string, answer: string, language: string | null = null) => ({
    question,
    answer,
    language,
});
const knowledge = [
    entry('Is there parking at the station?', 'Yes, CHF 5 a day.'),
    entry('Do you rent out helmets?', 'Helmets are free.'),
    entry('Gibt es Parkplätze am Bahnhof?', 'Ja, 5 Franken am Tag.', 'de'),
];

function chatWith(settings: object, known = knowledge) {
    const desk = new FakeDesk({ upcoming_bookings: twoBookings });
    const read = desk.context.bind(desk);
    desk.context = () => ({
        ...read(),
        business: { ...business, settings: settings as Record<string, unknown> },
        knowledge: known,
    });
    return new Chat(rulesBrain(), desk);
}

const handedOver = (reason: string) => ({
    type: 'hand_off',
    reason,
    summary: expect.stringMatching(/^.+\n.+$/s),
});

describe('what a business does not allow its desk', () => {
    it.each([
        [{ abilities: { cancel: false } }, 'please cancel my lesson', 'cancelling_is_for_people'],
        [{ abilities: { reschedule: false } }, 'can I move my lesson to Friday', 'moving_is_for_people'],
        [
            { abilities: { book: false } },
            'I would like to book a ski lesson tomorrow at 10',
            'booking_is_for_people',
        ],
        [
            { abilities: { answer_questions: false } },
            'what are your opening hours?',
            'questions_are_for_people',
        ],
        [{ boundaries: { share_prices: false } }, 'how much is a lesson?', 'prices_are_for_people'],
    ])('%o: "%s" goes to a person', async (settings, text, reason) => {
        const said = await chatWith(settings).say(text);
        expect(said.turn.actions).toContainEqual(handedOver(reason));
        expect(said.text).toMatch(/passed this on to the team/);
    });

    it('still lets a customer take back what was only asked', async () => {
        const chat = chatWith({ abilities: { cancel: false } });
        await chat.say('a private ski lesson tomorrow at 10');
        const said = await chat.say('cancel');
        expect(said.turn.actions.map(({ type }) => type)).toEqual(['decline']);
    });

    it('tells services without prices where they are not shared', async () => {
        const said = await chatWith({ boundaries: { share_prices: false } }).say(
            'what services do you offer?',
        );
        expect(said.text).toMatch(/Snowboard lesson: [^,.]+$/m);
        expect(said.text).not.toMatch(/CHF|, ?\.|,$/m);
    });
});

describe('personality', () => {
    it('introduces itself once, as the business wants', async () => {
        const chat = chatWith({ personality: { name: 'Heidi', says_it_is_an_ai: true } });
        expect((await chat.say('hello')).text).toMatch(/I am Heidi, the AI assistant of Alpine Ski School\./);
        expect((await chat.say('what are your prices?')).text).not.toMatch(/Heidi/);
        expect((await chatWith({}).say('hello')).text).not.toMatch(/assistant/);
    });

    it('greets by name unless told not to', async () => {
        expect((await chatWith({}).say('hello')).text).toMatch(/Anna/);
        expect((await chatWith({ personality: { greets_by_name: false } }).say('hello')).text).not.toMatch(
            /Anna/,
        );
    });
});

describe('knowledge', () => {
    it('is told word for word where it fits, and stays silent where it does not', async () => {
        expect((await chatWith({}).say('is there any parking near the station?')).text).toMatch(
            /CHF 5 a day/,
        );
        expect((await chatWith({}).say('can I rent helmets from you?')).text).toMatch(/Helmets are free/);
        expect((await chatWith({}).say('do you rent out sledges?')).text).not.toMatch(/Helmets/);
        expect(
            (await chatWith({ boundaries: { bookings_only: true } }).say('is there parking at the station?'))
                .text,
        ).not.toMatch(/CHF 5/);
    });

    it('is told in the language it is written in, and never when two answers fit alike', () => {
        expect(knownAnswer('Hat es Parkplätze am Bahnhof?', knowledge, 'de')).toBe('Ja, 5 Franken am Tag.');
        expect(knownAnswer('Parkplätze Bahnhof', knowledge, 'en')).toBeUndefined();
        expect(
            knownAnswer('helmets?', [entry('Helmets?', 'A'), entry('helmets', 'B')], 'en'),
        ).toBeUndefined();
        expect(knownAnswer('', knowledge, 'en')).toBeUndefined();
    });
});

describe('anger', () => {
    it.each([
        'This is ridiculous, nobody answers',
        'worst service ever!!',
        'Das ist eine Frechheit',
        'So ein Saftladen',
        "C'est inadmissible",
        'È una vergogna!',
        'Esto es una vergüenza',
        'what a scam',
    ])('is heard: %s', (text) => expect(isAngry(text)).toBe(true));

    it.each([
        'That is not ridiculous at all',
        'a lesson tomorrow',
        'kein Scherz',
        'the snow is insane',
        'ce n’est pas une arnaque',
    ])('is not heard where there is none: %s', (text) => expect(isAngry(text)).toBe(false));

    it('fetches a person, once', async () => {
        const said = await chatWith({}).say('This is unacceptable, I waited an hour');
        expect(said.turn.actions).toEqual([handedOver('angry')]);
    });
});
