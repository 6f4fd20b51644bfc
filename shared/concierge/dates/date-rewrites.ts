import { addDays, dateOf, dateParts, endOfMonth, weekdayOf } from '../../zoned-time.ts';
import { agreeing, nextDate, nextDayOfMonth } from './calendar.ts';
import { day, iso, type Sources } from './sources.ts';
import { any, placeOf, type Vocabulary, whole } from './vocabulary.ts';
import type { Reading, Rewrite } from './words.ts';

const monthNumber = '(?:1[0-2]|0?[1-9])';
const year = '(?:20\\d\\d|\\d\\d)(?!\\d)';

function written(date: string | undefined, { notes }: Reading): string {
    if (date === undefined) notes.impossible = true;
    return date === undefined ? ' ' : ` ${date} `;
}

/** Dates in figures, day before month as all these languages have it. */
export function figureRewrites({ to, oclock, beforeHour }: Sources): Rewrite[] {
    const start = '(?<![\\d./:-])';
    return [
        {
            pattern: new RegExp(
                `${start}(?<from>${day})\\.?${to}(?<to>${day})[./](?<month>${monthNumber})(?:[./](?<year>${year})|\\.)?(?!\\d)`,
                'giu',
            ),
            to: ({ whole: said, groups }, { today, notes }) => {
                const first = nextDate(today, Number(groups.from), Number(groups.month), groups.year);
                const last = nextDate(today, Number(groups.to), Number(groups.month), groups.year);
                if (!first || !last || last < first) return said;
                notes.date ??= first;
                notes.until ??= last;
                return ' ';
            },
        },
        {
            pattern: new RegExp(
                `${start}(?<a>\\d{1,2})(?<mark>[/-])(?<b>\\d{1,2})(?:\\k<mark>(?<year>\\d{4}|\\d{2}))?(?![\\d/]|-\\d)`,
                'gu',
            ),
            to: ({ whole: said, groups }, reading) => {
                // "10-12" are hours until a year says otherwise.
                if (groups.mark === '-' && !groups.year) return said;
                const [a, b] = [Number(groups.a), Number(groups.b)];
                const read = (day: number, month: number) => nextDate(reading.today, day, month, groups.year);
                return written(read(a, b) ?? (b > 12 ? read(b, a) : undefined), reading);
            },
        },
        {
            pattern: new RegExp(
                `${start}(?<day>\\d{1,2})\\.\\s?(?<month>${monthNumber})\\.(?:\\s?(?<year>${year}))?(?!\\d)`,
                'gu',
            ),
            to: ({ groups }, reading) =>
                written(
                    nextDate(reading.today, Number(groups.day), Number(groups.month), groups.year),
                    reading,
                ),
        },
        // "21.11" is a date, and a time of day only where words say so.
        {
            pattern: new RegExp(
                `(?<!${beforeHour}\\s*)${start}(?<day>${day})\\.(?<month>${monthNumber})(?:\\.(?<year>${year}))?(?![\\d.]|\\s?${oclock})`,
                'giu',
            ),
            to: ({ whole: said, groups }, { today }) => {
                const date = nextDate(today, Number(groups.day), Number(groups.month), groups.year);
                return date ? ` ${date} ` : said;
            },
        },
    ];
}

