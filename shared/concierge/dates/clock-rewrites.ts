import { minutesOf, timeOf } from '../../zoned-time.ts';
import { likelyTimes } from './likely-time.ts';
import { amount, iso, type Sources } from './sources.ts';
import { any, type Vocabulary, whole } from './vocabulary.ts';
import type { Reading, Rewrite } from './words.ts';

/**
 * Times of day. First everything that is one becomes a mark in the text, `⟦m570~⟧` in minutes, sure (!) where it
 * is written as a clock shows it; then the windows around marks are read; then the marks that are left.
 */
const mark = (name: string) => `⟦(?<${name}>[^⟧]*)⟧`;

function marked(hour: number, minute: number, sure: boolean): string {
    const at = (((hour * 60 + minute) % 1440) + 1440) % 1440;
    return ` ⟦m${at}${sure ? '!' : '~'}⟧ `;
}

export function clockRewrites(words: Vocabulary, sources: Sources): Rewrite[] {
    return [...markRewrites(words, sources), ...windowRewrites(words, sources), ...timeRewrites(words)];
}

function markRewrites(words: Vocabulary, sources: Sources): Rewrite[] {
    const { clock } = words;
    const { hour, oclock, article, countsElse, to } = sources;
    const at = `(?<at>(?<!\\p{L})${any(clock.at)}\\s*)`;
    const heads = any(...clock.heads.map(([said]) => said));
    const tails = any(...clock.tails.map(([said]) => said));
    const minutes = (said: string | undefined, list: ClockParts) =>
        list.find(([words]) => new RegExp(`^${any(words)}$`, 'iu').test(said ?? ''))?.[1] ?? 0;
    const start = '(?<![\\p{L}\\p{N}]|\\d[.:,/-])';
    const bounds = `(?<edge>(?<!\\p{L})${any(clock.between, clock.after, clock.before)}\\s+${article}?)`;
    const bare = (groups: Record<string, string | undefined>) =>
        marked(amount(groups.hour, words), 0, /^0\d/.test(groups.hour ?? ''));
    return [
        { pattern: whole(any(clock.afterLunch)), to: noted('earliest', '13:00') },
        { pattern: whole(any(clock.beforeLunch)), to: noted('latest', '12:00') },
        { pattern: whole(any(clock.noon)), to: () => marked(12, 0, true) },
        { pattern: whole(any(clock.midnight)), to: () => marked(0, 0, true) },
        ...(clock.heads.length === 0
            ? []
            : [
                  {
                      pattern: whole(`(?<head>${heads})\\s+(?<hour>${hour})(?:\\s*${oclock})?`),
                      to: ({ groups }: { groups: Record<string, string | undefined> }) =>
                          marked(amount(groups.hour, words), minutes(groups.head, clock.heads), false),
                  },
              ]),
        {
            pattern: whole(`(?<hour>${hour})(?:\\s*${oclock})?\\s+(?<tail>${tails})(?:\\s*${oclock})?`),
            to: ({ groups }) => marked(amount(groups.hour, words), minutes(groups.tail, clock.tails), false),
        },
        {
            pattern: new RegExp(
                `${start}(?<hour>2[0-4]|1\\d|0?\\d)(?:\\s?(?:h|:)\\s?|:)(?<minute>[0-5]\\d)(?:\\s?${oclock})?(?![\\p{L}\\p{N}])`,
                'giu',
            ),
            to: ({ groups }) => marked(Number(groups.hour), Number(groups.minute), true),
        },
        {
            pattern: new RegExp(
                `${start}(?<hour>2[0-4]|1\\d|0?\\d)\\.(?<minute>[0-5]\\d)(?:\\s?${oclock})?(?![\\p{L}\\p{N}]|\\.\\d)`,
                'giu',
            ),
            to: ({ groups }) => marked(Number(groups.hour), Number(groups.minute), true),
        },
        // "10-12 Uhr": what is said once after the second hour is meant of both.
        {
            pattern: new RegExp(
                `${start}(?<first>2[0-4]|1\\d|0?\\d)(?<to>${to}${article}?)(?<hour>${hour})\\s?${oclock}`,
                'giu',
            ),
            to: ({ groups }) =>
                `${marked(Number(groups.first), 0, true)}${groups.to}${marked(amount(groups.hour, words), 0, true)}`,
        },
        {
            pattern: new RegExp(
                `${start}(?<hour>${hour})\\s?${oclock}(?:\\s?(?<minute>[0-5]?\\d)(?!${countsElse.slice(3, -1)}))?`,
                'giu',
            ),
            to: ({ groups }) => {
                const digits = /^\d/.test(groups.hour ?? '');
                return marked(amount(groups.hour, words), Number(groups.minute ?? 0), digits);
            },
        },
        {
            pattern: new RegExp(`${at}(?<hour>[01]\\d|2[0-3])(?<minute>[0-5]\\d)(?!\\d|[.:/-]\\d)`, 'giu'),
            to: ({ groups }) => `${groups.at}${marked(Number(groups.hour), Number(groups.minute), true)}`,
        },
        {
            pattern: new RegExp(
                `(?<!\\p{L})(?<from>${any(clock.from)}\\s+)(?<hour>${hour})(?=${to}${article}?(?:${hour}${countsElse}|⟦))`,
                'giu',
            ),
            to: ({ groups }) => `${groups.from}${bare(groups)}`,
        },
        {
            pattern: new RegExp(`(?:${at}|${bounds})(?<hour>${hour})${countsElse}`, 'giu'),
            to: ({ groups }) => `${groups.at ?? groups.edge}${bare(groups)}`,
        },
        {
            pattern: new RegExp(
                `(?<=⟧\\s*)(?<to>(?:-|${any(clock.and, clock.to)})\\s*${article}?)(?<hour>${hour})${countsElse}`,
                'giu',
            ),
            to: ({ groups }) => `${groups.to}${bare(groups)}`,
        },
        // A number after a day is an hour: "morgen 10".
        {
            pattern: new RegExp(`(?<day>${iso}\\s*,?\\s*)(?<hour>2[0-3]|1\\d|0?\\d)${countsElse}`, 'giu'),
            to: ({ groups }) => `${groups.day}${bare(groups)}`,
        },
    ];
}

