import { fold, isTypoOf, type Word, wordsOf } from './folding.ts';
import { type EmergencyKind, type EmergencyTable, emergencyKinds } from './table.ts';

/** How many other words may stand between the words of a phrase. */
const slack = 8;

/** One of the alternatives of a place in a phrase: words in a row. */
type Alternative = string[];
type Phrase = { kind: EmergencyKind; written: string; places: Alternative[][] };
/** Where a place was found: its first word, and one behind its last. */
type Found = { from: number; to: number; alternative: Alternative };

/** A phrase that stands in a text, by the words it was found in. */
export type Match = { kind: EmergencyKind; phrase: string; words: string[] };
export type Matched = { stands: Match | undefined; denied: Match[] };
export type Matcher = (text: string, kinds: readonly EmergencyKind[]) => Matched;

/** A matcher of one language's table; `own` are further phrases of a business, of kind general. */
export function matcherOf(table: EmergencyTable, german: boolean, own: readonly string[] = []): Matcher {
    const folded = (words: readonly string[]) => words.map((word) => fold(word, german));
    const phrases = [
        ...emergencyKinds.flatMap((kind) => table.phrases[kind].map((written) => ({ kind, written }))),
        ...own.map((written) => ({ kind: 'general' as const, written: written.toLowerCase() })),
    ].map(({ kind, written }): Phrase => ({ kind, written, places: placesOf(fold(written, german)) }));
    const rules = {
        negations: folded(table.negations).map((word) => word.split('_')),
        after: folded(table.negationsAfter).map((word) => word.split('_')),
        conditions: folded(table.conditions).map((word) => word.split('_')),
        topics: new Set(folded(table.topics)),
        links: new Set(folded(table.links)),
        breaks: new Set(folded(table.breaks)),
        words: new Set(folded(table.words)),
        alone: new Set(folded(table.alone)),
    };
    const vocabulary = vocabularyOf(phrases, rules.words);
    const denying = new Set([...rules.negations, ...rules.after].flat());

    return (text, kinds) => {
        let clear = fold(text, german);
        for (const idiom of table.idioms) clear = clear.replace(idiom, ' , ');
        const { words, sentences } = wordsOf(clear, rules.breaks);
        const places = vocabulary.placesIn(words);
        const find = (alternative: Alternative): number[] =>
            (places.get(alternative[0] ?? '') ?? []).filter((place) =>
                alternative.every(
                    (part, step) =>
                        step === 0 ||
                        (places.get(part)?.includes(place + step) &&
                            words[place + step]?.sentence === words[place]?.sentence),
                ),
            );

        const denied = (found: Found[]): boolean => {
            const from = Math.min(...found.map((place) => place.from));
            const to = Math.max(...found.map((place) => place.to));
            const first = words[from];
            const sentence = first && sentences[first.sentence];
            if (!first || !sentence) return true;
            const clause = words.filter((word) => word.clause === first.clause).map((word) => word.text);
            const said = clause.join(' ');
            const now = table.present.test(said) || table.ongoing.test(sentence.text);
            if (table.past.test(sentence.text) && !now) return true;
            const near = (list: Alternative[], reach: number, of: number) =>
                list.some((given) => stands(given, of - reach, of, first.clause));
            if (sentence.asks && !now && near(rules.conditions, 5, from)) return true;
            const beside = [inClause(from - 1, first.clause), inClause(to, first.clause)];
            if (beside.some((word) => rules.topics.has(word))) return true;
            for (let place = from - 3; place < from - 1; place += 1) {
                const linked = words.slice(place + 1, from).some((word) => rules.links.has(word.text));
                if (linked && rules.topics.has(inClause(place, first.clause))) return true;
            }
            // "Not breathing" is no denial of anything: the "not" belongs to it.
            if (found.some(({ alternative }) => alternative.some((part) => denying.has(part)))) return false;
            if (near(rules.negations, 3, from)) return true;
            if (found.some((place) => place.from > from && near(rules.negations, 2, place.from))) return true;
            return rules.after.some((given) => {
                const end = to + given.length;
                return stands(given, to, to + 1, first.clause) && inClause(end, first.clause) === '';
            });
        };
        const inClause = (place: number, clause: number) =>
            words[place]?.clause === clause ? (words[place]?.text ?? '') : '';
        /** Whether words in a row begin somewhere in from..to, within one clause. */
        const stands = (given: Alternative, from: number, to: number, clause: number) => {
            for (let place = Math.max(0, from); place < to; place += 1) {
                if (given.every((part, step) => inClause(place + step, clause) === part)) return true;
            }
            return false;
        };

        const deniedOnes: Match[] = [];
        const called = sentences.find(({ text: said }) => rules.alone.has(said));
        if (called) return { stands: { kind: 'general', phrase: called.text, words: [] }, denied: [] };
        for (const phrase of phrases) {
            if (phrase.kind !== 'general' && !kinds.includes(phrase.kind)) continue;
            for (const found of occurrences(phrase, words, find)) {
                const match = {
                    kind: phrase.kind,
                    phrase: phrase.written,
                    words: found.flatMap(({ from, to }) => words.slice(from, to).map((word) => word.text)),
                };
                if (!denied(found)) return { stands: match, denied: deniedOnes };
                deniedOnes.push(match);
            }
        }
        return { stands: undefined, denied: deniedOnes };
    };
}

