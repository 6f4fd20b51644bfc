import { en } from 'chrono-node';
import { addDays, endOfMonth, weekdayOf } from '../../zoned-time.ts';
import { nextDate, nextDayOfMonth, noteNextWeekend, noteRange, noteWeekend } from './calendar.ts';
import { timeRewrites } from './en-times.ts';
import { type DateWords, inNextWeek, onOrAfter, type Rewrite } from './words.ts';

const weekday =
    '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const month =
    '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const some = '(?:\\d+(?:[.,]\\d+)?|an?|one|two|three|four|five|six)';
const unit = '(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?)';

const weekdayNumber = (name: string) =>
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(name.slice(0, 3).toLowerCase()) + 1;

const misspelt: Rewrite[] = [
    { pattern: /\b(?:tom+or+ow+|2mor+ow|2mrw|2moro|tomoz)\b/gi, to: () => 'tomorrow' },
    { pattern: /\bwe(?:nd?e?sday|dn?sday)\b/gi, to: () => 'wednesday' },
    { pattern: /\bthr?usday\b/gi, to: () => 'thursday' },
    { pattern: /\b(?<part>morning|afternoon|evening)s\b/gi, to: ({ groups }) => groups.part ?? '' },
    { pattern: /\bsat(?:er|u)day\b/gi, to: () => 'saturday' },
];

const notDates: Rewrite[] = [
    {
        pattern: new RegExp(
            `\\b(?:last|past) (?:${weekday}|week(?:end)?|month)\\b|\\byesterday\\b|\\b${some} ${unit} ago\\b`,
            'gi',
        ),
        to: (_, reading) => {
            reading.notes.past = true;
            return ' ';
        },
    },
    { pattern: /\b\d{1,2}[ -]?(?:years?|yrs?|y\/?o)(?:[ -]olds?)?\b/gi, to: () => ' ' },
    // A length ("2 hours", "half a day") is not a distance from now, unless "in" says so.
    {
        pattern: new RegExp(
            `(?<!\\b(?:in|within) )(?:\\b${some}|\\bhalf(?: an?)?|\\bfull|\\bwhole|1/2)[ -]?${unit}\\b(?! (?:from now|later|from|on)\\b)`,
            'gi',
        ),
        to: () => ' ',
    },
    { pattern: /\bthe sun\b/gi, to: () => ' ' },
];

const relative: Rewrite[] = [
    {
        pattern: /\bin (?<amount>\d+|an?|half an|one|two|three|four) (?<unit>hours?|hrs?|minutes?|mins?)\b/gi,
        to: ({ groups }, reading) => {
            const words: Record<string, number> = {
                a: 1,
                an: 1,
                'half an': 0.5,
                one: 1,
                two: 2,
                three: 3,
                four: 4,
            };
            const spoken = groups.amount?.toLowerCase() ?? '';
            const amount = words[spoken] ?? Number(spoken);
            const wall = reading.wallIn(groups.unit?.startsWith('h') ? amount * 60 : amount);
            return `${wall.date} ${wall.time}`;
        },
    },
    { pattern: /\b(?:in )?a fortnight\b/gi, to: () => 'in 2 weeks' },
    { pattern: /\b(?:the )?day after tomorrow\b|\bovermorrow\b/gi, to: (_, { today }) => addDays(today, 2) },
    {
        pattern: /\b(?:a|one) week (?:from )?tomorrow\b|\btomorrow week\b/gi,
        to: (_, { today }) => addDays(today, 8),
    },
    {
        pattern: /\b(?:a|one) week from (?:today|now)\b|\btoday week\b/gi,
        to: (_, { today }) => addDays(today, 7),
    },
    {
        pattern: new RegExp(
            `\\b(?:a|one) week (?:on|from) (?<first>${weekday})\\b|\\b(?<second>${weekday}) week\\b`,
            'gi',
        ),
        to: ({ groups }, { today }) =>
            addDays(onOrAfter(addDays(today, 1), weekdayNumber(groups.first ?? groups.second ?? '')), 7),
    },
];

const ranges: Rewrite[] = [
    {
        pattern: /\b(?:right (?:now|away)|straight away|immediately)\b|^\W*now\W*$/gi,
        to: (_, { today, notes }) => {
            notes.any = true;
            return today;
        },
    },
    {
        pattern:
            /\b(?:as soon as possible|asap|soonest|(?:the )?earliest(?: possible)?|(?:next|first) (?:available|free|possible)|any ?time|any ?day|any time|whenever|flexible|(?:i )?do(?:n'?t| not) mind|does(?:n'?t| not) matter|no preference)\b/gi,
        to: (_, reading) => {
            reading.notes.any = true;
            return ' ';
        },
    },
    {
        pattern: /\b(?:the )?rest of (?:the|this) week\b|\b(?:later )?this week\b(?!end)/gi,
        to: (_, reading) => noteRange(reading.today, 7 - weekdayOf(reading.today), reading),
    },
    {
        pattern: /\bnext week\b(?!end)/gi,
        to: (_, reading) => noteRange(inNextWeek(reading.today, 1), 6, reading),
    },
    {
        pattern: /\bnext week-?end\b/gi,
        to: (_, reading) => noteNextWeekend(reading),
    },
    {
        pattern: /\b(?:this |the |at the |on the |coming )?week-?end\b/gi,
        to: (_, reading) => noteWeekend(reading),
    },
    {
        pattern: /\b(?:(?<next>next)|(?:later )?this) month\b/gi,
        to: ({ groups }, reading) => {
            const { today, notes } = reading;
            notes.date ??= groups.next ? addDays(endOfMonth(today), 1) : today;
            notes.until ??= endOfMonth(notes.date);
            return ' ';
        },
    },
];

