/**
 * Calendar arithmetic in an IANA zone without a clock and without a library. Dates are `YYYY-MM-DD` and times
 * `HH:MM` on the wall of that zone; days are stepped as calendar days, never as a number of milliseconds, so
 * that a day with 23 or 25 hours is still one day.
 */

export type WallTime = { date: string; time: string };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a formatter costs far more than using it, and a turn asks the same zone many times. */
function wallFormat(zone: string): Intl.DateTimeFormat {
    const known = formats.get(zone);
    if (known) return known;
    const made = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
    });
    formats.set(zone, made);
    return made;
}

/** What the clock on the wall shows in `zone` at `instant`. Throws RangeError for an unknown zone. */
export function wallTime(instant: Date, zone: string): WallTime {
    const part: Record<string, string> = {};
    for (const { type, value } of wallFormat(zone).formatToParts(instant)) part[type] = value;
    const year = (part.year ?? '').padStart(4, '0');
    return { date: `${year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}

/** The wall reading as if it were UTC: comparable numbers, not an instant. */
function asUtc({ date, time }: WallTime, dayShift = 0): number {
    const { year, month, day } = dateParts(date);
    const { hour, minute } = timeParts(time);
    return Date.UTC(year, month - 1, day + dayShift, hour, minute);
}

function offsetAt(epochMs: number, zone: string): number {
    return asUtc(wallTime(new Date(epochMs), zone)) - epochMs;
}

/**
 * The instant at which the wall in `zone` shows `date` and `time`. A time that occurs twice is the earlier one;
 * a time skipped by the clock change is moved forward by the gap, as Temporal's "compatible" does.
 */
export function instantAt(date: string, time: string, zone: string): Date {
    const wall = { date, time };
    const utc = asUtc(wall);
    const before = offsetAt(asUtc(wall, -1), zone);
    const after = offsetAt(asUtc(wall, 1), zone);
    const exact = [utc - before, utc - after].filter((epoch) => offsetAt(epoch, zone) === utc - epoch);
    return new Date(exact.length > 0 ? Math.min(...exact) : utc - before);
}

export function dateParts(date: string): { year: number; month: number; day: number } {
    const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = date.split('-').map(Number);
    return { year, month, day };
}

export function timeParts(time: string): { hour: number; minute: number } {
    const [hour = Number.NaN, minute = 0] = time.split(':').map(Number);
    return { hour, minute };
}

const two = (value: number) => String(value).padStart(2, '0');

/** A date from numbers, or undefined where the calendar has no such day (30 February). */
export function dateOf(year: number, month: number, day: number): string | undefined {
    const probe = new Date(Date.UTC(year, month - 1, day));
    const exists = probe.getUTCMonth() === month - 1 && probe.getUTCDate() === day;
    return exists ? `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` : undefined;
}

export function timeOf(hour: number, minute = 0): string {
    return `${two(hour)}:${two(minute)}`;
}

/** Minutes since midnight on the wall, for comparing times of one day. */
export function minutesOf(time: string): number {
    const { hour, minute } = timeParts(time);
    return hour * 60 + minute;
}

/** A time of day some minutes later or earlier, kept within the day. */
export function shiftTime(time: string, minutes: number): string {
    const at = Math.min(Math.max(minutesOf(time) + minutes, 0), 24 * 60 - 1);
    return timeOf(Math.floor(at / 60), at % 60);
}

/** `days` calendar days later (or earlier, when negative). */
export function addDays(date: string, days: number): string {
    const { year, month, day } = dateParts(date);
    return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** ISO weekday, 1 Monday to 7 Sunday. */
export function weekdayOf(date: string): number {
    const { year, month, day } = dateParts(date);
    return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}

/** The last day of the month `date` lies in. */
export function endOfMonth(date: string): string {
    const { year, month } = dateParts(date);
    return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Whether `date` is a day the calendar has, written `YYYY-MM-DD`. */
export function isDate(date: string): boolean {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
    const { year, month, day } = dateParts(date);
    return dateOf(year, month, day) === date;
}

/** Whether `time` is `HH:MM` between 00:00 and 23:59. */
export function isTime(time: string): boolean {
    return /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
}