type ClockParts = readonly (readonly [string, number])[];

const noted =
    (end: 'earliest' | 'latest', time: string): Rewrite['to'] =>
    (_, { notes }) => {
        notes[end] = time;
        return ' ';
    };

/** What a mark can mean: one time when it is sure, two when only the customer knows. */
export function timesOfMark(content: string | undefined, { hours, notes }: Reading): string[] {
    const [, minutes = '0', sure] = /^m(\d+)([!~])$/.exec(content ?? '') ?? [];
    const [hour, minute] = [Math.floor(Number(minutes) / 60), Number(minutes) % 60];
    const literal = timeOf(hour, minute);
    const [part] = notes.parts ?? [];
    if (part && hour <= 12) {
        return [timeOf(part !== 'morning' && hour < 12 ? hour + 12 : hour, minute)];
    }
    const options = likelyTimes(hour, minute, hours);
    return sure === '!' && options.includes(literal) ? [literal] : options;
}

function windowRewrites({ clock }: Vocabulary, { article, to }: Sources): Rewrite[] {
    const edge = (words: string) => `(?<!\\p{L})${any(words)}\\s*${article}?`;
    const window: Rewrite['to'] = ({ groups }, reading) => {
        const { notes } = reading;
        const first = groups.first === undefined ? undefined : timesOfMark(groups.first, reading);
        const last = groups.last === undefined ? undefined : timesOfMark(groups.last, reading);
        const earliest = first?.[0];
        if (earliest) notes.earliest = earliest;
        if (last) {
            const after = last.find((time) => !earliest || minutesOf(time) > minutesOf(earliest));
            notes.latest = after ?? last.at(-1) ?? '23:59';
        }
        return ' ';
    };
    const reads = (source: string): Rewrite => ({ pattern: new RegExp(source, 'giu'), to: window });
    return [
        reads(
            `${edge(clock.between)}${mark('first')}\\s*(?:${any(clock.and)}|-)\\s*${article}?${mark('last')}`,
        ),
        reads(
            `(?:${edge(clock.from)})?${mark('first')}(?:${to}|\\s*${any(clock.to)}\\s*)${article}?${mark('last')}`,
        ),
        reads(`${edge(clock.after)}${mark('first')}(?:\\s*${any(clock.onwards)})?`),
        reads(`${mark('first')}\\s*${any(clock.onwards)}`),
        reads(`${edge(clock.before)}${mark('last')}`),
    ];
}

function timeRewrites({ clock }: Vocabulary): Rewrite[] {
    return [
        {
            pattern: new RegExp(`(?:(?<!\\p{L})${any(clock.at)}\\s*)?${mark('time')}`, 'giu'),
            to: ({ groups }, reading) => {
                const { notes } = reading;
                notes.times = [...(notes.times ?? []), timesOfMark(groups.time, reading)];
                return ' ';
            },
        },
        {
            pattern: /^[^\p{L}\p{N}]*(?<number>\d{1,2})[^\p{L}\p{N}]*$/u,
            to: ({ whole: said, groups }, reading) => {
                const { expecting, notes } = reading;
                if (expecting !== 'time' || Number(groups.number) > 24) return said;
                notes.times = [timesOfMark(`m${(Number(groups.number) % 24) * 60}~`, reading)];
                return ' ';
            },
        },
    ];
}
