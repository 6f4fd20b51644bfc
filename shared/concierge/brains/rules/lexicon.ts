/** What a message can be about. One message may have several. */
export const intents = [
    'greet',
    'thanks',
    'bye',
    'book',
    'availability',
    'more',
    'reschedule',
    'cancel',
    'list',
    'hours',
    'prices',
    'services',
    'where',
    'person',
    'machine',
    'help',
] as const;
export type Intent = (typeof intents)[number];

/** The words of one language, as patterns. All are tried on text without accents lost or case changed. */
export type Lexicon = {
    intents: Record<Intent, RegExp>;
    /** Greetings that name a part of day and would be read as one. */
    daytimeGreeting: RegExp;
    /** Takes back an open proposal, alone or with a pronoun. */
    callOff: RegExp;
    /** People counted: group `count` is a number or a word of `numbers`. */
    people: RegExp;
    /** Somebody comes along: one more. */
    companion: RegExp;
    numbers: Record<string, number>;
    /** Group `name` is what the customer calls themselves. */
    name: RegExp;
    /** What people put before a bare name when asked for it. */
    nameLeadIn: RegExp;
    /** Before an instructor's name. */
    withSomeone: RegExp;
    anyone: RegExp;
    /** The first, second, ... or last of what was offered. */
    ordinals: readonly RegExp[];
    last: RegExp;
    /** Of what was offered: rather later, earlier, or on another day. */
    later: RegExp;
    earlier: RegExp;
    otherDay: RegExp;
    /** All that stands before the new time in "move my lesson tomorrow to Friday". */
    beforeNewTime: RegExp;
};
