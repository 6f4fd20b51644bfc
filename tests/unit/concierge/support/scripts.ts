import type { TurnContext } from '../../../../shared/desk/turn-types.ts';
import type { Move } from '../../../mocks/openai.ts';
import type { Chat, Said } from './chat.ts';
import { FakeDesk } from './fake-desk.ts';
import { ben, booking, customerId, mia } from './world.ts';

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

const nobody = { id: customerId, name: null, language: null, phone: null, bookings_before: 0 };
const desk =
    (over: Partial<TurnContext> = {}) =>
    () =>
        new FakeDesk(over);

const wish = { until: null, part_of_day: null, earliest: null, latest: null, instructor: null, limit: 3 };
const find = (service: string, date: string | null, time: string | null, more = {}): Move => ({
    call: 'find_times',
    args: { service, date, time, ...wish, ...more },
});
const propose = (service: string, date: string, time: string, more = {}): Move => ({
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
const confirm: Move = { call: 'confirm_booking', args: {} };

const yesNo = [/^Yes/, /^No/];
const saturdayAtTen = 'Private ski lesson 2026-11-21T09:00:00+00:00 pending';
const allFacts = [
    /Private ski lesson with Ben Frey/,
    /Saturday,? 21 November 2026/,
    /10:00–12:00/,
    /Zurich time \(CET\)/,
    /2 h/,
    /Anna Keller/,
    /CHF 180/,
    /Valley station/,
];
const asksTomorrowAtTen: Step = {
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
const saysYes: Step = {
    say: 'yes please',
    model: [confirm, { say: 'Wonderful!' }],
    hears: [...allFacts, /this is booked/, /pending: Ben Frey will confirm/],
    taps: [],
    does: ['confirm'],
    stage: 'idle',
    booked: [saturdayAtTen],
};

export const scripts: Script[] = [
    { name: 'books at once what is asked for at once', desk: desk(), steps: [asksTomorrowAtTen, saysYes] },
    {
        name: 'books with a tap',
        desk: desk(),
        steps: [asksTomorrowAtTen, { ...saysYes, say: [], tap: /^Yes/ }],
    },
    {
        name: 'takes fragments as one thought',
        desk: desk(),
        steps: [
            { ...asksTomorrowAtTen, say: ['Hi', 'tomorrow 10', 'ski lesson'] },
            { ...saysYes, say: '👍' },
        ],
    },
    {
        name: 'asks for what is missing, one thing at a time',
        desk: desk({ customer: nobody }),
        steps: [
            {
                say: 'Hello, I would like to book',
                model: [
                    { call: 'get_service_info', args: { service: null } },
                    { say: 'Which service would you like?' },
                ],
                hears: [/which service/i],
                taps: [/Private ski lesson/, /Snowboard lesson/],
                does: [],
            },
            {
                tap: /Snowboard/,
                model: [{ say: 'Which day would suit you?' }],
                hears: [/which day/i],
                does: [],
            },
            {
                say: 'the 28th',
                model: [
                    find('Snowboard lesson', '2026-11-28', null),
                    { say: 'Which of these free times suits you?' },
                ],
                hears: [/free times/, /Saturday 28 November, 09:00 with Mia Rossi/],
                taps: [/Sat 28 Nov 09:00/, /Sat 28 Nov 1\d:00/, /Sat 28 Nov 16:00/],
                does: ['offer'],
                stage: 'collecting',
            },
            {
                say: 'half past nine is better',
                model: [
                    find('Snowboard lesson', '2026-11-28', '09:30'),
                    propose('Snowboard lesson', '2026-11-28', '09:30'),
                    { say: 'What name may I put on the booking?' },
                ],
                hears: [/name/],
                does: ['offer'],
            },
            {
                say: 'Anna Keller',
                model: [
                    { call: 'remember_customer', args: { name: 'Anna Keller', language: null } },
                    propose('Snowboard lesson', '2026-11-28', '09:30'),
                    { say: 'Thank you, Anna!' },
                ],
                hears: [
                    /Thank you/,
                    /Snowboard lesson with Mia Rossi/,
                    /09:30–10:30/,
                    /CHF 95.50/,
                    /Anna Keller/,
                ],
                taps: yesNo,
                does: ['remember_customer', 'propose'],
            },
            {
                say: 'ok',
                model: [confirm, { say: 'See you soon!' }],
                hears: [/booked and confirmed/],
                never: [/pending/],
                does: ['confirm'],
                booked: ['Snowboard lesson 2026-11-28T08:30:00+00:00 confirmed'],
            },
        ],
    },
    {
        name: 'says that the wished time is taken and offers real ones',
        desk: () => {
            const made = new FakeDesk();
            for (const { id } of [ben, mia]) made.takeElsewhere(id, '2026-11-21', '10:00', '12:00');
            return made;
        },
        steps: [
            {
                say: 'ski lesson tomorrow at 10',
                model: [
                    find('ski lesson', '2026-11-21', '10:00'),
                    { say: 'Sorry, 10:00 is not free any more.' },
                ],
                hears: [/10:00/, /taken|not free/, /Saturday 21 November, 12:00/],
                taps: [/12:00/, /12:30/, /13:00/],
                does: ['offer'],
                booked: [],
            },
            {
                tap: /12:00/,
                model: [propose('Private ski lesson', '2026-11-21', '12:00'), { say: 'Gladly.' }],
                hears: [/12:00–14:00/],
                taps: yesNo,
                does: ['propose'],
            },
            {
                say: 'perfect, thank you',
                model: [confirm, { say: 'Wonderful!' }],
                does: ['confirm'],
                booked: ['Private ski lesson 2026-11-21T11:00:00+00:00 pending'],
            },
        ],
    },
    {
        name: 'takes "yes but" for a new wish',
        desk: desk(),
        steps: [
            asksTomorrowAtTen,
            {
                say: 'yes but at 11',
                model: [propose('ski lesson', '2026-11-21', '11:00'), { say: 'Of course.' }],
                hears: [/11:00–13:00/],
                taps: yesNo,
                does: ['propose'],
                booked: [],
            },
            {
                tap: /^Yes/,
                model: [confirm, { say: 'Wonderful!' }],
                does: ['confirm'],
                booked: ['Private ski lesson 2026-11-21T10:00:00+00:00 pending'],
            },
        ],
    },
    {
        name: 'takes a no, and "cancel" before anything is booked',
        desk: desk(),
        steps: [
            asksTomorrowAtTen,
            {
                say: 'cancel',
                model: [
                    { call: 'cancel_booking', args: { booking: null } },
                    { say: 'No problem, nothing is booked.' },
                ],
                hears: [/nothing is booked/],
                taps: [],
                does: ['decline'],
                booked: [],
            },
        ],
    },
    {
        name: 'moves a booking after asking',
        desk: desk({ upcoming_bookings: [booking(1)] }),
        steps: [
            {
                say: 'can we move it to Friday 27 Nov 2pm?',
                model: [
                    {
                        call: 'reschedule_booking',
                        args: { booking: 'AB01', date: '2026-11-27', time: '14:00', instructor: null },
                    },
                    { say: 'That works.' },
                ],
                hears: [
                    /Shall I move/,
                    /Friday,? 27 November 2026, 14:00–16:00/,
                    /Instead of: Wednesday,? 25 November/,
                ],
                taps: yesNo,
                does: ['propose'],
                stage: 'rescheduling',
                booked: ['Private ski lesson 2026-11-25T09:00:00+00:00 confirmed'],
            },
            {
                say: 'Yes, move it',
                model: [confirm, { say: 'All set.' }],
                hears: [/has moved/, /Friday,? 27 November 2026, 14:00–16:00/, /AB01/],
                does: ['confirm'],
                booked: ['Private ski lesson 2026-11-27T13:00:00+00:00 confirmed'],
            },
        ],
    },
    {
        name: 'cancels a booking after asking',
        desk: desk({ upcoming_bookings: [booking(1)] }),
        steps: [
            {
                say: 'I have to cancel my lesson',
                model: [{ call: 'cancel_booking', args: { booking: 'AB01' } }, { say: 'What a pity.' }],
                hears: [/Shall I cancel this booking/, /AB01/],
                taps: yesNo,
                does: ['propose'],
                stage: 'cancelling',
                booked: ['Private ski lesson 2026-11-25T09:00:00+00:00 confirmed'],
            },
            {
                say: 'yes, cancel it',
                model: [confirm, { say: 'Until another time!' }],
                hears: [/this booking is cancelled/],
                does: ['confirm'],
                booked: ['Private ski lesson 2026-11-25T09:00:00+00:00 cancelled'],
            },
        ],
    },
    {
        name: 'tells what is booked',
        desk: desk({ upcoming_bookings: [booking(1)] }),
        steps: [
            {
                say: 'what have I booked?',
                model: [
                    { call: 'list_bookings', args: {} },
                    {
                        say: 'Private ski lesson with Ben Frey on Wednesday 25 November at 10:00, reference AB01.',
                    },
                ],
                hears: [/Private ski lesson/, /Wednesday 25 November/, /10:00/, /AB01/],
                does: [],
            },
        ],
    },
    {
        name: 'tells prices and hours',
        desk: desk(),
        steps: [
            {
                say: 'How much is a snowboard lesson?',
                model: [
                    { call: 'get_service_info', args: { service: 'snowboard' } },
                    { say: 'A snowboard lesson is CHF 95.50 for one hour.' },
                ],
                hears: [/CHF 95.50/],
                does: [],
            },
            {
                say: 'And when are you open?',
                model: [
                    { call: 'get_service_info', args: { service: null } },
                    { say: 'Every day from 09:00 to 17:00.' },
                ],
                hears: [/09:00/, /17:00/],
                does: [],
            },
        ],
    },
    {
        name: 'gives the conversation to a person who is asked for',
        desk: desk(),
        steps: [
            {
                say: 'Can I talk to a person please?',
                model: [
                    { call: 'hand_off', args: { reason: 'asked', summary: 'Wants to talk to a person.' } },
                    { say: 'Of course, someone of the team will write to you here.' },
                ],
                hears: [/someone/],
                does: ['hand_off'],
                stage: 'idle',
            },
        ],
    },
    {
        name: 'admits that an offer has run out and makes it again',
        desk: desk(),
        steps: [
            asksTomorrowAtTen,
            {
                before: (chat) => chat.desk.pass(31),
                tap: /^Yes/,
                model: [
                    confirm,
                    propose('Private ski lesson', '2026-11-21', '10:00'),
                    { say: 'That offer has expired, but the time is still free.' },
                ],
                hears: [/expired/, /Shall I book this/, /10:00–12:00/],
                taps: yesNo,
                does: ['propose'],
                booked: [],
            },
            saysYes,
        ],
    },
    {
        name: 'is honest when somebody else is faster than the YES',
        desk: desk(),
        steps: [
            asksTomorrowAtTen,
            {
                before: (chat) => {
                    let once = false;
                    chat.meanwhile = () => {
                        if (!once)
                            for (const { id } of [ben, mia])
                                chat.desk.takeElsewhere(id, '2026-11-21', '10:00', '11:00');
                        once = true;
                    };
                },
                say: 'yes',
                model: [
                    confirm,
                    { say: 'Wonderful!' },
                    find('ski lesson', '2026-11-21', '10:00'),
                    { say: 'I am sorry, someone else has just taken that time.' },
                ],
                hears: [/just taken/, /Saturday 21 November, 11:00/],
                never: [/this is booked/],
                taps: [/11:00/, /11:30/, /12:00/],
                does: ['decline', 'offer'],
                booked: [],
            },
        ],
    },
];