const monthNumber = (name: string) =>
    ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].indexOf(
        name.slice(0, 3).toLowerCase(),
    ) + 1;

/** "31 February": chrono would take it for the month alone. */
const noDays: Rewrite[] = [
    `(?<day>29|3\\d)(?:st|nd|rd|th)?(?: of)? (?<month>${month})\\b(?:,? (?<year>20\\d\\d))?`,
    `(?<month>${month})\\.? (?:the )?(?<day>29|3\\d)(?:st|nd|rd|th)?\\b(?:,? (?<year>20\\d\\d))?`,
].map((source) => ({
    pattern: new RegExp(`\\b${source}`, 'gi'),
    to: ({ whole, groups }, { today, notes }) => {
        if (nextDate(today, Number(groups.day), monthNumber(groups.month ?? ''), groups.year)) return whole;
        notes.impossible = true;
        return ' ';
    },
}));

const calendarDates: Rewrite[] = [
    ...noDays,
    {
        pattern: /(?<![\d/.:])(?<a>\d{1,2})\/(?<b>\d{1,2})(?:\/(?<year>\d{4}|\d{2}))?(?![\d/])/g,
        to: ({ groups }, reading) => {
            const [a, b] = [Number(groups.a), Number(groups.b)];
            const options = [
                nextDate(reading.today, a, b, groups.year),
                nextDate(reading.today, b, a, groups.year),
            ];
            const real = [...new Set(options.filter((date) => date !== undefined))];
            if (real.length === 2) reading.notes.dateOptions = real.sort();
            if (real.length === 0) reading.notes.impossible = true;
            return real.length === 1 ? (real[0] ?? ' ') : ' ';
        },
    },
    {
        pattern: /(?<![\d.:])(?<day>\d{1,2})\.\s?(?<month>1[0-2]|0?[1-9])\.(?<year>\d{4}|\d{2})?(?!\d)/g,
        to: ({ groups }, { today, notes }) => {
            const date = nextDate(today, Number(groups.day), Number(groups.month), groups.year);
            if (date === undefined) notes.impossible = true;
            return date ?? ' ';
        },
    },
    // "the 28th", "Friday the 27th": day of the month with an ordinal and no month beside it.
    {
        pattern: new RegExp(
            `(?<!${month}\\.? (?:the )?)\\b(?:(?<name>${weekday}),? )?(?:on )?(?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)\\b(?<next> (?:of )?next month)?(?: (?:of )?this month)?(?! (?:of )?${month}\\b)(?! (?:one|option|slot|choice|time|lesson|floor|birthday))`,
            'gi',
        ),
        to: ({ whole, groups }, reading) => {
            const date = nextDayOfMonth(reading.today, Number(groups.day), groups.next ? 1 : 0);
            if (date === undefined) return whole;
            const named = groups.name ? weekdayNumber(groups.name) : weekdayOf(date);
            if (named === weekdayOf(date)) return date;
            // The weekday and the number disagree: only the customer knows which of them is wrong.
            reading.notes.dateOptions = [date, onOrAfter(addDays(reading.today, 1), named)].sort();
            return ' ';
        },
    },
    {
        pattern: new RegExp(
            `\\b(?<name>${weekday}),? (?<day>1[3-9]|2\\d|3[01])\\b(?![:.h]|\\s*(?:am|pm|${month}))`,
            'gi',
        ),
        to: ({ whole, groups }, { today }) => {
            const date = nextDayOfMonth(today, Number(groups.day));
            return date !== undefined && weekdayOf(date) === weekdayNumber(groups.name ?? '') ? date : whole;
        },
    },
    // A single digit beside a day is an hour to a person, and nothing to chrono.
    {
        pattern: new RegExp(
            `\\b(?<day>${weekday}|tomorrow|today),? (?<hour>\\d)\\b(?![:.h/]|\\s*(?:am|pm|people|persons?|adults?|kids?|children|lessons?|${month}))`,
            'gi',
        ),
        to: ({ groups }) => `${groups.day} at ${groups.hour}`,
    },
    // chrono would read the 10 of "21 Nov 10" as the year 2010.
    {
        pattern: new RegExp(
            `\\b(?<day>\\d{1,2}(?:st|nd|rd|th)? (?:of )?${month}),? (?<hour>\\d{1,2})(?![\\d:.h])`,
            'gi',
        ),
        to: ({ groups }) => `${groups.day} at ${groups.hour}`,
    },
];

const bareNumber: Rewrite = {
    pattern: /^\W*(?<number>\d{1,2})\W*$/,
    to: ({ whole, groups }, { expecting, today }) => {
        if (expecting === 'time') return `at ${groups.number}`;
        return (expecting === 'day' && nextDayOfMonth(today, Number(groups.number))) || whole;
    },
};

/**
 * English dates: what chrono-node reads, plus what customers write and it does not. "Next Friday" is the one of
 * next week, as most people say it; "03/04" is March to some and April to others, so it is asked back about.
 */
export const english: DateWords = {
    chrono: en.casual,
    trustsChrono: true,
    rewrites: [
        ...misspelt,
        ...relative,
        ...notDates,
        ...ranges,
        ...calendarDates,
        ...timeRewrites,
        bareNumber,
    ],
    nextWeek: /\bnext\b/i,
    thisOne: /\b(?:this|today|coming)\b/i,
    beforeMonth: /\b(?:in|during|next|this|of|early|late|mid|until|through)\s+$/i,
    correction: /\b(?:instead|rather|better|actually|what about|how about|or maybe)\b/i,
    fillers: /\b(?:on|at|for|the|in|to|by|around|about|from|of|maybe|please|o'?clock)\b/gi,
};
