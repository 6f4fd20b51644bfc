import { describe, expect, it } from 'vitest';
import {
    addDays,
    dateOf,
    endOfMonth,
    instantAt,
    isDate,
    isTime,
    minutesOf,
    wallTime,
    weekdayOf,
} from '../../../shared/zoned-time.ts';

const iso = (date: string, time: string, zone: string) => instantAt(date, time, zone).toISOString();

describe('instants and walls', () => {
    it.each([
        ['an ordinary winter day', '2026-11-21', '10:00', 'Europe/Zurich', '2026-11-21T09:00:00.000Z'],
        ['an ordinary summer day', '2026-07-01', '10:00', 'Europe/Zurich', '2026-07-01T08:00:00.000Z'],
        [
            'the skipped hour moves forward',
            '2027-03-28',
            '02:30',
            'Europe/Zurich',
            '2027-03-28T01:30:00.000Z',
        ],
        [
            'the doubled hour is the earlier',
            '2026-10-25',
            '02:30',
            'Europe/Zurich',
            '2026-10-25T00:30:00.000Z',
        ],
        ['after the doubled hour', '2026-10-25', '03:00', 'Europe/Zurich', '2026-10-25T02:00:00.000Z'],
        ['New York in March', '2027-03-14', '02:15', 'America/New_York', '2027-03-14T07:15:00.000Z'],
        ['New York in November', '2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
        [
            'Lord Howe skips half an hour',
            '2026-10-04',
            '02:15',
            'Australia/Lord_Howe',
            '2026-10-03T15:45:00.000Z',
        ],
        [
            'Lord Howe doubles half an hour',
            '2027-04-04',
            '01:45',
            'Australia/Lord_Howe',
            '2027-04-03T14:45:00.000Z',
        ],
        ['a zone without clock change', '2026-06-01', '00:00', 'Asia/Kolkata', '2026-05-31T18:30:00.000Z'],
        ['leap day', '2028-02-29', '23:59', 'UTC', '2028-02-29T23:59:00.000Z'],
    ])('%s', (_name, date, time, zone, expected) => {
        expect(iso(date, time, zone)).toBe(expected);
    });

    it('comes back to the same wall all through a year, in four zones', () => {
        for (const zone of ['Europe/Zurich', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']) {
            // Steps of seven hours meet every hour of the day.
            for (let hour = 0; hour < 366 * 24; hour += 7) {
                const instant = new Date(Date.UTC(2026, 0, 1, hour));
                const wall = wallTime(instant, zone);
                const back = instantAt(wall.date, wall.time, zone);
                expect(wallTime(back, zone)).toEqual(wall);
                expect(back.getTime()).toBeLessThanOrEqual(instant.getTime());
            }
        }
    });

    it('shows midnight as 00:00 of the new day', () => {
        expect(wallTime(new Date('2026-12-31T23:00:00Z'), 'Europe/Zurich')).toEqual({
            date: '2027-01-01',
            time: '00:00',
        });
    });

    it('refuses an unknown zone', () => {
        expect(() => wallTime(new Date(0), 'Europe/Frostville')).toThrow(RangeError);
    });
});

describe('calendar days', () => {
    it('steps over months, years and clock changes', () => {
        expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
        expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
        expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    });

    it('knows weekdays and ends of months', () => {
        expect(weekdayOf('2026-11-20')).toBe(5);
        expect(weekdayOf('2026-11-22')).toBe(7);
        expect(endOfMonth('2028-02-03')).toBe('2028-02-29');
    });

    it('has no 30 February', () => {
        expect(dateOf(2027, 2, 30)).toBeUndefined();
        expect(dateOf(2027, 2, 3)).toBe('2027-02-03');
        expect(isDate('2027-02-30')).toBe(false);
        expect(isDate('27-2-3')).toBe(false);
        expect(isDate('2027-02-28')).toBe(true);
    });

    it('reads times', () => {
        expect(minutesOf('09:30')).toBe(570);
        expect(isTime('24:00')).toBe(false);
        expect(isTime('9:00')).toBe(false);
        expect(isTime('09:00')).toBe(true);
    });
});
