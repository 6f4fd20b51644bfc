import { describe, expect, it } from 'vitest';
import { emergencyKinds } from '../../../../shared/concierge/emergencies/table.ts';
import { type EmergencyKind, findEmergency } from '../../../../shared/concierge/emergency.ts';

const rules = { kinds: emergencyKinds, phrases: [] };
export const kindOf = (text: string, language: string) =>
    findEmergency([text], rules, language)?.kind ?? null;

/** The claims of one language: what is an emergency, and what only sounds like one. */
export function emergenciesOf(
    language: string,
    given: { are: Partial<Record<EmergencyKind, string[]>>; areNot: string[] },
) {
    const are = Object.entries(given.are).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text })));

    describe(`in ${language}`, () => {
        it.each(are)('$kind: $text', ({ kind, text }) => {
            expect(kindOf(text, language)).toBe(kind);
        });

        it.each(given.areNot)('is none: %s', (text) => {
            expect(kindOf(text, language)).toBeNull();
        });
    });
}
