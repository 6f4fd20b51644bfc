import { durationText, peopleText } from './duration.ts';
import type { BookingWords } from './words.ts';

const hello = (name: string | null) => (name ? `Buongiorno ${name}` : 'Buongiorno');
const cities: Record<string, string> = {
    Zurich: 'Zurigo',
    Paris: 'Parigi',
    London: 'Londra',
    Rome: 'Roma',
    Berlin: 'Berlino',
    Brussels: 'Bruxelles',
    Lisbon: 'Lisbona',
    Athens: 'Atene',
    Prague: 'Praga',
    Warsaw: 'Varsavia',
    Copenhagen: 'Copenaghen',
};

/** Italian says Lei throughout. */
export const italian: BookingWords = {
    locale: 'it-IT',
    opening: {
        propose_booking: ({ count }) =>
            count > 1 ? 'Vuole che prenoti questi orari?' : 'Vuole che prenoti questo orario?',
        propose_move: () => 'Vuole che sposti la Sua prenotazione a questo orario?',
        propose_cancellation: ({ count }) =>
            count > 1 ? 'Vuole che annulli queste prenotazioni?' : 'Vuole che annulli questa prenotazione?',
        booked_pending: () => 'Grazie, ho prenotato per Lei:',
        booked_confirmed: () => 'Grazie, la prenotazione è confermata:',
        moved_pending: () => 'Fatto, la Sua prenotazione è stata spostata:',
        moved_confirmed: () => 'Fatto, la Sua prenotazione è stata spostata:',
        cancelled: ({ count }) =>
            count > 1
                ? 'Fatto, queste prenotazioni sono annullate:'
                : 'Fatto, questa prenotazione è annullata:',
        person_confirmed: ({ name, instructor }) =>
            `${hello(name)}, buone notizie: ${instructor} ha confermato la Sua prenotazione.`,
        person_cancelled: ({ name, business }) =>
            `${hello(name)}, ci dispiace: ${business} ha dovuto annullare la Sua prenotazione.`,
    },
    closing: {
        propose_booking: () => 'Risponda SÌ per prenotare o NO per cambiare.',
        propose_move: () => 'Risponda SÌ per spostare o NO per mantenere l’orario attuale.',
        propose_cancellation: () => 'Risponda SÌ per annullare o NO per mantenere la prenotazione.',
        booked_pending: ({ instructor }) =>
            `La prenotazione è in attesa: ${instructor} deve confermarla e La avviserò qui.`,
        booked_confirmed: () => 'A presto!',
        moved_pending: ({ instructor }) =>
            `${instructor} deve ancora confermare il nuovo orario; La avviserò qui.`,
        cancelled: () => 'Se desidera un’altra data, mi scriva quando vuole.',
        person_confirmed: () => 'A presto!',
        person_cancelled: () => 'Desidera un’altra data? Mi dica pure quale giorno Le va bene.',
    },
    service: (service, instructor) => `${service} con ${instructor}`,
    timeOf: (city) => `ora di ${cities[city] ?? city}`,
    duration: durationText,
    forWhom: (name, participants) => {
        const who = peopleText(name, participants, 'persone');
        return who && `Per: ${who}`;
    },
    meetingPoint: (place) => `Punto d’incontro: ${place}`,
    price: (price) => `Prezzo: ${price}`,
    reference: (reference) => `Codice: ${reference}`,
    former: (when) => `Invece di: ${when}`,
    note: (note) => `Messaggio da parte nostra: ${note}`,
    notes: (notes) => `La Sua nota: ${notes}`,
};
