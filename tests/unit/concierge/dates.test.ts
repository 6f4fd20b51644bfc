import { describe, expect, it } from 'vitest';
import { type ReadWhenOptions, readWhen } from '../../../shared/concierge/dates.ts';

/** Friday 20 November 2026, 10:30 in Zurich. */
const friday: ReadWhenOptions = {
    now: new Date('2026-11-20T09:30:00Z'),
    zone: 'Europe/Zurich',
    hours: { opens: '08:00', closes: '18:00' },
};
/** Monday 23 November 2026, 09:00 in Zurich. */
const monday: ReadWhenOptions = { ...friday, now: new Date('2026-11-23T08:00:00Z') };

const read = (text: string, options = friday) => {
    const { rest: _, ...when } = readWhen(text, options);
    return when;
};

describe('a day and a time', () => {
    it.each([
        ['tomorrow at 10', { date: '2026-11-21', time: '10:00' }],
        ['tomorrow 10', { date: '2026-11-21', time: '10:00' }],
        ['tomorow at ten', { date: '2026-11-21', time: '10:00' }],
        ['Tmrw 10am', { date: '2026-11-21', time: '10:00' }],
        ['10:00 tomorrow', { date: '2026-11-21', time: '10:00' }],
        ['Hi, a ski lesson tomorrow at 10?', { date: '2026-11-21', time: '10:00' }],
        ['tomorrow at 3', { date: '2026-11-21', time: '15:00' }],
        ['tomorrow at 3am', { date: '2026-11-21', time: '03:00' }],
        ['tomorrow at half past nine', { date: '2026-11-21', time: '09:30' }],
        ['tomorrow half 9', { date: '2026-11-21', time: '09:30' }],
        ['tomorrow quarter to ten', { date: '2026-11-21', time: '09:45' }],
        ['tomorrow at quarter past 2', { date: '2026-11-21', time: '14:15' }],
        ["tomorrow, nine o'clock", { date: '2026-11-21', time: '09:00' }],
        ['tomorrow ten thirty', { date: '2026-11-21', time: '10:30' }],
        ['tomorrow at 10.30', { date: '2026-11-21', time: '10:30' }],
        ['tomorrow 10.30', { date: '2026-11-21', time: '10:30' }],
        ['tomorrow 10h30', { date: '2026-11-21', time: '10:30' }],
        ['tomorrow at 10h', { date: '2026-11-21', time: '10:00' }],
        ['tomorrow at 1430', { date: '2026-11-21', time: '14:30' }],
        ['tomorrow around 10', { date: '2026-11-21', time: '10:00' }],
        ['tomorrow 10ish', { date: '2026-11-21', time: '10:00' }],
        ['tomorrow at noon', { date: '2026-11-21', time: '12:00' }],
        ['tomorrow evening 6', { date: '2026-11-21', time: '18:00', part: 'evening' }],
        ['at 9 tomorrow morning', { date: '2026-11-21', time: '09:00', part: 'morning' }],
        ['10 in the morning on Saturday', { date: '2026-11-21', time: '10:00' }],
        ['Friday 27 Nov at 2pm', { date: '2026-11-27', time: '14:00' }],
        ['Sat 21 Nov 10:00', { date: '2026-11-21', time: '10:00' }],
        ['21 nov 10', { date: '2026-11-21', time: '10:00' }],
        ['Nov 25 at 2', { date: '2026-11-25', time: '14:00' }],
        ['tuesday 8pm', { date: '2026-11-24', time: '20:00' }],
        ['wed 10', { date: '2026-11-25', time: '10:00' }],
        ['in 2 hours', { date: '2026-11-20', time: '12:30' }],
        ['in half an hour', { date: '2026-11-20', time: '11:00' }],
    ])('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });
});

describe('a day', () => {
    it.each([
        ['today', { date: '2026-11-20' }],
        ['tomorrow', { date: '2026-11-21' }],
        ['the day after tomorrow', { date: '2026-11-22' }],
        ['next Friday afternoon', { date: '2026-11-27', part: 'afternoon' }],
        ['this friday', { date: '2026-11-20' }],
        ['Saturday', { date: '2026-11-21' }],
        ['on satuday', { date: '2026-11-21' }],
        ['next Saturday', { date: '2026-11-28' }],
        ['tonight', { date: '2026-11-20', part: 'evening' }],
        ['this afternoon', { date: '2026-11-20', part: 'afternoon' }],
        ['tomorrow morning', { date: '2026-11-21', part: 'morning' }],
        ['the 28th', { date: '2026-11-28' }],
        ['28th', { date: '2026-11-28' }],
        ['on the 28th in the morning', { date: '2026-11-28', part: 'morning' }],
        ['the 19th', { date: '2026-12-19' }],
        ['the 31st', { date: '2026-12-31' }],
        ['the 5th of next month', { date: '2026-12-05' }],
        ['Friday the 27th', { date: '2026-11-27' }],
        ['fri 27th', { date: '2026-11-27' }],
        ['wed 25', { date: '2026-11-25' }],
        ['in two weeks', { date: '2026-12-04' }],
        ['in a fortnight', { date: '2026-12-04' }],
        ['in 3 days', { date: '2026-11-23' }],
        ['a week from tomorrow', { date: '2026-11-28' }],
        ['a week from today', { date: '2026-11-27' }],
        ['monday week', { date: '2026-11-30' }],
        ['a week on Monday', { date: '2026-11-30' }],
        ['1st December', { date: '2026-12-01' }],
        ['December 24', { date: '2026-12-24' }],
        ['24 jan', { date: '2027-01-24' }],
        ['24/12', { date: '2026-12-24' }],
        ['12/24/2026', { date: '2026-12-24' }],
        ['21.11.', { date: '2026-11-21' }],
        ['21.11.2026', { date: '2026-11-21' }],
        ['3.1.', { date: '2027-01-03' }],
        ['2026-11-25', { date: '2026-11-25' }],
        ['5/5', { date: '2027-05-05' }],
        ['not Saturday, Sunday instead', { date: '2026-11-22' }],
    ])('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });
});

describe('a stretch of days', () => {
    it.each([
        ['this week', { date: '2026-11-20', until: '2026-11-22' }],
        ['next week', { date: '2026-11-23', until: '2026-11-29' }],
        ['this weekend', { date: '2026-11-21', until: '2026-11-22' }],
        ['next weekend', { date: '2026-11-28', until: '2026-11-29' }],
        ['Monday or Tuesday', { date: '2026-11-23', until: '2026-11-24' }],
        ['monday to wednesday', { date: '2026-11-23', until: '2026-11-25' }],
        ['Dec 24 to Dec 26', { date: '2026-12-24', until: '2026-12-26' }],
        ['in december', { date: '2026-12-01', until: '2026-12-31' }],
        ['december', { date: '2026-12-01', until: '2026-12-31' }],
        ['next month', { date: '2026-12-01', until: '2026-12-31' }],
        ['this month', { date: '2026-11-20', until: '2026-11-30' }],
        ['in november', { date: '2026-11-20', until: '2026-11-30' }],
        ['as soon as possible', { any: true }],
        ['any time on Saturday', { date: '2026-11-21', any: true }],
    ])('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it('counts a weekend from Sunday as that Sunday', () => {
        const sunday = { ...friday, now: new Date('2026-11-22T09:00:00Z') };
        expect(read('this weekend', sunday)).toEqual({ date: '2026-11-22' });
    });
});

describe('a stretch of the day', () => {
    it.each([
        ['after 3 tomorrow', { date: '2026-11-21', earliest: '15:00' }],
        ['tomorrow after 3pm', { date: '2026-11-21', earliest: '15:00' }],
        ['tomorrow before noon', { date: '2026-11-21', latest: '12:00' }],
        ['tomorrow after lunch', { date: '2026-11-21', earliest: '13:00' }],
        ['tomorrow from 10 onwards', { date: '2026-11-21', earliest: '10:00' }],
        ['tomorrow 2pm or later', { date: '2026-11-21', earliest: '14:00' }],
        ['between 10 and 12 tomorrow', { date: '2026-11-21', earliest: '10:00', latest: '12:00' }],
        ['saturday from 2 to 4pm', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
        ['tomorrow 10am-12pm', { date: '2026-11-21', earliest: '10:00', latest: '12:00' }],
        ['tomorrow at 9 or at 10', { date: '2026-11-21', earliest: '09:00', latest: '10:00' }],
        ['mornings only', { part: 'morning' }],
    ])('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });
});

describe('what is ambiguous is asked back', () => {
    it.each([
        ['Friday', { unclear: { kind: 'date', options: ['2026-11-20', '2026-11-27'] } }],
        [
            'Friday at 2pm',
            { time: '14:00', unclear: { kind: 'date', options: ['2026-11-20', '2026-11-27'] } },
        ],
        ['03/04', { unclear: { kind: 'date', options: ['2027-03-04', '2027-04-03'] } }],
        ['Saturday the 27th', { unclear: { kind: 'date', options: ['2026-11-21', '2026-11-27'] } }],
        ['Monday or Thursday', { unclear: { kind: 'date', options: ['2026-11-23', '2026-11-26'] } }],
    ])('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it('asks which 8 is meant when the desk is open at both', () => {
        const long = { ...friday, hours: { opens: '07:00', closes: '22:00' } };
        expect(read('tomorrow at 8', long)).toEqual({
            date: '2026-11-21',
            unclear: { kind: 'time', options: ['08:00', '20:00'] },
        });
        expect(read('tomorrow at 08:00', long)).toEqual({ date: '2026-11-21', time: '08:00' });
        expect(read('tomorrow evening at 8', long)).toMatchObject({ time: '20:00' });
    });

    it('does not ask about a Friday that is over', () => {
        const late = { ...friday, now: new Date('2026-11-20T18:00:00Z') };
        expect(read('Friday', late)).toEqual({ date: '2026-11-27' });
        expect(read('Friday at 9am')).toEqual({ date: '2026-11-27', time: '09:00' });
    });
});

describe('a number alone', () => {
    it('is a time when a time was asked for', () => {
        expect(read('10', { ...friday, expecting: 'time' })).toEqual({ time: '10:00' });
        expect(read('3!', { ...friday, expecting: 'time' })).toEqual({ time: '15:00' });
    });

    it('is a day of the month when a day was asked for', () => {
        expect(read('28', { ...friday, expecting: 'day' })).toEqual({ date: '2026-11-28' });
    });

    it('is nothing otherwise', () => {
        expect(read('10')).toEqual({});
    });
});

describe('what is no date', () => {
    it.each([
        'may I book a lesson?',
        'a 2 hour lesson',
        'my son is 10 years old',
        'for 2 people',
        'half a day',
        'the first one',
        'the 2nd one',
        'we march on',
        'I love the sun',
        'a lesson for 3 days',
        'how much is it?',
        '',
    ])('%s', (text) => {
        expect(read(text)).toEqual({});
    });
});

describe('the past', () => {
    it.each(['yesterday', 'last Friday', 'last week', 'today at 8am', '3 days ago'])('%s', (text) => {
        expect(read(text)).toMatchObject({ past: true });
    });
});

describe('rest', () => {
    it.each([
        ['yes but at 11', 'yes but'],
        ['yes', 'yes'],
        ['yes, tomorrow at 10', 'yes,'],
        ['Anna Keller', 'Anna Keller'],
    ])('%s leaves "%s"', (text, rest) => {
        expect(readWhen(text, friday).rest).toBe(rest);
    });
});

describe('zones and clock changes', () => {
    it('takes the day from the wall of the zone, not of the machine', () => {
        const now = new Date('2026-11-20T23:30:00Z');
        expect(readWhen('tomorrow', { now, zone: 'Europe/Zurich' }).date).toBe('2026-11-22');
        expect(readWhen('tomorrow', { now, zone: 'America/New_York' }).date).toBe('2026-11-21');
        expect(readWhen('tomorrow', { now, zone: 'Pacific/Auckland' }).date).toBe('2026-11-22');
    });

    it('steps days over a day of 25 hours', () => {
        const now = new Date('2026-10-24T22:30:00Z');
        const options = { now, zone: 'Europe/Zurich' };
        expect(readWhen('today', options).date).toBe('2026-10-25');
        expect(readWhen('tomorrow', options).date).toBe('2026-10-26');
    });

    it('adds hours to the instant', () => {
        const now = new Date('2027-03-28T00:30:00Z');
        const when = readWhen('in 2 hours', { now, zone: 'Europe/Zurich' });
        expect(when).toMatchObject({ date: '2027-03-28', time: '04:30' });
    });

    it('speaks of next week from a Monday on as most people do', () => {
        expect(read('next friday', monday)).toEqual({ date: '2026-12-04' });
        expect(read('friday', monday)).toEqual({ date: '2026-11-27' });
        expect(read('next week', monday)).toEqual({ date: '2026-11-30', until: '2026-12-06' });
    });

    it('never fails on any order of its own words', () => {
        const words =
            'tomorrow friday 10 at next the 28th 3/4 21.11. half past nine to 2pm or week in two after'.split(
                ' ',
            );
        let seed = 7;
        const next = (below: number) => {
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            return seed % below;
        };
        for (let round = 0; round < 500; round += 1) {
            const text = Array.from({ length: 1 + next(7) }, () => words[next(words.length)]).join(' ');
            const when = readWhen(text, friday);
            for (const date of [when.date, when.until])
                expect(date ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
            expect(when.time ?? '00:00').toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
        }
    });
});
