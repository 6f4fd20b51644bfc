/** What an emergency can be. `general` is one that is only called so. */
export const emergencyKinds = [
    'gas',
    'fire',
    'medical',
    'mountain',
    'plumbing',
    'heating',
    'general',
] as const;
export type EmergencyKind = (typeof emergencyKinds)[number];

/**
 * The emergencies of one language. Words are written without capitals; accents and umlauts may stand, both sides
 * are folded. A phrase is words that all occur close together in one sentence, in any order: `a|b` is either of
 * them, `burst*` begins so, `*bruch` ends so, `on_fire` is two words in a row.
 */
export type EmergencyTable = {
    phrases: Record<EmergencyKind, readonly string[]>;
    /** Called out alone, as a whole sentence: an emergency of kind general. */
    alone: readonly string[];
    /** Before or within a phrase these say that it is not so, unless they belong to it. */
    negations: readonly string[];
    /** The same right behind a phrase. */
    negationsAfter: readonly string[];
    /** "If", "what if": nothing has happened. */
    conditions: readonly string[];
    /** Over and done, anywhere in the sentence (folded text). */
    past: RegExp;
    /** And yet: it goes on or has come back (folded text). */
    ongoing: RegExp;
    /** Makes the clause it stands in present, whatever the rest of the sentence says (folded text). */
    present: RegExp;
    /** What talks about an emergency without being one, right behind or, with a link word, before it: a course. */
    topics: readonly string[];
    links: readonly string[];
    /** Idioms that would be misread; taken out first (folded text). */
    idioms: readonly RegExp[];
    /** Words that begin a new clause without a comma. */
    breaks: readonly string[];
    /** Correct words that look like a misspelt one of the phrases. */
    words: readonly string[];
    /** What is answered; `{number}` and `{business}` are filled in. */
    answers: Record<EmergencyKind, string>;
};
