import { any, type Vocabulary } from './vocabulary.ts';

/** Pieces of patterns that the rewrites of days and of times share. */
export type Sources = ReturnType<typeof sourcesOf>;

/** A date the rewrites have written into the text. */
export const iso = '\\d{4}-\\d{2}-\\d{2}';
export const day = '(?:3[01]|[12]\\d|0?[1-9])';

export function sourcesOf(words: Vocabulary) {
    const { clock, units } = words;
    const spoken = Object.keys(words.numbers).sort((a, b) => b.length - a.length);
    const number = `(?:\\d{1,3}(?:[.,]\\d)?|${any(...spoken)})`;
    const month = `(?:${any(...words.months)}(?![\\p{L}]))`;
    const unit = any(units.hour, units.minute, units.day, units.week, units.month);
    const oclock = `(?:${any(clock.oclock)}(?![\\p{L}]))`;
    return {
        number,
        month,
        unit,
        oclock,
        hour: `(?:2[0-4]|1\\d|0?\\d|${any(...spoken)}(?![\\p{L}\\p{N}]))`,
        weekday: any(...words.weekdays),
        shortWeekday: any(...words.shortWeekdays),
        article: `(?:${any(clock.article)}\\s*)`,
        to: `(?:\\s*(?:-|(?<!\\p{L})${any(words.rangeTo)}(?!\\p{L}))\\s*)`,
        /** After a number: it is part of a longer one, of a date, a length or a head count. */
        countsElse: `(?![\\p{N}]|[.,:/-]\\d|\\s?[%€$£]|\\s*(?:${unit}|${any(words.counted)}|${month})(?!\\p{L}))`,
        /** After a day of the month: it is an hour, or the month is said as well. */
        notDay: `(?!\\p{N}|[:/-]\\d|\\.\\d|\\s?${oclock}|(?:${any(words.dayMark)})?\\s*(?:${any(words.ofMonth)}\\s*)?${month}|\\s*(?:${unit}|${any(words.counted)})(?!\\p{L}))`,
        /** Before an hour: it is meant as one. */
        beforeHour: `(?:${any(clock.at, clock.after, clock.before, clock.between, clock.from, clock.to, clock.and)}\\s*(?:${any(clock.article)}\\s*)?)`,
    };
}

/** A number in digits or in words; NaN for none. */
export function amount(said: string | undefined, words: Vocabulary): number {
    const text = said?.trim().toLowerCase() ?? '';
    if (/^\d/.test(text)) return Number(text.replace(',', '.'));
    const known = Object.entries(words.numbers).find(([word]) =>
        new RegExp(`^${any(word)}$`, 'iu').test(text),
    );
    return known?.[1] ?? Number.NaN;
}
