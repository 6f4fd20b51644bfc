import { describe, expect, it } from 'vitest';
import { asking, friday, type Row, reader } from './reading.ts';

const read = reader('en');

/** What the table in ../dates.test.ts does not say: days that do not exist, do not agree, or are now. */
describe('English', () => {
    it.each(['31 February', 'February 30th', '31.2.', '30/02/2027', '29 February', 'the 31st of April'])(
        '"%s" is no day',
        (text) => {
            expect(read(text)).toEqual({ impossible: true });
        },
    );

    it.each<Row>([
        ['Saturday 27 November', asking('2026-11-21', '2026-11-27')],
        ['Saturday, November 27', asking('2026-11-21', '2026-11-27')],
        ['Sat 28/11', { date: '2026-11-28' }],
        ['Friday 27 November at 2pm', { date: '2026-11-27', time: '14:00' }],
        ['31 January', { date: '2027-01-31' }],
        ['now', { date: '2026-11-20', any: true }],
        ['right away', { date: '2026-11-20', any: true }],
        ['in two weeks', { date: '2026-12-04' }],
        ['between 2 and 4', { earliest: '14:00', latest: '16:00' }],
    ])('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it('asks which 7 is meant where no hours are known, and not which 3', () => {
        const unknown = { ...friday, hours: undefined };
        const options = ['07:00', '19:00'];
        expect(read('tomorrow at 7', unknown)).toEqual({
            date: '2026-11-21',
            unclear: { kind: 'time', options },
        });
        expect(read('tomorrow at 3', unknown)).toEqual({ date: '2026-11-21', time: '15:00' });
        expect(read('tomorrow at 10', unknown)).toEqual({ date: '2026-11-21', time: '10:00' });
    });
});
