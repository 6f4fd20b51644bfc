import { plainText } from '../message-text.ts';

/** A word of a message: where it stands, and in which clause and sentence. */
export type Word = { text: string; clause: number; sentence: number };
export type Sentence = { text: string; asks: boolean };

/** Small letters without accents; a word typed in a hurry keeps no letter three times. */
export function fold(text: string, german = false): string {
    const bare = plainText(text)
        .toLowerCase()
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .replace(/ß/g, 'ss')
        .replace(/(\p{L})\1{2,}/gu, '$1')
        // "can't" is one word, "l'eau" is two.
        .replace(/n['’`´]t\b/g, 'nt')
        .replace(/['’`´]/g, ' ');
    return german ? bare.replace(/([aou])e/g, '$1') : bare;
}

/** Cuts folded text into words; `breaks` begin a clause as a comma does. */
export function wordsOf(folded: string, breaks: ReadonlySet<string>) {
    const sentences: Sentence[] = [];
    const words: Word[] = [];
    let clause = 0;
    for (const [, text = '', end = ''] of folded.matchAll(/([^.!?;\n…]+)([.!?;\n…]*)/g)) {
        clause += 1;
        const said = text.match(/[\p{L}\p{N}]+|[,:()–—]/gu) ?? [];
        for (const [place, word] of said.entries()) {
            const pair = `${word}_${said[place + 1]}`;
            if (!/[\p{L}\p{N}]/u.test(word) || breaks.has(word) || breaks.has(pair)) clause += 1;
            if (/[\p{L}\p{N}]/u.test(word)) words.push({ text: word, clause, sentence: sentences.length });
        }
        sentences.push({ text: said.join(' '), asks: end.includes('?') });
    }
    return { sentences, words };
}

/**
 * Whether a word is another one with a slip of the finger: one from five letters on, two from eleven. Another
 * letter in a word of five is mostly another word ("doing", "dying"), so there it counts as none.
 */
export function isTypoOf(word: string, meant: string): boolean {
    const slips = meant.length >= 11 ? 2 : meant.length >= 5 ? 1 : 0;
    if (slips === 0 || word[0] !== meant[0] || Math.abs(word.length - meant.length) > slips) return false;
    if (meant.length === 5 && word.length === 5 && [...word].sort().join() !== [...meant].sort().join()) {
        return false;
    }
    return distance(word, meant) <= slips;
}

/** Letters added, lost, changed or swapped with their neighbour between two words. */
function distance(a: string, b: string): number {
    let before: number[] = [];
    let above = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row += 1) {
        const here = [row];
        for (let column = 1; column <= b.length; column += 1) {
            const same = a[row - 1] === b[column - 1] ? 0 : 1;
            let least = Math.min(
                (above[column] ?? 0) + 1,
                (here[column - 1] ?? 0) + 1,
                (above[column - 1] ?? 0) + same,
            );
            if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] && row > 1 && column > 1) {
                least = Math.min(least, (before[column - 2] ?? 0) + 1);
            }
            here.push(least);
        }
        before = above;
        above = here;
    }
    return above[b.length] ?? 0;
}
