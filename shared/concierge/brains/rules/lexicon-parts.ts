import { any } from '../../dates/vocabulary.ts';

const edge = (source: string) => `(?<!\\p{L})(?:${source})(?!\\p{L})`;

/** Whether a text has one of these words; accents may be missing, a space is any white space. */
export function says(...words: string[]): RegExp {
    return new RegExp(edge(any(...words)), 'iu');
}

/** The same, for taking all of them out of a text. */
export function each(...words: string[]): RegExp {
    return new RegExp(edge(any(...words)), 'giu');
}

/** Whether a text is one of these and nothing more. */
export function isOnly(...words: string[]): RegExp {
    return new RegExp(`^[^\\p{L}\\p{N}]*${any(...words)}[^\\p{L}\\p{N}]*$`, 'iu');
}

/** Whether a text begins with one of these. */
export function begins(...words: string[]): RegExp {
    return new RegExp(`^[^\\p{L}\\p{N}]*${any(...words)}(?!\\p{L})|👋`, 'iu');
}

export function either(...patterns: RegExp[]): RegExp {
    return new RegExp(patterns.map(({ source }) => source).join('|'), 'iu');
}

/** The first to the fifth of what was offered, in words or as a bare number. */
export function places(...words: string[]): RegExp[] {
    return words.map((said, index) => either(says(said), isOnly(`(?:nr\\.? |n\\.? |# ?)?${index + 1}`)));
}

/** All before the new time in "move my lesson from tomorrow to Friday". */
export function upTo(...words: string[]): RegExp {
    return new RegExp(`^[\\s\\S]*?${edge(any(...words))}(?=\\s*\\S)`, 'iu');
}
