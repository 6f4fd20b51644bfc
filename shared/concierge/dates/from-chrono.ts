import type { ParsedComponents, ParsedResult } from 'chrono-node';
import type { PartOfDay } from '../../desk/turn-types.ts';
import {
    addDays,
    dateOf,
    dateParts,
    endOfMonth,
    weekdayOf as isoWeekday,
    minutesOf,
    timeOf,
    type WallTime,
} from '../../zoned-time.ts';
import { type Hours, likelyTimes } from './likely-time.ts';
import { type DateWords, inNextWeek, onOrAfter } from './words.ts';

/** Where and when a text is read. */
export type Scene = { text: string; wall: WallTime; hours: Hours; words: DateWords };

/** `also` is the other day the same words can mean. */
export type FoundDay = { date: string; until?: string; also?: string };

/** The day a chrono result names, by our own rules for weekdays and months. */
export function dayOf(result: ParsedResult, scene: Scene): FoundDay | undefined {
    const { start, end, text } = result;
    const { wall, words } = scene;
    if (!words.trustsChrono && start.isCertain('hour') && !start.isCertain('day')) return undefined;
    // "In 6 months" means that day of the month, though chrono is sure of the month alone.
    const relative = [...result.tags()].some((tag) => tag.endsWith('relativeDate'));
    const first = dayOfComponents(start, relative);
    if (first) {
        const last = end && dayOfComponents(end);
        const named = start.isCertain('weekday') ? start.get('weekday') || 7 : undefined;
        // "Saturday 27 November" on which the 27th is a Friday: one of the two is a slip.
        if (named && !last && named !== isoWeekday(first)) {
            return { date: first, also: onOrAfter(addDays(wall.date, 1), named) };
        }
        return last && last > first ? { date: first, until: last } : { date: first };
    }
    if (words.trustsChrono && start.isCertain('weekday')) return weekdayOf(result, scene);
    const alone = scene.text.replace(/\W/g, '') === text.replace(/\W/g, '');
    if (start.isCertain('month') && (alone || words.beforeMonth.test(scene.text.slice(0, result.index)))) {
        return monthOf(start, wall.date);
    }
    return words.trustsChrono && partOf(result) && words.thisOne.test(text) ? { date: wall.date } : undefined;
}

/** A month without a day: what is left of it, this year's or the next one's. */
function monthOf(start: ParsedComponents, today: string): FoundDay | undefined {
    const now = dateParts(today);
    const month = start.get('month') ?? now.month;
    const year = start.isCertain('year') ? start.get('year') : now.year + (month < now.month ? 1 : 0);
    const first = dateOf(year ?? now.year, month, 1);
    if (!first) return undefined;
    return { date: first.slice(0, 7) === today.slice(0, 7) ? today : first, until: endOfMonth(first) };
}

function dayOfComponents(parsed: ParsedComponents, implied = false): string | undefined {
    if (!parsed.isCertain('day') && !implied) return undefined;
    return dateOf(parsed.get('year') ?? 0, parsed.get('month') ?? 0, parsed.get('day') ?? 0);
}

function weekdayOf(result: ParsedResult, { text, wall, hours, words }: Scene): FoundDay {
    const { start, end } = result;
    const weekday = start.get('weekday') || 7;
    if (words.nextWeek.test(result.text)) return { date: inNextWeek(wall.date, weekday) };
    const date = onOrAfter(wall.date, weekday);
    if (end?.isCertain('weekday')) return { date, until: onOrAfter(date, end.get('weekday') || 7) };
    const wordBefore = /\S*\s*$/.exec(text.slice(0, result.index))?.[0] ?? '';
    if (date !== wall.date || words.thisOne.test(wordBefore + result.text)) return { date };
    // "Friday" on a Friday: today or in a week? Once today is over there is nothing to ask.
    const asked = timesOf(result, undefined, hours)?.at(-1);
    const over = minutesOf(wall.time) >= minutesOf(asked ?? hours.closes);
    return over ? { date: addDays(date, 7) } : { date, also: addDays(date, 7) };
}

/** The times a result can mean: one when it is sure, two when only the customer knows. */
export function timesOf(
    result: { start: ParsedComponents; text: string },
    part: PartOfDay | undefined,
    hours: Hours,
): string[] | undefined {
    const { start, text } = result;
    if (!start.isCertain('hour')) return undefined;
    const hour = start.get('hour') ?? 0;
    const minute = start.get('minute') ?? 0;
    if (start.isCertain('meridiem') || /\b0\d[:.]/.test(text)) return [timeOf(hour, minute)];
    if (part && hour <= 12) return [timeOf(part !== 'morning' && hour < 12 ? hour + 12 : hour, minute)];
    return likelyTimes(hour, minute, hours);
}

const partTags: [string, PartOfDay][] = [
    ['casualReference/morning', 'morning'],
    ['casualReference/afternoon', 'afternoon'],
    ['casualReference/evening', 'evening'],
    ['casualReference/tonight', 'evening'],
];

/** The part of day a result names. */
export function partOf(result: ParsedResult): PartOfDay | undefined {
    const tags = [...result.tags()];
    return partTags.find(([tag]) => tags.some((given) => given.endsWith(tag)))?.[1];
}
