import { describe, expect, it } from 'vitest';
import {
    type BookingFacts,
    type BookingVoice,
    bookingText,
    localeFor,
} from '../../../shared/booking-text.ts';
import { bookingOccasions } from '../../../shared/booking-words/words.ts';
import { priceText } from '../../../shared/money.ts';
import { slotTitle, timeText, zoneText } from '../../../shared/when-text.ts';

const facts: BookingFacts = {
    service: 'Private ski lesson',
    instructor: 'Ben',
    starts_at: '2026-11-21T09:00:00+00:00',
    ends_at: '2026-11-21T10:30:00+00:00',
    price_minor: 18_000,
    currency: 'CHF',
    participants: 2,
    customer_name: 'Anna',
};
const voice: BookingVoice = {
    language: 'en',
    locale: 'en',
    zone: 'Europe/Zurich',
    business: 'Alpine Ski School',
    meeting_point: 'Valley station',
};

describe('the message about a booking', () => {
    it('says everything a customer must know to be there', () => {
        expect(bookingText('booked_pending', facts, voice)).toBe(
            [
                'Thank you, this is booked for you:',
                '',
                'Private ski lesson with Ben',
                'Saturday, 21 November 2026, 10:00–11:30, Zurich time (CET), 1 h 30 min',
                'For: Anna, 2 people',
                'Where: Valley station',
                'Price: CHF 180',
                '',
                'It is pending: Ben will confirm, and I will tell you here.',
            ].join('\n'),
        );
    });

    it.each(bookingOccasions)('has words for %s, with day, time and zone', (occasion) => {
        const text = bookingText(occasion, { ...facts, reference: 'AB12' }, voice);
        expect(text).toMatch(/Saturday,? 21 November 2026, 10:00–11:30, Zurich time \(CET\)/);
        expect(text).toContain('AB12');
        expect(text).not.toMatch(/undefined|null/);
    });

    it('asks for no price and place where something is over', () => {
        for (const occasion of ['cancelled', 'person_cancelled', 'propose_cancellation'] as const) {
            expect(bookingText(occasion, facts, voice)).not.toMatch(/Price|Where|For:/);
        }
    });

    it('tells where a move comes from, what was noted and what a person adds', () => {
        const moved = {
            ...facts,
            former_starts_at: '2026-11-20T09:00:00Z',
            former_ends_at: '2026-11-20T10:30:00Z',
        };
        expect(bookingText('propose_move', moved, voice)).toMatch(
            /Instead of: Friday,? 20 November 2026, 10:00–11:30/,
        );
        expect(bookingText('propose_booking', { ...facts, notes: 'beginners' }, voice)).toMatch(
            /Your note: beginners/,
        );
        const note = 'See you at the lift!';
        expect(bookingText('person_confirmed', facts, { ...voice, note })).toMatch(
            /Message from us: See you at the lift!/,
        );
    });

    it('leaves out what is not known', () => {
        const { customer_name: _, participants: __, ...bare } = facts;
        const text = bookingText('person_confirmed', bare, { ...voice, meeting_point: null });
        expect(text).toMatch(/^Hello, good news/);
        expect(text).not.toMatch(/For:|Where/);
    });

    it('keeps the wall clock through a change of clocks', () => {
        const summer = { ...facts, starts_at: '2027-03-28T08:00:00Z', ends_at: '2027-03-28T09:00:00Z' };
        expect(bookingText('booked_pending', summer, voice)).toMatch(
            /10:00–11:00, Zurich time \(CEST\), 1 h\n/,
        );
    });

    it('speaks the locale of the business where that is of the language', () => {
        expect(localeFor('en', 'en-US')).toBe('en-US');
        expect(localeFor('en', 'de-CH')).toBe('en-GB');
        expect(localeFor('xx', 'de-CH')).toBe('en-GB');
        expect(bookingText('propose_booking', facts, { ...voice, locale: 'en-US' })).toMatch(
            /Saturday, November 21, 2026, 10:00 AM–11:30 AM/,
        );
    });
});

describe('prices', () => {
    it.each([
        [18_000, 'CHF', 'en-GB', 'CHF 180'],
        [9_550, 'CHF', 'en-GB', 'CHF 95.50'],
        [500, 'JPY', 'en-GB', 'JP¥500'],
        [12_345, 'KWD', 'en-GB', 'KWD 12.345'],
        [0, 'EUR', 'en-GB', '€0'],
        [9_550, 'EUR', 'de-DE', '95,50 €'],
    ])('%i %s in %s is %s', (minor, currency, locale, text) => {
        expect(priceText(minor, currency, locale)).toBe(text);
    });
});

describe('times', () => {
    it('fit on a button in any month, locale and half of the day', () => {
        for (const locale of ['en-GB', 'en-US', 'de-CH', 'fr-FR', 'it-IT', 'es-ES']) {
            for (let month = 0; month < 12; month += 1) {
                const title = slotTitle(new Date(Date.UTC(2026, month, 30, 19, 30)), {
                    zone: 'Europe/Zurich',
                    locale,
                });
                expect(title.length).toBeLessThanOrEqual(20);
                expect(title).toMatch(/[:.]30/);
            }
        }
    });

    it('are written as the locale counts', () => {
        const at = '2026-11-21T08:05:00Z';
        expect(timeText(at, { zone: 'Europe/Zurich', locale: 'en-GB' })).toBe('09:05');
        expect(timeText(at, { zone: 'Europe/Zurich', locale: 'en-US' })).toBe('9:05 AM');
    });

    it.each([
        ['America/New_York', 'New York time (GMT-5)'],
        ['America/Argentina/Buenos_Aires', 'Buenos Aires time (GMT-3)'],
        ['UTC', 'UTC'],
        ['Etc/GMT+5', 'GMT-5'],
    ])('name their zone: %s', (zone, text) => {
        const name = zoneText('2026-11-21T09:00:00Z', { zone, locale: 'en-GB' }, (city) => `${city} time`);
        expect(name).toBe(text);
    });
});
