import { z } from 'zod';
import { type FreeSlot, partsOfDay, type Service } from '../../desk/turn-types.ts';
import { priceText } from '../../money.ts';
import { addDays, isDate, isTime, minutesOf, wallTime } from '../../zoned-time.ts';
import { isWithinHours } from '../opening-hours.ts';
import { localTime, searchSlots } from '../slot-search.ts';
import { liveProposal, placeOf, type Turn } from '../turn-state.ts';
import { findInstructor, findService } from './lookup.ts';
import { defineTool, failure, isFailure, type ToolFailure } from './tool.ts';

export const dateArgument = 'YYYY-MM-DD';
export const timeArgument = 'HH:MM, 24 h';

/** A free time as a model reads it: words and numbers, no ids. */
export type TimeView = { date: string; weekday: string; time: string; instructor: string; price: string };

export type TimesFound = {
    /** Null when no time was asked for. */
    asked_time_free: boolean | null;
    why?: 'outside_opening_hours' | 'not_free';
    /** True when nothing at all fitted and these are the nearest times. */
    nearest_only: boolean;
    times: TimeView[];
    guidance: string;
};

export function timeView(slot: FreeSlot, turn: Turn): TimeView {
    const { zone, locale } = placeOf(turn);
    const weekday = new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'long' });
    return {
        date: slot.local_date,
        weekday: weekday.format(new Date(slot.starts_at)),
        time: localTime(slot),
        instructor: slot.instructor_name,
        price: priceText(slot.price_minor, slot.currency, locale),
    };
}

/** Refuses days and times that cannot be meant, before the desk is asked. */
export function checkWhen(
    { date, time }: { date: string | null; time?: string | null },
    service: Service,
    turn: Turn,
): ToolFailure | undefined {
    const now = wallTime(turn.at, turn.context.business.time_zone);
    if (date !== null && !isDate(date)) return failure('bad_date', `Dates are ${dateArgument}.`);
    if (time && !isTime(time)) return failure('bad_time', `Times are ${timeArgument}.`);
    if (date === null) return undefined;
    const over = date === now.date && time && minutesOf(time) <= minutesOf(now.time);
    if (date < now.date || over) {
        return failure('in_the_past', `It is ${now.date} ${now.time} now. Ask for a later day or time.`);
    }
    const last = addDays(now.date, service.horizon_days);
    return date > last
        ? failure('too_far_ahead', `${service.name} can be booked until ${last}. Ask for an earlier day.`)
        : undefined;
}

export const findTimes = defineTool({
    name: 'find_times',
    description:
        'Free times, held for this customer and shown as buttons. Use it whenever a day or time comes up. date..until is a stretch of days; leave date null for the next days.',
    parameters: z.strictObject({
        service: z.string().describe('name as listed'),
        date: z.string().nullable().describe(dateArgument),
        until: z.string().nullable().describe(`last day of a stretch, ${dateArgument}`),
        time: z.string().nullable().describe(`wished start, ${timeArgument}`),
        part_of_day: z.enum(partsOfDay).nullable(),
        earliest: z.string().nullable().describe(timeArgument),
        latest: z.string().nullable().describe(timeArgument),
        instructor: z.string().nullable().describe('only when the customer asks for one'),
        limit: z.number().int().min(1).max(8).describe('3, or more when the customer wants to see more'),
    }),

    async run(args, turn): Promise<TimesFound | ToolFailure> {
        const { context } = turn;
        const service = findService(args.service, context);
        if (isFailure(service)) return service;
        const instructor = args.instructor ? findInstructor(args.instructor, context, service) : undefined;
        if (instructor && isFailure(instructor)) return instructor;
        const refused = checkWhen(args, service, turn);
        if (refused) return refused;
        const until =
            args.until && isDate(args.until) && args.date && args.until > args.date ? args.until : undefined;
        const clock = (time: string | null) => (time && isTime(time) ? time : undefined);

        const bookingId = movingBooking(service, turn);
        const found = await searchSlots(
            {
                service,
                instructorId: instructor?.id,
                bookingId,
                first: args.date ?? undefined,
                last: until ?? args.date ?? undefined,
                time: args.time ?? undefined,
                earliest: clock(args.earliest),
                latest: clock(args.latest),
                part: args.part_of_day ?? undefined,
                limit: args.limit,
            },
            turn,
        );
        remember(args, service, instructor?.id, turn);
        if (found.slots.length === 0) {
            return failure(
                'nothing_free',
                'Nothing is free in the next two weeks after that. Ask for another time.',
            );
        }
        const open = liveProposal(turn);
        if (open) turn.staged.decline(open.id);
        turn.staged.offer(service, found.slots, bookingId);
        return {
            asked_time_free: found.exact,
            ...(found.exact === false ? { why: reason(args, service, turn) } : {}),
            nearest_only: found.widened,
            times: found.slots.map((slot) => timeView(slot, turn)),
            guidance: found.exact
                ? 'That time is free. Propose it now, unless the name is missing.'
                : 'These times appear below your text: do not list them, ask which one suits.',
        };
    },
});

type Args = z.output<(typeof findTimes)['parameters']>;

/** The booking under way to another time, if it is of this service. */
function movingBooking(service: Service, { draft, context }: Turn): string | undefined {
    const booking = context.upcoming_bookings.find(({ id }) => id === draft.booking_id);
    return booking?.service_id === service.id ? booking.id : undefined;
}

function reason({ date, time }: Args, service: Service, { context }: Turn): TimesFound['why'] {
    const open = !date || !time || isWithinHours(date, time, service.duration_min, context.weekly_hours);
    return open ? 'not_free' : 'outside_opening_hours';
}

/** Keeps what was asked for, so that the next turn, of whichever brain, knows it. */
function remember(args: Args, service: Service, instructorId: string | undefined, turn: Turn) {
    turn.draft = {
        ...turn.draft,
        service_id: service.id,
        date: args.date ?? undefined,
        until: args.until ?? undefined,
        time: args.time ?? undefined,
        earliest: args.earliest ?? undefined,
        latest: args.latest ?? undefined,
        part: args.part_of_day ?? undefined,
        instructor_id: instructorId,
    };
}
