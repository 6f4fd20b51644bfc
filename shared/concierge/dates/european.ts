import { nextDayOfMonth } from './calendar.ts';
import { clockRewrites } from './clock-rewrites.ts';
import { dayOfMonthRewrites, figureRewrites, monthRewrites } from './date-rewrites.ts';
import { nearRewrites, stretchRewrites } from './day-rewrites.ts';
import { distanceRewrites } from './distances.ts';
import { sourcesOf } from './sources.ts';
import { any, type Vocabulary, whole } from './vocabulary.ts';
import type { DateWords, Rewrite } from './words.ts';

/**
 * The reader of a language of the continent from its vocabulary. chrono-node reads dates with their month, stretches
 * of them and distances in days, weeks and months; the rest of what its locales lack is read here.
 */
export function european(words: Vocabulary): DateWords {
    const sources = sourcesOf(words);
    const bareDay: Rewrite = {
        pattern: /^[^\p{L}\p{N}]*(?<number>\d{1,2})[^\p{L}\p{N}]*$/u,
        to: ({ whole: said, groups }, { expecting, today }) => {
            const date = expecting === 'day' && nextDayOfMonth(today, Number(groups.number));
            return date ? ` ${date} ` : said;
        },
    };
    return {
        chrono: words.chrono,
        trustsChrono: false,
        rewrites: [
            { pattern: /[⟦⟧]/g, to: () => ' ' },
            { pattern: whole(any(words.greetings)), to: () => ' ' },
            ...words.first,
            ...figureRewrites(sources),
            ...distanceRewrites(words, sources),
            ...monthRewrites(words, sources),
            ...stretchRewrites(words, sources),
            ...dayOfMonthRewrites(words, sources),
            ...nearRewrites(words, sources),
            bareDay,
            ...clockRewrites(words, sources),
        ],
        nextWeek: /(?!)/,
        thisOne: /(?!)/,
        beforeMonth: /(?!)/,
        correction: words.correction,
        fillers: words.fillers,
    };
}
