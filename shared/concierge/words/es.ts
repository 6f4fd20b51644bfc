import type { ReplyWords } from './words.ts';

export const spanish: ReplyWords = {
    yes: { book: 'Sí, reservar', reschedule: 'Sí, cambiar', cancel: 'Sí, cancelar' },
    no: { book: 'No, esta no', reschedule: 'No, dejarla así', cancel: 'No, mantenerla' },
    answer: 'Responder',
    pickTime: 'Elegir hora',
    pickService: 'Elegir servicio',
    pickBooking: 'Elegir reserva',
    timesAreFree: 'Estas horas están libres. ¿Cuál le viene bien?',
    slotLine: ({ when, instructor }) => `• ${when} con ${instructor}`,
    slotDescription: ({ instructor, duration, price }) => `con ${instructor}, ${duration}, ${price}`,
    serviceDescription: ({ duration, price }) => `${duration}, ${price}`,
    part: { morning: 'por la mañana', afternoon: 'por la tarde', evening: 'por la noche' },
};
