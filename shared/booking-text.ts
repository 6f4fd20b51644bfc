import { german } from './booking-words/de.ts';
import { english } from './booking-words/en.ts';
import { spanish } from './booking-words/es.ts';
import { french } from './booking-words/fr.ts';
import { italian } from './booking-words/it.ts';
import type { BookingOccasion, BookingWords } from './booking-words/words.ts';
import { priceText } from './money.ts';
import { dayText, spanText, zoneText } from './when-text.ts';

export type { BookingOccasion } from './booking-words/words.ts';

/** What is known of a booking or of a proposal for one. Instants are ISO 8601, money is in minor units. */
export type BookingFacts = {
    service: string;
    instructor: string;
    starts_at: string;
    ends_at: string;
    price_minor: number;
    currency: string;
    participants?: number;
    customer_name?: string | null;
    reference?: string;
    /** Where a move takes it away from. */
    former_starts_at?: string;
    former_ends_at?: string;
    notes?: string;
};

/** The business that speaks, and how. `language` is the customer's, `locale` the business's. */
export type BookingVoice = {
    language: string;
    locale: string;
    zone: string;
    business: string;
    meeting_point: string | null;
    /** What a person added when deciding. */
    note?: string | null;
};

const languages: Record<string, BookingWords> = {
    en: english,
    de: german,
    fr: french,
    it: italian,
    es: spanish,
};

/** The words for a language such as `en` or `en-CH`; English where it is not spoken yet. */
export function bookingWords(language: string): BookingWords {
    return languages[language.slice(0, 2).toLowerCase()] ?? english;
}

/** The locale dates and prices are written in: the business's own when it is of the customer's language. */
export function localeFor(language: string, businessLocale: string): string {
    const words = bookingWords(language);
    const spoken = words.locale.slice(0, 2);
    return businessLocale.startsWith(`${spoken}-`) ? businessLocale : words.locale;
}

/**
 * The one message about a booking: what it is for, then the facts a line each (service and instructor; weekday,
 * date, time, duration and zone; for whom; meeting point; price; reference), then what comes next.
 */
export function bookingText(occasion: BookingOccasion, facts: BookingFacts, voice: BookingVoice): string {
    return bookingsText(occasion, [facts], voice);
}

/** Several bookings in one message: what is true of all is said once, the facts of each stand together. */
export function bookingsText(
    occasion: BookingOccasion,
    all: readonly BookingFacts[],
    voice: BookingVoice,
): string {
    const words = bookingWords(voice.language);
    const names = [...new Set(all.map(({ instructor }) => instructor))];
    const around = {
        instructor: new Intl.ListFormat(words.locale, { type: 'conjunction' }).format(names),
        name: all[0]?.customer_name ?? null,
        business: voice.business,
        count: all.length,
    };
    return [
        words.opening[occasion](around),
        ...all.map((facts) => factLines(occasion, facts, voice, words).join('\n')),
        voice.note ? words.note(voice.note) : null,
        words.closing[occasion]?.(around) ?? null,
    ]
        .filter((paragraph) => paragraph !== null)
        .join('\n\n');
}

function factLines(
    occasion: BookingOccasion,
    facts: BookingFacts,
    voice: BookingVoice,
    words: BookingWords,
): string[] {
    const over =
        occasion === 'cancelled' || occasion === 'person_cancelled' || occasion === 'propose_cancellation';
    return [
        words.service(facts.service, facts.instructor),
        ...whenLines(facts, voice, words),
        over ? null : words.forWhom(facts.customer_name ?? null, facts.participants ?? 1),
        !over && voice.meeting_point ? words.meetingPoint(voice.meeting_point) : null,
        over ? null : words.price(priceText(facts.price_minor, facts.currency, place(voice).locale)),
        facts.notes && !over ? words.notes(facts.notes) : null,
        facts.reference ? words.reference(facts.reference) : null,
    ].filter((line) => line !== null);
}

const place = (voice: BookingVoice) => ({
    zone: voice.zone,
    locale: localeFor(voice.language, voice.locale),
});

function whenLines(facts: BookingFacts, voice: BookingVoice, words: BookingWords): string[] {
    const where = place(voice);
    const spoken = (from: string, to: string) => `${dayText(from, where)}, ${spanText(from, to, where)}`;
    const minutes = (Date.parse(facts.ends_at) - Date.parse(facts.starts_at)) / 60_000;
    const zone = zoneText(facts.starts_at, where, words.timeOf);
    // Days begin with a small letter in French, Italian and Spanish, but a line does not.
    const [first = '', ...rest] = spoken(facts.starts_at, facts.ends_at);
    const lines = [`${first.toUpperCase()}${rest.join('')}, ${zone}, ${words.duration(minutes)}`];
    if (facts.former_starts_at && facts.former_ends_at) {
        lines.push(words.former(spoken(facts.former_starts_at, facts.former_ends_at)));
    }
    return lines;
}
