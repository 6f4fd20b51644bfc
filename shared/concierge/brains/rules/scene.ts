import type { BookingView } from '../../../desk/turn-types.ts';
import { shortDayText, timeText } from '../../../when-text.ts';
import { instantAt, wallTime } from '../../../zoned-time.ts';
import { placeOf, type Turn } from '../../turn-state.ts';
import type { Intent, Lexicon } from './lexicon.ts';
import type { Phrases, SpokenWhen } from './phrases.ts';
import type { Reading } from './reading.ts';

/** What a step of the conversation sees: the turn, what was said, and the words to answer with. */
export type Scene = {
    turn: Turn;
    reading: Reading;
    lexicon: Lexicon;
    phrases: Phrases;
    /** The customer was told already that the time they meant is gone. */
    toldGone?: true;
    /** The customer knows that the time is free: it was offered to them. */
    toldFree?: true;
};

/** The same scene with nothing said in it: for going on from what is known. */
export function quiet(scene: Scene): Scene {
    const { texts, text, choice, unreadable } = scene.reading;
    const silent = { services: [], instructorId: undefined, participants: undefined, name: undefined };
    return {
        ...scene,
        reading: { texts, text, choice, unreadable, intents: new Set(), when: { rest: '' }, ...silent },
    };
}

/** Whether the messages are about one of these. */
export const has = ({ reading }: Scene, ...intents: Intent[]) =>
    intents.some((intent) => reading.intents.has(intent));

/** Joins sentences and paragraphs, leaving out what was not said. */
export function say(...parts: (string | undefined)[]): string {
    return parts.filter(Boolean).join(' ');
}

export function paragraphs(...parts: (string | undefined)[]): string {
    return parts.filter(Boolean).join('\n\n');
}

/** "Saturday 21 November" */
export function dayWords(date: string, turn: Turn): string {
    const place = placeOf(turn);
    return shortDayText(instantAt(date, '12:00', place.zone), place);
}

/** "10:00", as the business writes it. */
export function timeWords(date: string, time: string, turn: Turn): string {
    const place = placeOf(turn);
    return timeText(instantAt(date, time, place.zone), place);
}

export function spokenWhen(date: string, time: string, turn: Turn): SpokenWhen {
    return { day: dayWords(date, turn), time: timeWords(date, time, turn) };
}

/** Day and time of an instant on the wall of the business. */
export function wallOf(instant: string, { context }: Turn) {
    return wallTime(new Date(instant), context.business.time_zone);
}

/** Bookings that can still be moved or cancelled. */
export function openBookings({ context }: Turn): BookingView[] {
    return context.upcoming_bookings.filter(({ status }) => status !== 'cancelled');
}
