import type { Language } from '../language.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { italian } from './it.ts';
import type { ReplyWords } from './words.ts';

const languages: Record<Language, ReplyWords> = {
    en: english,
    de: german,
    fr: french,
    it: italian,
    es: spanish,
};

/** What is written on buttons in a language such as `de` or `de-CH`; English where it is not spoken yet. */
export function replyWords(language: string): ReplyWords {
    const spoken: Record<string, ReplyWords | undefined> = languages;
    return spoken[language.slice(0, 2).toLowerCase()] ?? english;
}
