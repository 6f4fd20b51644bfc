import { durationText, peopleText } from './duration.ts';
import type { BookingWords } from './words.ts';

const hello = (name: string | null) => (name ? `Hola, ${name}` : 'Hola');
const cities: Record<string, string> = {
    Zurich: 'Zúrich',
    Paris: 'París',
    London: 'Londres',
    Rome: 'Roma',
    Berlin: 'Berlín',
    Vienna: 'Viena',
    Brussels: 'Bruselas',
    Lisbon: 'Lisboa',
    Athens: 'Atenas',
    Prague: 'Praga',
    Warsaw: 'Varsovia',
    Copenhagen: 'Copenhague',
    'New York': 'Nueva York',
};

/** Spanish says usted throughout. */
export const spanish: BookingWords = {
    locale: 'es-ES',
    opening: {
        propose_booking: ({ count }) =>
            count > 1 ? '¿Quiere que le reserve estas horas?' : '¿Quiere que le reserve esta hora?',
        propose_move: () => '¿Quiere que cambie su reserva a esta hora?',
        propose_cancellation: ({ count }) =>
            count > 1 ? '¿Quiere que cancele estas reservas?' : '¿Quiere que cancele esta reserva?',
        booked_pending: () => 'Gracias, su reserva está hecha:',
        booked_confirmed: () => 'Gracias, su reserva está confirmada:',
        moved_pending: () => 'Hecho, hemos cambiado su reserva:',
        moved_confirmed: () => 'Hecho, hemos cambiado su reserva:',
        cancelled: ({ count }) =>
            count > 1 ? 'Hecho, estas reservas están canceladas:' : 'Hecho, esta reserva está cancelada:',
        person_confirmed: ({ name, instructor }) =>
            `${hello(name)}, buenas noticias: ${instructor} ha confirmado su reserva.`,
        person_cancelled: ({ name, business }) =>
            `${hello(name)}, lo sentimos: ${business} ha tenido que cancelar su reserva.`,
    },
    closing: {
        propose_booking: () => 'Responda SÍ para reservar o NO para cambiar.',
        propose_move: () => 'Responda SÍ para cambiarla o NO para mantener la hora actual.',
        propose_cancellation: () => 'Responda SÍ para cancelar o NO para mantener la reserva.',
        booked_pending: ({ instructor }) =>
            `Está pendiente: ${instructor} debe confirmarla y le avisaré por aquí.`,
        booked_confirmed: () => '¡Hasta pronto!',
        moved_pending: ({ instructor }) =>
            `${instructor} aún debe confirmar la nueva hora; le avisaré por aquí.`,
        cancelled: () => 'Si desea otra fecha, escríbame cuando quiera.',
        person_confirmed: () => '¡Hasta pronto!',
        person_cancelled: () => '¿Desea otra fecha? Dígame qué día le viene bien.',
    },
    service: (service, instructor) => `${service} con ${instructor}`,
    timeOf: (city) => `hora de ${cities[city] ?? city}`,
    duration: durationText,
    forWhom: (name, participants) => {
        const who = peopleText(name, participants, 'personas');
        return who && `Para: ${who}`;
    },
    meetingPoint: (place) => `Lugar: ${place}`,
    price: (price) => `Precio: ${price}`,
    reference: (reference) => `Referencia: ${reference}`,
    former: (when) => `En lugar de: ${when}`,
    note: (note) => `Mensaje de nuestra parte: ${note}`,
    notes: (notes) => `Su nota: ${notes}`,
};
