import { addDays, endOfMonth, weekdayOf } from '../../zoned-time.ts';
import { nextDayOfMonth, noteNextWeekend, noteRange, noteWeekend } from './calendar.ts';
import { day, iso, type Sources } from './sources.ts';
import { any, placeOf, type Vocabulary, whole } from './vocabulary.ts';
import { inNextWeek, onOrAfter, type Reading, type Rewrite } from './words.ts';

/** Writes a day into the text, and remembers the other day that its words can mean. */
function doubtful(date: string, also: string, { notes }: Reading): string {
    notes.also = { ...notes.also, [date]: also };
    return ` ${date} `;
}

/** Weeks, weekends and months as stretches of days. */
export function stretchRewrites(words: Vocabulary, { weekday, to }: Sources): Rewrite[] {
    const number = (name: string | undefined) => placeOf(name, words.weekdays);
    const weekend = any(words.weekend);
    const beside = (before: string | undefined, after: string | undefined) =>
        [before && `${any(before)}\\s+${weekend}`, after && `${weekend}\\s+${any(after)}`]
            .filter(Boolean)
            .join('|') || '(?!)';
    const inWeek = (week: string) =>
        whole(
            `(?:${any(week)},?\\s*(?:${any(words.ofWeek)}\\s*)?(?<first>${weekday})|`,
            `(?<second>${weekday}),?\\s*(?:${any(words.ofWeek)}\\s*)?${any(week)})`,
        );
    return [
        {
            pattern: inWeek(words.nextWeek),
            to: ({ groups }, { today }) => ` ${inNextWeek(today, number(groups.first ?? groups.second))} `,
        },
        {
            pattern: inWeek(words.thisWeek),
            to: ({ groups }, { today }) => ` ${onOrAfter(today, number(groups.first ?? groups.second))} `,
        },
        {
            pattern: whole(
                `(?:${any(words.rangeFrom)}\\s+)?(?<first>${weekday})${to}`,
                `(?:${any(words.dayArticle)}\\s+)?(?<second>${weekday})`,
            ),
            to: ({ groups }, reading) => {
                const from = onOrAfter(reading.today, number(groups.first));
                const days = (number(groups.second) - number(groups.first) + 7) % 7;
                return noteRange(from, days, reading);
            },
        },
        {
            pattern: whole(`(?:${beside(words.nextBefore, words.nextAfter)})`),
            to: (_, reading) => {
                const { today, notes } = reading;
                if (weekdayOf(today) > 5) return noteNextWeekend(reading);
                notes.dateOptions = [onOrAfter(today, 6), inNextWeek(today, 6)];
                return ' ';
            },
        },
        {
            pattern: whole(`(?:${beside(words.comingBefore, words.comingAfter)})`),
            to: (_, reading) =>
                weekdayOf(reading.today) > 5 ? noteNextWeekend(reading) : noteWeekend(reading),
        },
        {
            pattern: whole(`(?:${any(words.thisBefore)}\\s+)?${weekend}`),
            to: (_, reading) => noteWeekend(reading),
        },
        {
            pattern: whole(any(words.thisWeek)),
            to: (_, reading) => noteRange(reading.today, 7 - weekdayOf(reading.today), reading),
        },
        {
            pattern: whole(any(words.nextWeek)),
            to: (_, reading) => noteRange(inNextWeek(reading.today, 1), 6, reading),
        },
        {
            pattern: whole(
                `(?:(?:${any(words.dayBefore)}\\s*)?(?<day>${day})${any(words.dayMark)}?\\s*(?:${any(words.ofMonth)}\\s*)?)?`,
                `(?:(?<next>${any(words.nextMonth)})|${any(words.thisMonth)})`,
            ),
            to: ({ whole: said, groups }, { today, notes }) => {
                if (groups.day) {
                    const date = nextDayOfMonth(today, Number(groups.day), groups.next ? 1 : 0);
                    return date ? ` ${date} ` : said;
                }
                notes.date ??= groups.next ? addDays(endOfMonth(today), 1) : today;
                notes.until ??= endOfMonth(notes.date);
                return ' ';
            },
        },
    ];
}

