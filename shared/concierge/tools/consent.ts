import { z } from 'zod';
import type { BookingOccasion } from '../../booking-text.ts';
import type { OpenProposal } from '../../desk/turn-types.ts';
import { readChoice } from '../choices.ts';
import { agreesTo } from '../consent.ts';
import { liveProposal, type Turn } from '../turn-state.ts';
import { instructorName } from './lookup.ts';
import { defineTool, failure, type ToolFailure } from './tool.ts';

export type Accepted = { accepted: OpenProposal['kind']; guidance: string };

/**
 * Promise 4 from this side: only a live proposal that went out in an earlier message, and was answered after it
 * with a YES and nothing else, can be accepted. The database checks the same again when the turn commits.
 */
export const confirmBooking = defineTool({
    name: 'confirm_booking',
    description:
        'Accepts the open proposal, and only when the customer has just tapped YES or answered a plain yes to it, without asking for anything else.',
    parameters: z.strictObject({}),

    async run(_args, turn): Promise<Accepted | ToolFailure> {
        const { context, staged } = turn;
        const proposal = liveProposal(turn);
        if (!proposal) {
            return failure(
                'no_live_proposal',
                'Nothing is open to say YES to. Find the time again and propose it.',
            );
        }
        if (staged.proposed) {
            return failure('proposal_not_seen', 'You have only just proposed that: wait for the answer.');
        }
        const { seq } = proposal;
        const answered = seq !== null && context.unanswered.some((given) => given > seq);
        if (!proposal.went_out || !answered) {
            return failure(
                'proposal_not_seen',
                'The customer has not seen the proposal yet. Propose it again.',
            );
        }
        if (tappedAnother(proposal.id, turn)) {
            return failure(
                'no_live_proposal',
                'The customer tapped a button of an older message. Ask again.',
            );
        }
        if (!allAgree(proposal, turn)) {
            return failure(
                'no_clear_yes',
                'The customer has not plainly said yes to the proposal. Answer what they wrote; if they may have meant yes, ask them to tap YES or to answer "yes".',
            );
        }
        staged.confirm(proposal.id, { occasion: occasionOf(proposal, turn), facts: factsOf(proposal, turn) });
        turn.draft = {};
        return {
            accepted: proposal.kind,
            guidance: 'The true details follow your text: write one short friendly sentence without them.',
        };
    },
});

/** Shows the open proposal once more; it stays what it was. False when none is open. */
export function remindOfProposal(turn: Turn): boolean {
    const proposal = liveProposal(turn);
    if (!proposal || turn.staged.confirmed || turn.staged.declined) return false;
    const occasions = {
        book: 'propose_booking',
        reschedule: 'propose_move',
        cancel: 'propose_cancellation',
    } as const;
    turn.staged.remind(proposal, { occasion: occasions[proposal.kind], facts: factsOf(proposal, turn) });
    return true;
}

/** Whether the last button tapped among the unanswered messages belongs to something else than this proposal. */
function tappedAnother(proposalId: string, { context }: Turn): boolean {
    const taps = context.messages
        .filter(({ seq, role }) => role === 'user' && context.unanswered.includes(seq))
        .flatMap(({ content }) => (content.type === 'choice' ? (readChoice(content.id) ?? []) : []));
    const last = taps.at(-1);
    return last !== undefined && !(last.kind === 'yes' && last.proposal_id === proposalId);
}

/** Whether every message since the proposal says YES to it: a voice note, a question or a doubt beside one may say no. */
function allAgree(proposal: OpenProposal, { context }: Turn): boolean {
    return context.messages
        .filter(({ seq }) => context.unanswered.includes(seq) && seq > (proposal.seq ?? 0))
        .every(({ content }) => agreesTo(proposal, content));
}

function occasionOf(proposal: OpenProposal, { context }: Turn): BookingOccasion {
    if (proposal.kind === 'cancel') return 'cancelled';
    if (proposal.kind === 'book') {
        const service = context.services.find(({ id }) => id === proposal.service_id);
        return service?.auto_confirm ? 'booked_confirmed' : 'booked_pending';
    }
    const booking = context.upcoming_bookings.find(({ id }) => id === proposal.booking_id);
    return booking?.status === 'pending' ? 'moved_pending' : 'moved_confirmed';
}

function factsOf(proposal: OpenProposal, { context }: Turn) {
    const booking = context.upcoming_bookings.find(({ id }) => id === proposal.booking_id);
    const service = context.services.find(({ id }) => id === proposal.service_id);
    return {
        service: service?.name ?? booking?.service_name ?? '',
        instructor: instructorName(proposal.instructor_id, context),
        starts_at: proposal.starts_at,
        ends_at: proposal.ends_at,
        price_minor: proposal.price_minor,
        currency: proposal.currency,
        ...(proposal.kind === 'book'
            ? {
                  participants: proposal.participants,
                  customer_name: proposal.customer_name,
                  ...(proposal.notes ? { notes: proposal.notes } : {}),
              }
            : {}),
        ...(booking ? { reference: booking.reference } : {}),
        ...(booking && proposal.kind === 'reschedule'
            ? { former_starts_at: booking.starts_at, former_ends_at: booking.ends_at }
            : {}),
    };
}
