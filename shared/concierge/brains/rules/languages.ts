import { detectLanguage, isLanguage, type Language } from '../../language.ts';
import { wordsIn } from '../../message-text.ts';
import { rememberCustomer } from '../../tools/people.ts';
import type { Turn } from '../../turn-state.ts';
import type { Lexicon } from './lexicon.ts';
import { german as germanLexicon } from './lexicon-de.ts';
import { english as englishLexicon } from './lexicon-en.ts';
import { spanish as spanishLexicon } from './lexicon-es.ts';
import { french as frenchLexicon } from './lexicon-fr.ts';
import { italian as italianLexicon } from './lexicon-it.ts';
import type { Phrases } from './phrases.ts';
import { german as germanPhrases } from './phrases-de.ts';
import { english as englishPhrases } from './phrases-en.ts';
import { spanish as spanishPhrases } from './phrases-es.ts';
import { french as frenchPhrases } from './phrases-fr.ts';
import { italian as italianPhrases } from './phrases-it.ts';
import { unansweredOf } from './reading.ts';

/** What rules understand and say, a language each. */
export const languages: Record<Language, { lexicon: Lexicon; phrases: Phrases }> = {
    en: { lexicon: englishLexicon, phrases: englishPhrases },
    de: { lexicon: germanLexicon, phrases: germanPhrases },
    fr: { lexicon: frenchLexicon, phrases: frenchPhrases },
    it: { lexicon: italianLexicon, phrases: italianPhrases },
    es: { lexicon: spanishLexicon, phrases: spanishPhrases },
};

/** Once a talk is under way, a word of another language ("Gracias!") does not change its own; a sentence does. */
const sureEnough = { first: 2, underWay: 3, remembered: 4 };

/**
 * The language to answer in: what the customer writes now, where that is sure, and else what is known of them. A
 * new one is remembered, for the conversation and for the notices that come without one.
 */
export async function settleLanguage(turn: Turn): Promise<Language> {
    const known = turn.language.slice(0, 2).toLowerCase();
    const { conversation, customer } = turn.context;
    const underWay = turn.context.messages.some(({ role }) => role === 'assistant');
    const isRemembered = (conversation.language ?? customer.language) !== null;
    const least = isRemembered ? 'remembered' : underWay ? 'underWay' : 'first';
    // A tap says nothing: a button speaks the language of the desk.
    const text = unansweredOf(turn)
        .filter(({ content }) => content.type !== 'choice')
        .map(({ content }) => wordsIn(content))
        .join('\n');
    const written = detectLanguage(text, sureEnough[least]);
    if (written && written !== known) {
        await rememberCustomer.run({ name: null, language: written }, turn);
        return written;
    }
    return isLanguage(known) ? known : 'en';
}
