import { dayOf, instantOf, nextDay, previousDay, wallAt } from './slot-oracle-clock.ts';

// What is free, worked out the slow way: one minute at a time, with nothing of the product in it. Instants are
// minutes since 1970; every length is in minutes.

/** Local start and end, `HH:MM`; an end that is not after the start is meant on the next day, `24:00` is midnight. */
export type Hours = [starts: string, ends: string];

/** Half open, in minutes since 1970. */
export type Span = { from: number; to: number };

export interface Worker {
    weekly: { weekday: number; hours: Hours }[];
    /** Replaces the weekly hours of that date; without hours the day is off. */
    overrides: { date: string; hours: Hours | null }[];
    timeOff: Span[];
    /** What takes the instructor's time, buffers included. */
    busy: Span[];
}

export interface Terms {
    duration: number;
    before: number;
    after: number;
    notice: number;
    horizonDays: number;
    step: number;
}

export interface Question {
    zone: string;
    terms: Terms;
    /** Starts in [from, to) are asked for. */
    from: number;
    to: number;
    now: number;
    part?: 'morning' | 'afternoon' | 'evening' | undefined;
}

/** Every start, in order, at which this worker is free. */
export function freeStarts(worker: Worker, question: Question): number[] {
    const { zone, terms, from, to, now } = question;
    const first = previousDay(previousDay(dayOf(zone, from)));
    const base = instantOf(zone, first, '00:00') - 2 * 1440;
    const works = new Set<number>();
    const starts = new Set<number>();
    const last = to + terms.duration + 2 * 1440;

    for (let date = first; instantOf(zone, date, '00:00') < last; date = nextDay(date)) {
        for (const [opens, closes] of hoursOf(worker, zone, date)) {
            const begin = instantOf(zone, date, opens);
            const end = instantOf(zone, closes <= opens ? nextDay(date) : date, closes);
            for (let minute = begin; minute < end; minute += 1) {
                works.add(minute);
                if ((minute - begin) % terms.step === 0) starts.add(minute);
            }
        }
    }
    for (const span of worker.timeOff) {
        for (let minute = Math.max(span.from, base); minute < Math.min(span.to, last); minute += 1) {
            works.delete(minute);
        }
    }
    const busy = new Set<number>();
    for (const span of worker.busy) {
        for (let minute = span.from; minute < span.to; minute += 1) busy.add(minute);
    }

    return [...starts]
        .filter((start) => {
            if (start < from || start >= to) return false;
            if (start < now + terms.notice || start >= now + terms.horizonDays * 1440) return false;
            if (question.part && partOf(zone, start) !== question.part) return false;
            for (let minute = start; minute < start + terms.duration; minute += 1) {
                if (!works.has(minute)) return false;
            }
            for (
                let minute = start - terms.before;
                minute < start + terms.duration + terms.after;
                minute += 1
            ) {
                if (busy.has(minute)) return false;
            }
            return true;
        })
        .sort((a, b) => a - b);
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
