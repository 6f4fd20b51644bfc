import type { TurnContext } from '../desk/turn-types.ts';
import { minutesOf, timeOf, weekdayOf } from '../zoned-time.ts';

type Weekly = TurnContext['weekly_hours'];
type Span = { starts: string; ends: string };

/** The hours in which somebody works on an ISO weekday, overlapping ones joined, as `HH:MM`. */
export function spansOn(weekday: number, weekly: Weekly): Span[] {
    const spans = weekly
        .filter((given) => given.weekday === weekday)
        .map(({ starts, ends }) => ({ from: minutesOf(starts), to: endOf(starts, ends) }))
        .sort((a, b) => a.from - b.from);
    const joined: { from: number; to: number }[] = [];
    for (const span of spans) {
        const last = joined.at(-1);
        if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
        else joined.push({ ...span });
    }
    return joined.map(({ from, to }) => ({ starts: clock(from), ends: clock(to) }));
}

const dayMinutes = 24 * 60;
/** Hours past midnight end on the next day. */
const endOf = (starts: string, ends: string) =>
    minutesOf(ends) <= minutesOf(starts) ? minutesOf(ends) + dayMinutes : minutesOf(ends);
const clock = (minutes: number) => timeOf(Math.floor(minutes / 60) % 24, minutes % 60);

/** Weekdays with the same hours, in order: `[{ weekdays: [1,2,3,4,5], spans: [...] }, ...]`; closed days last. */
export function openingHours(weekly: Weekly): { weekdays: number[]; spans: Span[] }[] {
    const groups: { weekdays: number[]; spans: Span[] }[] = [];
    for (let weekday = 1; weekday <= 7; weekday += 1) {
        const spans = spansOn(weekday, weekly);
        const same = groups.find((group) => JSON.stringify(group.spans) === JSON.stringify(spans));
        if (same) same.weekdays.push(weekday);
        else groups.push({ weekdays: [weekday], spans });
    }
    return groups.sort((a, b) => Number(a.spans.length === 0) - Number(b.spans.length === 0));
}

/** From the earliest opening to the latest closing of the week: what "at 3" can mean. */
export function usualDay(weekly: Weekly): { opens: string; closes: string } | undefined {
    if (weekly.length === 0) return undefined;
    const opens = Math.min(...weekly.map(({ starts }) => minutesOf(starts)));
    const closes = Math.max(...weekly.map(({ starts, ends }) => endOf(starts, ends)));
    return {
        opens: timeOf(Math.floor(opens / 60), opens % 60),
        closes: closes >= dayMinutes ? '23:59' : clock(closes),
    };
}

/** Whether weekly hours let something of this length start then; days that differ once are not known here. */
export function isWithinHours(date: string, time: string, durationMin: number, weekly: Weekly): boolean {
    const from = minutesOf(time);
    return spansOn(weekdayOf(date), weekly).some(
        ({ starts, ends }) => from >= minutesOf(starts) && from + durationMin <= endOf(starts, ends),
    );
}
