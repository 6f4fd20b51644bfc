import type { BookingWords } from './words.ts';

const hello = (name: string | null) => (name ? `Hello ${name}, ` : 'Hello, ');

export const english: BookingWords = {
    locale: 'en-GB',
    opening: {
        propose_booking: () => 'Shall I book this for you?',
        propose_move: () => 'Shall I move your booking to this time?',
        propose_cancellation: () => 'Shall I cancel this booking?',
        booked_pending: () => 'Thank you, this is booked for you:',
        booked_confirmed: () => 'Thank you, this is booked and confirmed:',
        moved_pending: () => 'Done, your booking has moved:',
        moved_confirmed: () => 'Done, your booking has moved:',
        cancelled: () => 'Done, this booking is cancelled:',
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
    duration: (minutes) => {
        const hours = Math.floor(minutes / 60);
        const rest = minutes % 60;
        return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' ');
    },
    forWhom: (name, participants) => {
        const people = participants > 1 ? `${participants} people` : null;
        const parts = [name, people].filter(Boolean);
        return parts.length > 0 ? `For: ${parts.join(', ')}` : null;
    },
    meetingPoint: (place) => `Where: ${place}`,
    price: (price) => `Price: ${price}`,
    reference: (reference) => `Reference: ${reference}`,
    former: (when) => `Instead of: ${when}`,
    note: (note) => `Message from us: ${note}`,
    notes: (notes) => `Your note: ${notes}`,
};
