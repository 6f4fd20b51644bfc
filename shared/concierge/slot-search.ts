import type { FreeSlot, PartOfDay, Service } from '../desk/turn-types.ts';
import { addDays, instantAt, minutesOf, wallTime, weekdayOf } from '../zoned-time.ts';
import type { Turn } from './turn-state.ts';

/** What the customer would like; `first` and `last` are days, both included. */
export type SlotWish = {
    service: Service;
    instructorId?: string | undefined;
    /** The booking that is to move: it does not stand in its own way. */
    bookingId?: string | undefined;
    first?: string | undefined;
    last?: string | undefined;
    time?: string | undefined;
    earliest?: string | undefined;
    latest?: string | undefined;
    part?: PartOfDay | undefined;
    limit: number;
};

export type SlotsFound = {
    slots: FreeSlot[];
    /** Whether the very time asked for is free; null when none was asked for. */
    exact: boolean | null;
    /** Nothing fitted the wish as it was: these are the nearest to it. */
    widened: boolean;
};

/** All starts of one day; more than any day has. */
const wholeDay = 60;
/** Days looked through one by one for a wished time of day. */
const daysAtOnce = 7;
const usualDays = 14;

export const localTime = (slot: FreeSlot) => slot.local_time.slice(0, 5);

/**
 * Free times for a wish, nearest to what was asked, in order of time. When the wish itself is full it is widened
 * step by step: other times of those days, other instructors, the days after.
 */
export async function searchSlots(wish: SlotWish, turn: Turn): Promise<SlotsFound> {
    const { first, last } = daysOf(wish, turn);
    const week = { first: addDays(last, 1), last: addDays(last, daysAtOnce) };
    const anyTime = { earliest: undefined, latest: undefined, part: undefined };
    const steps: SlotWish[] = [
        { ...wish, first, last },
        { ...wish, ...anyTime, first, last },
        { ...wish, instructorId: undefined, first, last },
        { ...wish, ...week },
        { ...wish, ...anyTime, instructorId: undefined, first: week.first, last: addDays(last, usualDays) },
    ];
    for (const [step, wider] of steps.entries()) {
        if (step > 0 && sameWish(wider, steps[step - 1] ?? wish)) continue;
        const slots = await searchOnce(wider, turn);
        if (slots.length === 0) continue;
        const exact =
            wish.time === undefined
                ? null
                : step === 0 && slots.some((slot) => localTime(slot) === wish.time);
        const other = exact === false && step === 0 ? await withAnother(wish, first, last, turn) : [];
        const best = [...other, ...slots].slice(0, wish.limit).toSorted(inTime);
        turn.found.push(...best);
        return { slots: best, exact, widened: step > 0 };
    }
    return { slots: [], exact: wish.time === undefined ? null : false, widened: true };
}

const sameWish = (a: SlotWish, b: SlotWish) => JSON.stringify(a) === JSON.stringify(b);

/** The wished time with somebody else, where the wished instructor is not free. */
async function withAnother(wish: SlotWish, first: string, last: string, turn: Turn): Promise<FreeSlot[]> {
    const { service, time, instructorId, bookingId } = wish;
    if (!instructorId || !time || first !== last) return [];
    const slot = await findSlot({ service, bookingId, date: first, time }, turn);
    return slot ? [slot] : [];
}

/** The one slot at this day and time, fresh from the desk; undefined when it is not free. */
export async function findSlot(
    wish: Pick<SlotWish, 'service' | 'instructorId' | 'bookingId'> & { date: string; time: string },
    turn: Turn,
): Promise<FreeSlot | undefined> {
    const { service, date, time, instructorId, bookingId } = wish;
    const fits = (slot: FreeSlot) =>
        slot.local_date === date &&
        localTime(slot) === time &&
        (instructorId
            ? slot.instructor_id === instructorId
            : service.instructor_ids.includes(slot.instructor_id));
    const known = turn.found.find(fits);
    if (known) return known;
    const slots = await ask(
        { service, instructorId, bookingId, limit: wholeDay },
        date,
        date,
        wholeDay,
        turn,
    );
    return slots.find(fits);
}

function daysOf(wish: SlotWish, { at, context }: Turn): { first: string; last: string } {
    const today = wallTime(at, context.business.time_zone).date;
    const first = wish.first ?? today;
    return { first, last: wish.last ?? (wish.first ? first : addDays(today, usualDays - 1)) };
}

