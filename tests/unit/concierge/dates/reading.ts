import { type ReadWhenOptions, readWhen, type When } from '../../../../shared/concierge/dates.ts';

/** Friday 20 November 2026, 10:30 in Zurich, open from 8 to 18. */
export const friday: ReadWhenOptions = {
    now: new Date('2026-11-20T09:30:00Z'),
    zone: 'Europe/Zurich',
    hours: { opens: '08:00', closes: '18:00' },
};
/** Tuesday 24 November 2026, 09:00 in Zurich. */
export const tuesday: ReadWhenOptions = { ...friday, now: new Date('2026-11-24T08:00:00Z') };

export type Row = [phrase: string, expected: Omit<When, 'rest'>];

/** What a phrase says, without the rest of it. */
export function reader(language: string | undefined) {
    return (text: string, options: ReadWhenOptions = friday): Omit<When, 'rest'> => {
        const { rest: _, ...when } = readWhen(text, options, language);
        return when;
    };
}

export const asking = (...options: string[]) => ({ unclear: { kind: 'date' as const, options } });
