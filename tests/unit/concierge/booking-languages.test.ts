import { describe, expect, it } from 'vitest';
import {
    type BookingFacts,
    type BookingVoice,
    bookingsText,
    bookingText,
    bookingWords,
} from '../../../shared/booking-text.ts';
import { bookingOccasions } from '../../../shared/booking-words/words.ts';
import { spokenLanguages } from '../../../shared/concierge/language.ts';
import { replyWords } from '../../../shared/concierge/words/languages.ts';
import { contentLimits } from '../../../shared/desk/content.ts';
import { priceText } from '../../../shared/money.ts';
import { shortDayText, slotTitle, timeText } from '../../../shared/when-text.ts';

const facts: BookingFacts = {
    service: 'Skikurs',
    instructor: 'Ben',
    starts_at: '2026-11-21T09:00:00+00:00',
    ends_at: '2026-11-21T10:30:00+00:00',
    former_starts_at: '2026-11-20T09:00:00Z',
    former_ends_at: '2026-11-20T10:30:00Z',
    price_minor: 18_050,
    currency: 'CHF',
    participants: 2,
    customer_name: 'Anna',
    reference: 'AB12',
    notes: 'beginners',
};
const speaking = (language: string, locale = language): BookingVoice => ({
    language,
    locale,
    zone: 'Europe/Zurich',
    business: 'Alpine',
    meeting_point: 'Talstation',
});

describe('the message about a booking', () => {
    it.each([
        [
            'de-CH',
            [
                'Vielen Dank, das ist für Sie gebucht:',
                '',
                'Skikurs mit Ben',
                'Samstag, 21. November 2026, 10:00–11:30, Ortszeit Zürich (MEZ), 1 h 30 min',
                'Für: Anna, 2 Personen',
                'Treffpunkt: Talstation',
                'Preis: CHF 180.50',
                '',
                'Die Bestätigung steht noch aus: Ben meldet sich, und ich gebe Ihnen hier Bescheid.',
            ],
        ],
        [
            'fr-FR',
            [
                'Merci, c’est réservé pour vous :',
                '',
                'Skikurs avec Ben',
                'Samedi 21 novembre 2026, 10:00–11:30, heure de Zurich (UTC+1), 1 h 30 min',
                'Pour : Anna, 2 personnes',
                'Rendez-vous : Talstation',
                'Prix : 180,50 CHF',
                '',
                'La réservation est en attente : Ben doit la confirmer, et je vous préviendrai ici.',
            ],
        ],
        [
            'it-IT',
            [
                'Grazie, ho prenotato per Lei:',
                '',
                'Skikurs con Ben',
                'Sabato 21 novembre 2026, 10:00–11:30, ora di Zurigo (CET), 1 h 30 min',
                'Per: Anna, 2 persone',
                'Punto d’incontro: Talstation',
                'Prezzo: 180,50 CHF',
                '',
                'La prenotazione è in attesa: Ben deve confermarla e La avviserò qui.',
            ],
        ],
        [
            'es-ES',
            [
                'Gracias, su reserva está hecha:',
                '',
                'Skikurs con Ben',
                'Sábado, 21 de noviembre de 2026, 10:00–11:30, hora de Zúrich (CET), 1 h 30 min',
                'Para: Anna, 2 personas',
                'Lugar: Talstation',
                'Precio: 180,50 CHF',
                '',
                'Está pendiente: Ben debe confirmarla y le avisaré por aquí.',
            ],
        ],
    ])('says all a customer must know in %s', (language, lines) => {
        const { reference: _r, notes: _n, former_starts_at: _f, former_ends_at: _t, ...plain } = facts;
        expect(bookingText('booked_pending', plain, speaking(language))).toBe(lines.join('\n'));
    });

    it('tells several bookings together, with every instructor named', () => {
        const second = {
            ...facts,
            instructor: 'Mia',
            starts_at: facts.ends_at,
            ends_at: '2026-11-21T11:30:00Z',
        };
        const text = bookingsText('booked_pending', [facts, second], speaking('de'));
        expect(text.match(/Vielen Dank/g)).toHaveLength(1);
        expect(text).toMatch(/Skikurs mit Ben[\s\S]+Skikurs mit Mia[\s\S]+Ben und Mia/);
        expect(bookingsText('cancelled', [facts, second], speaking('fr'))).toMatch(
            /ces réservations sont annulées/,
        );
    });
});

describe.each(spokenLanguages)('every phrase in %s', (language) => {
    const voice = { ...speaking(language), note: 'hurry' };
    const english = speaking('en');

    it.each(bookingOccasions)('names the same facts as English for %s', (occasion) => {
        const text = bookingText(occasion, facts, voice);
        const known = bookingText(occasion, facts, { ...english, note: 'hurry' });
        for (const fact of [
            'Ben',
            'Anna',
            'Alpine',
            'Talstation',
            'AB12',
            'beginners',
            'hurry',
            '2026',
            '10:00–11:30',
        ])
            expect([fact, text.includes(fact)]).toEqual([fact, known.includes(fact)]);
        expect(text).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object|\$\{/);
        expect(text.split('\n\n').length).toBe(known.split('\n\n').length);
        expect(text.length).toBeLessThan(contentLimits.buttonsText);
    });

    it('is its own language, not English left over', () => {
        if (language === 'en') return;
        for (const occasion of bookingOccasions) {
            expect(bookingText(occasion, facts, voice)).not.toBe(bookingText(occasion, facts, english));
            expect(bookingText(occasion, facts, voice)).not.toMatch(
                /\b(?:booking|your|please|with|people)\b/i,
            );
        }
        expect(bookingWords(language)).not.toBe(bookingWords('en'));
        expect(bookingWords(`${language}-CH`)).toBe(bookingWords(language));
    });

    it('keeps the limits of the channel', () => {
        const words = replyWords(language);
        for (const kind of ['book', 'reschedule', 'cancel'] as const) {
            expect(words.yes[kind].length).toBeLessThanOrEqual(contentLimits.buttonTitle);
            expect(words.no[kind].length).toBeLessThanOrEqual(contentLimits.buttonTitle);
        }
        for (const button of [words.answer, words.pickTime, words.pickService, words.pickBooking])
            expect(button.length).toBeLessThanOrEqual(contentLimits.listButton);
        const place = { zone: 'Europe/Zurich', locale: bookingWords(language).locale };
        for (let day = 0; day < 366; day += 1) {
            const at = new Date(Date.UTC(2026, 0, 1 + day, 12, 30));
            expect(slotTitle(at, place).length).toBeLessThanOrEqual(contentLimits.buttonTitle);
            expect(`${shortDayText(at, place)}, ${timeText(at, place)}`).toMatch(/\d/);
        }
        const description = words.slotDescription({
            instructor: 'Maximiliane Oberhauser',
            duration: bookingWords(language).duration(150),
            price: priceText(1_234_500, 'CHF', place.locale),
        });
        expect(description.length).toBeLessThanOrEqual(contentLimits.rowDescription);
    });

    it.each([
        ['JPY', 500, '500'],
        ['KWD', 12_345, '12.345'],
        ['EUR', 9_550, '95.50'],
    ])('writes %s with its own minor units', (currency, minor, figure) => {
        const text = bookingText('booked_confirmed', { ...facts, currency, price_minor: minor }, voice);
        expect(text.replaceAll(',', '.')).toContain(figure);
    });
});
