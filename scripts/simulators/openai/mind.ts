import type { Move } from './output.ts';
import {
    bestMatch,
    instructorOf,
    intentOf,
    latestWords,
    matter,
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
        case 'book':
            // A tapped row of "which booking?" or a new time goes on with the move or cancellation it belongs to.
            return matterIntent(view) === 'book'
                ? book(view, matter(view).join(' '))
                : call(view, 'list_bookings', {});
    }
}

/** `service` may be the customer's own words: whether they name one is for the desk to say. */
function book(view: View, service: string): Move {
    const { date, time } = whenOf(view);
    const tappedTime = tappedOf(latestWords(view)) !== undefined && date !== undefined && time !== undefined;
    return tappedTime ? propose(view, service, date, time, null) : findTimes(view, service);
}

function afterServices(view: View, services: Fields[]): Move {
    if (intentOf(latestWords(view)) === 'info') return { say: 'Here is what we offer.' };
    const service = bestMatch(view, services, ({ name }) => text(name));
    if (service === undefined || view.steps.some(({ args }) => args.service === service.name)) {
        return { say: 'What would you like to book?' };
    }
    return book(view, text(service.name));
}

function findTimes(view: View, service: string): Move {
    const { date, time, partOfDay } = whenOf(view);
    return call(view, 'find_times', {
        service,
        date: date ?? null,
        time: time ?? null,
        part_of_day: time === undefined ? (partOfDay ?? null) : null,
        instructor: instructorOf(view),
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
    return findTimes(view, text(booking.service));
}

/** The only booking, or the one whose reference or service the customer names. */
function chosenBooking(view: View, bookings: Fields[]): Fields | undefined {
    if (bookings.length === 1) return bookings[0];
    return bestMatch(view, bookings, ({ reference, service }) => `${text(reference)} ${text(service)}`);
}

/** What a failure is worth to the customer; guidance is written for a model and is not passed on. */
function afterError(view: View, { name, args }: Step, error: string): Move {
    const tried = (tool: string) => view.steps.some((step) => step.name === tool);
    switch (error) {
        case 'unknown_service':
        case 'several_services':
            return tried('get_service_info')
                ? { say: 'What would you like to book?' }
                : call(view, 'get_service_info', { service: null });
        case 'name_missing':
            return { say: 'Which name may I put the booking under?' };
        case 'no_bookings':
            return { say: 'I find no booking of yours.' };
        case 'no_live_proposal':
        case 'no_open_proposal':
            return { say: 'There is nothing open to answer any more. Which day and time would you like?' };
        case 'in_the_past':
            return { say: 'That is over already. Which later time would suit you?' };
        case 'too_far_ahead':
            return { say: 'That is further ahead than I can book. Which earlier day would suit you?' };
        case 'not_free':
            if (name === 'propose_booking' && !tried('find_times'))
                return findTimes(view, text(args.service));
    }
    return { say: 'Nothing is free then. Would another day or time do?' };
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
