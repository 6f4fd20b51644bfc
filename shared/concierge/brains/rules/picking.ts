import type { TurnContext } from '../../../desk/turn-types.ts';
import { findSlot } from '../../slot-search.ts';
import { continueBooking, propose } from './booking.ts';
import { collect } from './collecting.ts';
import { quiet, type Scene, wallOf } from './scene.ts';

type Offer = TurnContext['offers'][number];
type Picked = Pick<Offer, 'service_id' | 'instructor_id' | 'starts_at'>;

/** The offered time a text points at: by its day and hour, its instructor, or its place in the row. */
export function offeredMeant({ turn, reading, lexicon }: Scene): Offer | undefined {
    const { when, instructorId, text } = reading;
    const offers = turn.context.offers.toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
    if (offers.length === 0 || when.until || when.unclear) return undefined;
    const wanted = instructorId === 'anyone' ? undefined : instructorId;
    if (when.date || when.time || wanted) {
        const fitting = offers.filter((offer) => {
            const { date, time } = wallOf(offer.starts_at, turn);
            return (
                (!when.date || date === when.date) &&
                (!when.time || time === when.time) &&
                (!wanted || offer.instructor_id === wanted)
            );
        });
        if (fitting.length === 1) return fitting[0];
        if (!/^\W*\d\W*$/.test(text)) return undefined;
    }
    if (lexicon.last.test(text)) return offers.at(-1);
    const place = lexicon.ordinals.findIndex((ordinal) => ordinal.test(text));
    return place >= 0 && text.split(/\s+/).length <= 6 ? offers[place] : undefined;
}

/**
 * Proposes a time that was tapped or pointed at. It is looked up afresh, so that an old button works as long as
 * its time is free, and says so when it is not.
 */
export async function pickTime(scene: Scene, picked: Picked): Promise<string> {
    const { turn, reading, phrases } = scene;
    const { services, upcoming_bookings } = turn.context;
    const service = services.find(({ id }) => id === picked.service_id);
    if (!service?.instructor_ids.includes(picked.instructor_id))
        return continueBooking(scene, phrases.expired);
    const moved = upcoming_bookings.find(({ id }) => id === turn.draft.booking_id);
    const { date, time } = wallOf(picked.starts_at, turn);
    turn.draft = {
        ...collect({
            ...scene,
            reading: { ...quiet(scene).reading, participants: reading.participants, name: reading.name },
        }),
        service_id: service.id,
        booking_id: moved?.service_id === service.id ? moved.id : undefined,
        date,
        time,
        until: undefined,
    };
    const slot = await findSlot({ service, date, time, instructorId: picked.instructor_id }, turn);
    if (slot) return propose({ ...scene, toldFree: true }, { date, time, instructor: slot.instructor_id });
    const over = Date.parse(picked.starts_at) <= turn.at.getTime();
    return continueBooking({ ...quiet(scene), toldGone: true }, over ? '' : phrases.gone);
}
