import { readConsent } from '../../consent.ts';
import { rememberCustomer } from '../../tools/people.ts';
import { liveProposal } from '../../turn-state.ts';
import { answerExpired, answerProposal } from './answering-proposals.ts';
import { aQuestion, theirBookings } from './asking.ts';
import { askService, continueBooking } from './booking.ts';
import { outOfBounds, somethingKnown } from './bounds.ts';
import { bookingAnswered, chooseBooking, startCancel, startMove } from './changing.ts';
import { listMine } from './informing.ts';
import { introduction } from './introducing.ts';
import {
    aboutUnknown,
    aCaption,
    aFact,
    aNewName,
    anUnknownInstructor,
    besideTheQuestion,
    forAPerson,
    hasCaption,
} from './noticing.ts';
import { nuancesOf } from './nuances.ts';
import { offeredMeant, pickTime, serviceMeant } from './picking.ts';
import { unansweredOf } from './reading.ts';
import { isRepeated, sayOtherwise } from './repeating.ts';
import { has, openBookings, paragraphs, quiet, type Scene, say } from './scene.ts';
import { isQuiet, sharpen } from './sharpening.ts';
import { greetedName, notUnderstood, smallTalk, somethingUnreadable, toAPerson } from './talking.ts';

/** A thought of one kind; undefined passes the messages on to the next. */
type Step = (scene: Scene) => Promise<string | undefined>;

/**
 * One turn of conversation: the first step that knows what is meant answers. The order is the order of what
 * matters: a person asked for, a YES waited for, something tapped, changes, picks, questions, a new wish.
 */
const steps: readonly Step[] = [
    toAPerson,
    outOfBounds,
    forAPerson,
    whileOthersAreFaster,
    answerProposal,
    besideTheQuestion,
    somethingTapped,
    aNewName,
    aName,
    whichBooking,
    whichService,
    aCancellation,
    anUnknownInstructor,
    aMove,
    theirBookings,
    somethingOffered,
    somethingKnown,
    aQuestion,
    aFact,
    answerExpired,
    aPlainAnswer,
    aWish,
    somethingUnreadable,
    smallTalk,
    aCaption,
    notUnderstood,
];

/** Answers that may be given twice: what is asked for again is told again. */
const repeatable: ReadonlySet<Step> = new Set([
    besideTheQuestion,
    theirBookings,
    somethingKnown,
    aQuestion,
    aFact,
    aPlainAnswer,
    somethingUnreadable,
    smallTalk,
    notUnderstood,
]);

export async function converse(given: Scene): Promise<string> {
    const scene = sharpen(given);
    const { turn } = scene;
    const { misunderstood } = turn.draft;
    if (unansweredOf(turn).length === 0) return '';
    for (const step of steps) {
        const answer = await step(scene);
        if (answer === undefined) continue;
        if (step !== notUnderstood) turn.draft = { ...turn.draft, misunderstood: undefined };
        const unknown = step === aWish || step === aMove ? aboutUnknown(scene) : '';
        const told = say(unknown, answer);
        return !repeatable.has(step) && isRepeated(scene, told)
            ? sayOtherwise(scene, told, misunderstood)
            : say(...openings(scene, step), told);
    }
    return '';
}

/** What stands before an answer: a greeting returned, who speaks, a picture that came with the words. */
function openings(scene: Scene, step: Step): (string | undefined)[] {
    const { turn, reading, phrases } = scene;
    const greets = reading.intents.has('greet') && step !== smallTalk;
    const photo = hasCaption(scene) && !turn.staged.handedOff;
    return [
        greets ? phrases.helloShort(greetedName(turn)) : '',
        introduction(turn),
        photo ? nuancesOf(turn.language)?.words.gotPhoto : '',
    ];
}

/** The answer to "which service?", by its place in the list. */
async function whichService(scene: Scene) {
    const service = serviceMeant(scene);
    if (!service) return undefined;
    const chosen = { ...quiet(scene).reading, services: [service] };
    return continueBooking({ ...scene, reading: chosen });
}

/** Twice the held time was lost while thinking: better to ask than to promise a third one. */
async function whileOthersAreFaster({ turn, phrases }: Scene) {
    return turn.hint?.result === 'slot_taken' && turn.attempt >= 3 ? phrases.goingFast : undefined;
}

async function somethingTapped(scene: Scene) {
    const { turn, reading, phrases } = scene;
    const { services } = turn.context;
    const choice = reading.choice?.choice;
    if (choice?.kind === 'slot')
        return pickTime(scene, { ...choice, starts_at: choice.starts_at.toISOString() });
    if (choice?.kind === 'service') {
        const service = services.find(({ id }) => id === choice.service_id);
        if (!service) return say(phrases.gone, askService(scene));
        return continueBooking({ ...scene, reading: { ...reading, services: [service] } });
    }
    if (choice?.kind === 'booking') {
        const booking = openBookings(turn).find(({ id }) => id === choice.booking_id);
        return booking
            ? chooseBooking(scene, booking)
            : paragraphs(phrases.cannotChange, await listMine(scene));
    }
    return undefined;
}

