import { describe, expect, it } from 'vitest';
import { emergencyKinds } from '../../../../shared/concierge/emergencies/table.ts';
import { emergencyTables, findEmergency } from '../../../../shared/concierge/emergency.ts';

/** Every way of saying a default phrase, each alternative of a place beside the first of the others. */
function sayings(phrase: string): string[] {
    const places = phrase
        .split(' ')
        .map((place) => place.split('|').map((words) => words.replaceAll('_', ' ')));
    return places.flatMap((alternatives, place) =>
        alternatives.map((said) =>
            places
                .map((others, at) => (at === place ? said : (others[0] ?? '')))
                .join(' ')
                .replaceAll('*', ''),
        ),
    );
}

const every = { kinds: emergencyKinds, phrases: [] };
const phrases = Object.entries(emergencyTables).flatMap(([language, table]) =>
    emergencyKinds.flatMap((kind) => table.phrases[kind].map((phrase) => ({ language, kind, phrase }))),
);

describe('every default phrase', () => {
    it.each(phrases)('$language $kind: $phrase', ({ language, kind, phrase }) => {
        for (const said of sayings(phrase)) {
            // Alone, in capitals, without accents, and within a sentence.
            const bare = said.normalize('NFKD').replace(/\p{M}/gu, '');
            for (const text of [said, said.toUpperCase(), bare, `${said}!!!`, `  ${said}\u200b `]) {
                const rules = { kinds: [kind], phrases: [] };
                expect({ text, kind: findEmergency([text], rules, language)?.kind }).toEqual({ text, kind });
            }
        }
    });

    it('is found whatever language the conversation is held in', () => {
        for (const { language, phrase } of phrases) {
            const other = language === 'it' ? 'de' : 'it';
            const [said = ''] = sayings(phrase);
            expect({ said, found: findEmergency([said], every, other) !== undefined }).toEqual({
                said,
                found: true,
            });
        }
    });
});

describe('the answers', () => {
    it.each(Object.entries(emergencyTables))(
        'in %s name whom to call and who is alerted',
        (_language, table) => {
            for (const kind of emergencyKinds) {
                expect(table.answers[kind]).toMatch(/\{number\}/);
                expect(table.answers[kind]).toMatch(/\{business\}/);
                expect(table.answers[kind].length).toBeLessThan(400);
            }
        },
    );
});
