import { describe, expect, it } from 'vitest';
import { asking, friday, type Row, reader, tuesday } from './reading.ts';

const read = reader('fr');

const table: Row[] = [
    ['demain à 10h', { date: '2026-11-21', time: '10:00' }],
    ['Bonjour, je voudrais un cours de ski demain à 10 heures', { date: '2026-11-21', time: '10:00' }],
    ['demain 10h', { date: '2026-11-21', time: '10:00' }],
    ['demain 10', { date: '2026-11-21', time: '10:00' }],
    ['demain à 10h30', { date: '2026-11-21', time: '10:30' }],
    ['demain à 10 h 30', { date: '2026-11-21', time: '10:30' }],
    ['demain à 10:30', { date: '2026-11-21', time: '10:30' }],
    ['demain à 3h', { date: '2026-11-21', time: '15:00' }],
    ['10h30', { time: '10:30' }],
    ['demain à dix heures', { date: '2026-11-21', time: '10:00' }],
    ['demain à dix heures et demie', { date: '2026-11-21', time: '10:30' }],
    ['demain à neuf heures et quart', { date: '2026-11-21', time: '09:15' }],
    ['demain à dix heures moins le quart', { date: '2026-11-21', time: '09:45' }],
    ['demain à quatorze heures trente', { date: '2026-11-21', time: '14:30' }],
    ['demain à midi', { date: '2026-11-21', time: '12:00' }],
    ['demain à midi et demi', { date: '2026-11-21', time: '12:30' }],
    ['demain vers 10h', { date: '2026-11-21', time: '10:00' }],
    ['demain à 8h du soir', { date: '2026-11-21', time: '20:00', part: 'evening' }],
    ['demain à 9h du matin', { date: '2026-11-21', time: '09:00', part: 'morning' }],
    ['un cours de 2 heures demain à 10 heures', { date: '2026-11-21', time: '10:00' }],
    ['un cours de 2h demain à 9h', { date: '2026-11-21', time: '09:00' }],
    ['après-demain à 14h30', { date: '2026-11-22', time: '14:30' }],
    ['apres demain', { date: '2026-11-22' }],
    ['dans une heure', { date: '2026-11-20', time: '11:30' }],
    ['dans deux heures', { date: '2026-11-20', time: '12:30' }],
    ["aujourd'hui", { date: '2026-11-20' }],
    ['aujourd’hui à 15h', { date: '2026-11-20', time: '15:00' }],
    ['demain matin', { date: '2026-11-21', part: 'morning' }],
    ["demain dans l'après-midi", { date: '2026-11-21', part: 'afternoon' }],
    ['demain après midi', { date: '2026-11-21', part: 'afternoon' }],
    ['ce soir', { date: '2026-11-20', part: 'evening' }],
    ['cet après-midi', { date: '2026-11-20', part: 'afternoon' }],
    ['samedi', { date: '2026-11-21' }],
    ['samedi à 9h', { date: '2026-11-21', time: '09:00' }],
    ['ce vendredi', { date: '2026-11-20' }],
    ['vendredi prochain', { date: '2026-11-27' }],
    ["vendredi prochain dans l'après-midi", { date: '2026-11-27', part: 'afternoon' }],
    ['lundi prochain', { date: '2026-11-23' }],
    ['vendredi de la semaine prochaine', { date: '2026-11-27' }],
    ['la semaine prochaine mercredi', { date: '2026-11-25' }],
    ['lundi en huit', { date: '2026-11-30' }],
    ['lundi matin', { date: '2026-11-23', part: 'morning' }],
    ['lun. 10h', { date: '2026-11-23', time: '10:00' }],
    ['le 28', { date: '2026-11-28' }],
    ['le 28 à 14h', { date: '2026-11-28', time: '14:00' }],
    ['le 3', { date: '2026-12-03' }],
    ['le 1er', { date: '2026-12-01' }],
    ['le 5 du mois prochain', { date: '2026-12-05' }],
    ['vendredi 27', { date: '2026-11-27' }],
    ['le vendredi 4', { date: '2026-12-04' }],
    ['samedi 14h', { date: '2026-11-21', time: '14:00' }],
    ['le 1er février', { date: '2027-02-01' }],
    ['1 fevrier', { date: '2027-02-01' }],
    ['le 24 décembre à 14h', { date: '2026-12-24', time: '14:00' }],
    ['mercredi 25 novembre', { date: '2026-11-25' }],
    ['mercredi 25 novembre 2026 à 9h', { date: '2026-11-25', time: '09:00' }],
    ['24/12', { date: '2026-12-24' }],
    ['03/04', { date: '2027-04-03' }],
    ['21/11/2026', { date: '2026-11-21' }],
    ['21.11.2026', { date: '2026-11-21' }],
    ['dans deux semaines', { date: '2026-12-04' }],
    ['dans 3 jours', { date: '2026-11-23' }],
    ['dans quinze jours', { date: '2026-12-04' }],
    ['dans 8 jours', { date: '2026-11-27' }],
    ['dans un mois', { date: '2026-12-20' }],
    ['pas samedi, plutôt dimanche', { date: '2026-11-22' }],
    ['cette semaine', { date: '2026-11-20', until: '2026-11-22' }],
    ['la semaine prochaine', { date: '2026-11-23', until: '2026-11-29' }],
    ['ce week-end', { date: '2026-11-21', until: '2026-11-22' }],
    ['le weekend', { date: '2026-11-21', until: '2026-11-22' }],
    ['lundi ou mardi', { date: '2026-11-23', until: '2026-11-24' }],
    ['du lundi au mercredi', { date: '2026-11-23', until: '2026-11-25' }],
    ['du 24 au 26 décembre', { date: '2026-12-24', until: '2026-12-26' }],
    ['du 24 au 26', { date: '2026-11-24', until: '2026-11-26' }],
    ['en décembre', { date: '2026-12-01', until: '2026-12-31' }],
    ['le mois prochain', { date: '2026-12-01', until: '2026-12-31' }],
    ['dès que possible', { any: true }],
    ["samedi, n'importe quand", { date: '2026-11-21', any: true }],
    ['demain après 15h', { date: '2026-11-21', earliest: '15:00' }],
    ['demain à partir de 14h', { date: '2026-11-21', earliest: '14:00' }],
    ['demain dès 14h', { date: '2026-11-21', earliest: '14:00' }],
    ['demain avant midi', { date: '2026-11-21', latest: '12:00' }],
    ["demain jusqu'à 16h", { date: '2026-11-21', latest: '16:00' }],
    ['demain entre 14h et 16h', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['demain entre 2 et 4', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['samedi de 14h à 16h', { date: '2026-11-21', earliest: '14:00', latest: '16:00' }],
    ['samedi 10h-12h', { date: '2026-11-21', earliest: '10:00', latest: '12:00' }],
    ['demain après le repas', { date: '2026-11-21', earliest: '13:00' }],
    ['demain à 9h ou à 10h', { date: '2026-11-21', earliest: '09:00', latest: '10:00' }],
    ['le matin', { part: 'morning' }],
];

describe('French', () => {
    it.each(table)('%s', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it.each<Row>([
        ['vendredi', asking('2026-11-20', '2026-11-27')],
        ['vendredi à 14h', { time: '14:00', ...asking('2026-11-20', '2026-11-27') }],
        ['samedi prochain', asking('2026-11-21', '2026-11-28')],
        ['le week-end prochain', asking('2026-11-21', '2026-11-28')],
        ['samedi 27', asking('2026-11-21', '2026-11-27')],
        ['samedi 27 novembre', asking('2026-11-21', '2026-11-27')],
        ['lundi ou jeudi', asking('2026-11-23', '2026-11-26')],
    ])('asks back about "%s"', (text, expected) => {
        expect(read(text)).toEqual(expected);
    });

    it('asks which Friday "vendredi prochain" is while this week still has one', () => {
        expect(read('vendredi prochain', tuesday)).toEqual(asking('2026-11-27', '2026-12-04'));
        expect(read('ce vendredi', tuesday)).toEqual({ date: '2026-11-27' });
        expect(read('vendredi en huit', tuesday)).toEqual({ date: '2026-12-04' });
        expect(read('vendredi à 9h', friday)).toEqual({ date: '2026-11-27', time: '09:00' });
    });

    it.each([
        'hier',
        'vendredi dernier',
        'la semaine dernière',
        'il y a 3 jours',
        "aujourd'hui à 8h",
        'le 21/11/2025',
    ])('"%s" is past', (text) => {
        expect(read(text)).toMatchObject({ past: true });
    });

    it.each(['31 février', 'le 31/02', '30/02/2027', 'le 29 février', '31 avril'])(
        '"%s" is no day',
        (text) => {
            expect(read(text)).toEqual({ impossible: true });
        },
    );

    it.each([
        'Bonjour !',
        'je voudrais réserver un cours de ski',
        'pour 2 personnes',
        'un cours de 2 heures',
        '2h de ski',
        'mon fils a 10 ans',
        'nous sommes deux adultes et 3 enfants',
        'le premier',
        'on vient à deux',
        'oui merci beaucoup',
        "j'aime la mer et le ski",
        'une demi-journée',
    ])('"%s" names no time', (text) => {
        expect(read(text)).toEqual({});
    });
});