function placesOf(phrase: string): Alternative[][] {
    return phrase
        .split(' ')
        .filter(Boolean)
        .map((place) => place.split('|').map((alternative) => alternative.split(/[_-]/)));
}

/** All words of all phrases, so that each word of a message is compared once and with few. */
function vocabularyOf(phrases: readonly Phrase[], correct: ReadonlySet<string>) {
    const parts = [...new Set(phrases.flatMap(({ places }) => places.flat(2)))];
    const starts = parts.filter((part) => part.endsWith('*')).map((part) => part.slice(0, -1));
    const ends = parts.filter((part) => part.startsWith('*')).map((part) => part.slice(1));
    const exact = new Set(parts);
    const byLetter = new Map<string, string[]>();
    for (const part of parts) {
        if (!part.includes('*')) byLetter.set(part[0] ?? '', [...(byLetter.get(part[0] ?? '') ?? []), part]);
    }
    const meant = (word: string): string[] => [
        ...(exact.has(word) ? [word] : []),
        ...starts.filter((start) => word.startsWith(start)).map((start) => `${start}*`),
        ...ends.filter((end) => word.endsWith(end)).map((end) => `*${end}`),
        ...(correct.has(word)
            ? []
            : (byLetter.get(word[0] ?? '') ?? []).filter((part) => part !== word && isTypoOf(word, part))),
    ];
    return {
        /** Where each word of the phrases stands. */
        placesIn(words: readonly Word[]): Map<string, number[]> {
            const known = new Map<string, string[]>();
            const places = new Map<string, number[]>();
            for (const [place, { text }] of words.entries()) {
                const all = known.get(text) ?? meant(text);
                known.set(text, all);
                for (const part of all) {
                    const there = places.get(part);
                    if (there) there.push(place);
                    else places.set(part, [place]);
                }
            }
            return places;
        },
    };
}

type Find = (alternative: Alternative) => number[];

/** Every way a phrase stands in the words: for each place of its first part, the nearest of the others. */
function* occurrences({ places }: Phrase, words: Word[], find: Find): Generator<Found[]> {
    const [first, ...others] = places.map((alternatives) =>
        alternatives.flatMap((alternative) =>
            find(alternative).map((from): Found => ({ from, to: from + alternative.length, alternative })),
        ),
    );
    if (!first || others.some((found) => found.length === 0)) return;
    for (const start of first) {
        const chosen = [start];
        for (const found of others) {
            const nearest = found
                .filter(({ from, to }) => chosen.every((other) => to <= other.from || from >= other.to))
                .filter(({ from }) => words[from]?.sentence === words[start.from]?.sentence)
                .sort((a, b) => Math.abs(a.from - start.from) - Math.abs(b.from - start.from))[0];
            if (!nearest) break;
            chosen.push(nearest);
        }
        const length = chosen.reduce((sum, { from, to }) => sum + to - from, 0);
        const span = Math.max(...chosen.map(({ to }) => to)) - Math.min(...chosen.map(({ from }) => from));
        if (chosen.length === places.length && span <= length + slack) yield chosen;
    }
}