/** The answer to "what name?", as long as it looks like one. */
async function aName(scene: Scene) {
    const { turn, reading, lexicon, phrases } = scene;
    if (turn.draft.asked !== 'name' && !reading.name) return undefined;
    const said = reading.name ?? reading.text.replace(lexicon.nameLeadIn, '').trim();
    const other = has(scene, 'cancel', 'reschedule', 'list', 'prices', 'hours', 'services', 'where', 'more');
    const looksLikeOne = /^\p{L}[\p{L}\p{M}'.\- ]{0,60}$/u.test(said) && said.split(/\s+/).length <= 5;
    const consent = readConsent(said, 'book');
    if (!reading.name && (other || !looksLikeOne || consent !== 'more' || reading.when.date))
        return undefined;
    const known = turn.context.customer.name;
    if (known === null) await rememberCustomer.run({ name: said, language: null }, turn);
    if (turn.draft.asked !== 'name') return undefined;
    turn.draft = { ...turn.draft, asked: undefined };
    const named = { ...quiet(scene).reading, name: said };
    return continueBooking({ ...quiet(scene), toldFree: true, reading: named }, phrases.thankYou(said));
}

async function whichBooking(scene: Scene) {
    const { asked } = scene.turn.draft;
    if (asked !== 'booking' && asked !== 'booking_to_cancel') return undefined;
    const booking = bookingAnswered(scene);
    return booking && !has(scene, 'list') ? chooseBooking(scene, booking) : undefined;
}

async function aCancellation(scene: Scene) {
    return has(scene, 'cancel') && !has(scene, 'prices') ? startCancel(scene) : undefined;
}

/** "Move it" means the booking, unless a new one is being made: then it is only another wish for that. */
async function aMove(scene: Scene) {
    const { turn } = scene;
    if (!has(scene, 'reschedule')) return undefined;
    const making = liveProposal(turn)?.kind === 'book' || (turn.draft.asked && turn.draft.service_id);
    if (turn.draft.booking_id || (making && openBookings(turn).length === 0)) return continueBooking(scene);
    if (making && liveProposal(turn)) return continueBooking(scene);
    return startMove(scene);
}

async function somethingOffered(scene: Scene) {
    const { turn, reading, phrases } = scene;
    if (liveProposal(turn)) return undefined;
    const offer = offeredMeant(scene);
    if (offer) return pickTime(scene, offer);
    // A yes to times offered: of one it is a choice, of several the question again.
    const { offers } = turn.context;
    const isYes = reading.texts.some((text) => readConsent(text, 'book') === 'yes');
    const [only, ...others] = isYes ? offers : [];
    if (!only) return undefined;
    return others.length === 0 ? pickTime(scene, only) : continueBooking(quiet(scene), phrases.whichOne);
}

/** A plain no to what was offered or asked; a plain yes or no to nothing ends the conversation kindly. */
async function aPlainAnswer({ turn, reading, lexicon, phrases }: Scene) {
    const { draft, context } = turn;
    const all = reading.texts.map((text) => readConsent(text, draft.booking_id ? 'reschedule' : 'book'));
    if (all.length === 0 || all.includes('more')) return undefined;
    const off = all.includes('no') || reading.texts.some((text) => lexicon.callOff.test(text));
    const idle = !draft.asked && !draft.service_id && context.offers.length === 0;
    if (idle && (off || all.includes('yes'))) return phrases.anyTime;
    if (idle || !off) return undefined;
    turn.staged.decline();
    turn.draft = {};
    if (draft.booking_id) return phrases.declined.reschedule;
    // Said a second time it is a farewell, not a wish for another time.
    if (draft.asked === 'day' && context.offers.length === 0) return phrases.anyTime;
    turn.draft = { service_id: draft.service_id, asked: 'day' };
    return phrases.declined.book;
}

/** Anything that adds to a booking: a service, a day, a time, people, somebody's name, or the wish itself. */
async function aWish(scene: Scene) {
    const { turn, reading, lexicon } = scene;
    const { when, services, participants, instructorId } = reading;
    const named = Object.keys(when).some((key) => key !== 'rest');
    const isYes = turn.draft.asked && reading.texts.some((text) => readConsent(text, 'book') === 'yes');
    // The answer to "this Friday or the next?" may be no more than "the second".
    const settles = turn.draft.options && lexicon.ordinals.some((ordinal) => ordinal.test(reading.text));
    const adds = named || settles || services.length > 0 || participants || instructorId || reading.name;
    if (!adds && !isYes && !has(scene, 'book', 'availability', 'more')) return undefined;
    // "See you later" wishes for nothing.
    if (has(scene, 'bye') && (!adds || (isQuiet(turn) && !has(scene, 'book', 'availability'))))
        return undefined;
    const open = liveProposal(turn);
    if (open && !turn.draft.service_id) turn.draft = { ...turn.draft, service_id: open.service_id };
    return continueBooking(scene);
}
