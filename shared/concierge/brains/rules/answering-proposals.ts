import type { OpenProposal } from '../../../desk/turn-types.ts';
import { houseErrors } from '../../../errors.ts';
import { wallTime } from '../../../zoned-time.ts';
import { yesChoice } from '../../choices.ts';
import { type Consent, readConsent } from '../../consent.ts';
import type { Draft } from '../../draft.ts';
import { cancelBooking } from '../../tools/changing.ts';
import { confirmBooking, remindOfProposal } from '../../tools/consent.ts';
import { isFailure } from '../../tools/tool.ts';
import { liveProposal, type Turn } from '../../turn-state.ts';
import { continueBooking } from './booking.ts';
import { listMine } from './informing.ts';
import { nuancesOf } from './nuances.ts';
import { paragraphs, quiet, type Scene } from './scene.ts';

/** Answers a YES or NO to the open proposal; undefined when the messages are about something else. */
export async function answerProposal(scene: Scene): Promise<string | undefined> {
    const { turn, reading, lexicon } = scene;
    const proposal = liveProposal(turn);
    const choice = reading.choice?.choice;
    if (choice?.kind === 'yes' || choice?.kind === 'no') {
        if (choice.proposal_id !== proposal?.id) return answerOld(scene, choice.kind);
    }
    if (!proposal || (choice && choice.kind !== 'yes' && choice.kind !== 'no')) return undefined;
    const { kind } = proposal;
    if (kind !== 'cancel' && reading.texts.some((text) => lexicon.callOff.test(text))) {
        return decline(scene, proposal);
    }
    switch (consentOf(scene, kind, choice?.kind)) {
        case 'yes':
            return accept(scene, proposal);
        case 'no':
            return decline(scene, proposal);
        case 'asking':
            remindOfProposal(turn);
            return '';
        default:
            return undefined;
    }
}

/** All messages and the tap together: anything that says more than yes or no is not an answer to the question. */
function consentOf({ reading }: Scene, kind: OpenProposal['kind'], tapped?: 'yes' | 'no'): Consent {
    const all = reading.texts.map((text) => readConsent(text, kind));
    if (tapped) all.push(tapped);
    if (reading.unreadable.length > 0) all.push('nothing');
    return (['more', 'no', 'yes', 'asking'] as const).find((said) => all.includes(said)) ?? 'nothing';
}

async function accept(scene: Scene, proposal: OpenProposal): Promise<string> {
    const { turn, phrases } = scene;
    const { hint } = turn;
    // The desk has just refused this very YES: saying it again would only be refused again.
    if (hint?.result === 'slot_taken') {
        return offerAgain({ ...scene, toldGone: true }, proposal, phrases.justTaken);
    }
    if (hint?.result === 'refused') return afterRefusal(scene, proposal, hint.code);
    const result = await confirmBooking.run({}, turn);
    if (!isFailure(result)) return '';
    if (result.error === 'no_clear_yes') return askAgain(scene);
    return offerAgain(scene, proposal, unseen(scene));
}

/** Beside a yes there is something that may take it back: a photo, a voice note. */
function askAgain({ turn, reading, phrases }: Scene): string {
    remindOfProposal(turn);
    return reading.unreadable.length > 0 ? phrases.cannotRead(reading.unreadable) : '';
}

async function afterRefusal(scene: Scene, proposal: OpenProposal, state?: string): Promise<string> {
    const { turn, phrases } = scene;
    const known = Object.entries(houseErrors).find(
        ([sqlState, { code }]) => state === sqlState || state === code,
    );
    switch (known?.[1].code) {
        case 'no_live_proposal':
            return offerAgain(scene, proposal, phrases.expired);
        case 'proposal_not_seen':
            return offerAgain(scene, proposal, unseen(scene));
        case 'no_clear_yes':
            return askAgain(scene);
        case 'slot_not_offered':
            return offerAgain({ ...scene, toldGone: true }, proposal, phrases.gone);
        case 'booking_move_refused':
        case 'not_found':
            turn.staged.decline(proposal.id);
            turn.draft = {};
            return paragraphs(phrases.cannotChange, await listMine(scene));
        default:
            turn.staged.decline(proposal.id);
            return phrases.somethingWrong;
    }
}

