import type { ReplyWords } from './words.ts';

export const french: ReplyWords = {
    yes: { book: 'Oui, réserver', reschedule: 'Oui, déplacer', cancel: 'Oui, annuler' },
    no: { book: 'Non, pas celui-ci', reschedule: 'Non, garder', cancel: 'Non, garder' },
    answer: 'Répondre',
    pickTime: 'Choisir un horaire',
    pickService: 'Choisir une offre',
    pickBooking: 'Choisir',
    timesAreFree: 'Ces créneaux sont libres. Lequel vous convient ?',
    slotLine: ({ when, instructor }) => `• ${when} avec ${instructor}`,
    slotDescription: ({ instructor, duration, price }) => `avec ${instructor}, ${duration}, ${price}`,
    serviceDescription: ({ duration, price }) => `${duration}, ${price}`,
    part: { morning: 'le matin', afternoon: 'l’après-midi', evening: 'le soir' },
};
