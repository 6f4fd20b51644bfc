import type { ReplyWords } from './words.ts';

export const italian: ReplyWords = {
    yes: { book: 'Sì, prenotare', reschedule: 'Sì, spostare', cancel: 'Sì, annullare' },
    no: { book: 'No, non questo', reschedule: 'No, lasciare così', cancel: 'No, mantenere' },
    answer: 'Rispondere',
    pickTime: 'Scegliere l’orario',
    pickService: 'Scegliere l’offerta',
    pickBooking: 'Scegliere',
    timesAreFree: 'Questi orari sono liberi. Quale Le va bene?',
    slotLine: ({ when, instructor }) => `• ${when} con ${instructor}`,
    slotDescription: ({ instructor, duration, price }) => `con ${instructor}, ${duration}, ${price}`,
    serviceDescription: ({ duration, price }) => `${duration}, ${price}`,
    part: { morning: 'di mattina', afternoon: 'di pomeriggio', evening: 'di sera' },
};
