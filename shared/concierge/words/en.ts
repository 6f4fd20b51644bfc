import type { ReplyWords } from './words.ts';

export const english: ReplyWords = {
    yes: { book: 'Yes, book it', reschedule: 'Yes, move it', cancel: 'Yes, cancel it' },
    no: { book: 'No, not this', reschedule: 'No, keep it', cancel: 'No, keep it' },
    answer: 'Answer',
    pickTime: 'Choose a time',
    pickService: 'Choose a service',
    pickBooking: 'Choose a booking',
    timesAreFree: 'These times are free. Which one suits you?',
    slotLine: ({ when, instructor }) => `• ${when} with ${instructor}`,
    slotDescription: ({ instructor, duration, price }) => `with ${instructor}, ${duration}, ${price}`,
    serviceDescription: ({ duration, price }) => `${duration}, ${price}`,
    part: { morning: 'in the morning', afternoon: 'in the afternoon', evening: 'in the evening' },
};
