import { describe, expect, it } from 'vitest';
import { asking, friday, type Row, reader, tuesday } from './reading.ts';

const read = reader('it');

const table: Row[] = [
    ['domani alle 10', { date: '2026-11-21', time: '10:00' }],
    ['Buongiorno, vorrei una lezione di sci domani alle 10', { date: '2026-11-21', time: '10:00' }],
    ['domani 10', { date: '2026-11-21', time: '10:00' }],
    ['domani alle ore 10', { date: '2026-11-21', time: '10:00' }],
    ['domani ore 15', { date: '2026-11-21', time: '15:00' }],
    ['domani alle 10:30', { date: '2026-11-21', time: '10:30' }],
    ['domani alle 15.30', { date: '2026-11-21', time: '15:30' }],
    ['domani 10h30', { date: '2026-11-21', time: '10:30' }],
    ['domani alle 3', { date: '2026-11-21', time: '15:00' }],
    ['domani alle dieci', { date: '2026-11-21', time: '10:00' }],
    ['domani alle 9 e mezza', { date: '2026-11-21', time: '09:30' }],
    ['domani alle nove e mezzo', { date: '2026-11-21', time: '09:30' }],
    ['domani alle 10 e un quarto', { date: '2026-11-21', time: '10:15' }],
    ['domani alle dieci meno un quarto', { date: '2026-11-21', time: '09:45' }],
    ['domani alle nove e tre quarti', { date: '2026-11-21', time: '09:45' }],
    ["domani all'una", { date: '2026-11-21', time: '13:00' }],
    ['domani a mezzogiorno', { date: '2026-11-21', time: '12:00' }],
    ['domani verso le 10', { date: '2026-11-21', time: '10:00' }],
    ['domani alle 8 di sera', { date: '2026-11-21', time: '20:00', part: 'evening' }],
    ['domani alle 9 di mattina', { date: '2026-11-21', time: '09:00', part: 'morning' }],
    ['una lezione di 2 ore domani alle 10', { date: '2026-11-21', time: '10:00' }],
    ['dopodomani alle 15', { date: '2026-11-22', time: '15:00' }],
    ['dopo domani', { date: '2026-11-22' }],
    ["tra un'ora", { date: '2026-11-20', time: '11:30' }],
    ['fra due ore', { date: '2026-11-20', time: '12:30' }],
    ["fra mezz'ora", { date: '2026-11-20', time: '11:00' }],
    ['oggi', { date: '2026-11-20' }],
    ['domani mattina', { date: '2026-11-21', part: 'morning' }],
    ['domani pomeriggio', { date: '2026-11-21', part: 'afternoon' }],
    ['stasera', { date: '2026-11-20', part: 'evening' }],
    ['questo pomeriggio', { date: '2026-11-20', part: 'afternoon' }],
    ['sabato', { date: '2026-11-21' }],
    ['sabato alle 9', { date: '2026-11-21', time: '09:00' }],
    ['questo venerdì', { date: '2026-11-20' }],
    ['venerdì prossimo', { date: '2026-11-27' }],
    ['venerdì prossimo mattina', { date: '2026-11-27', part: 'morning' }],
    ['venerdi prossimo', { date: '2026-11-27' }],
    ['il prossimo lunedì', { date: '2026-11-23' }],
    ['venerdì che viene', { date: '2026-11-27' }],
    ['venerdì della prossima settimana', { date: '2026-11-27' }],
    ['la settimana prossima mercoledì', { date: '2026-11-25' }],
    ['lunedì mattina', { date: '2026-11-23', part: 'morning' }],
    ['lun 10', { date: '2026-11-23', time: '10:00' }],
    ['il 28', { date: '2026-11-28' }],
    ['il 28 alle 14', { date: '2026-11-28', time: '14:00' }],
    ['il 3', { date: '2026-12-03' }],
    ["l'8", { date: '2026-12-08' }],
    ['il 5 del mese prossimo', { date: '2026-12-05' }],
    ['venerdì 27', { date: '2026-11-27' }],
    ['venerdì 4', { date: '2026-12-04' }],
    ['il 1° febbraio', { date: '2027-02-01' }],
    ['1 febbraio', { date: '2027-02-01' }],
    ['il 24 dicembre alle 14', { date: '2026-12-24', time: '14:00' }],
    ['mercoledì 25 novembre', { date: '2026-11-25' }],
    ['25 novembre 2026 alle 9', { date: '2026-11-25', time: '09:00' }],
    ['24/12', { date: '2026-12-24' }],
    ['03/04', { date: '2027-04-03' }],
    ['21/11/2026', { date: '2026-11-21' }],
    ['fra due settimane', { date: '2026-12-04' }],
    ['tra 3 giorni', { date: '2026-11-23' }],
    ['fra quindici giorni', { date: '2026-12-04' }],
    ['fra un mese', { date: '2026-12-20' }],
    ['non sabato, meglio domenica', { date: '2026-11-22' }],
    ['questa settimana', { date: '2026-11-20', until: '2026-11-22' }],
    ['la settimana prossima', { date: '2026-11-23', until: '2026-11-29' }],
    ['nel weekend', { date: '2026-11-21', until: '2026-11-22' }],
    ['questo fine settimana', { date: '2026-11-21', until: '2026-11-22' }],
    ['lunedì o martedì', { date: '2026-11-23', until: '2026-11-24' }],
    ['da lunedì a mercoledì', { date: '2026-11-23', until: '2026-11-25' }],
    ['dal 24 al 26 dicembre', { date: '2026-12-24', until: '2026-12-26' }],
    ['dal 24 al 26', { date: '2026-11-24', until: '2026-11-26' }],
    ['a dicembre', { date: '2026-12-01', until: '2026-12-31' }],
    ['il mese prossimo', { date: '2026-12-01', until: '2026-12-31' }],
    ['il prima possibile', { any: true }],
    ['domani dopo le 15', { date: '2026-11-21', earliest: '15:00' }],
    ['domani dalle 14', { date: '2026-11-21', earliest: '14:00' }],
    ['domani dalle 14 in poi', { date: '2026-11-21', earliest: '14:00' }],
    ['domani prima delle 12', { date: '2026-11-21', latest: '12:00' }],
    ['domani entro le 16', { date: '2026-11-21', latest: '16:00' }],
    ['domani tra le 14 e le 16', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['domani fra le 2 e le 4', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['sabato dalle 14 alle 16', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['domani dopo pranzo', { date: '2026-11-21', earliest: '13:00' }],
    ['domani alle 9 o alle 10', { date: '2026-11-21', earliest: '09:00', latest: '10:00' }],
    ['di mattina', { part: 'morning' }],
];

describe('Italian', () => {
    it.each(table)('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it.each<Row>([
        ['venerdì', asking('2026-11-20', '2026-11-27')],
        ['venerdì alle 14', { time: '14:00', ...asking('2026-11-20', '2026-11-27') }],
        ['sabato prossimo', asking('2026-11-21', '2026-11-28')],
        ['il prossimo weekend', asking('2026-11-21', '2026-11-28')],
        ['sabato 27', asking('2026-11-21', '2026-11-27')],
        ['sabato 27 novembre', asking('2026-11-21', '2026-11-27')],
        ['lunedì o giovedì', asking('2026-11-23', '2026-11-26')],
    ])('asks back about "%s"', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it('asks which Friday "venerdì prossimo" is while this week still has one', () => {
        expect(read('venerdì prossimo', tuesday)).toEqual(asking('2026-11-27', '2026-12-04'));
        expect(read('questo venerdì', tuesday)).toEqual({ date: '2026-11-27' });
        expect(read('venerdì alle 9', friday)).toEqual({ date: '2026-11-27', time: '09:00' });
    });

    it.each(['ieri', 'venerdì scorso', 'la settimana scorsa', '3 giorni fa', 'oggi alle 8', 'il 21/11/2025'])(
        '"%s" is past',
        (text) => {
            expect(read(text)).toMatchObject({ past: true });
        },
    );

    it.each(['31 febbraio', 'il 31/02', '30/02/2027', 'il 29 febbraio', '31 aprile'])(
        '"%s" is no day',
        (text) => {
            expect(read(text)).toEqual({ impossible: true });
        },
    );

    it.each([
        'Buongiorno!',
        'vorrei prenotare una lezione',
        'per 2 persone',
        'una lezione di 2 ore',
        'mio figlio ha 10 anni',
        'siamo due adulti e 3 bambini',
        'il primo',
        'sì grazie mille',
        'non ci vado mai',
        'mezza giornata',
    ])('"%s" names no time', (text) => {
        expect(read(text)).toEqual({});
    });
});
