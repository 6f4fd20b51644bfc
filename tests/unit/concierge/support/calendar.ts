import type { FreeSlot, FreeSlotQuery, TurnContext } from '../../../../shared/desk/turn-types.ts';
import { addDays, instantAt, wallTime, weekdayOf } from '../../../../shared/zoned-time.ts';

/** Working hours less what is taken, stepped by half an hour: `find_free_slots` in small. */

export type Claim = {
    instructor_id: string;
    from: number;
    to: number;
    /** Of the conversation under test, not of somebody else. */
    ours: boolean;
    expires_at: number;
    proposal_id?: string;
    booking_id?: string;
};

export type Calendar = {
    services: TurnContext['services'];
    instructors: TurnContext['instructors'];
    zone: string;
    hours: TurnContext['weekly_hours'];
    claims: Claim[];
    now: number;
};

export const minute = 60_000;
const stepMin = 30;

export const iso = (epoch: number) => new Date(epoch).toISOString().replace('.000Z', '+00:00');

/** Our own holds are in nobody's way but our own bookings are, except the one that is to move. */
export function isTaken(
    claims: Claim[],
    now: number,
    instructorId: string,
    from: number,
    to: number,
    moving?: string,
): boolean {
    return claims.some(
        (claim) =>
            claim.instructor_id === instructorId &&
            claim.from < to &&
            from < claim.to &&
            claim.expires_at > now &&
            (!claim.ours || (claim.booking_id !== undefined && claim.booking_id !== moving)),
    );
}

/** Free starts in a window, at most one instructor each, spread over the days. */
export function freeSlots(query: FreeSlotQuery, calendar: Calendar): FreeSlot[] {
    const service = calendar.services.find(({ id }) => id === query.serviceId);
    if (!service) throw new Error('unknown service');
    const { zone, claims, now } = calendar;
    const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
    const slots = new Map<number, FreeSlot>();
    const last = wallTime(new Date(to), zone).date;
    for (let day = wallTime(new Date(from), zone).date; day <= last; day = addDays(day, 1)) {
        for (const { instructor_id, weekday, starts, ends } of calendar.hours) {
            if (weekday !== weekdayOf(day) || !service.instructor_ids.includes(instructor_id)) continue;
            if (query.instructorId && instructor_id !== query.instructorId) continue;
            const closes = instantAt(day, ends, zone).getTime();
            const length = service.duration_min * minute;
            let start = instantAt(day, starts, zone).getTime();
            for (; start + length <= closes; start += stepMin * minute) {
                if (start < Math.max(from, now + minute) || start >= to || slots.has(start)) continue;
                if (isTaken(claims, now, instructor_id, start, start + length, query.bookingId)) continue;
                const { date, time } = wallTime(new Date(start), zone);
                if (query.partOfDay && query.partOfDay !== partOf(time)) continue;
                slots.set(start, {
                    instructor_id,
                    instructor_name: calendar.instructors.find(({ id }) => id === instructor_id)?.name ?? '',
                    starts_at: iso(start),
                    ends_at: iso(start + length),
                    local_date: date,
                    local_time: `${time}:00`,
                    price_minor: service.price_minor,
                    currency: service.currency,
                });
            }
        }
    }
    return spread([...slots.values()].sort(inTime), query.limit ?? 3);
}

const inTime = (a: FreeSlot, b: FreeSlot) => Date.parse(a.starts_at) - Date.parse(b.starts_at);

function partOf(time: string) {
    return time < '12:00' ? 'morning' : time < '17:00' ? 'afternoon' : 'evening';
}

/** The earliest of each day first, then the next of each, in order of time. */
function spread(slots: FreeSlot[], limit: number): FreeSlot[] {
    const ofDay = new Map<string, number>();
    const ranked = slots.map((slot) => {
        const place = ofDay.get(slot.local_date) ?? 0;
        ofDay.set(slot.local_date, place + 1);
        return { slot, place };
    });
    return ranked
        .sort((a, b) => a.place - b.place || inTime(a.slot, b.slot))
        .slice(0, limit)
        .map(({ slot }) => slot)
        .sort(inTime);
}
