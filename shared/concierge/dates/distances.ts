import { addDays } from '../../zoned-time.ts';
import { amount, type Sources } from './sources.ts';
import { any, type Vocabulary, whole } from './vocabulary.ts';
import type { Rewrite } from './words.ts';

/** What lies behind, how far ahead something is, and lengths of time, which are no dates at all. */
export function distanceRewrites(words: Vocabulary, sources: Sources): Rewrite[] {
    const { number, unit, weekday } = sources;
    const { units } = words;
    const some = `(?:${number}|${any(words.one, words.half)})`;
    const stretch = `(?:${weekday}|${any(units.week, units.month, words.weekend)})`;
    const past = (pattern: RegExp): Rewrite => ({
        pattern,
        to: (_, { notes }) => {
            notes.past = true;
            return ' ';
        },
    });
    const behind = [past(whole(any(words.past)))];
    if (words.agoBefore) behind.push(past(whole(any(words.agoBefore), `\\s+${some}\\s*${unit}`)));
    if (words.agoAfter) behind.push(past(whole(`${some}\\s*${unit}\\s+`, any(words.agoAfter))));
    if (words.lastBefore) behind.push(past(whole(any(words.lastBefore), `\\s+${stretch}`)));
    if (words.lastAfter) behind.push(past(whole(`${stretch}\\s+`, any(words.lastAfter))));

    return [
        ...behind,
        {
            pattern: whole(any(words.any)),
            to: (_, { notes }) => {
                notes.any = true;
                return ' ';
            },
        },
        {
            pattern: whole(
                any(words.in),
                `\\s+(?:(?<half>${any(words.half)})|(?<one>${any(words.one)})|(?<count>${number}))\\s*`,
                `(?:(?<hours>${any(units.hour)}|h)|${any(units.minute)}|min)\\.?`,
            ),
            to: ({ groups }, reading) => {
                const count = groups.half ? 0.5 : groups.one ? 1 : amount(groups.count, words);
                const wall = reading.wallIn(groups.hours ? count * 60 : count);
                reading.notes.times = [[wall.time]];
                return ` ${wall.date} `;
            },
        },
        ...words.idioms.map(
            ([said, days]): Rewrite => ({
                pattern: whole(any(words.in), '\\s+', any(said)),
                to: (_, { today }) => ` ${addDays(today, days)} `,
            }),
        ),
        lengths(words, sources),
        // "10 Jahre alt", "2 Personen": chrono would see ten years ahead.
        { pattern: whole(`${number}\\s*`, any(words.counted)), to: () => ' ' },
    ];
}

/** "2 hours", "half a day": no distance from now unless "in" says so, and no time of day either. */
function lengths(words: Vocabulary, { number, beforeHour }: Sources): Rewrite {
    const { units } = words;
    const some = `(?:${number}|${any(words.one, words.half)})`;
    const spans = any(units.hour, units.minute, units.day, units.week, units.month);
    const notFrom = `(?<!(?:^|[^\\p{L}])(?:${any(words.in)}|${beforeHour})\\s*)`;
    const after = `(?:${any(words.lasting)}\\s*${some}\\s*(?:${spans}|h|min)`;
    // "2h" is a length, "10h" a time: nobody books a lesson of ten hours, or at two in the night.
    return {
        pattern: whole(
            `(?:${after}(?!\\p{L}))|${notFrom}(?:${some}\\s*${spans}|[1-6]\\s?h|\\d+\\s?min))`,
            '(?!\\s?\\d)',
        ),
        to: () => ' ',
    };
}
