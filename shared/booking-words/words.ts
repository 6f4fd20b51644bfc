/** What a message about a booking is for. */
export const bookingOccasions = [
    'propose_booking',
    'propose_move',
    'propose_cancellation',
    'booked_pending',
    'booked_confirmed',
    'moved_pending',
    'moved_confirmed',
    'cancelled',
    'person_confirmed',
    'person_cancelled',
] as const;
export type BookingOccasion = (typeof bookingOccasions)[number];

/** Who and where, for sentences around the facts; `name` is the customer's, `count` how many bookings it is about. */
export type Around = { instructor: string; name: string | null; business: string; count: number };

/** One language of the message about a booking. */
export type BookingWords = {
    /** Used where the business's own locale is of another language. */
    locale: string;
    /** The sentence above the facts. */
    opening: Record<BookingOccasion, (around: Around) => string>;
    /** The sentence below them, if any. */
    closing: Partial<Record<BookingOccasion, (around: Around) => string>>;
    service: (service: string, instructor: string) => string;
    timeOf: (city: string) => string;
    duration: (minutes: number) => string;
    forWhom: (name: string | null, participants: number) => string | null;
    meetingPoint: (place: string) => string;
    price: (price: string) => string;
    reference: (reference: string) => string;
    former: (when: string) => string;
    note: (note: string) => string;
    notes: (notes: string) => string;
};
