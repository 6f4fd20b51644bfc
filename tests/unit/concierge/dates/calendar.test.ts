import { describe, expect, it } from 'vitest';
import { readWhen } from '../../../../shared/concierge/dates.ts';
import { friday } from './reading.ts';

const at = (now: string, zone = 'Europe/Zurich') => ({ ...friday, now: new Date(now), zone });

describe.each([
    [
        'en',
        { tomorrow: 'tomorrow', today: 'today', hours: 'in 2 hours', leap: '29 February', first: 'the 1st' },
    ],
    [
        'de',
        { tomorrow: 'morgen', today: 'heute', hours: 'in 2 Stunden', leap: '29. Februar', first: 'am 1.' },
    ],
    [
        'fr',
        {
            tomorrow: 'demain',
            today: "aujourd'hui",
            hours: 'dans 2 heures',
            leap: '29 février',
            first: 'le 1er',
        },
    ],
    ['it', { tomorrow: 'domani', today: 'oggi', hours: 'fra 2 ore', leap: '29 febbraio', first: 'il 1°' }],
    ['es', { tomorrow: 'mañana', today: 'hoy', hours: 'en 2 horas', leap: '29 de febrero', first: 'el 1' }],
])('the calendar in %s', (language, words) => {
    it('takes the day from the wall of the zone, not of the machine', () => {
        const dates = ['Europe/Zurich', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'].map(
            (zone) => readWhen(words.tomorrow, at('2026-11-20T23:30:00Z', zone), language).date,
        );
        expect(dates).toEqual(['2026-11-22', '2026-11-21', '2026-11-22', '2026-11-22']);
    });

    it('steps over a day of 25 and one of 23 hours', () => {
        expect(readWhen(words.today, at('2026-10-24T22:30:00Z'), language).date).toBe('2026-10-25');
        expect(readWhen(words.tomorrow, at('2026-10-24T22:30:00Z'), language).date).toBe('2026-10-26');
        expect(readWhen(words.tomorrow, at('2027-03-27T22:30:00Z'), language).date).toBe('2027-03-28');
        expect(readWhen(words.tomorrow, at('2027-03-28T21:30:00Z'), language).date).toBe('2027-03-29');
    });

    it('adds hours to the instant, over a gap and over a doubled hour', () => {
        expect(readWhen(words.hours, at('2027-03-28T00:30:00Z'), language)).toMatchObject({
            date: '2027-03-28',
            time: '04:30',
        });
        expect(readWhen(words.hours, at('2026-10-24T23:30:00Z'), language)).toMatchObject({
            date: '2026-10-25',
            time: '02:30',
        });
        const lordHowe = at('2026-10-03T14:30:00Z', 'Australia/Lord_Howe');
        expect(readWhen(words.hours, lordHowe, language)).toMatchObject({
            date: '2026-10-04',
            time: '03:30',
        });
    });

    it('goes over midnight and into the new year', () => {
        expect(readWhen(words.hours, at('2026-12-31T22:30:00Z'), language)).toMatchObject({
            date: '2027-01-01',
            time: '01:30',
        });
        expect(readWhen(words.tomorrow, at('2026-12-31T11:00:00Z'), language).date).toBe('2027-01-01');
        expect(readWhen(words.first, at('2026-12-31T11:00:00Z'), language).date).toBe('2027-01-01');
        expect(readWhen('3.1.', at('2026-12-31T11:00:00Z'), language).date).toBe('2027-01-03');
    });

    it('knows leap days where there is one within a year', () => {
        expect(readWhen(words.leap, at('2027-11-20T11:00:00Z'), language).date).toBe('2028-02-29');
        expect(readWhen(words.leap, at('2026-11-20T11:00:00Z'), language).impossible).toBe(true);
        expect(readWhen(words.tomorrow, at('2028-02-28T11:00:00Z'), language).date).toBe('2028-02-29');
    });
});