/** A day of the month with its month in words, beside a weekday or where chrono would not see the slip. */
export function monthRewrites(words: Vocabulary, { weekday, shortWeekday, month, to }: Sources): Rewrite[] {
    const name = `(?:${weekday}|${shortWeekday}\\.?)`;
    const mark = `(?:${any(words.dayMark)})?`;
    const number = (said: string | undefined) =>
        placeOf(said, words.weekdays) || placeOf(said, words.shortWeekdays);
    const dated = `(?<day>\\d{1,2})${mark}\\s*(?:${any(words.ofMonth)}\\s*)?(?<month>${month})\\.?(?:,?\\s*(?:${any(words.ofMonth)}\\s*)?(?<year>20\\d\\d))?`;
    return [
        {
            pattern: whole(
                `(?:${any(words.rangeFrom)}\\s+)?(?<from>${day})${mark}${to}(?:${any(words.dayArticle)}\\s+)?${dated}`,
            ),
            to: ({ whole: said, groups }, { today, notes }) => {
                const place = placeOf(groups.month, words.months);
                const last = nextDate(today, Number(groups.day), place, groups.year);
                const days = Number(groups.day) - Number(groups.from);
                if (!last || days <= 0) return said;
                notes.date ??= addDays(last, -days);
                notes.until ??= last;
                return ' ';
            },
        },
        {
            pattern: whole(`(?:(?<name>${name}),?\\s*(?:${any(words.dayArticle)}\\s*)?)?${dated}`),
            to: ({ whole: said, groups }, reading) => {
                const place = placeOf(groups.month, words.months);
                const date = nextDate(reading.today, Number(groups.day), place, groups.year);
                if (!date || groups.year) return written(date, reading);
                // Without a weekday beside it chrono reads it.
                return groups.name ? agreeing(date, number(groups.name), reading) : said;
            },
        },
        {
            pattern: whole(
                `(?<day>\\d{1,2}${mark}\\s*(?:${any(words.ofMonth)}\\s*)?${month}\\.?),?\\s+(?<hour>(?:2[0-3]|1\\d|\\d))(?![\\d:.h/])`,
            ),
            to: ({ groups }) => `${groups.day} ⟦m${Number(groups.hour) * 60}~⟧`,
        },
        {
            pattern: whole(
                `(?:${any(words.monthBefore)}\\s+|(?<=^[^\\p{L}\\p{N}]*))(?<month>${month})`,
                `(?:\\s+(?:${any(words.ofMonth)}\\s+)?(?<year>20\\d\\d)|(?!\\s*\\d))`,
            ),
            to: ({ groups }, { today, notes }) => {
                const place = placeOf(groups.month, words.months);
                const { year, month: current } = dateParts(today);
                const said = groups.year ? Number(groups.year) : year + (place < current ? 1 : 0);
                const first = dateOf(said, place, 1) ?? today;
                notes.date ??= first.slice(0, 7) === today.slice(0, 7) ? today : first;
                notes.until ??= endOfMonth(first);
                return ' ';
            },
        },
        {
            pattern: whole(`(?<name>${name}),?\\s*(?:${any(words.dayArticle)}\\s*)?(?<date>${iso})`),
            to: ({ groups }, reading) => agreeing(groups.date ?? '', number(groups.name), reading),
        },
    ];
}

/** "The 28th", "Friday 27", "from the 24th to the 26th": days whose month goes without saying. */
export function dayOfMonthRewrites(words: Vocabulary, sources: Sources): Rewrite[] {
    const { weekday, shortWeekday, to, notDay } = sources;
    const mark = `(?<mark>${any(words.dayMark)})?`;
    const number = (said: string | undefined) =>
        placeOf(said, words.weekdays) || placeOf(said, words.shortWeekdays);
    const marksDays = words.dayMark.includes('\\.');
    return [
        {
            pattern: whole(
                `${any(words.daysFrom)}\\s+(?<from>${day})${any(words.dayMark)}?${to}(?:${any(words.dayArticle)}\\s+)?(?<to>${day})${any(words.dayMark)}?`,
                notDay,
            ),
            to: ({ whole: said, groups }, { today, notes }) => {
                const first = nextDayOfMonth(today, Number(groups.from));
                const days = Number(groups.to) - Number(groups.from);
                if (!first || days <= 0) return said;
                notes.date ??= first;
                notes.until ??= addDays(first, days);
                return ' ';
            },
        },
        {
            pattern: whole(
                `(?<name>${weekday}|${shortWeekday}\\.?),?\\s*(?<article>${any(words.dayArticle)}\\s*)?(?<day>${day})${mark}`,
                notDay,
            ),
            to: ({ whole: said, groups }, reading) => {
                const date = nextDayOfMonth(reading.today, Number(groups.day));
                const place = number(groups.name);
                if (!date || !place) return said;
                const isDay = groups.article || groups.mark || Number(groups.day) > 24;
                if (isDay) return agreeing(date, place, reading);
                // "Friday 14" is the fourteenth if that is a Friday, and two in the afternoon otherwise.
                const maybe = weekdayOf(date) === place && (!marksDays || Number(groups.day) > 12);
                return maybe ? ` ${date} ` : said;
            },
        },
        {
            pattern: whole(`(?:${any(words.dayBefore)})\\s*(?<day>${day})${any(words.dayMark)}?`, notDay),
            to: ({ whole: said, groups }, { today }) => {
                const date = nextDayOfMonth(today, Number(groups.day));
                return date ? ` ${date} ` : said;
            },
        },
        {
            pattern: new RegExp(`^\\W*(?<day>${day})${any(words.dayMark)}\\W*$`, 'giu'),
            to: ({ whole: said, groups }, { today }) =>
                (marksDays && nextDayOfMonth(today, Number(groups.day))) || said,
        },
    ];
}
