import type { BookingView, ContextMessage, Service } from '../../../desk/turn-types.ts';
import { type Choice, readChoice } from '../../choices.ts';
import { readWhen, type When } from '../../dates.ts';
import { namedIn } from '../../matching.ts';
import { wordsIn } from '../../message-text.ts';
import { usualDay } from '../../opening-hours.ts';
import type { Turn } from '../../turn-state.ts';
import { type Intent, intents, type Lexicon } from './lexicon.ts';

/** Everything the unanswered messages say, read together as one thought. */
export type Reading = {
    texts: string[];
    text: string;
    /** The last thing tapped. */
    choice: { choice: Choice; id: string } | undefined;
    intents: ReadonlySet<Intent>;
    when: When;
    /** The services it may mean: several when that is open. */
    services: Service[];
    instructorId: string | 'anyone' | undefined;
    participants: number | undefined;
    name: string | undefined;
    /** Kinds of messages that cannot be read here: images, voice notes, places. */
    unreadable: string[];
};

/** The messages that wait for an answer, oldest first. */
export function unansweredOf({ context }: Turn): ContextMessage[] {
    return context.messages.filter(({ seq, role }) => role === 'user' && context.unanswered.includes(seq));
}

export function readTurn(turn: Turn, lexicon: Lexicon): Reading {
    const messages = unansweredOf(turn);
    const taps = messages.flatMap(({ content }) => (content.type === 'choice' ? [content.id] : []));
    const tapped = taps.map((id) => ({ id, choice: readChoice(id) })).findLast(({ choice }) => choice);
    const texts = messages
        // A tap says what its id says: its title must not be read a second time.
        .filter(({ content }) => !(content.type === 'choice' && readChoice(content.id)))
        .map(({ content }) => wordsIn(content))
        .filter((text) => text !== '');
    const text = texts.join('\n');
    const unreadable = messages
        .filter(({ content }) => content.type !== 'choice' && content.type !== 'reaction')
        .filter(({ content }) => wordsIn(content) === '' && content.type !== 'text')
        .map(({ content }) => (content.type === 'audio' && content.media.voice ? 'voice' : content.type));
    const name = lexicon.name.exec(text)?.groups?.name;
    const found = new Set(
        intents.filter((intent) => texts.some((said) => lexicon.intents[intent].test(said))),
    );
    return {
        texts,
        text,
        choice: tapped?.choice && { id: tapped.id, choice: tapped.choice },
        intents: found,
        when: whenIn(texts, found.has('reschedule'), turn, lexicon),
        services: servicesIn(text, turn),
        instructorId: instructorIn(name ? text.replace(name, ' ') : text, turn, lexicon),
        participants: participantsIn(text, lexicon),
        name,
        unreadable,
    };
}

/** Reads the fragments one by one; what is said later wins. */
function whenIn(texts: string[], moving: boolean, turn: Turn, lexicon: Lexicon): When {
    const { context, draft, at } = turn;
    const options = {
        now: at,
        zone: context.business.time_zone,
        hours: usualDay(context.weekly_hours),
        expecting: draft.asked === 'time' || draft.asked === 'day' ? draft.asked : undefined,
    };
    const rests: string[] = [];
    let merged: When = { rest: '' };
    for (const text of texts) {
        const clear = text.replace(lexicon.daytimeGreeting, ' ');
        const cut = moving ? clear.replace(lexicon.beforeNewTime, ' ') : clear;
        // What is left of "move it to 11" is a bare number that can only be a time.
        const expecting = cut === clear ? options.expecting : (options.expecting ?? 'time');
        const said = readWhen(cut, { ...options, expecting }, turn.language);
        const { rest, ...when } = said;
        rests.push(rest);
        if (when.date) {
            delete merged.until;
            delete merged.past;
            if (merged.unclear?.kind === 'date') delete merged.unclear;
        }
        if (when.time || when.part || when.earliest || when.latest) {
            for (const key of ['time', 'part', 'earliest', 'latest'] as const) delete merged[key];
        }
        merged = { ...merged, ...when };
    }
    return { ...merged, rest: rests.join('\n').trim() };
}

/** Services named; a word that every service shares ("lesson") names none of them. */
function servicesIn(text: string, { context, draft }: Turn): Service[] {
    const named = namedIn(text, context.services);
    if (named.length === context.services.length && named.length > 1) return [];
    const kept = named.find(({ id }) => id === draft.service_id);
    return kept ? [kept] : named;
}

function instructorIn(text: string, { context }: Turn, lexicon: Lexicon): Reading['instructorId'] {
    for (const { id, name } of context.instructors) {
        const first = name.split(' ')[0] ?? name;
        const at = new RegExp(`(?<!\\p{L})(?:${escaped(name)}|${escaped(first)})(?!\\p{L})`, 'iu').exec(text);
        // "will" and "may" are names and words: in lower case a name needs a "with" before it.
        const capital = at?.[0][0] !== at?.[0][0]?.toLowerCase();
        if (at && (capital || lexicon.withSomeone.test(text.slice(0, at.index)))) return id;
    }
    return lexicon.anyone.test(text) ? 'anyone' : undefined;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function participantsIn(text: string, { people, numbers, companion }: Lexicon): number | undefined {
    let count = 0;
    for (const { groups } of text.matchAll(people)) {
        const said = (groups?.group ?? groups?.count ?? '').toLowerCase();
        count += numbers[said] ?? Number(said);
    }
    if (count > 0) return Math.min(count, 20);
    return companion.test(text) ? 2 : undefined;
}

/** The bookings a message may mean, by reference, service, instructor or day. */
export function bookingsMeant(
    reading: Reading,
    bookings: readonly BookingView[],
    zone: (at: string) => string,
) {
    const lower = reading.text.toLowerCase();
    const byReference = bookings.filter(({ reference }) => lower.includes(reference.toLowerCase()));
    if (byReference.length > 0) return byReference;
    const fits = (booking: BookingView) =>
        (reading.when.date === undefined || zone(booking.starts_at) === reading.when.date) &&
        (reading.services.length === 0 || reading.services.some(({ id }) => id === booking.service_id)) &&
        (reading.instructorId === undefined || reading.instructorId === booking.instructor_id);
    const fitting = bookings.filter(fits);
    return fitting.length > 0 ? fitting : bookings;
}
