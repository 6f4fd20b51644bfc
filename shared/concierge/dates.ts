import type { ParsedResult } from 'chrono-node';
import type { PartOfDay } from '../desk/turn-types.ts';
import { addDays, minutesOf, wallTime } from '../zoned-time.ts';
import { english } from './dates/en.ts';
import { dayOf, type FoundDay, partOf, type Scene, timesOf } from './dates/from-chrono.ts';
import type { Hours } from './dates/likely-time.ts';
import type { DateWords, Notes, Reading } from './dates/words.ts';

/**
 * A day and a time as a customer writes them. `date` with `until` is a range, both ends included. `unclear`
 * holds the readings to ask back about; what is unclear is then missing from the other fields.
 */
export type When = {
    date?: string;
    until?: string;
    time?: string;
    earliest?: string;
    latest?: string;
    part?: PartOfDay;
    /** "Any time", "as soon as possible": no further question is needed. */
    any?: true;
    /** What was named lies before now. */
    past?: true;
    unclear?: { kind: 'date' | 'time'; options: string[] };
    /** The text without its date words. */
    rest: string;
};

export type ReadWhenOptions = {
    now: Date;
    zone: string;
    /** What was asked last: a bare "10" is a time after "what time?" and a day after "which day?". */
    expecting?: 'day' | 'time' | undefined;
    /** Opening hours, to tell 3 in the night from 3 in the afternoon. */
    hours?: Hours | undefined;
};

const languages: Record<string, DateWords> = { en: english };
const usualHours: Hours = { opens: '07:00', closes: '19:00' };

/** Reads day and time out of a message. Pure: the same words, instant and zone give the same answer. */
export function readWhen(text: string, options: ReadWhenOptions, language = 'en'): When {
    const words = languages[language] ?? english;
    const { now, zone, hours = usualHours, expecting } = options;
    const wall = wallTime(now, zone);
    const notes: Notes = {};
    const plain = rewrite(text, words, {
        today: wall.date,
        // Hours are added to the instant, for a wall may skip or repeat some.
        wallIn: (minutes) => wallTime(new Date(now.getTime() + minutes * 60_000), zone),
        hours,
        expecting,
        notes,
    });
    // chrono counts in walls: the wall of the zone is given to it as UTC, so no zone of the machine plays in.
    const reference = { instant: new Date(`${wall.date}T${wall.time}:00Z`), timezone: 0 };
    const found = words.chrono.parse(plain, reference, { forwardDate: true }).filter(isMeant);
    const scene: Scene = { text: plain, wall, hours, words };
    const part = found.map(partOf).find((named) => named !== undefined);

    const days: FoundDay[] = [];
    const times: string[][] = [];
    const used: ParsedResult[] = [];
    for (const result of found) {
        const day = dayOf(result, scene);
        const time = timesOf(result, part, hours);
        const end = result.end && timesOf({ start: result.end, text: result.text }, part, hours);
        if (day) days.push(day);
        if (time) times.push(time);
        if (time && end) times.push(end);
        if (day || time || partOf(result)) used.push(result);
    }

    const when: When = { rest: restOf(plain, used, words) };
    if (notes.any) when.any = true;
    if (part) when.part = part;
    settleDay(when, days, notes, words.correction.test(text));
    settleTime(when, times, notes);
    const lastDay = when.until ?? when.date;
    const over = lastDay === wall.date && when.time && minutesOf(when.time) <= minutesOf(wall.time);
    if (notes.past || over || (lastDay && lastDay < wall.date)) when.past = true;
    return when;
}

/** "5 min" and "the second" are no distances from now; those that are ("in 2 hours") were rewritten before. */
function isMeant(result: ParsedResult): boolean {
    return ![...result.tags()].some((tag) => /relativeDateAndTime|casualReference\/now/.test(tag));
}

function rewrite(text: string, words: DateWords, reading: Reading): string {
    let plain = text.replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u2012-\u2015]/g, '-');
    for (const { pattern, to } of words.rewrites) {
        plain = plain.replace(pattern, (...args) => {
            const last: unknown = args.at(-1);
            const groups = (typeof last === 'object' ? last : {}) as Record<string, string | undefined>;
            return to({ whole: String(args[0]), groups }, reading);
        });
    }
    return plain;
}

function settleDay(when: When, days: FoundDay[], notes: Notes, corrected: boolean) {
    const distinct = [...new Map(days.map((day) => [day.date, day])).values()];
    const chosen = corrected ? distinct.at(-1) : distinct[0];
    if (notes.dateOptions) {
        when.unclear = { kind: 'date', options: notes.dateOptions };
    } else if (!chosen) {
        if (notes.date) when.date = notes.date;
        if (notes.until && notes.until !== notes.date) when.until = notes.until;
    } else if (distinct.length > 1 && !corrected) {
        const options = distinct.map((day) => day.date).sort();
        const [first = chosen.date, last = chosen.date] = [options[0], options.at(-1)];
        // "Monday or Tuesday" is a stretch of days; "Monday or Friday" is a question.
        if (addDays(first, options.length - 1) === last) Object.assign(when, { date: first, until: last });
        else when.unclear = { kind: 'date', options };
    } else if (chosen.also) {
        when.unclear = { kind: 'date', options: [chosen.date, chosen.also] };
    } else {
        Object.assign(when, chosen);
    }
}

function settleTime(when: When, times: string[][], notes: Notes) {
    if (notes.earliest) when.earliest = notes.earliest;
    if (notes.latest) when.latest = notes.latest;
    const first = times[0];
    const last = times.at(-1);
    if (!first || !last || when.earliest || when.latest) return;
    if (first.join() !== last.join()) {
        when.earliest = first[0];
        when.latest = last.at(-1);
    } else if (first.length > 1) {
        when.unclear ??= { kind: 'time', options: first };
    } else {
        when.time = first[0];
    }
}

function restOf(plain: string, used: ParsedResult[], words: DateWords): string {
    let rest = plain;
    for (const { index, text } of [...used].reverse()) {
        rest = `${rest.slice(0, index)} ${rest.slice(index + text.length)}`;
    }
    return (used.length > 0 ? rest.replace(words.fillers, ' ') : rest).replace(/\s+/g, ' ').trim();
}
