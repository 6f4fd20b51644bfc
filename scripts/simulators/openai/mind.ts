import type { Move } from './output.ts';
import {
    bestMatch,
    intentOf,
    latestWords,
    matterIntent,
    nameOf,
    participantsOf,
    tappedOf,
    whenOf,
} from './reading.ts';
import type { Step, View } from './view.ts';

/** More steps than any honest conversation needs; a script must not run in circles by itself. */
const maxSteps = 8;

/** The next move of the scripted model: a tool call, or what it says to the customer. */
export function think(view: View): Move {
    const last = view.steps.at(-1);
    if (view.steps.length >= maxSteps) return { say: 'I will ask a colleague to look at this.' };
    if (last === undefined) return begin(view);
    if (typeof last.output.error === 'string') return afterError(view, last, last.output.error);
    switch (last.name) {
        case 'get_service_info':
            return afterServices(view, list(last.output.services));
        case 'find_times':
            return afterTimes(view, last);
        case 'list_bookings':
            return afterBookings(view, list(last.output.bookings));
        case 'propose_booking':
            return { say: 'Shall I book this for you?' };
        case 'reschedule_booking':
            return { say: 'Shall I move it?' };
        case 'cancel_booking':
            return {
                say: last.output.withdrawn === true ? 'Fine, I have not booked it.' : 'Shall I cancel it?',
            };
        case 'confirm_booking':
            return { say: 'Done.' };
        case 'hand_off':
            return { say: 'A colleague will write to you here.' };
        default:
            return { say: 'How can I help you?' };
    }
}

function begin(view: View): Move {
    const words = latestWords(view);
    switch (intentOf(words)) {
        case 'yes':
            return call(view, 'confirm_booking', {});
        case 'no':
            return call(view, 'cancel_booking', { booking: null });
        case 'person':
            return call(view, 'hand_off', {
                reason: 'The customer asks for a person',
                summary: words.slice(0, 200),
            });
        case 'list':
        case 'cancel':
        case 'move':
            return call(view, 'list_bookings', {});
        case 'info':
            return call(view, 'get_service_info', { service: null });
        case 'book': {
            // A tapped row of "which booking?" or a new time goes on with the move or cancellation it belongs to.
            const goesOn = matterIntent(view) !== 'book';
            return call(view, goesOn ? 'list_bookings' : 'get_service_info', { service: null });
        }
    }
}

function afterServices(view: View, services: Fields[]): Move {
    if (intentOf(latestWords(view)) === 'info') return { say: 'Here is what we offer.' };
    const service =
        bestMatch(view, services, ({ name }) => text(name)) ??
        (services.length === 1 ? services[0] : undefined);
    if (service === undefined) {
        return {
            say: `What would you like to book? We offer ${services.map(({ name }) => text(name)).join(', ')}.`,
        };
    }
    const when = whenOf(view);
    if (when.date === undefined) return { say: 'Which day would suit you?' };
    const instructors = Array.isArray(service.instructors) ? service.instructors.map(text) : [];
    const instructor = bestMatch(view, instructors, (name) => name) ?? null;
    const { date, time } = when;
    if (tappedOf(latestWords(view)) !== undefined && time !== undefined) {
        return propose(view, text(service.name), date, time, instructor);
    }
    return findTimes(view, text(service.name), instructor);
}

function findTimes(view: View, service: string, instructor: string | null): Move {
    const { date, time, partOfDay } = whenOf(view);
    return call(view, 'find_times', {
        service,
        date: date ?? null,
        time: time ?? null,
        part_of_day: time === undefined ? (partOfDay ?? null) : null,
        instructor,
        limit: 3,
    });
}

function propose(view: View, service: string, date: string, time: string, instructor: string | null): Move {
    return call(view, 'propose_booking', {
        service,
        date,
        time,
        instructor,
        participants: participantsOf(view),
        customer_name: nameOf(view),
        notes: null,
    });
}

function afterTimes(view: View, { args, output }: Step): Move {
    const times = list(output.times);
    if (times.length === 0) return { say: 'Nothing is free then. Would another day do?' };
    const { date, time } = whenOf(view);
    if (output.asked_time_free !== true || date === undefined || time === undefined) {
        return { say: 'These times are free. Which one do you take?' };
    }
    const instructor = times.find(
        (slot) => slot.date === date && text(slot.time).startsWith(time),
    )?.instructor;
    if (matterIntent(view) !== 'move') {
        return propose(
            view,
            text(args.service),
            date,
            time,
            instructor === undefined ? null : text(instructor),
        );
    }
    const booking = chosenBooking(
        view,
        list(view.steps.find(({ name }) => name === 'list_bookings')?.output.bookings),
    );
    if (booking === undefined) return { say: 'Which booking do you mean?' };
    return call(view, 'reschedule_booking', {
        booking: booking.reference,
        date,
        time,
        instructor: instructor ?? null,
    });
}

function afterBookings(view: View, bookings: Fields[]): Move {
    if (bookings.length === 0) return { say: 'I find no booking of yours.' };
    if (intentOf(latestWords(view)) === 'list') return { say: 'This is what you have booked.' };
    const booking = chosenBooking(view, bookings);
    if (booking === undefined) return { say: 'Which booking do you mean?' };
    if (matterIntent(view) === 'cancel') return call(view, 'cancel_booking', { booking: booking.reference });
    const { date, time } = whenOf(view);
    if (date === undefined) return { say: 'Which day and time would you like instead?' };
    if (tappedOf(latestWords(view)) !== undefined && time !== undefined) {
        return call(view, 'reschedule_booking', { booking: booking.reference, date, time });
    }
    return findTimes(view, text(booking.service), null);
}

/** The only booking, or the one whose reference or service the customer names. */
function chosenBooking(view: View, bookings: Fields[]): Fields | undefined {
    if (bookings.length === 1) return bookings[0];
    return bestMatch(view, bookings, ({ reference, service }) => `${text(reference)} ${text(service)}`);
}

/** One more look at the free times when a proposal failed; else the guidance is all a model has. */
function afterError(view: View, { name, args, output }: Step, error: string): Move {
    const alreadyLooked = view.steps.some((step) => step.name === 'find_times');
    if (name === 'propose_booking' && !alreadyLooked) return findTimes(view, text(args.service), null);
    const guidance = typeof output.guidance === 'string' ? output.guidance : error;
    return { say: guidance.length < 300 ? guidance : 'That did not work. What else can I do for you?' };
}

type Fields = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): Fields[] =>
    Array.isArray(value)
        ? value.filter((each): each is Fields => typeof each === 'object' && each !== null)
        : [];

/** A call that fills exactly the properties of the tool's schema: what the script does not know is null. */
function call(view: View, name: string, values: Fields): Move {
    const tool = view.tools.get(name);
    if (tool === undefined) return { say: `I cannot do that here (${name}).` };
    const args = Object.fromEntries(
        Object.entries(tool.properties).map(([key, shape]) => [
            key,
            allowed(shape.enum, values[key] ?? null),
        ]),
    );
    return { calls: [{ name, arguments: JSON.stringify(args) }] };
}

/** Free words for an enum of the desk become its closest member. */
function allowed(options: unknown[] | undefined, value: unknown): unknown {
    if (options === undefined || value === null || options.includes(value)) return value;
    const words = text(value).toLowerCase();
    return (
        options.find((option) =>
            text(option)
                .split('_')
                .some((part) => words.includes(part)),
        ) ?? options[0]
    );
}