/** Takes the question back, kindly. */
export function decline({ turn, phrases }: Scene, proposal: OpenProposal): string {
    turn.staged.decline(proposal.id);
    // Of a new booking the service stays known: the customer wants it, only not then.
    turn.draft = proposal.kind === 'book' ? { service_id: proposal.service_id, asked: 'day' } : {};
    return phrases.declined[proposal.kind];
}

/** A YES or NO whose proposal is no longer on the table. */
async function answerOld(scene: Scene, said: 'yes' | 'no'): Promise<string> {
    const { turn, reading, phrases } = scene;
    const { messages, unanswered } = turn.context;
    if (remindOfProposal(turn)) return phrases.stillOpen;
    const before = messages.some(
        ({ seq, content }) =>
            !unanswered.includes(seq) && content.type === 'choice' && content.id === reading.choice?.id,
    );
    if (before) return paragraphs(phrases.alreadyAnswered, await listMine(scene));
    if (said === 'no') return phrases.declined.book;
    // The desk still tells of an open proposal that has run out.
    const { proposal } = turn.context;
    const meant = reading.choice?.choice.kind === said && reading.choice.choice.proposal_id === proposal?.id;
    const newer = !meant && wasReplaced(scene);
    const lead = newer ? nuancesOf(turn.language)?.words.replaced : undefined;
    return offerAgain(scene, meant ? proposal : null, lead ?? phrases.expired);
}

/** Said for a YES to what may not have been read: it has not run out, it is shown once more. */
const unseen = ({ turn, phrases }: Scene) => nuancesOf(turn.language)?.words.pleaseLook ?? phrases.expired;

/** Whether something else was put before the customer after the question that was tapped. */
function wasReplaced({ turn, reading }: Scene): boolean {
    const questions = turn.context.messages.filter(
        ({ role, content }) =>
            role === 'assistant' && (content.type === 'buttons' || content.type === 'list'),
    );
    const last = questions.at(-1)?.content;
    const options = last?.type === 'buttons' ? last.buttons : last?.type === 'list' ? last.rows : [];
    return options.length > 0 && options.every(({ id }) => id !== reading.choice?.id);
}

/** A typed yes when nothing is open: the question has run out, or there was none. */
export async function answerExpired(scene: Scene): Promise<string | undefined> {
    const { turn, reading, phrases } = scene;
    const { messages, proposal } = turn.context;
    const last = messages.findLast(({ role }) => role === 'assistant')?.content;
    const asked = last?.type === 'buttons' && last.buttons.find(({ id }) => id.startsWith('yes:'));
    const all = reading.texts.map((text) => readConsent(text, 'book'));
    // "Yes", then "wait, at 12 rather": what was said last is what is meant.
    if (!asked || !all.includes('yes') || all.at(-1) === 'more' || liveProposal(turn)) return undefined;
    return offerAgain(
        scene,
        proposal && asked.id === yesChoice(proposal.id) ? proposal : null,
        phrases.expired,
    );
}

/** Looks again for what was offered: a cancellation is asked once more, a time is proposed if it is still free. */
async function offerAgain(scene: Scene, offered: OpenProposal | null, lead: string): Promise<string> {
    const { turn } = scene;
    if (offered?.kind === 'cancel') {
        const asked = await cancelBooking.run({ booking: offered.booking_id }, turn);
        return isFailure(asked) ? scene.phrases.cannotChange : '';
    }
    turn.draft = { ...(offered ? draftOf(offered, turn) : turn.draft), asked: undefined };
    return continueBooking(quiet(scene), lead);
}

function draftOf(proposal: OpenProposal, { context, draft }: Turn): Draft {
    const { date, time } = wallTime(new Date(proposal.starts_at), context.business.time_zone);
    const { customer_name: name, notes, booking_id } = proposal;
    return {
        service_id: proposal.service_id,
        date,
        time,
        participants: proposal.participants,
        instructor_id: draft.instructor_id,
        ...(notes ? { notes } : {}),
        ...(name && name !== context.customer.name ? { name } : {}),
        ...(booking_id ? { booking_id } : {}),
    };
}
