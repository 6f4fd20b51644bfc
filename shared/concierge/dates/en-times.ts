import { minutesOf, timeOf } from '../../zoned-time.ts';
import { type Hours, likelyTimes } from './likely-time.ts';
import type { Rewrite } from './words.ts';

const numbers = [
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
];
const hour = `(?:1[0-2]|0?[1-9]|${numbers.join('|')})`;
const clock = '(?:[01]?\\d|2[0-3])(?:[:.h][0-5]\\d)?\\s*(?:[ap]\\.?m\\b\\.?)?|noon|midday|lunch(?:time)?';
/** After a number: it is a day, a length or a head count, not an hour. */
const noHour =
    '(?!\\d|[/.:]\\d|\\s*(?:st|nd|rd|th)\\b|\\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|people|persons?|adults?|kids?|children|of us|hours?|hrs?|min|days?|weeks?|months?))';

const digits = (word: string | undefined) => {
    const at = numbers.indexOf(word?.toLowerCase() ?? '');
    return at >= 0 ? at + 1 : Number(word);
};

/** A single clock reading such as "3", "3pm", "15:30" or "noon", where a window begins or ends. */
function windowTime(text: string, hours: Hours, end: 'earliest' | 'latest'): string {
    if (/noon|midday/i.test(text)) return '12:00';
    if (/lunch/i.test(text)) return end === 'earliest' ? '13:00' : '12:00';
    const [, spokenHour = '0', minute = '0', half] =
        /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:([ap])\.?m)?/i.exec(text.trim()) ?? [];
    const number = Number(spokenHour);
    if (half) return timeOf((number % 12) + (half.toLowerCase() === 'p' ? 12 : 0), Number(minute));
    const options = likelyTimes(number, Number(minute), hours);
    return (end === 'earliest' ? options[0] : options.at(-1)) ?? timeOf(number, Number(minute));
}

const windows: Rewrite[] = [
    {
        pattern: new RegExp(
            `\\b(?:between|from) (?<from>${clock})${noHour}\\s*(?:and|to|until|till?|-)\\s*(?<to>${clock})${noHour}`,
            'gi',
        ),
        to: ({ groups }, { hours, notes }) => {
            const latest = windowTime(groups.to ?? '', hours, 'latest');
            // "from 2 to 4pm": the half of the day is said once, at the end.
            const half = /[ap]\.?m/i.exec(groups.to ?? '')?.[0] ?? '';
            const from = groups.from ?? '';
            const shared = windowTime(
                /[ap]\.?m/i.test(from) ? from : `${from.trim()}${half}`,
                hours,
                'earliest',
            );
            notes.earliest =
                minutesOf(shared) < minutesOf(latest) ? shared : windowTime(from, hours, 'earliest');
            notes.latest = latest;
            return ' ';
        },
    },
    {
        pattern: new RegExp(
            `\\b(?:after|from|not before|no earlier than) (?<from>${clock})${noHour}(?: on(?:wards?)?\\b(?! \\w*day))?`,
            'gi',
        ),
        to: ({ groups }, { hours, notes }) => {
            notes.earliest = windowTime(groups.from ?? '', hours, 'earliest');
            return ' ';
        },
    },
    {
        pattern: new RegExp(`(?<from>\\b(?:${clock}))${noHour} or later\\b`, 'gi'),
        to: ({ groups }, { hours, notes }) => {
            notes.earliest = windowTime(groups.from ?? '', hours, 'earliest');
            return ' ';
        },
    },
    {
        pattern: new RegExp(
            `\\b(?:before|until|till?|not after|no later than) (?<to>${clock})${noHour}`,
            'gi',
        ),
        to: ({ groups }, { hours, notes }) => {
            notes.latest = windowTime(groups.to ?? '', hours, 'latest');
            return ' ';
        },
    },
];

/** Clock times in words, and the European notations chrono does not read. */
export const timeRewrites: Rewrite[] = [
    // A window is read before its times are taken for single ones.
    ...windows,
    {
        pattern: new RegExp(`\\bhalf[ -](?:past )?(?<hour>${hour})\\b(?! (?:hour|day))`, 'gi'),
        to: ({ groups }) => `${digits(groups.hour)}:30`,
    },
    {
        pattern: new RegExp(`\\b(?:a )?quarter (?<side>past|after|to|before) (?<hour>${hour})\\b`, 'gi'),
        to: ({ groups }) =>
            /to|before/i.test(groups.side ?? '')
                ? `${((digits(groups.hour) + 10) % 12) + 1}:45`
                : `${digits(groups.hour)}:15`,
    },
    {
        pattern: new RegExp(`\\b(?<hour>${hour}) ?o'?\\s?clock\\b`, 'gi'),
        to: ({ groups }) => `${digits(groups.hour)}:00`,
    },
    {
        pattern: new RegExp(
            `\\b(?<hour>${numbers.join('|')})[ -](?<minute>fifteen|thirty|forty[ -]?five)\\b`,
            'gi',
        ),
        to: ({ groups }) => {
            const minute = groups.minute?.toLowerCase().startsWith('f') ? 45 : 30;
            return `${digits(groups.hour)}:${groups.minute?.toLowerCase() === 'fifteen' ? 15 : minute}`;
        },
    },
    {
        pattern: new RegExp(`\\b(?<hour>${numbers.join('|')}) ?(?<half>[ap]\\.?m\\b\\.?)`, 'gi'),
        to: ({ groups }) => `${digits(groups.hour)}${groups.half}`,
    },
    {
        pattern: new RegExp(
            `(?:\\b(?:at|around|about|approx(?:imately)?|roughly|circa|by|say)|[@~]) ?(?<hour>[01]?\\d|2[0-3]|${numbers.join('|')})(?:[h.](?<minute>[0-5]\\d)|h)?\\b${noHour}`,
            'gi',
        ),
        to: ({ groups }) =>
            groups.minute ? `at ${groups.hour}:${groups.minute}` : `at ${digits(groups.hour)}`,
    },
    { pattern: /\b(?<hour>[01]?\d|2[0-3])-?ish\b/gi, to: ({ groups }) => `at ${groups.hour}` },
    {
        pattern: /\bat (?<hour>[01]\d|2[0-3])(?<minute>[0-5]\d)\b(?!\d)/gi,
        to: ({ groups }) => `at ${groups.hour}:${groups.minute}`,
    },
    {
        pattern: /(?<![\d.:])(?<hour>[01]?\d|2[0-3])h(?<minute>[0-5]\d)\b/gi,
        to: ({ groups }) => `${groups.hour}:${groups.minute}`,
    },
    { pattern: /(?<![\d.:])(?<hour>[789]|1\d|2[0-3])h\b/gi, to: ({ groups }) => `${groups.hour}:00` },
    // "10.30" is a time, "21.11" a date: minutes are round, and 05 or 10 may be a month.
    {
        pattern: /(?<![\d.:])(?<hour>[01]?\d|2[0-3])\.(?<minute>00|15|20|25|30|35|40|45|50|55)(?![\d.])/g,
        to: ({ groups }) => `${groups.hour}:${groups.minute}`,
    },
    {
        pattern: /\b(?<part>morning|afternoon|evening|night),? (?<hour>\d{1,2})\b(?![\d:./])/gi,
        to: ({ groups }) => `${groups.part} at ${groups.hour}`,
    },
];
