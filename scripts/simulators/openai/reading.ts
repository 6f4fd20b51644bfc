import * as chrono from 'chrono-node';
import type { View } from './view.ts';

export type Intent = 'yes' | 'no' | 'person' | 'list' | 'cancel' | 'move' | 'info' | 'book';

const intents: [Intent, RegExp][] = [
    ['person', /\b(human|real person|(talk|speak) to (a|some)\w*|person|owner|manager)\b/i],
    ['cancel', /\bcancel|call (it|the lesson) off\b/i],
    ['move', /\b(move|reschedule|change|postpone|another (time|day))\b/i],
    ['list', /\b(what|which|when|do i|my)\b.*\b(have i|i have|my bookings?|my lessons?|booked)\b/i],
    ['yes', /^\W*(yes|yep|yeah|ok|okay|sure|correct|perfect|sounds good)\b|\bbook it\b/i],
    ['no', /^\W*(no|nope|not that|rather not)\b/i],
    ['info', /\b(price|cost|how much|hours|open|where|offer)\b/i],
];

/** What the customer wants with these words; booking when nothing else is said. */
export function intentOf(text: string): Intent {
    const tapped = tappedOf(text);
    // "Yes, cancel it" on a button is a yes before it is a cancellation.
    const answer = tapped === undefined ? undefined : /^(yes|no)\b/i.exec(tapped)?.[1]?.toLowerCase();
    if (answer === 'yes' || answer === 'no') return answer;
    return intents.find(([, words]) => words.test(tapped ?? text))?.[0] ?? 'book';
}

/** The title of a tapped button or row, e.g. from `[tapped: Sat 21 Nov 10:00]`. */
export function tappedOf(text: string): string | undefined {
    return /\[tapped:\s*(.+?)\]/i.exec(text)?.[1];
}

/** All the customer has said since the desk last spoke: one thought in fragments. */
export function latestWords(view: View): string {
    const lastDesk = view.said.findLastIndex(({ by }) => by === 'desk');
    return view.said
        .slice(lastDesk + 1)
        .map(({ text }) => text)
        .join('\n');
}

/** The customer's texts of the matter at hand, newest first: nothing older than the last YES. */
export function matter(view: View): string[] {
    const texts = view.said.filter(({ by }) => by === 'customer').map(({ text }) => text);
    const [latest = '', ...older] = texts.reverse();
    const settled = older.findIndex((text) => intentOf(text) === 'yes');
    return [latest, ...(settled === -1 ? older : older.slice(0, settled))];
}

/** Whether the matter is a booking, a move or a cancellation: the newest text that says so. */
export function matterIntent(view: View): 'book' | 'move' | 'cancel' {
    for (const text of matter(view)) {
        const intent = intentOf(text);
        if (intent === 'move' || intent === 'cancel') return intent;
        if (/\b(book|lesson|class)\b/i.test(text)) return 'book';
    }
    return 'book';
}

export interface When {
    date?: string;
    time?: string;
    partOfDay?: 'morning' | 'afternoon' | 'evening';
}

/** Day and time as last mentioned, each by itself: "Saturday", then "rather at 11". */
export function whenOf(view: View): When {
    const today = /\b20\d\d-\d\d-\d\d\b/.exec(view.briefing)?.[0] ?? new Date().toISOString().slice(0, 10);
    const reference = { instant: new Date(`${today}T00:00:01Z`), timezone: 0 };
    const when: When = {};
    for (const text of matter(view)) {
        const words = tappedOf(text) ?? text;
        for (const { start } of chrono.en.parse(words, reference, { forwardDate: true })) {
            if (start.isCertain('day') || start.isCertain('weekday')) when.date ??= isoDate(start);
            if (start.isCertain('hour')) when.time ??= isoTime(start);
        }
        const part = /\b(morning|afternoon|evening)\b/i.exec(words)?.[1]?.toLowerCase();
        if (part === 'morning' || part === 'afternoon' || part === 'evening') when.partOfDay ??= part;
    }
    return when;
}

const two = (value: number | null): string => String(value ?? 0).padStart(2, '0');
const isoDate = (at: chrono.ParsedComponents): string =>
    `${at.get('year')}-${two(at.get('month'))}-${two(at.get('day'))}`;
const isoTime = (at: chrono.ParsedComponents): string => `${two(at.get('hour'))}:${two(at.get('minute'))}`;

const numbers: Record<string, number> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 };

/** How many people, as last mentioned; one when nobody says. */
export function participantsOf(view: View): number {
    for (const text of matter(view)) {
        const count =
            /\b(\d|one|two|three|four|five|six) (people|persons?|adults?|kids|children|beginners?|of us)\b/i.exec(
                text,
            )?.[1];
        if (count !== undefined) return numbers[count.toLowerCase()] ?? Number(count);
    }
    return 1;
}

/** A name the customer gives, or the answer to the desk's question for one. */
export function nameOf(view: View): string | null {
    const asked = /\bname\b/i.test(view.said.findLast(({ by }) => by === 'desk')?.text ?? '');
    const answer = latestWords(view).trim();
    if (asked && /^\p{Lu}[\p{L}' -]{1,60}$/u.test(answer)) return answer;
    for (const text of matter(view)) {
        const name =
            /\b(?:my name is|i am called|i'm called|name:)\s+(\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)?)/iu.exec(
                text,
            )?.[1];
        if (name !== undefined) return name;
    }
    return null;
}

/** "with Anna": a capitalised word after "with", as last mentioned. */
export function instructorOf(view: View): string | null {
    for (const text of matter(view)) {
        const name = /\bwith (\p{Lu}[\p{L}'-]+)/u.exec(text)?.[1];
        if (name !== undefined) return name;
    }
    return null;
}

/** The candidate that shares most words with the newest text that shares any; undefined when none does. */
export function bestMatch<T>(view: View, candidates: T[], wordsOf: (candidate: T) => string): T | undefined {
    for (const text of matter(view)) {
        const said = new Set(wordsIn(text));
        const scored = candidates.map((candidate) => ({
            candidate,
            score: new Set(wordsIn(wordsOf(candidate)).filter((word) => said.has(word))).size,
        }));
        const best = scored.reduce<(typeof scored)[number] | undefined>(
            (top, each) => (each.score > (top?.score ?? 0) ? each : top),
            undefined,
        );
        if (best !== undefined) return best.candidate;
    }
    return undefined;
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
