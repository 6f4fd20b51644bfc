import { settingsOf } from '../../settings.ts';
import type { Turn } from '../../turn-state.ts';

type Introduction = {
    named: (name: string, who: string) => string;
    unnamed: (who: string) => string;
    ai: string;
    desk: string;
};

/** How the concierge introduces itself, by language: with its name, as what the business wants it called. */
const introductions: Record<string, Introduction> = {
    en: {
        named: (n, w) => `I am ${n}, ${w}.`,
        unnamed: (w) => `I am ${w}.`,
        ai: 'the AI assistant of',
        desk: 'the assistant of',
    },
    de: {
        named: (n, w) => `Ich bin ${n}, ${w}.`,
        unnamed: (w) => `Ich bin ${w}.`,
        ai: 'die KI-Assistenz von',
        desk: 'die Assistenz von',
    },
    fr: {
        named: (n, w) => `Je suis ${n}, ${w}.`,
        unnamed: (w) => `Je suis ${w}.`,
        ai: "l'assistant IA de",
        desk: "l'assistant de",
    },
    it: {
        named: (n, w) => `Sono ${n}, ${w}.`,
        unnamed: (w) => `Sono ${w}.`,
        ai: "l'assistente IA di",
        desk: "l'assistente di",
    },
    es: {
        named: (n, w) => `Soy ${n}, ${w}.`,
        unnamed: (w) => `Soy ${w}.`,
        ai: 'el asistente de IA de',
        desk: 'el asistente de',
    },
};

/** Said before the first answer of a conversation where the business wants it; empty otherwise. */
export function introduction(turn: Turn): string {
    const { context, language } = turn;
    const { name, says_it_is_an_ai: saysSo, speaks_as: as } = settingsOf(context).personality;
    const wanted = saysSo || name !== null || as === 'assistant';
    if (!wanted || context.messages.some(({ role }) => role !== 'user')) return '';
    const words = introductions[language.slice(0, 2)] ?? introductions.en;
    if (!words) return '';
    const who = `${saysSo ? words.ai : words.desk} ${context.business.name}`;
    return name ? words.named(name, who) : words.unnamed(who);
}
