import type { BookingView } from '../../../desk/turn-types.ts';
import { cancelBooking } from '../../tools/changing.ts';
import { isFailure } from '../../tools/tool.ts';
import { continueBooking } from './booking.ts';
import { bookingsMeant } from './reading.ts';
import { openBookings, quiet, type Scene, say, wallOf } from './scene.ts';

/** "Can we move it to Friday 2pm": finds out which booking, then looks for the new time. */
export async function startMove(scene: Scene): Promise<string> {
    const { turn, reading, phrases } = scene;
    const bookings = openBookings(turn);
    if (bookings.length === 0) return phrases.noBookings;
    // The day named is where to, not which one: it tells bookings apart only where nothing else does.
    const where = { ...reading, when: { rest: '' } };
    const [meant, ...others] = bookingsMeant(where, bookings, (at) => wallOf(at, turn).date);
    if (!meant || others.length > 0) {
        turn.draft = { ...turn.draft, ...wishOf(scene), booking_id: undefined };
        return askWhich(scene, 'move', meant ? [meant, ...others] : bookings);
    }
    return moveBooking(scene, meant);
}

/** Goes on with the booking that is to be moved. */
export async function moveBooking(scene: Scene, booking: BookingView): Promise<string> {
    const { turn } = scene;
    turn.draft = { booking_id: booking.id, service_id: booking.service_id };
    return continueBooking(scene);
}

/** A wish told before it was clear for which booking; it is read again from the draft afterwards. */
function wishOf({ reading: { when } }: Scene) {
    const { date, until, time, part, earliest, latest } = when;
    return { date, until, time, part, earliest, latest };
}

/** "I have to cancel": finds out which booking and asks before anything is cancelled. */
export async function startCancel(scene: Scene): Promise<string> {
    const { turn, reading, phrases } = scene;
    const bookings = openBookings(turn);
    if (bookings.length === 0) {
        if (!turn.draft.service_id && turn.context.offers.length === 0) return phrases.noBookings;
        turn.staged.decline();
        turn.draft = {};
        return phrases.declined.book;
    }
    const [meant, ...others] = bookingsMeant(reading, bookings, (at) => wallOf(at, turn).date);
    if (!meant || others.length > 0) return askWhich(scene, 'cancel', meant ? [meant, ...others] : bookings);
    return askToCancel(scene, meant);
}

async function askToCancel({ turn, phrases }: Scene, booking: BookingView): Promise<string> {
    const result = await cancelBooking.run({ booking: booking.id }, turn);
    return isFailure(result) ? phrases.cannotChange : '';
}

function askWhich({ turn, phrases }: Scene, to: 'move' | 'cancel', bookings: BookingView[]): string {
    turn.draft = { ...turn.draft, asked: to === 'move' ? 'booking' : 'booking_to_cancel' };
    turn.staged.attached = { kind: 'bookings', bookings };
    return phrases.askWhichBooking[to];
}

/** A booking tapped in a list, or named after "which one?". */
export async function chooseBooking(scene: Scene, booking: BookingView): Promise<string> {
    const { turn, phrases } = scene;
    const { draft } = turn;
    if (draft.asked === 'booking_to_cancel') return askToCancel(scene, booking);
    if (draft.asked !== 'booking') {
        turn.draft = { booking_id: booking.id, service_id: booking.service_id };
        return say(phrases.moveOrCancel);
    }
    turn.draft = { ...draft, booking_id: booking.id, service_id: booking.service_id, asked: undefined };
    return continueBooking(quiet(scene));
}

/** The one booking an answer to "which one?" names, by its place in the list, its day, service or reference. */
export function bookingAnswered({ turn, reading, lexicon }: Scene): BookingView | undefined {
    const bookings = openBookings(turn);
    const place = lexicon.ordinals.findIndex((ordinal) => ordinal.test(reading.text));
    if (place >= 0) return bookings[place];
    const meant = bookingsMeant(reading, bookings, (at) => wallOf(at, turn).date);
    return meant.length === 1 ? meant[0] : undefined;
}
