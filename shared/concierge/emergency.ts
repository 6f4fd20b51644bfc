import { german } from './emergencies/de.ts';
import { english } from './emergencies/en.ts';
import { spanish } from './emergencies/es.ts';
import { french } from './emergencies/fr.ts';
import { italian } from './emergencies/it.ts';
import { type Matcher, matcherOf } from './emergencies/matcher.ts';
import { type EmergencyKind, type EmergencyTable, emergencyKinds } from './emergencies/table.ts';

export { type EmergencyKind, emergencyKinds } from './emergencies/table.ts';

/**
 * Emergencies are matched by rule before any brain thinks: a burst pipe, the smell of gas, somebody who does not
 * breathe. The rules are read in all five languages whatever the conversation's is, since nobody looks for the
 * right language in fear. Doubt counts as an emergency ("I am not sure if it smells of gas"); what is denied,
 * supposed, long past, or the name of a course does not.
 */

export const emergencyTables: Record<string, EmergencyTable> = {
    en: english,
    de: german,
    fr: french,
    it: italian,
    es: spanish,
};

const matchers: Record<string, Matcher> = Object.fromEntries(
    Object.entries(emergencyTables).map(([language, table]) => [
        language,
        matcherOf(table, language === 'de'),
    ]),
);

/** What a business has settled about emergencies; everything has a default. */
export type EmergencyRules = {
    /** Kinds it is told of; `general` is always one of them. */
    kinds: readonly EmergencyKind[];
    /** Further phrases, in the notation of the tables. */
    phrases: readonly string[];
};

export type Emergency = { kind: EmergencyKind; phrase: string; language: string };

/** The most pressing emergency in what a customer wrote, or undefined. `language` is the conversation's. */
export function findEmergency(
    texts: readonly string[],
    rules: EmergencyRules,
    language: string,
): Emergency | undefined {
    // Fragments of one thought: "the pipe" and "burst!" say it together.
    const readings = [texts.join('\n'), ...(texts.length > 1 ? [texts.join(' ')] : [])];
    const own = language.slice(0, 2).toLowerCase();
    const order = Object.keys(matchers).sort((a, b) => Number(b === own) - Number(a === own));
    const found = readings.flatMap((text) => {
        const all = order.map((spoken) => ({
            spoken,
            ...(matchers[spoken] as Matcher)(text, rules.kinds),
        }));
        return all.flatMap(({ spoken, stands }) => {
            // Languages share words: what one understands and denies, another must not take up from half of it.
            const denied = all.some(
                (other) =>
                    other.spoken !== spoken &&
                    other.stands?.kind !== stands?.kind &&
                    other.denied.some((given) => given.words.some((word) => stands?.words.includes(word))),
            );
            return stands && !denied ? [{ ...stands, language: spoken }] : [];
        });
    });
    if (rules.phrases.length > 0) {
        const known = emergencyTables[own] ? own : 'en';
        const table = { ...(emergencyTables[known] ?? english), phrases: nothing };
        const matcher = matcherOf(table, known === 'de', rules.phrases);
        for (const { stands } of readings.map((text) => matcher(text, []))) {
            if (stands) found.push({ ...stands, language: known });
        }
    }
    const [first] = found.sort((a, b) => emergencyKinds.indexOf(a.kind) - emergencyKinds.indexOf(b.kind));
    return first && { kind: first.kind, phrase: first.phrase, language: first.language };
}

const nothing = Object.fromEntries(emergencyKinds.map((kind) => [kind, []])) as unknown as Record<
    EmergencyKind,
    readonly string[]
>;

/** Who is called, by country; 112 works in all of the European Union, in Switzerland and in Britain. */
const numbers: Record<string, Partial<Record<EmergencyKind | 'any', string>>> = {
    CH: { any: '112', medical: '144', mountain: '1414', fire: '118', gas: '118' },
    LI: { any: '112', medical: '144', mountain: '1414', fire: '118', gas: '118' },
    AT: { any: '112', medical: '144', mountain: '140', fire: '122', gas: '128' },
    FR: { any: '112', medical: '15', fire: '18' },
    GB: { any: '999', gas: '0800 111 999' },
    US: { any: '911' },
    CA: { any: '911' },
    AU: { any: '000' },
    NZ: { any: '111' },
    JP: { any: '119' },
};

/** The number to call for an emergency of a kind; the business's own goes first. */
export function emergencyNumber(kind: EmergencyKind, country: string, own?: string): string {
    const known = numbers[country.toUpperCase()];
    return own ?? known?.[kind] ?? known?.any ?? '112';
}

export type EmergencyAnswerer = {
    business: string;
    country: string;
    /** The business's own number to call, instead of the country's. */
    number?: string | undefined;
    /** The business's own words, by language; `{number}` and `{business}` are filled in. */
    texts?: Readonly<Record<string, string>> | undefined;
};

/** What is answered to an emergency, at once and without a brain. */
export function emergencyAnswer(
    { kind, language }: Pick<Emergency, 'kind' | 'language'>,
    { business, country, number, texts }: EmergencyAnswerer,
): string {
    const own = language.slice(0, 2).toLowerCase();
    const words = texts?.[own] ?? (emergencyTables[own] ?? english).answers[kind];
    return words
        .replaceAll('{number}', () => emergencyNumber(kind, country, number))
        .replaceAll('{business}', () => business);
}
