import { describe, expect, it } from 'vitest';
import { asking, friday, type Row, reader, tuesday } from './reading.ts';

const read = reader('es');

const table: Row[] = [
    ['mañana a las 10', { date: '2026-11-21', time: '10:00' }],
    ['Hola, quisiera una clase de esquí mañana a las 10', { date: '2026-11-21', time: '10:00' }],
    ['mañana 10', { date: '2026-11-21', time: '10:00' }],
    ['manana a las 10:30', { date: '2026-11-21', time: '10:30' }],
    ['mañana a las 15.30', { date: '2026-11-21', time: '15:30' }],
    ['mañana 15h', { date: '2026-11-21', time: '15:00' }],
    ['mañana 10h30', { date: '2026-11-21', time: '10:30' }],
    ['mañana a las 15 horas', { date: '2026-11-21', time: '15:00' }],
    ['mañana a las 3', { date: '2026-11-21', time: '15:00' }],
    ['mañana a las diez', { date: '2026-11-21', time: '10:00' }],
    ['mañana a las cinco y media', { date: '2026-11-21', time: '17:30' }],
    ['mañana a las 9 y cuarto', { date: '2026-11-21', time: '09:15' }],
    ['mañana a las 10 menos cuarto', { date: '2026-11-21', time: '09:45' }],
    ['mañana a la una', { date: '2026-11-21', time: '13:00' }],
    ['mañana al mediodía', { date: '2026-11-21', time: '12:00' }],
    ['mañana sobre las 10', { date: '2026-11-21', time: '10:00' }],
    ['mañana a las 8 de la tarde', { date: '2026-11-21', time: '20:00', part: 'afternoon' }],
    ['mañana a las 9 de la mañana', { date: '2026-11-21', time: '09:00', part: 'morning' }],
    ['mañana por la mañana', { date: '2026-11-21', part: 'morning' }],
    ['una clase de 2 horas mañana a las 10', { date: '2026-11-21', time: '10:00' }],
    ['pasado mañana a las 10', { date: '2026-11-22', time: '10:00' }],
    ['dentro de una hora', { date: '2026-11-20', time: '11:30' }],
    ['en dos horas', { date: '2026-11-20', time: '12:30' }],
    ['en media hora', { date: '2026-11-20', time: '11:00' }],
    ['hoy', { date: '2026-11-20' }],
    ['mañana', { date: '2026-11-21' }],
    ['mañana por la tarde', { date: '2026-11-21', part: 'afternoon' }],
    ['esta tarde', { date: '2026-11-20', part: 'afternoon' }],
    ['esta noche', { date: '2026-11-20', part: 'evening' }],
    ['el sábado', { date: '2026-11-21' }],
    ['sabado a las 9', { date: '2026-11-21', time: '09:00' }],
    ['este viernes', { date: '2026-11-20' }],
    ['el próximo viernes', { date: '2026-11-27' }],
    ['el viernes que viene por la tarde', { date: '2026-11-27', part: 'afternoon' }],
    ['el proximo sabado', { date: '2026-11-21' }],
    ['el viernes de la semana que viene', { date: '2026-11-27' }],
    ['la próxima semana, el miércoles', { date: '2026-11-25' }],
    ['el lunes por la mañana', { date: '2026-11-23', part: 'morning' }],
    ['lun 10', { date: '2026-11-23', time: '10:00' }],
    ['el 28', { date: '2026-11-28' }],
    ['el 28 a las 14', { date: '2026-11-28', time: '14:00' }],
    ['el día 3', { date: '2026-12-03' }],
    ['el 5 del mes que viene', { date: '2026-12-05' }],
    ['viernes 27', { date: '2026-11-27' }],
    ['el viernes 4', { date: '2026-12-04' }],
    ['el 1 de febrero', { date: '2027-02-01' }],
    ['1 febrero', { date: '2027-02-01' }],
    ['el 24 de diciembre a las 14', { date: '2026-12-24', time: '14:00' }],
    ['miércoles 25 de noviembre', { date: '2026-11-25' }],
    ['el 25 de noviembre de 2026 a las 9', { date: '2026-11-25', time: '09:00' }],
    ['24/12', { date: '2026-12-24' }],
    ['03/04', { date: '2027-04-03' }],
    ['21/11/2026', { date: '2026-11-21' }],
    ['21-11-2026', { date: '2026-11-21' }],
    ['dentro de dos semanas', { date: '2026-12-04' }],
    ['en 3 días', { date: '2026-11-23' }],
    ['dentro de quince días', { date: '2026-12-04' }],
    ['dentro de un mes', { date: '2026-12-20' }],
    ['el sábado no, mejor el domingo', { date: '2026-11-22' }],
    ['esta semana', { date: '2026-11-20', until: '2026-11-22' }],
    ['la semana que viene', { date: '2026-11-23', until: '2026-11-29' }],
    ['el fin de semana', { date: '2026-11-21', until: '2026-11-22' }],
    ['este finde', { date: '2026-11-21', until: '2026-11-22' }],
    ['el próximo fin de semana', { date: '2026-11-21', until: '2026-11-22' }],
    ['lunes o martes', { date: '2026-11-23', until: '2026-11-24' }],
    ['de lunes a miércoles', { date: '2026-11-23', until: '2026-11-25' }],
    ['del 24 al 26 de diciembre', { date: '2026-12-24', until: '2026-12-26' }],
    ['del 24 al 26', { date: '2026-11-24', until: '2026-11-26' }],
    ['en diciembre', { date: '2026-12-01', until: '2026-12-31' }],
    ['el mes que viene', { date: '2026-12-01', until: '2026-12-31' }],
    ['lo antes posible', { any: true }],
    ['mañana después de las 15', { date: '2026-11-21', earliest: '15:00' }],
    ['mañana a partir de las 14', { date: '2026-11-21', earliest: '14:00' }],
    ['mañana antes de las 12', { date: '2026-11-21', latest: '12:00' }],
    ['mañana hasta las 16', { date: '2026-11-21', latest: '16:00' }],
    ['mañana entre las 2 y las 4', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['el sábado de 14 a 16', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['el sábado de 2 a 4', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['mañana después de comer', { date: '2026-11-21', earliest: '13:00' }],
    ['mañana a las 9 o a las 10', { date: '2026-11-21', earliest: '09:00', latest: '10:00' }],
    ['por las mañanas', { part: 'morning' }],
];

describe('Spanish', () => {
    it.each(table)('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it.each<Row>([
        ['el viernes', asking('2026-11-20', '2026-11-27')],
        ['viernes a las 14', { time: '14:00', ...asking('2026-11-20', '2026-11-27') }],
        ['sábado 27', asking('2026-11-21', '2026-11-27')],
        ['sábado 27 de noviembre', asking('2026-11-21', '2026-11-27')],
        ['lunes o jueves', asking('2026-11-23', '2026-11-26')],
    ])('asks back about "%s"', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it('takes "el próximo viernes" for the first to come', () => {
        expect(read('el próximo viernes', tuesday)).toEqual({ date: '2026-11-27' });
        expect(read('el viernes de la semana que viene', tuesday)).toEqual({ date: '2026-12-04' });
        expect(read('viernes a las 9', friday)).toEqual({ date: '2026-11-27', time: '09:00' });
    });

    it.each(['ayer', 'el viernes pasado', 'la semana pasada', 'hace 3 días', 'hoy a las 8', 'el 21/11/2025'])(
        '"%s" is past',
        (text) => {
            expect(read(text)).toMatchObject({ past: true });
        },
    );

    it.each(['31 de febrero', 'el 31/02', '30/02/2027', 'el 29 de febrero', '31 de abril'])(
        '"%s" is no day',
        (text) => {
            expect(read(text)).toEqual({ impossible: true });
        },
    );

    it.each([
        '¡Hola, buenas tardes!',
        'quisiera reservar una clase',
        'para 2 personas',
        'una clase de 2 horas',
        'mi hijo tiene 10 años',
        'somos dos adultos y 3 niños',
        'el primero',
        'sí, muchas gracias',
        'me gusta el mar',
        'media jornada',
    ])('"%s" names no time', (text) => {
        expect(read(text)).toEqual({});
    });
});
