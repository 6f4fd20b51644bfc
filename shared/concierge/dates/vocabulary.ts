import type { Chrono } from 'chrono-node';
import type { PartOfDay } from '../../desk/turn-types.ts';
import type { Rewrite } from './words.ts';

/**
 * The words of a language about days and times. Values are alternatives for a pattern, in plain spelling: a
 * space stands for any white space, an accented letter also for its plain form, as people type on a phone.
 */
export type Vocabulary = {
    chrono: Chrono;
    /** Monday to Sunday, written out and cut short. */
    weekdays: readonly string[];
    shortWeekdays: readonly string[];
    /** Cut short they count only with a capital: "so" and "do" are words too. */
    capitalShorts?: true;
    months: readonly string[];
    /** Numbers in words, for hours and amounts. */
    numbers: Readonly<Record<string, number>>;
    units: { hour: string; minute: string; day: string; week: string; month: string };
    /** Amounts that are no number: "a", "half an". */
    one: string;
    half: string;
    /** Idioms of distance: "in fourteen days". Words to days. */
    idioms: readonly (readonly [string, number])[];
    /** Before a distance from now. */
    in: string;
    greetings: string;
    today: string;
    tomorrow: string;
    afterTomorrow: string;
    now: string;
    parts: Record<PartOfDay, string>;
    todayParts: Record<PartOfDay, string>;
    /** Everything that lies before today; `lastBefore`/`lastAfter` stand beside a weekday, week or month. */
    past: string;
    agoBefore?: string;
    agoAfter?: string;
    lastBefore?: string;
    lastAfter?: string;
    thisWeek: string;
    nextWeek: string;
    thisMonth: string;
    nextMonth: string;
    weekend: string;
    /** Surely the one at hand. */
    thisBefore: string;
    /** Surely the first one to come, never today. */
    comingBefore?: string;
    comingAfter?: string;
    /** The first one to come or the one of the week after: people differ. */
    nextBefore?: string;
    nextAfter?: string;
    /** A week, or two, after the first one to come. */
    weekAfter: string;
    fortnightAfter: string;
    /** Between the words for next week and a weekday, in either order. */
    ofWeek: string;
    any: string;
    /** Before a bare day of the month; `dayMark` is what follows it, such as the dot of "28.". */
    dayBefore: string;
    dayMark: string;
    /** Between a weekday and the day of the month, and between that and the month. */
    dayArticle: string;
    ofMonth: string;
    rangeFrom: string;
    /** Before the first of two days of the month. */
    daysFrom: string;
    rangeTo: string;
    /** What a number counts when it counts no hours. */
    counted: string;
    /** Before a length of time. */
    lasting: string;
    clock: ClockVocabulary;
    /** Of this language alone, before everything else. */
    first: readonly Rewrite[];
    correction: RegExp;
    /** A month without a day counts alone or after one of these. */
    monthBefore: string;
    fillers: RegExp;
};

export type ClockVocabulary = {
    /** Makes an hour of the number after it: "at", "around". */
    at: string;
    /** Makes an hour of the number before it: "o'clock", "h". */
    oclock: string;
    article: string;
    /** Minutes before or after the hour, said in front of it or behind it. */
    heads: readonly (readonly [string, number])[];
    tails: readonly (readonly [string, number])[];
    noon: string;
    midnight: string;
    between: string;
    and: string;
    from: string;
    to: string;
    after: string;
    before: string;
    onwards: string;
    afterLunch: string;
    beforeLunch: string;
};

const plain: Record<string, string> = {
    ä: '(?:ä|ae|a)',
    ö: '(?:ö|oe|o)',
    ü: '(?:ü|ue|u)',
    ß: '(?:ß|ss)',
    á: '[áàa]',
    à: '[àáa]',
    â: '[âa]',
    é: '[éèêe]',
    è: '[èée]',
    ê: '[êe]',
    í: '[íìi]',
    ì: '[ìíi]',
    ó: '[óòo]',
    ò: '[òóo]',
    û: '[ûu]',
    ú: '[úùu]',
    ù: '[ùúu]',
    ñ: '[ñn]',
    ç: '[çc]',
    ' ': '\\s+',
    '-': '[-\\s]?',
};

/** Alternatives as part of a pattern. */
export function any(...words: readonly (string | undefined)[]): string {
    const given = words.filter((word) => word !== undefined).join('|');
    return `(?:${given.replace(/[äöüßáàâéèêíìóòûúùñç -]/g, (letter) => plain[letter] ?? letter)})`;
}

const letter = '[\\p{L}\\p{N}]';

/** A pattern that begins and ends at the edge of a word. */
export function whole(...parts: readonly string[]): RegExp {
    return new RegExp(`(?<!${letter})${parts.join('')}(?!${letter})`, 'giu');
}

/** The place (from 1) of the alternatives that `said` is one of, or 0. */
export function placeOf(said: string | undefined, lists: readonly string[]): number {
    return lists.findIndex((words) => new RegExp(`^${any(words)}\\.?$`, 'iu').test(said ?? '')) + 1;
}
