import { dayOf, instantOf, nextDay, previousDay, wallAt } from './slot-oracle-clock.ts';

// What is free, worked out the slow way: one minute at a time, with nothing of the product in it. Instants are
// minutes since 1970; every length is in minutes.

/** Local start and end, `HH:MM`; an end that is not after the start is meant on the next day, `24:00` is midnight. */
export type Hours = [starts: string, ends: string];

/** Half open, in minutes since 1970. */
export type Span = { from: number; to: number };

/** First and last date, both included. */
export type Dates = [first: string, last: string];

export interface Worker {
    weekly: { weekday: number; hours: Hours }[];
    /** Replaces the weekly hours of that date; without hours the day is off. */
    overrides: { date: string; hours: Hours | null }[];
    timeOff: Span[];
    /** What takes the instructor's time, buffers included. */
    busy: Span[];
    /** Starts of groups that have places left, and how many. */
    joinable: Map<number, number>;
}

export interface Terms {
    duration: number;
    before: number;
    after: number;
    notice: number;
    horizonDays: number;
    step: number;
    /** Places of a group; null when one booking has the instructor to itself. */
    capacity: number | null;
}

export interface Question {
    zone: string;
    terms: Terms;
    /** The business is open in these periods; with none, all year. */
    seasons: Dates[];
    closures: Dates[];
    /** Starts in [from, to) are asked for. */
    from: number;
    to: number;
    now: number;
    part?: 'morning' | 'afternoon' | 'evening' | undefined;
}

/** Every start at which this worker is free, in order, with the places left. */
export function freeStarts(worker: Worker, question: Question): Map<number, number | null> {
    const { zone, terms, from, to, now } = question;
    const works = new Set<number>();
    const starts = new Set<number>();
    const last = to + terms.duration;
    const first = previousDay(previousDay(dayOf(zone, from)));

    for (let date = first; instantOf(zone, date, '00:00') < last; date = nextDay(date)) {
        if (!isOpen(question, date)) continue;
        for (const [opens, closes] of hoursOf(worker, zone, date)) {
            const begin = instantOf(zone, date, opens);
            const end = instantOf(zone, closes <= opens ? nextDay(date) : date, closes);
            for (let minute = begin; minute < end; minute += 1) {
                works.add(minute);
                if ((minute - begin) % terms.step === 0) starts.add(minute);
            }
        }
    }
    const base = instantOf(zone, first, '00:00');
    for (const span of worker.timeOff) {
        for (let minute = Math.max(span.from, base); minute < Math.min(span.to, last); minute += 1) {
            works.delete(minute);
        }
    }
    const busy = new Set<number>();
    for (const span of worker.busy) {
        for (let minute = span.from; minute < span.to; minute += 1) busy.add(minute);
    }

    const worksAllThrough = (start: number) => {
        for (let minute = start; minute < start + terms.duration; minute += 1) {
            if (!works.has(minute)) return false;
        }
        return true;
    };
    const isTaken = (start: number) => {
        const end = start + terms.duration + terms.after;
        for (let minute = start - terms.before; minute < end; minute += 1) {
            if (busy.has(minute)) return true;
        }
        return false;
    };
    const isAskedFor = (start: number) =>
        start >= from &&
        start < to &&
        start >= now + terms.notice &&
        start < now + terms.horizonDays * 1440 &&
        (!question.part || partOf(zone, start) === question.part);

    const free = [...starts]
        .filter((start) => isAskedFor(start) && worksAllThrough(start) && !isTaken(start))
        .map((start) => [start, terms.capacity] as const);
    const joined = [...worker.joinable].filter(([start]) => isAskedFor(start) && worksAllThrough(start));
    return new Map([...free, ...joined].sort(([one], [other]) => one - other));
}

function isOpen({ seasons, closures }: Question, date: string): boolean {
    const within = ([first, last]: Dates) => first <= date && date <= last;
    return (seasons.length === 0 || seasons.some(within)) && !closures.some(within);
}

function hoursOf(worker: Worker, zone: string, date: string): Hours[] {
    const overrides = worker.overrides.filter((override) => override.date === date);
    if (overrides.length > 0) return overrides.flatMap(({ hours }) => (hours ? [hours] : []));
    const { weekday } = wallAt(zone, instantOf(zone, date, '12:00'));
    return worker.weekly.filter((entry) => entry.weekday === weekday).map(({ hours }) => hours);
}

function partOf(zone: string, minute: number): 'morning' | 'afternoon' | 'evening' {
    const { time } = wallAt(zone, minute);
    return time < '12:00' ? 'morning' : time < '17:00' ? 'afternoon' : 'evening';
}
