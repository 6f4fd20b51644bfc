import type { TurnContext } from '../../../../shared/desk/turn-types.ts';
import type { Move } from '../../../mocks/openai.ts';
import type { Chat, Said } from './chat.ts';
import { FakeDesk } from './fake-desk.ts';

/**
 * Whole conversations, one for each thing a customer comes for. A step is what the customer does, what a model
 * would do about it, and what must come of it whoever thinks.
 */
export type Step = {
    say?: string | string[];
    tap?: RegExp;
    /** Something that happens in the world before the customer writes. */
    before?: (chat: Chat) => void;
    model: Move[];
    /** All of these are in the reply. */
    hears?: RegExp[];
    /** None of these is. */
    never?: RegExp[];
    /** Titles that can be tapped, in order. */
    taps?: RegExp[];
    /** Types of the staged actions, in order. */
    does?: string[];
    stage?: Said['turn']['state']['stage'];
    /** Service, start and status of all bookings after it. */
    booked?: string[];
};
export type Script = { name: string; desk: () => FakeDesk; steps: Step[] };

export const desk =
    (over: Partial<TurnContext> = {}) =>
    () =>
        new FakeDesk(over);

const wish = { until: null, part_of_day: null, earliest: null, latest: null, instructor: null, limit: 3 };
export const find = (service: string, date: string | null, time: string | null, more = {}): Move => ({
    call: 'find_times',
    args: { service, date, time, ...wish, ...more },
});
export const propose = (service: string, date: string, time: string, more = {}): Move => ({
    call: 'propose_booking',
    args: {
        service,
        date,
        time,
        instructor: null,
        participants: 1,
        customer_name: null,
        notes: null,
        ...more,
    },
});
export const confirm: Move = { call: 'confirm_booking', args: {} };

export const yesNo = [/^Yes/, /^No/];
export const saturdayAtTen = 'Private ski lesson 2026-11-21T09:00:00+00:00 pending';
export const allFacts = [
    /Private ski lesson with Ben Frey/,
    /Saturday,? 21 November 2026/,
    /10:00–12:00/,
    /Zurich time \(CET\)/,
    /2 h/,
    /Anna Keller/,
    /CHF 180/,
    /Valley station/,
];
export const asksTomorrowAtTen: Step = {
    say: 'Hi, a ski lesson tomorrow at 10?',
    model: [
        find('ski lesson', '2026-11-21', '10:00'),
        propose('Private ski lesson', '2026-11-21', '10:00', { instructor: 'Ben Frey' }),
        { say: 'Good news, that works!' },
    ],
    hears: [...allFacts, /Shall I book this/],
    never: [/\bis booked\b/i],
    taps: yesNo,
    does: ['propose'],
    stage: 'confirming',
    booked: [],
};
export const saysYes: Step = {
    say: 'yes please',
    model: [confirm, { say: 'Wonderful!' }],
    hears: [...allFacts, /this is booked/, /pending: Ben Frey will confirm/],
    taps: [],
    does: ['confirm'],
    stage: 'idle',
    booked: [saturdayAtTen],
};
