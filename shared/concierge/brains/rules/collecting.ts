import { minutesOf } from '../../../zoned-time.ts';
import type { When } from '../../dates.ts';
import type { Draft } from '../../draft.ts';
import type { Turn } from '../../turn-state.ts';
import { openBookings, type Scene, wallOf } from './scene.ts';

/** Adds what the messages say to what was known: newer words win, and push out what they contradict. */
export function collect(scene: Scene): Draft {
    const { turn, reading } = scene;
    const { services, instructorId, participants, name } = reading;
    const draft: Draft = { ...turn.draft, misunderstood: undefined, options: undefined };
    if (services.length === 1 && !draft.booking_id) draft.service_id = services[0]?.id;
    const [only, ...others] = turn.context.services;
    if (others.length === 0) draft.service_id ??= only?.id;
    addWhen(draft, settled(scene));
    if (instructorId) draft.instructor_id = instructorId === 'anyone' ? undefined : instructorId;
    if (participants) draft.participants = participants;
    if (name) draft.name = name;
    const open = reading.when.unclear?.kind === 'date';
    return draft.booking_id ? asMove(draft, turn, open) : draft;
}

function addWhen(draft: Draft, when: Omit<When, 'rest'>) {
    if (when.date) Object.assign(draft, { date: when.date, until: when.until });
    if (when.time) {
        Object.assign(draft, { time: when.time, part: undefined, earliest: undefined, latest: undefined });
    } else if (when.part || when.earliest || when.latest) {
        const { part, earliest, latest } = when;
        Object.assign(draft, { time: undefined, part, earliest, latest });
    }
    if (when.any) draft.any = true;
}

/** An answer to "do you mean A or B": the one it points at, by its place, its week or its half of the day. */
function settled({ turn, reading, lexicon }: Scene): Omit<When, 'rest'> {
    const { when, text } = reading;
    const { options = [], asked } = turn.draft;
    const place = lexicon.ordinals.findIndex((ordinal) => ordinal.test(text));
    const fits = (option: string) => {
        if (asked === 'time') {
            const half = minutesOf(option) < 12 * 60 ? 'morning' : 'evening';
            return when.part !== undefined && (when.part === 'morning' ? 'morning' : 'evening') === half;
        }
        return (
            when.date !== undefined && when.until !== undefined && when.date <= option && option <= when.until
        );
    };
    const fitting = options.filter(fits);
    const meant = fitting.length === 1 ? fitting[0] : options[place];
    if (!meant) return when;
    return asked === 'time' ? { time: meant } : { time: when.time, date: meant };
}

/** "Move it to Friday" keeps the hour, "to 3pm" keeps the day, and both the instructor, as long as that is free. */
function asMove(draft: Draft, turn: Turn, dayIsOpen: boolean): Draft {
    const booking = openBookings(turn).find(({ id }) => id === draft.booking_id);
    if (!booking) return { ...draft, booking_id: undefined };
    const { date, time } = wallOf(booking.starts_at, turn);
    const hasTime = draft.time ?? draft.part ?? draft.earliest ?? draft.latest;
    // "With Mia please" keeps day and hour.
    const other = draft.instructor_id !== undefined && draft.instructor_id !== booking.instructor_id;
    return {
        ...draft,
        service_id: booking.service_id,
        instructor_id: draft.instructor_id ?? booking.instructor_id,
        date: draft.date ?? ((hasTime || other) && !dayIsOpen ? date : undefined),
        time: hasTime || draft.until || (!draft.date && !other) ? draft.time : time,
    };
}
