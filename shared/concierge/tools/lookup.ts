import type { BookingView, Service, TurnContext } from '../../desk/turn-types.ts';
import { namedIn } from '../matching.ts';
import { failure, type ToolFailure } from './tool.ts';

/**
 * From words to things of this conversation. Whatever a model writes can only ever mean something that stands in
 * the context: an id of another business or customer is a name nobody has.
 */

type Found<T> = T | ToolFailure;

export function findService(words: string, { services }: TurnContext): Found<Service> {
    const exact = services.find(({ id, name }) => id === words || name.toLowerCase() === words.toLowerCase());
    if (exact) return exact;
    const [first, ...others] = namedIn(words, services);
    if (first && others.length === 0) return first;
    const names = (first ? [first, ...others] : services).map(({ name }) => name).join(', ');
    return first
        ? failure('several_services', `Ask which of these is meant: ${names}.`)
        : failure('unknown_service', `There is no such service. These are offered: ${names}.`);
}

export function findInstructor(
    words: string,
    { instructors }: TurnContext,
    service: Service,
): Found<{ id: string; name: string }> {
    const able = instructors.filter(({ id }) => service.instructor_ids.includes(id));
    const exact = able.find(({ id, name }) => id === words || name.toLowerCase() === words.toLowerCase());
    const [first, ...others] = exact ? [exact] : namedIn(words, able);
    if (first && others.length === 0) return first;
    const names = able.map(({ name }) => name).join(', ');
    return failure(
        'unknown_instructor',
        `${service.name} is given by: ${names}. Ask, or leave instructor null.`,
    );
}

export function findBooking(words: string, { upcoming_bookings: bookings }: TurnContext): Found<BookingView> {
    const wanted = words.trim().replace(/^#/, '').toLowerCase();
    const booking = bookings.find(({ id, reference }) => [id, reference.toLowerCase()].includes(wanted));
    if (booking && booking.status !== 'cancelled') return booking;
    if (bookings.length === 0) {
        return failure('no_bookings', 'This customer has no upcoming booking. Offer to make one.');
    }
    const references = bookings.map(({ reference }) => reference).join(', ');
    return failure('unknown_booking', `This customer's bookings are: ${references}. Ask which one is meant.`);
}

export function instructorName(id: string, { instructors }: TurnContext): string {
    return instructors.find((instructor) => instructor.id === id)?.name ?? '';
}
