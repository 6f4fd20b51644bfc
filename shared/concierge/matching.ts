/** Finds what a customer names among things with names: services, instructors. Pure, and of no language. */

export type Named = { name: string; aliases?: readonly string[] };

/** Lower-case words without accents; a plural "s" is dropped, so that "lessons" names a lesson. */
export function wordsOf(text: string): string[] {
    const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) =>
        word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word,
    );
}

/**
 * The things a text may mean, best ones only: several when it names them equally well, none when it names
 * nothing. A whole name or alias beats single words, and a longer one a shorter; a word that many things share
 * ("lesson") weighs little, and one slip of the pen in a longer word is forgiven.
 */
export function namedIn<T extends Named>(text: string, things: readonly T[]): T[] {
    const said = wordsOf(text);
    const phrases = things.map((thing) => [thing.name, ...(thing.aliases ?? [])].map(wordsOf));
    const spread = new Map<string, number>();
    for (const own of phrases) {
        for (const word of new Set(own.flat())) spread.set(word, (spread.get(word) ?? 0) + 1);
    }
    const scores = phrases.map((own) => {
        const whole = own.filter((phrase) => phrase.length > 0 && contains(said, phrase));
        const longest = Math.max(0, ...whole.map((phrase) => phrase.length));
        const shared = [...new Set(own.flat())].filter((word) => said.some((given) => isNear(given, word)));
        const weight = shared.reduce((sum, word) => sum + 1 / (spread.get(word) ?? 1), 0);
        return longest * 100 + weight;
    });
    const best = Math.max(0, ...scores);
    if (best === 0) return [];
    return things.filter((_, index) => best - (scores[index] ?? 0) < 0.01);
}

function contains(words: string[], phrase: string[]): boolean {
    return words.some((_, at) => phrase.every((word, step) => words[at + step] === word));
}

/** Equal, or one letter changed, missing, added or swapped in a word of five or more. */
export function isNear(given: string, meant: string): boolean {
    if (given === meant) return true;
    if (Math.min(given.length, meant.length) < 5 || Math.abs(given.length - meant.length) > 1) return false;
    let start = 0;
    while (start < Math.min(given.length, meant.length) && given[start] === meant[start]) start += 1;
    const rest = (word: string, skip: number) => word.slice(start + skip);
    return (
        rest(given, 1) === rest(meant, 1) ||
        rest(given, 1) === rest(meant, 0) ||
        rest(given, 0) === rest(meant, 1) ||
        (given[start] === meant[start + 1] &&
            given[start + 1] === meant[start] &&
            rest(given, 2) === rest(meant, 2))
    );
}
