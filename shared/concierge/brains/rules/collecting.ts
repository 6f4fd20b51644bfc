import type { Service } from '../../../desk/turn-types.ts';
import type { Draft } from '../../draft.ts';
import type { Turn } from '../../turn-state.ts';
import type { Reading } from './reading.ts';
import { openBookings, wallOf } from './scene.ts';

/** Adds what the messages say to what was known: newer words win, and push out what they contradict. */
export function collect(turn: Turn, reading: Reading): Draft {
    const { when, services, instructorId, participants, name } = reading;
    const draft: Draft = { ...turn.draft, misunderstood: undefined };
    if (services.length === 1 && !draft.booking_id) draft.service_id = services[0]?.id;
    draft.service_id ??= onlyService(turn)?.id;
    if (when.date) Object.assign(draft, { date: when.date, until: when.until });
    if (when.time) {
        Object.assign(draft, { time: when.time, part: undefined, earliest: undefined, latest: undefined });
    } else if (when.part || when.earliest || when.latest) {
        const { part, earliest, latest } = when;
        Object.assign(draft, { time: undefined, part, earliest, latest });
    }
    if (when.any) draft.any = true;
    if (instructorId) draft.instructor_id = instructorId === 'anyone' ? undefined : instructorId;
    if (participants) draft.participants = participants;
    if (name) draft.name = name;
    return draft.booking_id ? asMove(draft, turn) : draft;
}

function onlyService({ context }: Turn): Service | undefined {
    return context.services.length === 1 ? context.services[0] : undefined;
}

/** "Move it to Friday" keeps the hour, "to 3pm" keeps the day, and both the instructor, as long as that is free. */
function asMove(draft: Draft, turn: Turn): Draft {
    const booking = openBookings(turn).find(({ id }) => id === draft.booking_id);
    if (!booking) return { ...draft, booking_id: undefined };
    const { date, time } = wallOf(booking.starts_at, turn);
    const hasTime = draft.time ?? draft.part ?? draft.earliest ?? draft.latest;
    return {
        ...draft,
        service_id: booking.service_id,
        instructor_id: draft.instructor_id ?? booking.instructor_id,
        date: draft.date ?? (hasTime ? date : undefined),
        time: hasTime || draft.until || !draft.date ? draft.time : time,
    };
}
