import { describe, expect, it } from 'vitest';
import { readConsent } from '../../../shared/concierge/consent.ts';
import { readDraft, writeDraft } from '../../../shared/concierge/draft.ts';
import { isNear, namedIn, wordsOf } from '../../../shared/concierge/matching.ts';
import { plainText, wordsIn } from '../../../shared/concierge/message-text.ts';
import { isWithinHours, openingHours, usualDay } from '../../../shared/concierge/opening-hours.ts';
import { weeklyHours } from './support/world.ts';

describe('consent', () => {
    const read = (text: string, kind: 'book' | 'reschedule' | 'cancel' = 'book') => readConsent(text, kind);

    it.each([
        'yes',
        'YES!',
        'Yes please 🙏',
        'ok great, thanks',
        'sure, book it',
        'y',
        '✅',
        'yes that is fine',
        'Perfect 😊',
        'yesss',
        'why not',
        'ja gerne',
        "Oui, d'accord",
        'sì, va bene',
        'sí, perfecto',
        'ok danke',
    ])('"%s" is a yes', (text) => {
        expect(read(text)).toBe('yes');
    });

    it.each([
        'no',
        'No, thank you',
        'nope',
        "don't",
        'ok no',
        'not this one please',
        'yes no',
        'not yet',
        'nein danke',
    ])('"%s" is a no', (text) => {
        expect(read(text)).toBe('no');
    });

    it.each([
        'yes?',
        'yes but later',
        'yes for two people',
        'yesterday',
        'ok google',
        'okra',
        'sure thing bro',
        'да',
        'yes and',
        'ok I need time',
        'yes/no',
        'sí, pero más tarde',
        'ja aber später',
        'no idea',
    ])('"%s" says more', (text) => {
        expect(read(text)).toBe('more');
    });

    it('hears a cancellation in "yes, cancel it" and none in "cancel it"', () => {
        expect(read('yes, cancel it', 'cancel')).toBe('yes');
        expect(read('please cancel my booking', 'cancel')).toBe('asking');
        expect(read('no, keep it', 'cancel')).toBe('no');
        expect(read('yes, cancel it', 'book')).toBe('more');
        expect(read('book it', 'cancel')).toBe('more');
        expect(read('thanks!', 'cancel')).toBe('nothing');
        expect(read('')).toBe('nothing');
    });
});

describe('naming things', () => {
    const services = [
        { name: 'Private ski lesson (1 hour)', aliases: ['ski lesson', '1 hour'] },
        { name: 'Private ski lesson (2 hours)', aliases: ['long lesson', '2 hours'] },
        { name: 'Kids ski lesson', aliases: ['kids', 'children'] },
        { name: 'Snowboard lesson', aliases: [] },
        { name: 'Café & Skiverleih', aliases: ['gear'] },
    ];
    it.each([
        ['a ski lesson tomorrow', ['Private ski lesson (1 hour)']],
        ['a 2 hour ski lesson', ['Private ski lesson (2 hours)']],
        ['the long lesson', ['Private ski lesson (2 hours)']],
        ['for my children', ['Kids ski lesson']],
        ['snowbaord', ['Snowboard lesson']],
        ['SNOWBOARDS', ['Snowboard lesson']],
        ['cafe', ['Café & Skiverleih']],
        ['private', ['Private ski lesson (1 hour)', 'Private ski lesson (2 hours)']],
        ['sauna', []],
        ['', []],
    ])('"%s" means %j', (text, names) => {
        expect(namedIn(text, services).map(({ name }) => name)).toEqual(names);
    });

    it('forgives one slip in a longer word only', () => {
        expect(isNear('snowbord', 'snowboard')).toBe(true);
        expect(isNear('snowbo', 'snowboard')).toBe(false);
        expect(isNear('sky', 'ski')).toBe(false);
        expect(isNear('privaet', 'private')).toBe(true);
        expect(isNear('privatee', 'private')).toBe(true);
        expect(wordsOf('Größe, Ski-Kurs & pass')).toEqual(['große', 'ski', 'kur', 'pass']);
    });
});

describe('text of messages', () => {
    it('loses what hides in it', () => {
        expect(plainText('  y\u200bes\u202e\u0000 \u00ad! ')).toBe('yes  !');
        expect(plainText('e\u0301')).toBe('é');
    });

    it('is the caption of a picture and nothing of a place', () => {
        const media = { id: '1', mime_type: 'x', caption: 'look' };
        expect(wordsIn({ type: 'image', media })).toBe('look');
        expect(wordsIn({ type: 'location', location: { latitude: 1, longitude: 1 } })).toBe('');
        expect(wordsIn({ type: 'choice', id: 'x', text: 'Yes' })).toBe('Yes');
    });
});

describe('drafts', () => {
    it('of another shape count as empty', () => {
        expect(readDraft({ part: 'midnight' })).toEqual({});
        expect(readDraft(null)).toEqual({});
        expect(readDraft({ date: '2026-11-21', left: 'over' })).toEqual({ date: '2026-11-21' });
        expect(writeDraft({ date: '2026-11-21', time: undefined })).toEqual({ date: '2026-11-21' });
    });
});

describe('opening hours', () => {
    const hours = (weekday: number, starts: string, ends: string) => ({
        instructor_id: 'x',
        weekday,
        starts,
        ends,
    });

    it('join what overlaps and put closed days last', () => {
        const weekly = [
            hours(1, '09:00', '12:00'),
            hours(1, '11:00', '14:00'),
            hours(1, '15:00:00', '18:00:00'),
            hours(2, '22:00', '02:00'),
        ];
        expect(openingHours(weekly)).toEqual([
            {
                weekdays: [1],
                spans: [
                    { starts: '09:00', ends: '14:00' },
                    { starts: '15:00', ends: '18:00' },
                ],
            },
            { weekdays: [2], spans: [{ starts: '22:00', ends: '02:00' }] },
            { weekdays: [3, 4, 5, 6, 7], spans: [] },
        ]);
        expect(usualDay(weekly)).toEqual({ opens: '09:00', closes: '23:59' });
    });

    it('know what fits into them', () => {
        expect(isWithinHours('2026-11-21', '15:00', 120, weeklyHours)).toBe(true);
        expect(isWithinHours('2026-11-21', '15:30', 120, weeklyHours)).toBe(false);
        expect(isWithinHours('2026-11-21', '08:00', 60, weeklyHours)).toBe(false);
        expect(usualDay([])).toBeUndefined();
        expect(usualDay(weeklyHours)).toEqual({ opens: '09:00', closes: '17:00' });
    });
});
