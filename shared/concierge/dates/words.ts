import type { Chrono } from 'chrono-node';
import type { PartOfDay } from '../../desk/turn-types.ts';
import { addDays, weekdayOf } from '../../zoned-time.ts';

/** What a language brings to reading dates: its chrono parser, and what that parser lacks as rewrites. */
export type DateWords = {
    chrono: Chrono;
    /**
     * Whether chrono's hours, weekdays and parts of day count. Where it reads too many of them into other words
     * ("so" is a Sunday to its German, "14h et" Eastern Time to its French), the rewrites have read them all.
     */
    trustsChrono: boolean;
    /** Applied in order; each turns words chrono cannot read into forms it can, or notes what they mean. */
    rewrites: readonly Rewrite[];
    /** Marks a weekday as the one of the week after this one ("next"). */
    nextWeek: RegExp;
    /** Marks a weekday or part of day as the very next one ("this Friday", "today"). */
    thisOne: RegExp;
    /** A month without a day counts only after one of these: "may" and "march" are verbs too. */
    beforeMonth: RegExp;
    /** Says that of several days the last one named is meant ("what about Saturday instead"). */
    correction: RegExp;
    /** Small words that belong to a date and mean nothing without it. */
    fillers: RegExp;
};

export type Rewrite = {
    pattern: RegExp;
    to: (match: Match, reading: Reading) => string;
};

/** Groups of a match by name; a group that did not take part is undefined. */
export type Match = { whole: string; groups: Record<string, string | undefined> };

/** What the rewrites may know and note down. */
export type Reading = {
    today: string;
    /** The instant as the wall shows it `minutes` from now: hours are added to instants, not to walls. */
    wallIn: (minutes: number) => { date: string; time: string };
    hours: { opens: string; closes: string };
    expecting: 'day' | 'time' | undefined;
    notes: Notes;
};

export type Notes = {
    date?: string;
    until?: string;
    earliest?: string;
    latest?: string;
    /** Times of day as far as the words are sure: one option each, or several to ask back about. */
    times?: string[][];
    parts?: PartOfDay[];
    any?: true;
    past?: true;
    /** A day was named that no calendar has. */
    impossible?: true;
    dateOptions?: string[];
    /** For a date written into the text, the other day its words can mean. */
    also?: Record<string, string>;
};

/** The first such weekday on or after `from`. */
export function onOrAfter(from: string, weekday: number): string {
    return addDays(from, (weekday - weekdayOf(from) + 7) % 7);
}

/** Such a weekday in the calendar week (Monday to Sunday) after the one `today` lies in. */
export function inNextWeek(today: string, weekday: number): string {
    return addDays(today, 7 - weekdayOf(today) + weekday);
}