/** Today, tomorrow, parts of the day, and weekdays with what is said beside them. */
export function nearRewrites(words: Vocabulary, { weekday, shortWeekday }: Sources): Rewrite[] {
    const parts = ['morning', 'afternoon', 'evening'] as const;
    const written =
        (days: number): Rewrite['to'] =>
        (_, { today }) =>
            ` ${addDays(today, days)} `;
    const near = `(?<near>${any(words.today)})|(?<next>${any(words.tomorrow)})|(?<name>${weekday})`;
    const later = (words: string, days: number): Rewrite => ({
        pattern: whole(`(?:${near})\\s+`, any(words)),
        to: ({ groups }, reading) => {
            const { today } = reading;
            if (groups.near) return ` ${addDays(today, days)} `;
            if (groups.next) return ` ${addDays(today, days + 1)} `;
            const date = addDays(onOrAfter(today, number(groups.name)), days);
            // On a Friday, "a week on Friday" is in seven days to some and in fourteen to others.
            return number(groups.name) === weekdayOf(today)
                ? doubtful(date, addDays(date, 7), reading)
                : ` ${date} `;
        },
    });
    const number = (name: string | undefined) =>
        placeOf(name, words.weekdays) || placeOf(name, words.shortWeekdays);
    const beside = (before: string | undefined, after: string | undefined) =>
        whole(
            `(?:${before ? `${any(before)}\\s+(?<first>${weekday})` : '(?!)'}|`,
            `${after ? `(?<second>${weekday})\\s+${any(after)}` : '(?!)'})`,
        );
    const named =
        (to: (weekday: number, reading: Reading) => string): Rewrite['to'] =>
        ({ groups }, reading) =>
            to(number(groups.first ?? groups.second), reading);
    return [
        later(words.fortnightAfter, 14),
        later(words.weekAfter, 7),
        ...parts.map((part) => ({
            pattern: whole(any(words.todayParts[part])),
            to: (_: unknown, { today, notes }: Reading) => {
                notes.parts = [...(notes.parts ?? []), part];
                return ` ${today} `;
            },
        })),
        { pattern: whole(any(words.afterTomorrow)), to: written(2) },
        ...parts.map((part) => ({
            pattern: whole(any(words.parts[part])),
            to: (_: unknown, { notes }: Reading) => {
                notes.parts = [...(notes.parts ?? []), part];
                return ' ';
            },
        })),
        { pattern: whole(any(words.tomorrow)), to: written(1) },
        { pattern: whole(any(words.today)), to: written(0) },
        {
            pattern: whole(any(words.now)),
            to: (_, { today, notes }) => {
                notes.any = true;
                return ` ${today} `;
            },
        },
        {
            pattern: beside(words.nextBefore, words.nextAfter),
            to: named((weekday, reading) => {
                const { today } = reading;
                const coming = onOrAfter(addDays(today, 1), weekday);
                const later = inNextWeek(today, weekday);
                return coming === later ? ` ${coming} ` : doubtful(coming, later, reading);
            }),
        },
        {
            pattern: beside(words.comingBefore, words.comingAfter),
            to: named((weekday, { today }) => ` ${onOrAfter(addDays(today, 1), weekday)} `),
        },
        {
            pattern: beside(words.thisBefore, undefined),
            to: named((weekday, { today }) => ` ${onOrAfter(today, weekday)} `),
        },
        {
            pattern: whole(
                `(?:(?<first>${weekday})|(?<second>${shortWeekday})(?=\\.?,?\\s*(?:\\d|⟦))|`,
                `(?<=^[^\\p{L}\\p{N}]*)(?<alone>${shortWeekday})(?=[^\\p{L}\\p{N}]*$))\\.?,?`,
            ),
            to: ({ whole: said, groups }, reading) => {
                const short = groups.second ?? groups.alone;
                if (words.capitalShorts && short && short[0] === short[0]?.toLowerCase()) return said;
                const date = onOrAfter(reading.today, number(groups.first ?? short));
                return date === reading.today ? doubtful(date, addDays(date, 7), reading) : ` ${date} `;
            },
        },
        // "Am 2026-11-27" is a day; what else stands before it says nothing more.
        { pattern: new RegExp(`(?:${any(words.dayBefore)})\\s+(?=${iso})`, 'giu'), to: () => ' ' },
    ];
}
