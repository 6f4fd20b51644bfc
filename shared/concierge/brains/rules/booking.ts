import type { Service } from '../../../desk/turn-types.ts';
import { addDays, shiftTime, wallTime } from '../../../zoned-time.ts';
import type { Draft, Question } from '../../draft.ts';
import { withoutWhen } from '../../draft.ts';
import { replyWords } from '../../reply.ts';
import { rescheduleBooking } from '../../tools/changing.ts';
import { instructorName } from '../../tools/lookup.ts';
import { proposeBooking } from '../../tools/proposing.ts';
import { findTimes, type TimesFound } from '../../tools/times.ts';
import { isFailure, type ToolFailure } from '../../tools/tool.ts';
import { liveProposal } from '../../turn-state.ts';
import { collect } from './collecting.ts';
import { nuancesOf } from './nuances.ts';
import { dayWords, openBookings, type Scene, say, spokenWhen, timeWords, wallOf } from './scene.ts';

/**
 * The way to a booking, new or moved: asks for what is missing and for nothing else, offers free times, and puts
 * the one that is meant before the customer. `lead` stands in front of whatever is said.
 */
export async function continueBooking(scene: Scene, lead = ''): Promise<string> {
    const { turn, reading, phrases, lexicon } = scene;
    turn.draft = collect(scene);
    const { draft } = turn;
    const { unclear } = reading.when;
    const service = turn.context.services.find(({ id }) => id === draft.service_id);
    if (!service || reading.services.length > 1) return say(lead, askService(scene));
    if (unclear) {
        const { kind, options } = unclear;
        turn.draft = { ...draft, options };
        if (kind === 'time') return ask(scene, 'time', lead, phrases.timeUnclear(options));
        return ask(scene, 'day', lead, phrases.dayUnclear(options.map((date) => dayWords(date, turn))));
    }
    if (reading.when.past) {
        turn.draft = withoutWhen(draft);
        return ask(scene, 'day', lead, phrases.inThePast);
    }
    const nuances = nuancesOf(turn.language);
    if (reading.when.impossible && nuances) {
        turn.draft = withoutWhen(draft);
        return ask(scene, 'day', lead, nuances.words.impossible);
    }
    if (lexicon.otherDay.test(reading.text) && !reading.when.date) turn.draft = withoutWhen(draft);
    const wishes = turn.draft.date ?? turn.draft.any ?? (reading.intents.has('availability') || undefined);
    if (!wishes) return ask(scene, 'day', lead, whichDay(scene, service));
    return say(lead, await searchAndPropose(scene, service));
}

function whichDay({ turn, phrases }: Scene, service: Service): string {
    const { draft, at, context } = turn;
    const booking = openBookings(turn).find(({ id }) => id === draft.booking_id);
    if (booking) return phrases.askNewTime(booking.service_name);
    const today = wallTime(at, context.business.time_zone).date;
    return draft.time
        ? phrases.askDayAt(service.name, timeWords(today, draft.time, turn))
        : phrases.askDay(service.name);
}

/** Asks which service is meant: among those the words may mean, or among all. */
export function askService({ turn, reading, phrases }: Scene): string {
    const some = reading.services.length > 1 ? reading.services : turn.context.services;
    turn.draft = { ...turn.draft, asked: 'service' };
    turn.staged.attached = { kind: 'services', services: some };
    return some === reading.services
        ? phrases.askWhichService(some.map(({ name }) => name))
        : phrases.askService;
}

function ask({ turn }: Scene, question: Question, lead: string, words: string): string {
    // A new question replaces what lay open: a YES to it must not book the old thing.
    const open = liveProposal(turn);
    if (open) turn.staged.decline(open.id);
    turn.draft = { ...turn.draft, asked: question };
    return say(lead, words);
}

async function searchAndPropose(scene: Scene, service: Service): Promise<string> {
    const { turn, reading, phrases } = scene;
    const wished = turn.draft.instructor_id;
    const able = !wished || service.instructor_ids.includes(wished);
    if (!able) turn.draft = { ...turn.draft, instructor_id: undefined };
    const lead = able ? '' : phrases.doesNotGive(instructorName(wished ?? '', turn.context), service.name);

    const { date: day, time: hour, until: end } = turn.draft;
    if (day && hour && !end && isWhereItIs({ date: day, time: hour, instructor: wished ?? null }, scene)) {
        return say(lead, askElsewhere(scene, service));
    }
    const more = reading.intents.has('more') && !reading.when.time;
    if (more) turn.draft = { ...turn.draft, ...otherThanOffered(scene) };
    const { draft } = turn;
    const found = await findTimes.run(
        {
            service: service.id,
            date: draft.date ?? null,
            until: draft.until ?? null,
            time: draft.time ?? null,
            part_of_day: draft.part ?? null,
            earliest: draft.earliest ?? null,
            latest: draft.latest ?? null,
            instructor: draft.instructor_id ?? null,
            limit: more ? 8 : 3,
        },
        turn,
    );
    if (isFailure(found)) return say(lead, explain(found, scene, service));
    const { date, until, time } = turn.draft;
    if (found.asked_time_free && date && time && !until) {
        const slot = found.times[0];
        return say(lead, await propose(scene, { date, time, instructor: slot?.instructor ?? null }));
    }
    turn.draft = { ...turn.draft, asked: 'time' };
    return say(lead, above(found, scene));
}

