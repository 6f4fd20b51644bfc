import { durationText, peopleText } from './duration.ts';
import type { BookingWords } from './words.ts';

const hello = (name: string | null) => (name ? `Hello ${name}, ` : 'Hello, ');

export const english: BookingWords = {
    locale: 'en-GB',
    opening: {
        propose_booking: ({ count }) =>
            count > 1 ? 'Shall I book these for you?' : 'Shall I book this for you?',
        propose_move: () => 'Shall I move your booking to this time?',
        propose_cancellation: ({ count }) =>
            count > 1 ? 'Shall I cancel these bookings?' : 'Shall I cancel this booking?',
        booked_pending: () => 'Thank you, this is booked for you:',
        booked_confirmed: () => 'Thank you, this is booked and confirmed:',
        moved_pending: () => 'Done, your booking has moved:',
        moved_confirmed: () => 'Done, your booking has moved:',
        cancelled: ({ count }) =>
            count > 1 ? 'Done, these bookings are cancelled:' : 'Done, this booking is cancelled:',
        person_confirmed: ({ name, instructor }) =>
            `${hello(name)}good news: ${instructor} has confirmed your booking.`,
        person_cancelled: ({ name, business }) =>
            `${hello(name)}we are sorry: ${business} had to cancel your booking.`,
    },
    closing: {
        propose_booking: () => 'Please answer YES to book or NO to change it.',
        propose_move: () => 'Please answer YES to move it or NO to keep the time you have.',
        propose_cancellation: () => 'Please answer YES to cancel or NO to keep it.',
        booked_pending: ({ instructor }) =>
            `It is pending: ${instructor} will confirm, and I will tell you here.`,
        booked_confirmed: () => 'See you there!',
        moved_pending: ({ instructor }) => `${instructor} will confirm, and I will tell you here.`,
        cancelled: () => 'Write to me any time if you would like another one.',
        person_confirmed: () => 'See you there!',
        person_cancelled: () => 'Would you like another time? Tell me a day that suits you.',
    },
    service: (service, instructor) => `${service} with ${instructor}`,
    timeOf: (city) => `${city} time`,
    duration: durationText,
    forWhom: (name, participants) => {
        const who = peopleText(name, participants, 'people');
        return who && `For: ${who}`;
    },
    meetingPoint: (place) => `Where: ${place}`,
    price: (price) => `Price: ${price}`,
    reference: (reference) => `Reference: ${reference}`,
    former: (when) => `Instead of: ${when}`,
    note: (note) => `Message from us: ${note}`,
    notes: (notes) => `Your note: ${notes}`,
};