async function searchOnce(wish: SlotWish, turn: Turn): Promise<FreeSlot[]> {
    const { first, last } = daysOf(wish, turn);
    const picky = wish.time !== undefined || wish.earliest !== undefined || wish.latest !== undefined;
    if (!picky && first !== last) return ask(wish, first, last, wish.limit, turn);

    const days: string[] = [];
    for (let day = first; day <= last && days.length < daysAtOnce; day = addDays(day, 1)) days.push(day);
    const byDay = await Promise.all(days.map((day) => ask(wish, day, day, wholeDay, turn)));
    const fitting = byDay.map((slots) => slots.filter((slot) => isWithin(slot, wish)));
    if (wish.time === undefined) return choose(fitting, wish.limit, (slots, count) => spread(slots, count));

    const { time } = wish;
    const exact = fitting.flatMap((slots) => slots.find((slot) => localTime(slot) === time) ?? []);
    if (exact.length > 0) return exact.slice(0, first === last ? 1 : wish.limit);
    return choose(fitting, wish.limit, (slots, count) => nearest(slots, time, count));
}

/** Takes evenly from the days, as long as there is something to take. */
function choose(
    byDay: FreeSlot[][],
    limit: number,
    pick: (slots: FreeSlot[], count: number) => FreeSlot[],
): FreeSlot[] {
    const open = byDay.filter((slots) => slots.length > 0).slice(0, limit);
    const share = Math.ceil(limit / Math.max(1, open.length));
    return open.flatMap((slots) => pick(slots, share)).slice(0, limit);
}

function isWithin(slot: FreeSlot, { earliest, latest }: SlotWish): boolean {
    const at = minutesOf(slot.local_time);
    return (!earliest || at >= minutesOf(earliest)) && (!latest || at <= minutesOf(latest));
}

function nearest(slots: FreeSlot[], time: string, count: number): FreeSlot[] {
    const distance = (slot: FreeSlot) => Math.abs(minutesOf(slot.local_time) - minutesOf(time));
    return slots
        .toSorted((a, b) => distance(a) - distance(b))
        .slice(0, count)
        .toSorted(inTime);
}

/** A real choice over the day: the first, the last and some between; full hours where there are enough. */
function spread(slots: FreeSlot[], count: number): FreeSlot[] {
    const round = slots.filter((slot) => slot.local_time.slice(3, 5) === '00');
    const from = (round.length >= count ? round : slots).toSorted(inTime);
    if (from.length <= count) return from;
    if (count === 1) return from.slice(0, 1);
    const step = (from.length - 1) / (count - 1);
    return Array.from({ length: count }, (_, index) => from[Math.round(index * step)]).filter(
        (slot) => slot !== undefined,
    );
}

const inTime = (a: FreeSlot, b: FreeSlot) => Date.parse(a.starts_at) - Date.parse(b.starts_at);

/** Asks the desk; the day after `last` begins at its own midnight, however long that day was. */
async function ask(
    wish: SlotWish,
    first: string,
    last: string,
    limit: number,
    turn: Turn,
): Promise<FreeSlot[]> {
    const { business, conversation } = turn.context;
    const midnight = (date: string) => instantAt(date, '00:00', business.time_zone);
    const from = new Date(Math.max(midnight(first).getTime(), turn.at.getTime()));
    const to = midnight(addDays(last, 1));
    if (to <= from) return [];
    const { without = [] } = turn.draft;
    const slots = await turn.desk.findFreeSlots({
        businessId: business.id,
        serviceId: wish.service.id,
        from: from.toISOString(),
        to: to.toISOString(),
        conversationId: conversation.id,
        // Days that do not suit are left out of the answer, so there must be enough in it.
        limit: without.length > 0 ? wholeDay : limit,
        ...(wish.instructorId ? { instructorId: wish.instructorId } : {}),
        ...(wish.bookingId ? { bookingId: wish.bookingId } : {}),
        ...(wish.part ? { partOfDay: wish.part } : {}),
    });
    const fitting = slots.filter(({ local_date }) => !without.includes(weekdayOf(local_date)));
    return fitting.toSorted(inTime).slice(0, limit);
}
