import { FakeDesk } from './fake-desk.ts';
import { asksTomorrowAtTen, confirm, desk, find, propose, type Script, saysYes, yesNo } from './script.ts';
import { ben, customerId, mia } from './world.ts';

const nobody = { id: customerId, name: null, language: null, phone: null, bookings_before: 0 };

/** Ways to a first booking. */
export const bookingScripts: Script[] = [
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
];
