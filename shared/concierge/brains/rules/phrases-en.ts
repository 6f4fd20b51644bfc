import type { Phrases } from './phrases.ts';

const withName = (name: string | null) => (name ? ` ${name.split(' ')[0]}` : '');
const either = (options: string[]) =>
    options.length < 2 ? options.join('') : `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`;

const kinds: Record<string, string> = {
    voice: 'voice notes',
    audio: 'audio',
    image: 'pictures',
    video: 'videos',
    document: 'documents',
    sticker: 'stickers',
    location: 'locations',
    contacts: 'contact cards',
    order: 'orders',
};

export const english: Phrases = {
    hello: (name, business) => `Hello${withName(name)}, welcome to ${business}!`,
    helloShort: (name) => `Hello${withName(name)}!`,
    offerHelp:
        'I can book, move or cancel a time for you and tell you about prices and hours. What would you like?',
    youAreWelcome: 'You are welcome!',
    goodbye: (business) => `Goodbye, and thank you for writing to ${business}!`,
    machine: (business) =>
        `I am the automatic desk of ${business}; people of the team read along. Write "person" and one of them takes over.`,
    handedOff: (business) =>
        `Of course. I have passed this on to the team of ${business}; someone will write to you here.`,

    askService: 'Which service would you like?',
    askWhichService: (names) => `Which one do you mean: ${either(names)}?`,
    askDay: (service) => `${service}, gladly. Which day would suit you, and at what time?`,
    askDayAt: (service, time) => `${service} at ${time}, gladly. On which day?`,
    askName: 'What name may I put on the booking?',
    askNewTime: (booking) => `To which day and time shall I move your ${booking}?`,
    askWhichBooking: {
        move: 'Which of your bookings would you like to move?',
        cancel: 'Which of your bookings would you like to cancel?',
    },
    moveOrCancel: 'Would you like to move it or to cancel it?',
    anyTime: 'All right. Write to me whenever you like.',
    dayUnclear: (days) => `Just to be sure: do you mean ${either(days)}?`,
    timeUnclear: (times) => `Just to be sure: do you mean ${either(times)}?`,
    inThePast: 'That time is already over. Which day and time would you like instead?',
    tooFarAhead: (service, last) =>
        `That is too far ahead: ${service} can be booked until ${last}. Which earlier day would suit you?`,

    isFree: ({ day, time }) => `${day} at ${time} is free.`,
    notFree: ({ day, time, instructor }) =>
        instructor
            ? `Sorry, ${instructor} is not free at ${time} on ${day}.`
            : `Sorry, ${time} on ${day} is already taken or not available.`,
    outsideHours: ({ day, time }) => `Sorry, ${time} on ${day} is outside our hours.`,
    nothingThen: (day) => `Sorry, I have nothing free ${day}.`,
    nothingLater: (day) => `Sorry, I have nothing later ${day}.`,
    nothingEarlier: (day) => `Sorry, I have nothing earlier ${day}.`,
    window: (earliest, latest) =>
        earliest && latest
            ? `between ${earliest} and ${latest}`
            : earliest
              ? `after ${earliest}`
              : latest
                ? `before ${latest}`
                : '',
    nearest: 'The nearest free times are:',
    nothingAtAll: 'Sorry, I cannot find a free time around then. Which other day would suit you?',
    timesOn: (day) => `I have these free times ${day}:`,
    nextTimes: 'The next free times are:',
    stretch: (first, last) => `between ${first} and ${last}`,
    on: (day) => `on ${day}`,
    whichOne: 'Which one would you like?',
    invite: 'Shall I look for a free time? Just tell me a day.',
    doesNotGive: (instructor, service) => `${instructor} does not give ${service}, but others do.`,

    justTaken: 'I am sorry, someone else has just taken that time.',
    gone: 'Sorry, that time is no longer free.',
    goingFast:
        'I am sorry, these times are going faster than I can hold them, and nothing is booked yet. Which other day or time would suit you?',
    expired: 'That offer has expired, so nothing is booked yet.',
    stillOpen: 'That was an older offer. This one is open:',
    alreadyAnswered: 'You have answered that already.',
    declined: {
        book: 'No problem, nothing is booked. Would another day or time suit you better?',
        reschedule: 'All right, your booking stays as it is.',
        cancel: 'All right, I leave your booking as it is.',
    },
    pardon: 'Sorry, I did not understand that.',
    thankYou: (name) => `Thank you,${withName(name)}!`,
    somethingWrong: 'I am sorry, that did not work, and nothing has changed.',
    cannotChange: 'I am sorry, that booking cannot be changed any more.',

    noBookings: 'You have no upcoming booking with us.',
    yourBookings: 'You have booked:',
    bookingLine: ({ service, instructor, when, status, reference, price }) =>
        `• ${service} with ${instructor}, ${when}, ${price} (${status}, reference ${reference})`,

    serviceLine: ({ name, price, description }, duration) =>
        `• ${name}: ${duration}, ${price}${description ? `. ${description}` : ''}`,
    ourServices: 'This is what we offer:',
    hours: (groups, zone) =>
        groups
            .map(({ days, hours }) => {
                const named =
                    days.length > 2 && isRow(days) ? `${days[0]} to ${days.at(-1)}` : days.join(', ');
                return `${named}: ${hours.length > 0 ? hours.join(' and ') : 'closed'}`;
            })
            .concat(zone)
            .join('\n'),
    meetingPoint: (place) =>
        place ? `We meet here: ${place}` : 'Your instructor will tell you where to meet.',

    cannotRead: (given) => {
        const names = [...new Set(given.map((kind) => kinds[kind] ?? 'messages of this kind'))];
        return `Thank you! I cannot read ${names.join(' and ')} here yet, but the team can see it. Could you write it in a few words?`;
    },
    notUnderstood: [
        'Sorry, I did not understand that. You can write, for example, "a lesson tomorrow at 10", "move my booking to Friday", "prices" or "talk to a person".',
        'I am still not sure what you mean. Tell me what you would like to book and for which day, or write "person" and someone from the team takes over.',
    ],
    cannotHelp: (business) =>
        `I am sorry, I do not understand. I have asked the team of ${business} to help; someone will write to you here.`,
};

const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const isRow = (days: string[]) =>
    days.every((day, index) => index === 0 || week.indexOf(day) === week.indexOf(days[index - 1] ?? '') + 1);