/** "Something else", "later", "earlier": what the times offered so far leave open. */
function otherThanOffered({ turn, reading, lexicon }: Scene): Partial<Draft> {
    const { part, earliest, latest } = reading.when;
    const other = { time: undefined, part, earliest, latest };
    const { offers } = turn.context;
    const open = liveProposal(turn);
    // With a question open, it is what later is later than.
    const shown = offers.length === 0 && open ? [open] : offers;
    const offered = shown.map(({ starts_at }) => wallOf(starts_at, turn).time).sort();
    const [first, last] = [offered[0], offered.at(-1)];
    if (last && lexicon.later.test(reading.text)) return { ...other, earliest: shiftTime(last, 1) };
    if (first && lexicon.earlier.test(reading.text)) return { ...other, latest: shiftTime(first, -1) };
    return other;
}

/** What stands above the offered times. */
function above(found: TimesFound, scene: Scene): string {
    const { turn, phrases, toldGone } = scene;
    const { date, until, time, part, instructor_id } = turn.draft;
    const stretch = date && until ? phrases.stretch(dayWords(date, turn), dayWords(until, turn)) : undefined;
    const day = stretch ?? (date && phrases.on(dayWords(date, turn)));
    const around = say(day, part && replyWords(turn.language).part[part], hoursAround(scene));
    if (date && time && found.asked_time_free === false && !until) {
        const asked = spokenWhen(date, time, turn);
        const instructor = instructor_id && instructorName(instructor_id, turn.context);
        const refused =
            found.why === 'outside_opening_hours'
                ? phrases.outsideHours(asked)
                : phrases.notFree({ ...asked, instructor: instructor || undefined });
        return say(toldGone ? '' : refused, phrases.nearest);
    }
    if (!day) return phrases.nextTimes;
    if (!found.nearest_only) return phrases.timesOn(around);
    const { reading, lexicon } = scene;
    const later = reading.intents.has('more') && lexicon.later.test(reading.text);
    const earlier = reading.intents.has('more') && lexicon.earlier.test(reading.text);
    const none = later
        ? phrases.nothingLater(day)
        : earlier
          ? phrases.nothingEarlier(day)
          : phrases.nothingThen(around);
    return say(none, phrases.nearest);
}

/** "after 14:00", where the customer has said so. */
function hoursAround({ turn, reading, phrases }: Scene): string {
    const { date, earliest, latest } = turn.draft;
    if (!date || reading.intents.has('more')) return '';
    const spoken = (time: string | undefined) => time && timeWords(date, time, turn);
    return phrases.window(spoken(earliest), spoken(latest));
}

/** Puts one time before the customer, as a new booking or as the move that is under way. */
export async function propose(
    scene: Scene,
    { date, time, instructor }: { date: string; time: string; instructor: string | null },
): Promise<string> {
    const { turn, phrases } = scene;
    const { draft } = turn;
    const service = turn.context.services.find(({ id }) => id === draft.service_id);
    if (!service) return askService(scene);
    if (isWhereItIs({ date, time, instructor }, scene)) {
        return askElsewhere(scene, service);
    }
    const result = draft.booking_id
        ? await rescheduleBooking.run({ booking: draft.booking_id, date, time, instructor }, turn)
        : await proposeBooking.run(
              {
                  service: service.id,
                  date,
                  time,
                  instructor,
                  participants: draft.participants ?? 1,
                  customer_name: draft.name ?? null,
                  notes: draft.notes ?? null,
              },
              turn,
          );
    const free = scene.toldFree ? '' : phrases.isFree(spokenWhen(date, time, turn));
    if (!isFailure(result)) return free;
    if (result.error !== 'name_missing') return explain(result, scene, service);
    // The time is held while the name is asked for; its button would only be in the way of the answer.
    turn.staged.attached = undefined;
    turn.draft = { ...draft, date, time, asked: 'name' };
    return say(free, phrases.askName);
}

/** A move that moves nothing. */
function isWhereItIs(
    { date, time, instructor }: { date: string; time: string; instructor: string | null },
    { turn }: Scene,
): boolean {
    const booking = openBookings(turn).find(({ id }) => id === turn.draft.booking_id);
    if (!booking) return false;
    const at = wallOf(booking.starts_at, turn);
    const same = [null, booking.instructor_id, booking.instructor_name].includes(instructor);
    return same && at.date === date && at.time === time;
}

function askElsewhere(scene: Scene, service: Service): string {
    const { turn } = scene;
    turn.draft = withoutWhen(turn.draft);
    const same = nuancesOf(turn.language)?.words.sameTime ?? whichDay(scene, service);
    return ask(scene, 'day', '', same);
}

/** A tool's refusal in the customer's words. */
export function explain(failed: ToolFailure, scene: Scene, service: Service): string {
    const { turn, phrases } = scene;
    const today = wallTime(turn.at, turn.context.business.time_zone).date;
    turn.draft = withoutWhen(turn.draft);
    switch (failed.error) {
        case 'in_the_past':
            return ask(scene, 'day', '', phrases.inThePast);
        case 'too_far_ahead': {
            const last = dayWords(addDays(today, service.horizon_days), turn);
            return ask(scene, 'day', '', phrases.tooFarAhead(service.name, last));
        }
        case 'unknown_booking':
        case 'no_bookings':
            turn.draft = {};
            return phrases.cannotChange;
        default:
            return ask(scene, 'day', '', phrases.nothingAtAll);
    }
}
