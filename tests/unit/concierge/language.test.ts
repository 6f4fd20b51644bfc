import { describe, expect, it } from 'vitest';
import { readWhen } from '../../../shared/concierge/dates.ts';
import { detectLanguage } from '../../../shared/concierge/language.ts';
import { friday } from './dates/reading.ts';

describe('the language of a message', () => {
    it.each([
        ['Hi, a ski lesson tomorrow at 10?', 'en'],
        ['I would like to book', 'en'],
        ['how much is it?', 'en'],
        ['Guten Tag, ich hätte gerne einen Skikurs', 'de'],
        ['morgen um 10', 'de'],
        ['Grüezi', 'de'],
        ['was kostet das und wie lange dauert es', 'de'],
        ['Bonjour', 'fr'],
        ['demain à 10h', 'fr'],
        ['je voudrais un cours pour deux', 'fr'],
        ['Buongiorno', 'it'],
        ['domani alle 10', 'it'],
        ['quanto costa?', 'it'],
        ['Hola, mañana a las 10', 'es'],
        ['¿cuánto cuesta?', 'es'],
        ['el viernes que viene', 'es'],
    ])('%s is %s', (text, language) => {
        expect(detectLanguage(text)).toBe(language);
    });

    it.each([
        'ok',
        '10',
        '',
        '👍',
        'Anna Keller',
        'ski',
        'Merci',
        'Ciao',
        'no',
        'OK, 14:30',
        'Marco',
        'Olá, tudo bem?',
    ])('"%s" says nothing of it', (text) => {
        expect(detectLanguage(text)).toBeUndefined();
    });

    it('reads a date in the language it is written in where the conversation is in another', () => {
        expect(readWhen('morgen um 10', friday, 'en')).toMatchObject({ date: '2026-11-21', time: '10:00' });
        expect(readWhen('demain à 10h', friday, undefined)).toMatchObject({
            date: '2026-11-21',
            time: '10:00',
        });
        expect(readWhen('domani alle 10', friday, 'pt')).toMatchObject({ date: '2026-11-21', time: '10:00' });
        expect(readWhen('tomorrow at 10', friday, 'de-CH')).toMatchObject({
            date: '2026-11-21',
            time: '10:00',
        });
    });
});
