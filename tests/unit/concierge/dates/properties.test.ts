import { describe, expect, it } from 'vitest';
import { readWhen } from '../../../../shared/concierge/dates.ts';
import { isDate, isTime, wallTime } from '../../../../shared/zoned-time.ts';
import { random } from '../support/random.ts';
import { friday } from './reading.ts';

const words: Record<string, string> = {
    en: 'tomorrow friday 10 at next the 28th 3/4 21.11. half past nine to 2pm or week in two after 31 February between 3 and not weekend month last ago days',
    de: 'morgen früh Freitag 10 um Uhr halb viertel nach vor drei nächsten am 28. 3.4. bis von in zwei Wochen Stunden ab 31. Februar zwischen 3 und nicht Wochenende Monat letzten Tagen Mo Do so',
    fr: "demain matin vendredi 10 à heures 10h30 et demie prochain le 28 3/4 au du dans deux semaines heures après 31 février entre 3 et pas week-end mois dernier jours mar mer lun l'après-midi en huit",
    it: "domani mattina venerdì 10 alle ore e mezza prossimo il 28 3/4 al dal fra due settimane ore dopo le 31 febbraio tra 3 e non fine settimana mese scorso giorni mar lun pomeriggio all'una",
    es: 'mañana por la tarde viernes 10 a las y media próximo el 28 3/4 al del dentro de dos semanas horas después de 31 de febrero entre 3 y no fin de semana mes pasado días mar lun que viene',
};
const zones = [
    'Europe/Zurich',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Auckland',
];
const noise = [
    '\u0000',
    '⟦',
    '⟧',
    '⟦m99999!⟧',
    '2026-13-45',
    '\ud83d',
    '99:99',
    '-',
    '(?<x>',
    '\\',
    '0',
    '25 Uhr',
];

describe.each(Object.keys(words))('whatever is said in %s', (language) => {
    const own = words[language]?.split(' ') ?? [];
    const phrases = (seed: number, count: number, more: string[] = []) => {
        const next = random(seed);
        const pick = () => [...own, ...more][next(own.length + more.length)] ?? '';
        return Array.from({ length: count }, () => Array.from({ length: 1 + next(7) }, pick).join(' '));
    };

    it('never throws, and answers in days and times that exist', () => {
        for (const text of phrases(7, 250, noise)) {
            const when = readWhen(text, friday, language);
            for (const date of [when.date, when.until]) expect(isDate(date ?? '2026-01-01'), text).toBe(true);
            for (const time of [when.time, when.earliest, when.latest])
                expect(isTime(time ?? '00:00'), text).toBe(true);
            if (when.unclear) expect(when.unclear.options.length, text).toBeGreaterThan(1);
            if (when.date && when.until) expect(when.date < when.until, text).toBe(true);
        }
    });

    it('lies ahead unless it is said to be past', () => {
        for (const text of phrases(11, 250)) {
            const when = readWhen(text, friday, language);
            if (when.past) continue;
            expect((when.until ?? when.date ?? '2026-11-20') >= '2026-11-20', text).toBe(true);
            for (const option of when.unclear?.kind === 'date' ? when.unclear.options : [])
                expect(option >= '2026-11-20', text).toBe(true);
        }
    });

    it('depends on the wall alone, whatever zone it hangs in', () => {
        for (const text of phrases(13, 60)) {
            // Where the wall shows Friday 20 November 2026, 10:30, the same words mean the same days and times.
            const readings = zones.map((zone) => {
                const guess = new Date('2026-11-20T10:30:00Z');
                const { date, time } = wallTime(guess, zone);
                const shift = Date.parse('2026-11-20T10:30:00Z') - Date.parse(`${date}T${time}:00Z`);
                return readWhen(text, { ...friday, now: new Date(guess.getTime() + shift), zone }, language);
            });
            for (const reading of readings) expect(reading, text).toEqual(readings[0]);
        }
    });

    it('is read quickly however long it is', () => {
        const long = [
            own.join(' ').repeat(20),
            '1'.repeat(4096),
            ' '.repeat(4096),
            `${'10 '.repeat(1300)}`,
            'a-'.repeat(2000),
        ];
        for (const text of long) {
            const before = performance.now();
            readWhen(text.slice(0, 4096), friday, language);
            expect(performance.now() - before, text.slice(0, 20)).toBeLessThan(2_000);
        }
    });
});
