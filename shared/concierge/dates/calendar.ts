import { addDays, dateOf, dateParts, weekdayOf } from '../../zoned-time.ts';
import { inNextWeek, onOrAfter, type Reading } from './words.ts';

/** The next date with this day of the month, today included. */
export function nextDayOfMonth(today: string, day: number, monthsAhead = 0): string | undefined {
    const { year, month: current } = dateParts(today);
    for (let step = monthsAhead; step < 12; step += 1) {
        const date = dateOf(year, current + step, day) ?? dateOf(year + 1, current + step - 12, day);
        if (date !== undefined && date >= today) return date;
    }
    return undefined;
}

/**
 * Day and month without a sure year: the next such date. Undefined where the calendar has none within a year:
 * "29 February" before a year without one is a slip, not a wish for the year after.
 */
export function nextDate(today: string, day: number, month: number, year?: string): string | undefined {
    if (year !== undefined) return dateOf(Number(year.length === 2 ? `20${year}` : year), month, day);
    const { year: thisYear } = dateParts(today);
    const isOver = (dateOf(thisYear, month, 1) ?? '').slice(0, 7) < today.slice(0, 7);
    const date = dateOf(isOver ? thisYear + 1 : thisYear, month, day);
    return date !== undefined && date < today ? dateOf(thisYear + 1, month, day) : date;
}

/** Notes down a stretch of `days` days after `from`, unless one was named before. */
export function noteRange(from: string, days: number, { notes }: Reading): string {
    notes.date ??= from;
    notes.until ??= addDays(from, days);
    return ' ';
}

/** The weekend at hand: what is left of it once it has begun. */
export function noteWeekend(reading: Reading): string {
    const { today } = reading;
    return weekdayOf(today) === 7 ? noteRange(today, 0, reading) : noteRange(onOrAfter(today, 6), 1, reading);
}

export function noteNextWeekend(reading: Reading): string {
    return noteRange(inNextWeek(reading.today, 6), 1, reading);
}

/** A weekday and a date that do not agree: only the customer knows which of them is wrong. */
export function agreeing(date: string, weekday: number, { today, notes }: Reading): string {
    if (weekdayOf(date) === weekday) return ` ${date} `;
    notes.dateOptions = [date, onOrAfter(addDays(today, 1), weekday)].sort();
    return ' ';
}
