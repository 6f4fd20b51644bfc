import { addDays, shiftTime, weekdayOf } from '../../../zoned-time.ts';
import { readWhen, type When } from '../../dates.ts';
import { usualDay } from '../../opening-hours.ts';
import { liveProposal, type Turn } from '../../turn-state.ts';
import type { Intent } from './lexicon.ts';
import { type Nuances, nuancesOf } from './nuances.ts';
import type { Reading } from './reading.ts';
import { openBookings, type Scene, wallOf } from './scene.ts';

/** Hours and minutes no clock shows. */
const noTime = /\b(?:2[5-9]|[3-9]\d):[0-5]\d\b|\b\d{1,2}:[6-9]\d\b/;

/** The scene with what stands between the lines: second thoughts, relative times, people who come along. */
export function sharpen(scene: Scene): Scene {
    const nuances = nuancesOf(scene.turn.language);
    if (!nuances || scene.reading.text === '') return scene;
    const intents = new Set(scene.reading.intents);
    const named = { ...scene.reading, intents, ...nameAndPeople(scene, nuances) };
    const reading = { ...named, when: whenMeant(named, scene, nuances) };
    addIntents({ ...scene, reading }, intents, nuances);
    return { ...scene, reading };
}

function nameAndPeople({ reading, lexicon }: Scene, nuances: Nuances): Partial<Reading> {
    const { text } = reading;
    const number = (said: string | undefined) =>
        said ? (lexicon.numbers[said.toLowerCase()] ?? Number(said)) : 1;
    const along = nuances.along.exec(text)?.groups;
    const group = nuances.group.exec(text);
    const people = along
        ? number(along.others ?? along.others2) + 1
        : (reading.participants ?? (group ? number(group.groups?.group ?? '2') : undefined));
    return { participants: people, name: reading.name?.replace(nuances.afterName, '').trim() };
}

function whenMeant(reading: Reading, { turn, lexicon }: Scene, nuances: Nuances): When {
    const { text, when } = reading;
    const read = (words: string, expecting?: 'time') =>
        readWhen(
            words.replace(lexicon.daytimeGreeting, ' '),
            {
                now: turn.at,
                zone: turn.context.business.time_zone,
                hours: usualDay(turn.context.weekly_hours),
                expecting,
            },
            turn.language,
        );
    if (noTime.test(text)) return { rest: when.rest, impossible: true };
    if (nuances.farAhead.test(text)) {
        const { horizon_days: days } = turn.context.services[0] ?? { horizon_days: 365 };
        return { rest: when.rest, date: addDays(wallOf(turn.at.toISOString(), turn).date, days + 365) };
    }
    const base = onTheTable(turn);
    const shift = nuances.shift.exec(text)?.groups;
    if (shift && base) {
        const minutes = minutesIn(shift, lexicon.numbers);
        const time = shiftTime(base.time, shift.earlier ? -minutes : minutes);
        return { rest: when.rest, date: base.date, time };
    }
    const bare = nuances.bareHour.exec(text)?.groups?.time;
    if (bare && !when.time) return { ...read(bare, 'time'), rest: when.rest };
    // "12" to an open question names an hour; a small number may be a place in a list.
    const hour = /^\W*(?<hour>\d{1,2})(?:[:.]\d{2})?\W*$/.exec(text)?.groups?.hour;
    if (hour && Number(hour) >= 6 && liveProposal(turn) && !when.time) {
        return { ...read(text, 'time'), rest: when.rest };
    }
    const day = nuances.notOn.exec(text);
    if (day?.groups?.day) {
        const said = day.groups.day;
        const weekday = nuances.weekdays.findIndex((pattern) => pattern.test(said)) + 1;
        turn.draft = { ...turn.draft, without: [...new Set([...(turn.draft.without ?? []), weekday])] };
        const left = read(text.replace(day[0], ' '));
        // Not the day that was proposed, and no other one named: any other will do.
        if (left.date || left.unclear || !base || weekdayOf(base.date) !== weekday) return left;
        turn.draft = { ...turn.draft, date: undefined, until: undefined };
        return { ...left, any: true };
    }
    const from = turn.draft.date ?? base?.date;
    if (nuances.weekAfter.test(text) && from) {
        const monday = addDays(from, 8 - weekdayOf(from));
        return { rest: when.rest, date: monday, until: addDays(monday, 6) };
    }
    return when;
}

const spelled: Record<string, number> = { a: 1, an: 1, fifteen: 15, twenty: 20, thirty: 30, forty: 40 };

function minutesIn(shift: Record<string, string | undefined>, numbers: Record<string, number>): number {
    if (shift.half) return 30;
    const said = (shift.count ?? '').toLowerCase();
    const count = numbers[said] ?? spelled[said] ?? Number.parseInt(said, 10);
    return (Number.isNaN(count) ? 45 : count) * (shift.hour ? 60 : 1);
}

/** Day and time that "later" is later than: of the open question, the move under way, or the only booking. */
function onTheTable(turn: Turn): { date: string; time: string } | undefined {
    const open = liveProposal(turn);
    const bookings = openBookings(turn);
    const moved = bookings.find(({ id }) => id === turn.draft.booking_id);
    const one = moved ?? (bookings.length === 1 && isQuiet(turn) ? bookings[0] : undefined);
    const at = open && open.kind !== 'cancel' ? open.starts_at : one?.starts_at;
    return at === undefined ? undefined : wallOf(at, turn);
}

/** Nothing is being booked, moved or asked. */
export function isQuiet(turn: Turn): boolean {
    const { draft, context } = turn;
    return (
        !liveProposal(turn) &&
        !draft.service_id &&
        !draft.booking_id &&
        !draft.asked &&
        context.offers.length === 0
    );
}

function addIntents(scene: Scene, intents: Set<Intent>, nuances: Nuances) {
    const { turn, reading, lexicon } = scene;
    const { text, when } = reading;
    if (nuances.person.test(text.replace(lexicon.intents.machine, ' '))) {
        intents.add('person');
        intents.delete('machine');
    }
    if (nuances.aboutBooking.test(text)) {
        intents.add('list');
        for (const other of ['availability', 'book', 'hours'] as const) intents.delete(other);
    }
    if (nuances.shift.test(text) && when.time) intents.delete('more');
    // After a booking a new day, time or instructor and nothing else means that booking.
    const names = when.date ?? when.time ?? when.part ?? when.earliest ?? when.latest ?? reading.instructorId;
    const otherTime = intents.has('more') && nuances.rather.test(text);
    const settled = isQuiet(turn) && openBookings(turn).length > 0 && reading.services.length === 0;
    const newOne = intents.has('book') || intents.has('availability') || reading.participants !== undefined;
    const again = nuances.asWell.test(text);
    const other = (['cancel', 'list', 'hours', 'prices', 'where', 'bye', 'person'] as const).some((intent) =>
        intents.has(intent),
    );
    if (settled && (names ?? otherTime) && !other && !again && (nuances.rather.test(text) || !newOne)) {
        intents.add('reschedule');
    }
}
