import { plainText } from './message-text.ts';

/** Anger in five languages: somebody who writes like this wants a person, whatever they wanted before. */
const angry = new RegExp(
    [
        // en
        'ridiculous|unacceptable|outrageous|disgrace(?:ful)?|appalling|terrible service|worst (?:service|company|experience)|fed up|furious|rip[- ]?off|scam(?:mers?)?|idiots?|stupid (?:bot|machine)|useless|bullshit|fuck\\w*|shit|damn it|i want my money back|sue you|my lawyer',
        // de
        'unverschämt\\w*|frechheit|inakzeptabel|unmöglich(?:er|es) (?:service|verhalten)|sauerei|saftladen|abzocke\\w*|betrüger\\w*|idioten?|schei(?:ss|ß)\\w*|verarsch\\w*|wütend|geld zurück|mein anwalt|schnauze voll|reicht mir jetzt',
        // fr
        "inadmissible|inacceptable|scandaleux|honteux|c'est une honte|arnaque\\w*|escrocs?|voleurs|furieux|furieuse|connards?|merde|putain|ras le bol|remboursez|mon avocat|foutez",
        // it
        'inaccettabile|vergogn(?:a|oso|atevi)|scandaloso|truffa\\w*|ladri|furios[oa]|arrabbiat[oa]|cazzo|merda|stronz[oi]|rimborso subito|mio avvocato|schifo',
        // es
        'inaceptable|vergüenza|vergonzoso|indignante|estafa\\w*|ladrones|furios[oa]|enfadad[oa]|mierda|joder|gilipollas|idiotas|mi abogado|devuélvanme|asco',
    ]
        .map((words) => `(?<!\\p{L})(?:${words})(?!\\p{L})`)
        .join('|'),
    'iu',
);
/** "Not bad, no scam": what is denied is no anger. */
const calm = /(?<!\p{L})(?:not|no|isn't|nicht|kein|keine|pas|aucune|non|nessuna|ninguna)(?:\s+\p{L}+)?\s+$/iu;

/** Whether a customer's words are angry at the desk or the business. */
export function isAngry(text: string): boolean {
    const words = plainText(text);
    const found = angry.exec(words);
    return found !== null && !calm.test(words.slice(0, found.index));
}
