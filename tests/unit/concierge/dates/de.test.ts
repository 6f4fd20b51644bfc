import { describe, expect, it } from 'vitest';
import { asking, friday, type Row, reader, tuesday } from './reading.ts';

const read = reader('de');

const table: Row[] = [
    ['morgen um 10', { date: '2026-11-21', time: '10:00' }],
    ['Morgen um 10 Uhr', { date: '2026-11-21', time: '10:00' }],
    ['Grüezi, ich hätte gerne morgen um 14 Uhr einen Skikurs', { date: '2026-11-21', time: '14:00' }],
    ['morgen 10', { date: '2026-11-21', time: '10:00' }],
    ['10:00 morgen', { date: '2026-11-21', time: '10:00' }],
    ['morgen um 3', { date: '2026-11-21', time: '15:00' }],
    ['morgen 10h30', { date: '2026-11-21', time: '10:30' }],
    ['morgen um 10.30', { date: '2026-11-21', time: '10:30' }],
    ['morgen um 14.30 Uhr', { date: '2026-11-21', time: '14:30' }],
    ['morgen 14 Uhr 30', { date: '2026-11-21', time: '14:30' }],
    ['morgen um neun', { date: '2026-11-21', time: '09:00' }],
    ['morgen zehn Uhr', { date: '2026-11-21', time: '10:00' }],
    ['morgen zehn Uhr dreißig', { date: '2026-11-21', time: '10:30' }],
    ['übermorgen um halb drei', { date: '2026-11-22', time: '14:30' }],
    ['uebermorgen halb 10', { date: '2026-11-22', time: '09:30' }],
    ['morgen viertel nach 3', { date: '2026-11-21', time: '15:15' }],
    ['morgen viertel vor zehn', { date: '2026-11-21', time: '09:45' }],
    ['morgen dreiviertel zehn', { date: '2026-11-21', time: '09:45' }],
    ['morgen um fünf vor halb zehn', { date: '2026-11-21', time: '09:25' }],
    ['morgen gegen 10', { date: '2026-11-21', time: '10:00' }],
    ['morgen Mittag', { date: '2026-11-21', time: '12:00' }],
    ['morgen um 8 Uhr abends', { date: '2026-11-21', time: '20:00', part: 'evening' }],
    ['morgen um 1430', { date: '2026-11-21', time: '14:30' }],
    ['in einer Stunde', { date: '2026-11-20', time: '11:30' }],
    ['in zwei Stunden', { date: '2026-11-20', time: '12:30' }],
    ['in einer halben Stunde', { date: '2026-11-20', time: '11:00' }],
    ['14 Uhr', { time: '14:00' }],
    ['heute', { date: '2026-11-20' }],
    ['morgen', { date: '2026-11-21' }],
    ['morgen früh', { date: '2026-11-21', part: 'morning' }],
    ['morgen Vormittag', { date: '2026-11-21', part: 'morning' }],
    ['morgen Nachmittag', { date: '2026-11-21', part: 'afternoon' }],
    ['heute Abend', { date: '2026-11-20', part: 'evening' }],
    ['heute Nachmittag', { date: '2026-11-20', part: 'afternoon' }],
    ['am Montagmorgen', { date: '2026-11-23', part: 'morning' }],
    ['Dienstagnachmittag', { date: '2026-11-24', part: 'afternoon' }],
    ['Montag Vormittag', { date: '2026-11-23', part: 'morning' }],
    ['Samstag', { date: '2026-11-21' }],
    ['kommenden Samstag', { date: '2026-11-21' }],
    ['am Sonnabend um 9', { date: '2026-11-21', time: '09:00' }],
    ['diesen Freitag', { date: '2026-11-20' }],
    ['kommenden Freitag', { date: '2026-11-27' }],
    ['nächsten Freitag', { date: '2026-11-27' }],
    ['naechsten Freitag nachmittag', { date: '2026-11-27', part: 'afternoon' }],
    ['nächste Woche Freitag', { date: '2026-11-27' }],
    ['Mittwoch nächster Woche', { date: '2026-11-25' }],
    ['Montag in einer Woche', { date: '2026-11-30' }],
    ['heute in einer Woche', { date: '2026-11-27' }],
    ['heute in 14 Tagen', { date: '2026-12-04' }],
    ['Mo 10 Uhr', { date: '2026-11-23', time: '10:00' }],
    ['Do. 14:30', { date: '2026-11-26', time: '14:30' }],
    ['am 28.', { date: '2026-11-28' }],
    ['28.', { date: '2026-11-28' }],
    ['am 3.', { date: '2026-12-03' }],
    ['am 28. um 14 Uhr', { date: '2026-11-28', time: '14:00' }],
    ['am 19.', { date: '2026-12-19' }],
    ['am 31.', { date: '2026-12-31' }],
    ['am 5. nächsten Monats', { date: '2026-12-05' }],
    ['Freitag, den 27.', { date: '2026-11-27' }],
    ['Fr 27.', { date: '2026-11-27' }],
    ['Mittwoch 25', { date: '2026-11-25' }],
    ['1. Februar', { date: '2027-02-01' }],
    ['am 1. Feb. um 14 Uhr', { date: '2027-02-01', time: '14:00' }],
    ['3. März', { date: '2027-03-03' }],
    ['Mittwoch, den 25. November', { date: '2026-11-25' }],
    ['Mittwoch, 25.11.', { date: '2026-11-25' }],
    ['24. Dezember 2026 um 9', { date: '2026-12-24', time: '09:00' }],
    ['24.12.', { date: '2026-12-24' }],
    ['24.12. um 9', { date: '2026-12-24', time: '09:00' }],
    ['am 21.11', { date: '2026-11-21' }],
    ['21.11.2026', { date: '2026-11-21' }],
    ['21.11.26, 10 Uhr', { date: '2026-11-21', time: '10:00' }],
    ['03.04.', { date: '2027-04-03' }],
    ['3/4', { date: '2027-04-03' }],
    ['2026-11-25', { date: '2026-11-25' }],
    ['in zwei Wochen', { date: '2026-12-04' }],
    ['in 3 Tagen', { date: '2026-11-23' }],
    ['in acht Tagen', { date: '2026-11-27' }],
    ['in 14 Tagen', { date: '2026-12-04' }],
    ['in einem Monat', { date: '2026-12-20' }],
    ['nicht Samstag, lieber Sonntag', { date: '2026-11-22' }],
    ['diese Woche', { date: '2026-11-20', until: '2026-11-22' }],
    ['nächste Woche', { date: '2026-11-23', until: '2026-11-29' }],
    ['am Wochenende', { date: '2026-11-21', until: '2026-11-22' }],
    ['dieses Wochenende', { date: '2026-11-21', until: '2026-11-22' }],
    ['Montag oder Dienstag', { date: '2026-11-23', until: '2026-11-24' }],
    ['von Montag bis Mittwoch', { date: '2026-11-23', until: '2026-11-25' }],
    ['24. bis 26. Dezember', { date: '2026-12-24', until: '2026-12-26' }],
    ['24.-26.12.', { date: '2026-12-24', until: '2026-12-26' }],
    ['vom 24. bis zum 26.', { date: '2026-11-24', until: '2026-11-26' }],
    ['im Dezember', { date: '2026-12-01', until: '2026-12-31' }],
    ['nächsten Monat', { date: '2026-12-01', until: '2026-12-31' }],
    ['so bald wie möglich', { any: true }],
    ['Samstag, egal wann', { date: '2026-11-21', any: true }],
    ['morgen ab 14 Uhr', { date: '2026-11-21', earliest: '14:00' }],
    ['morgen nach 3', { date: '2026-11-21', earliest: '15:00' }],
    ['morgen vor 12', { date: '2026-11-21', latest: '12:00' }],
    ['morgen bis 16 Uhr', { date: '2026-11-21', latest: '16:00' }],
    ['morgen zwischen 2 und 4', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['Samstag von 14 bis 16 Uhr', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['Samstag 10-12 Uhr', { date: '2026-11-21', earliest: '10:00', latest: '12:00' }],
    ['morgen nach dem Mittagessen', { date: '2026-11-21', earliest: '13:00' }],
    ['morgen um 9 oder um 10', { date: '2026-11-21', earliest: '09:00', latest: '10:00' }],
    ['nur vormittags', { part: 'morning' }],
];

describe('German', () => {
    it.each(table)('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it.each<Row>([
        ['Freitag', asking('2026-11-20', '2026-11-27')],
        ['Freitag um 14 Uhr', { time: '14:00', ...asking('2026-11-20', '2026-11-27') }],
        ['Freitag in einer Woche', asking('2026-11-27', '2026-12-04')],
        ['nächsten Samstag', asking('2026-11-21', '2026-11-28')],
        ['nächstes Wochenende', asking('2026-11-21', '2026-11-28')],
        ['Samstag, den 27.', asking('2026-11-21', '2026-11-27')],
        ['Samstag, 27. November', asking('2026-11-21', '2026-11-27')],
        ['Montag oder Donnerstag', asking('2026-11-23', '2026-11-26')],
    ])('asks back about "%s"', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it('asks which Friday "nächsten Freitag" is while this week still has one', () => {
        expect(read('nächsten Freitag', tuesday)).toEqual(asking('2026-11-27', '2026-12-04'));
        expect(read('diesen Freitag', tuesday)).toEqual({ date: '2026-11-27' });
        expect(read('nächsten Montag', tuesday)).toEqual({ date: '2026-11-30' });
        expect(read('Freitag um 9', friday)).toEqual({ date: '2026-11-27', time: '09:00' });
    });

    it.each(['gestern', 'letzten Freitag', 'letzte Woche', 'vor 3 Tagen', 'heute um 8 Uhr', '21.11.2025'])(
        '"%s" is past',
        (text) => {
            expect(read(text)).toMatchObject({ past: true });
        },
    );

    it.each(['31. Februar', 'am 31.2.', '30.02.2027', '29. Februar', '32.12.'])('"%s" is no day', (text) => {
        expect(read(text)).toEqual({ impossible: true });
    });

    it.each([
        'Guten Morgen!',
        'ich möchte einen Kurs buchen',
        'ein Kurs für 2 Personen',
        'ein Kurs von 2 Stunden',
        'mein Sohn ist 10 Jahre alt',
        'so ist es, und was kostet das?',
        'wir sind zu zweit, 2 Erwachsene und 3 Kinder',
        'die erste',
        'ja gerne, vielen Dank',
        'einen halben Tag',
    ])('"%s" names no time', (text) => {
        expect(read(text)).toEqual({});
    });
});
