import { asksTomorrowAtTen, confirm, desk, find, propose, type Script, saysYes, yesNo } from './script.ts';
import { ben, booking, mia } from './world.ts';

/** What comes after a booking, beside it, or in its way. */
export const serviceScripts: Script[] = [
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
