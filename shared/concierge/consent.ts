import type { MessageContent, OpenProposal } from '../desk/turn-types.ts';
import { readChoice } from './choices.ts';
import {
    bookItWords,
    echoWords,
    keepWords,
    noFillers,
    noWords,
    yesFillers,
    yesWords,
} from './consent-words.ts';

type Kind = OpenProposal['kind'];

/** `asking` is a plain message that only repeats the question ("cancel it"): neither yes nor no. */
export type Consent = 'yes' | 'no' | 'asking' | 'nothing' | 'more';

/** Nobody needs as many words for a plain answer. */
const longest = 200;

const marks = [...new Set([...yesWords, ...yesFillers, ...noWords])].filter((word) => /^\P{L}+$/u.test(word));
const aroundMarks = new RegExp(`[${marks.join('')}]`, 'gu');

/**
 * A text as the lists of words have it: without accents, case, apostrophes, skin tones and punctuation, and with
 * letters that are held down ("yesss") once. `private.fold_consent()` does the same.
 */
export function foldConsent(text: string): string {
    const plain = text
        .normalize('NFD')
        .replace(
            /[\u0300-\u036f\ufe0f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{1f3fb}-\u{1f3ff}]/gu,
            '',
        )
        .replace(/['\u2018\u2019\u02bc`\u00b4]/g, '')
        .toLowerCase()
        .replace(/([a-z])\1{2,}/g, '$1')
        .replace(aroundMarks, ' $& ')
        .replace(/[ \t\n\r\u00a0\u2000-\u200a\u202f\u3000.,;:!¡()*_~^\u2026\u2010-\u2015-]+/g, ' ')
        .trim();
    return plain === '' ? '' : ` ${plain}`;
}

const anyOf = (words: readonly string[]) => `(?: (?:${words.join('|')}))`;
const allOf = (...words: (readonly string[])[]) => new RegExp(`^${anyOf(words.flat())}*$`);
const someOf = (words: readonly string[]) => new RegExp(`${anyOf(words)}(?![^ ])`);
const everyOf = (words: readonly string[]) => new RegExp(someOf(words), 'g');

const agreeing: Record<Kind, string[]> = {
    book: [...yesWords, ...bookItWords],
    reschedule: yesWords,
    cancel: yesWords,
};

const patternsOf = (kind: Kind) => {
    const yes = agreeing[kind];
    const no = kind === 'book' ? noWords : [...noWords, ...keepWords];
    const plain = [yes, yesFillers, echoWords[kind]];
    return {
        isPlainYes: allOf(...plain),
        isPlain: allOf(...plain, no, noFillers),
        hasYes: someOf(yes),
        everyYes: everyOf(yes),
        hasNo: someOf(no),
        hasEcho: someOf(echoWords[kind]),
    };
};
const patterns = {
    book: patternsOf('book'),
    reschedule: patternsOf('reschedule'),
    cancel: patternsOf('cancel'),
};

/** Whether a text is a plain YES to a proposal of this kind. The database asks the same of it before it books. */
export function saysYes(text: string, kind: Kind): boolean {
    if (text.length > longest) return false;
    const folded = foldConsent(text);
    const { isPlainYes, hasYes } = patterns[kind];
    return isPlainYes.test(folded) && hasYes.test(folded);
}

/**
 * Whether a message is a plain YES or NO to an open proposal, and nothing else: "yes but at 11" is `more`. A
 * question is never a yes, and a no anywhere outweighs every yes.
 */
export function readConsent(text: string, kind: Kind): Consent {
    if (text.length > longest) return 'more';
    const folded = foldConsent(text);
    const { isPlain, isPlainYes, hasNo, hasYes, everyYes, hasEcho } = patterns[kind];
    if (!isPlain.test(folded)) return 'more';
    // "Why not" is no "not".
    if (hasNo.test(folded.replace(everyYes, ''))) return 'no';
    if (hasYes.test(folded)) return isPlainYes.test(folded) ? 'yes' : 'more';
    return hasEcho.test(folded) ? 'asking' : 'nothing';
}

/** Whether a message agrees to this very proposal: by its own button, or in plain words. */
export function agreesTo({ id, kind }: Pick<OpenProposal, 'id' | 'kind'>, content: MessageContent): boolean {
    if (content.type === 'text') return saysYes(content.text, kind);
    const choice = content.type === 'choice' ? readChoice(content.id) : undefined;
    return choice?.kind === 'yes' && choice.proposal_id === id;
}
