import { durationText, peopleText } from './duration.ts';
import type { BookingWords } from './words.ts';

const hello = (name: string | null) => (name ? `Guten Tag ${name}` : 'Guten Tag');
const cities: Record<string, string> = {
    Zurich: 'Zürich',
    Vienna: 'Wien',
    Rome: 'Rom',
    Brussels: 'Brüssel',
    Lisbon: 'Lissabon',
    Athens: 'Athen',
    Prague: 'Prag',
    Warsaw: 'Warschau',
    Copenhagen: 'Kopenhagen',
};

/** German says Sie throughout, also to children's parents and regulars. */
export const german: BookingWords = {
    locale: 'de-DE',
    opening: {
        propose_booking: ({ count }) =>
            count > 1 ? 'Darf ich diese Termine für Sie buchen?' : 'Darf ich das für Sie buchen?',
        propose_move: () => 'Darf ich Ihre Buchung auf diesen Termin verschieben?',
        propose_cancellation: ({ count }) =>
            count > 1 ? 'Soll ich diese Buchungen stornieren?' : 'Soll ich diese Buchung stornieren?',
        booked_pending: () => 'Vielen Dank, das ist für Sie gebucht:',
        booked_confirmed: () => 'Vielen Dank, das ist gebucht und bestätigt:',
        moved_pending: () => 'Erledigt, Ihre Buchung ist verschoben:',
        moved_confirmed: () => 'Erledigt, Ihre Buchung ist verschoben:',
        cancelled: ({ count }) =>
            count > 1
                ? 'Erledigt, diese Buchungen sind storniert:'
                : 'Erledigt, diese Buchung ist storniert:',
        person_confirmed: ({ name, instructor }) =>
            `${hello(name)}, gute Nachrichten: ${instructor} hat Ihre Buchung bestätigt.`,
        person_cancelled: ({ name, business }) =>
            `${hello(name)}, es tut uns leid: ${business} musste Ihre Buchung absagen.`,
    },
    closing: {
        propose_booking: () => 'Bitte antworten Sie mit JA zum Buchen oder mit NEIN, wenn es nicht passt.',
        propose_move: () =>
            'Bitte antworten Sie mit JA zum Verschieben oder mit NEIN, wenn alles so bleiben soll.',
        propose_cancellation: () =>
            'Bitte antworten Sie mit JA zum Stornieren oder mit NEIN, um die Buchung zu behalten.',
        booked_pending: ({ instructor }) =>
            `Die Bestätigung steht noch aus: ${instructor} meldet sich, und ich gebe Ihnen hier Bescheid.`,
        booked_confirmed: () => 'Bis bald, wir freuen uns auf Sie!',
        moved_pending: ({ instructor }) =>
            `${instructor} muss den neuen Termin noch bestätigen; ich gebe Ihnen hier Bescheid.`,
        cancelled: () => 'Wenn Sie einen neuen Termin möchten, schreiben Sie mir jederzeit.',
        person_confirmed: () => 'Bis bald, wir freuen uns auf Sie!',
        person_cancelled: () =>
            'Möchten Sie einen anderen Termin? Nennen Sie mir einfach einen Tag, der Ihnen passt.',
    },
    service: (service, instructor) => `${service} mit ${instructor}`,
    timeOf: (city) => `Ortszeit ${cities[city] ?? city}`,
    duration: durationText,
    forWhom: (name, participants) => {
        const who = peopleText(name, participants, 'Personen');
        return who && `Für: ${who}`;
    },
    meetingPoint: (place) => `Treffpunkt: ${place}`,
    price: (price) => `Preis: ${price}`,
    reference: (reference) => `Buchungsnummer: ${reference}`,
    former: (when) => `Bisher: ${when}`,
    note: (note) => `Nachricht von uns: ${note}`,
    notes: (notes) => `Ihre Bemerkung: ${notes}`,
};
