import type { Service, TurnContext } from '../../../desk/turn-types.ts';
import { readChoice } from '../../choices.ts';
import { findSlot } from '../../slot-search.ts';
import type { Turn } from '../../turn-state.ts';
import { continueBooking, propose } from './booking.ts';
import { collect } from './collecting.ts';
import { nuancesOf } from './nuances.ts';
import { quiet, type Scene, wallOf } from './scene.ts';

type Offer = TurnContext['offers'][number];
type Picked = Pick<Offer, 'service_id' | 'instructor_id' | 'starts_at'>;

/** The offered time a text points at: by its day and hour, its instructor, or its place in the row. */
export function offeredMeant({ turn, reading, lexicon }: Scene): Picked | undefined {
    const { when, instructorId, text } = reading;
    const offers = timesShown(turn);
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
    if (nuancesOf(turn.language)?.earliest.test(text)) return offers[0];
    const place = lexicon.ordinals.findIndex((ordinal) => ordinal.test(text));
    return place >= 0 && text.split(/\s+/).length <= 6 ? offers[place] : undefined;
}

/** The times of the list shown last, in its order: held ones, or once the holds are over those of its buttons. */
function timesShown(turn: Turn): Picked[] {
    const { offers, messages } = turn.context;
    if (offers.length > 0)
        return offers.toSorted((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
    return choicesShown(messages).flatMap((choice) =>
        choice?.kind === 'slot' ? [{ ...choice, starts_at: choice.starts_at.toISOString() }] : [],
    );
}

/** What could be tapped under the last message of the desk. */
function choicesShown(messages: TurnContext['messages']) {
    const last = messages.findLast(({ role }) => role === 'assistant')?.content;
    const options = last?.type === 'buttons' ? last.buttons : last?.type === 'list' ? last.rows : [];
    return options.map(({ id }) => readChoice(id));
}

/** The service a bare "1" or "the second one" points at, in the list just shown. */
export function serviceMeant({ turn, reading, lexicon }: Scene): Service | undefined {
    const { text } = reading;
    const ids = choicesShown(turn.context.messages).flatMap((choice) =>
        choice?.kind === 'service' ? [choice.service_id] : [],
    );
    const few = text.split(/\s+/).length <= 4 && !reading.when.date;
    if (ids.length === 0 || !few) return undefined;
    const place = lexicon.last.test(text)
        ? ids.length - 1
        : lexicon.ordinals.findIndex((ordinal) => ordinal.test(text));
    return turn.context.services.find(({ id }) => id === ids[place]);
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
