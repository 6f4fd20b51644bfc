import type { ReplyWords } from './words.ts';

export const german: ReplyWords = {
    yes: { book: 'Ja, buchen', reschedule: 'Ja, verschieben', cancel: 'Ja, stornieren' },
    no: { book: 'Nein, nicht so', reschedule: 'Nein, so lassen', cancel: 'Nein, behalten' },
    answer: 'Antworten',
    pickTime: 'Zeit wählen',
    pickService: 'Angebot wählen',
    pickBooking: 'Buchung wählen',
    timesAreFree: 'Diese Zeiten sind frei. Welche passt Ihnen?',
    slotLine: ({ when, instructor }) => `• ${when} mit ${instructor}`,
    slotDescription: ({ instructor, duration, price }) => `mit ${instructor}, ${duration}, ${price}`,
    serviceDescription: ({ duration, price }) => `${duration}, ${price}`,
    part: { morning: 'am Vormittag', afternoon: 'am Nachmittag', evening: 'am Abend' },
};
