import { english } from './nuances-en.ts';

/**
 * What people say between the lines, beyond the intents every lexicon has: relative times, second thoughts, messages
 * meant for a person. A language without this table goes on with its lexicon alone.
 */
export type Nuances = {
    /** A person, asked for in more ways than the lexicon knows. */
    person: RegExp;
    /** What only a person should answer, and why; the first that fits counts. */
    forPeople: readonly { reason: 'complaint' | 'injury' | 'late' | 'message'; pattern: RegExp }[];
    /** Before the name of somebody who is to be told something. */
    tell: string;
    /** Groups `count`, `half`, `hour` and `earlier`: so much before or after the time on the table. */
    shift: RegExp;
    /** A no that is more than the word. */
    refusal: RegExp;
    /** A bare hour beside a no or a wish to change; group `time`. */
    bareHour: RegExp;
    /** A second thought about what is there already. */
    rather: RegExp;
    /** Group `day` does not suit. */
    notOn: RegExp;
    /** Weekdays as `notOn` catches them, Monday first. */
    weekdays: readonly RegExp[];
    weekAfter: RegExp;
    /** Years ahead, which no date reader and no desk looks into. */
    farAhead: RegExp;
    earliest: RegExp;
    /** How many people: group `others` come along with the customer, group `group` are all. */
    along: RegExp;
    group: RegExp;
    /** What follows a name and is none of it. */
    afterName: RegExp;
    /** Group `name` is whom they want; `noName` are words that stand there and name nobody. */
    withName: RegExp;
    noName: RegExp;
    /** Asks for what is booked: its time, instructor, reference or state. */
    aboutBooking: RegExp;
    /** A question of fact about the lessons. */
    fact: RegExp;
    /** One thing more beside the one that is open. */
    asWell: RegExp;
    words: NuanceWords;
};

export type NuanceWords = {
    /** An acceptance or a farewell that was no plain yes. */
    notYet: Record<'book' | 'reschedule' | 'cancel', string>;
    passedOn: Record<Nuances['forPeople'][number]['reason'], (business: string) => string>;
    replaced: string;
    pleaseLook: string;
    impossible: string;
    sameTime: string;
    oneAtATime: string;
    noted: (name: string) => string;
    unknownInstructor: (name: string, known: string[]) => string;
    notKnown: (business: string) => string;
    gotPhoto: string;
    photoPassedOn: (business: string) => string;
};

const tables: Partial<Record<string, Nuances>> = { en: english };

export function nuancesOf(language: string): Nuances | undefined {
    return tables[language.slice(0, 2)];
}
