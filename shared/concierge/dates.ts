import type { ParsedResult } from 'chrono-node';
import type { PartOfDay } from '../desk/turn-types.ts';
import { addDays, minutesOf, type WallTime, wallTime } from '../zoned-time.ts';
import { german } from './dates/de.ts';
import { english } from './dates/en.ts';
import { spanish } from './dates/es.ts';
import { french } from './dates/fr.ts';
import { dayOf, type FoundDay, partOf, type Scene, timesOf } from './dates/from-chrono.ts';
import { italian } from './dates/it.ts';
import type { Hours } from './dates/likely-time.ts';
import type { DateWords, Notes, Reading } from './dates/words.ts';
import { detectLanguage, isLanguage, type Language } from './language.ts';

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
    /** The day named is in no calendar ("31 February"). */
    impossible?: true;
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

const languages: Record<Language, DateWords> = {
    en: english,
    de: german,
    fr: french,
    it: italian,
    es: spanish,
};
/** Nobody names a time further into a message; what patterns cost grows with the length of a text. */
const longest = 1000;
/** Where no hours are known: wide enough that "at 7" is asked back about and "at 3" is not. */
const usualHours: Hours = { opens: '06:00', closes: '21:00' };

/**
 * Reads day and time out of a message. Pure: the same words, instant and zone give the same answer. `language` is
 * that of the conversation (`de`, `de-CH`); what says nothing in it is read in its own when that is sure.
 */
export function readWhen(text: string, options: ReadWhenOptions, language?: string): When {
    const known = language?.slice(0, 2).toLowerCase();
    const detected = detectLanguage(text);
    const spoken = isLanguage(known) ? known : (detected ?? 'en');
    const when = readIn(text, options, languages[spoken]);
    if (!detected || detected === spoken || Object.keys(when).length > 1) return when;
    return readIn(text, options, languages[detected]);
}

function readIn(text: string, options: ReadWhenOptions, words: DateWords): When {
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
    const part = partIn(notes, words.trustsChrono ? found : []);

    const days: FoundDay[] = [];
    const times: string[][] = [...(notes.times ?? [])];
    const used: ParsedResult[] = [];
    for (const result of found) {
        const day = dayOf(result, scene);
        const time = words.trustsChrono ? timesOf(result, part, hours) : undefined;
        const end = time && result.end && timesOf({ start: result.end, text: result.text }, part, hours);
        if (day) days.push(withDoubts(day, notes, times, scene));
        if (time) times.push(time);
        if (time && end) times.push(end);
        if (day || time || partOf(result)) used.push(result);
    }

    const when: When = { rest: restOf(plain, used, words) };
    if (notes.any) when.any = true;
    if (part) when.part = part;
    // "Last week was too full, Friday then": what lies behind is no choice beside what lies ahead.
    const ahead = days.filter((day) => (day.until ?? day.date) >= wall.date);
    settleDay(when, ahead.length > 0 ? ahead : days, notes, words.correction.test(text));
    settleTime(when, times, notes);
    if (notes.impossible && !when.date) when.impossible = true;
    if (isPast(when, notes, wall)) when.past = true;
    return when;
}

function isPast(when: When, notes: Notes, wall: WallTime): boolean {
    const lastDay = when.until ?? when.date;
    if (notes.past) return true;
    if (!lastDay || lastDay > wall.date) return false;
    return lastDay < wall.date || (when.time !== undefined && minutesOf(when.time) <= minutesOf(wall.time));
}

/** The part of day that was named, unless several were: "morning or afternoon" leaves it open. */
function partIn(notes: Notes, found: ParsedResult[]): PartOfDay | undefined {
    const own = new Set(notes.parts);
    if (own.size > 1) return undefined;
    return [...own][0] ?? found.map(partOf).find((named) => named !== undefined);
}

/** A day the rewrites were not sure of. "Friday" on a Friday is in a week once the time asked for is over. */
function withDoubts(day: FoundDay, { also }: Notes, times: string[][], { wall, hours }: Scene): FoundDay {
    const other = also?.[day.date];
    if (!other || day.until) return day;
    const asked = times[0]?.at(-1) ?? hours.closes;
    const isOver = day.date === wall.date && minutesOf(wall.time) >= minutesOf(asked);
    return isOver ? { date: other } : { date: day.date, also: other };
}

/** "5 min" and "the second" are no distances from now; those that are ("in 2 hours") were rewritten before. */
function isMeant(result: ParsedResult): boolean {
    return ![...result.tags()].some((tag) => /relativeDateAndTime|casualReference\/now/.test(tag));
}

function rewrite(text: string, words: DateWords, reading: Reading): string {
    let plain = text
        .slice(0, longest)
        .normalize('NFC')
        // Neither a row of spaces nor of digits names a time, and both make a pattern slow that allows for some.
        .replace(/\s+/g, ' ')
        .replace(/\d{9,}/g, ' ')
        .replace(/[\u2018\u2019\u02bc]/g, "'")
        .replace(/[\u2012-\u2015]/g, '-');
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
    if (notes.dateOptions && !corrected) {
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
        when.unclear = { kind: 'date', options: [chosen.date, chosen.also].sort() };
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
