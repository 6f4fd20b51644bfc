import { durationText, peopleText } from './duration.ts';
import type { BookingWords } from './words.ts';

const hello = (name: string | null) => (name ? `Bonjour ${name}` : 'Bonjour');
const cities: Record<string, string> = {
    Vienna: 'Vienne',
    London: 'Londres',
    Brussels: 'Bruxelles',
    Lisbon: 'Lisbonne',
    Athens: 'Athènes',
    Warsaw: 'Varsovie',
    Copenhagen: 'Copenhague',
};
const of = (city: string) => (/^[aeiouhéè]/i.test(city) ? `d'${city}` : `de ${city}`);

/** French says vous throughout. */
export const french: BookingWords = {
    locale: 'fr-FR',
    opening: {
        propose_booking: ({ count }) =>
            count > 1
                ? 'Souhaitez-vous que je réserve ces créneaux ?'
                : 'Souhaitez-vous que je réserve ce créneau ?',
        propose_move: () => 'Souhaitez-vous que je déplace votre réservation à cette date ?',
        propose_cancellation: ({ count }) =>
            count > 1
                ? 'Souhaitez-vous que j’annule ces réservations ?'
                : 'Souhaitez-vous que j’annule cette réservation ?',
        booked_pending: () => 'Merci, c’est réservé pour vous :',
        booked_confirmed: () => 'Merci, c’est réservé et confirmé :',
        moved_pending: () => 'C’est fait, votre réservation est déplacée :',
        moved_confirmed: () => 'C’est fait, votre réservation est déplacée :',
        cancelled: ({ count }) =>
            count > 1
                ? 'C’est fait, ces réservations sont annulées :'
                : 'C’est fait, cette réservation est annulée :',
        person_confirmed: ({ name, instructor }) =>
            `${hello(name)}, bonne nouvelle : ${instructor} a confirmé votre réservation.`,
        person_cancelled: ({ name, business }) =>
            `${hello(name)}, nous sommes désolés : ${business} a dû annuler votre réservation.`,
    },
    closing: {
        propose_booking: () => 'Répondez OUI pour réserver ou NON pour changer.',
        propose_move: () => 'Répondez OUI pour déplacer ou NON pour garder l’horaire actuel.',
        propose_cancellation: () => 'Répondez OUI pour annuler ou NON pour garder la réservation.',
        booked_pending: ({ instructor }) =>
            `La réservation est en attente : ${instructor} doit la confirmer, et je vous préviendrai ici.`,
        booked_confirmed: () => 'À bientôt !',
        moved_pending: ({ instructor }) =>
            `${instructor} doit encore confirmer le nouvel horaire ; je vous préviendrai ici.`,
        cancelled: () => 'Si vous souhaitez une autre date, écrivez-moi quand vous voulez.',
        person_confirmed: () => 'À bientôt !',
        person_cancelled: () =>
            'Souhaitez-vous une autre date ? Dites-moi simplement quel jour vous convient.',
    },
    service: (service, instructor) => `${service} avec ${instructor}`,
    timeOf: (city) => `heure ${of(cities[city] ?? city)}`,
    duration: durationText,
    forWhom: (name, participants) => {
        const who = peopleText(name, participants, 'personnes');
        return who && `Pour : ${who}`;
    },
    meetingPoint: (place) => `Rendez-vous : ${place}`,
    price: (price) => `Prix : ${price}`,
    reference: (reference) => `Référence : ${reference}`,
    former: (when) => `Au lieu de : ${when}`,
    note: (note) => `Message de notre part : ${note}`,
    notes: (notes) => `Votre remarque : ${notes}`,
};
