import type {
    Action,
    BookingView,
    ConciergeDesk,
    FreeSlot,
    FreeSlotQuery,
    InboundContent,
    NewProposal,
    OpenProposal,
    OutboundContent,
    TurnContext,
    TurnResult,
} from '../../../../shared/desk/turn-types.ts';
import { instantAt } from '../../../../shared/zoned-time.ts';
import { type Claim, freeSlots, iso, isTaken, minute } from './calendar.ts';
import { type Finished, type Proposal, proposalView, Refusal, type State } from './desk-state.ts';
import { ben, booking, emptyContext, mia, now, weeklyHours } from './world.ts';

/**
 * The desk of one conversation in memory, with the manners of the SQL functions: holds expire, a turn is applied
 * as a whole or not at all, a booking is made only from a proposal that went out before the YES.
 */

export class FakeDesk implements ConciergeDesk {
    now = now.getTime();
    /** Messages sent from now on never leave the desk. */
    sendsFail = false;
    readonly queries: FreeSlotQuery[] = [];
    readonly base: TurnContext;
    state: State;

    constructor(over: Partial<TurnContext> = {}) {
        this.base = emptyContext(over);
        this.state = {
            claims: [],
            proposals: [],
            bookings: structuredClone(this.base.upcoming_bookings),
            messages: [],
            unanswered: [],
            conversation: this.base.conversation,
            customer: this.base.customer,
            stageExpiresAt: 0,
        };
        for (const given of this.state.bookings) if (given.status !== 'cancelled') this.#claimFor(given);
    }

    pass(minutes: number) {
        this.now += minutes * minute;
    }

    receive(content: InboundContent) {
        const seq = this.state.messages.length + 1;
        this.state.messages.push({ seq, role: 'user', content, at: iso(this.now), wentOut: true });
        this.state.unanswered.push(seq);
    }

    /** Somebody else takes an instructor's time. */
    takeElsewhere(instructorId: string, date: string, from: string, to: string) {
        const zone = this.base.business.time_zone;
        this.state.claims = this.state.claims.filter((claim) => claim.expires_at > this.now);
        this.state.claims.push({
            instructor_id: instructorId,
            from: instantAt(date, from, zone).getTime(),
            to: instantAt(date, to, zone).getTime(),
            ours: false,
            expires_at: Number.POSITIVE_INFINITY,
        });
    }

    context(): TurnContext {
        const { state } = this;
        if (state.stageExpiresAt < this.now) Object.assign(state.conversation, { stage: 'idle', draft: {} });
        const open = this.#open();
        const last = state.messages.slice(-10);
        return {
            ...this.base,
            now: iso(this.now),
            up_to_seq: state.messages.length,
            revision: 0,
            unanswered: [...state.unanswered],
            conversation: structuredClone(state.conversation),
            customer: { ...state.customer },
            messages: last.map(({ seq, role, content, at }) => ({ seq, role, content, at })),
            offers: state.claims
                .filter(
                    (claim) =>
                        claim.ours && !claim.booking_id && !claim.proposal_id && claim.expires_at > this.now,
                )
                .map((claim) => ({
                    service_id: this.#serviceOf(claim.to - claim.from),
                    instructor_id: claim.instructor_id,
                    starts_at: iso(claim.from),
                    ends_at: iso(claim.to),
                    expires_at: iso(claim.expires_at),
                })),
            proposal: open ? this.#view(open) : null,
            upcoming_bookings: structuredClone(
                state.bookings.filter(
                    ({ status, ends_at }) => status !== 'cancelled' && Date.parse(ends_at) > this.now,
                ),
            ),
        };
    }

    async findFreeSlots(query: FreeSlotQuery): Promise<FreeSlot[]> {
        this.queries.push(query);
        const { services, business, instructors } = this.base;
        return freeSlots(query, {
            services,
            instructors,
            zone: business.time_zone,
            hours: weeklyHours,
            claims: this.state.claims,
            now: this.now,
        });
    }

    /** Applies a turn as `finish_turn` does. */
    finish(upToSeq: number, turn: TurnResult, final: boolean): Finished {
        const { state } = this;
        if (state.conversation.mode !== 'ai') return { result: 'taken_over' };
        if (!final && state.unanswered.some((seq) => seq > upToSeq)) return { result: 'superseded' };
        const before = structuredClone(state);
        const seq = state.messages.length + 1;
        for (const [index, action] of turn.actions.entries()) {
            try {
                this.#apply(action, upToSeq, seq);
            } catch (error) {
                if (!(error instanceof Refusal)) throw error;
                this.state = before;
                if (error.code === 'D0003') return { result: 'slot_taken', action: index };
                return { result: 'refused', action: index, code: error.code, message: error.message };
            }
        }
        if (turn.reply) {
            const content: OutboundContent = turn.reply;
            state.messages.push({
                seq,
                role: 'assistant',
                content,
                at: iso(this.now),
                wentOut: !this.sendsFail,
            });
        }
        state.unanswered = state.unanswered.filter((given) => given > upToSeq);
        Object.assign(state.conversation, { stage: turn.state.stage, draft: turn.state.draft });
        if (turn.state.language) state.conversation.language = turn.state.language;
        state.stageExpiresAt = this.now + 30 * minute;
        return { result: 'done' };
    }

    #apply(action: Action, upToSeq: number, seq: number) {
        const { state } = this;
        switch (action.type) {
            case 'offer': {
                this.#dropHolds();
                const service = this.base.services.find(({ id }) => id === action.service_id);
                for (const slot of action.slots) {
                    this.#hold(slot.instructor_id, slot.starts_at, service?.duration_min ?? 60, 10, {
                        moving: action.booking_id,
                    });
                }
                break;
            }
            case 'propose':
                this.#propose(action.proposal, seq);
                break;
            case 'confirm':
                this.#confirm(action.proposal_id, upToSeq);
                break;
            case 'decline': {
                const open = this.#open();
                if (open) open.status = 'declined';
                this.#dropHolds();
                break;
            }
            case 'hand_off':
                state.conversation.mode = 'human';
                break;
            case 'remember_customer':
                if (action.name) state.customer = { ...state.customer, name: action.name };
                if (action.language) state.customer = { ...state.customer, language: action.language };
        }
    }

    #propose(proposal: NewProposal, seq: number) {
        const service = this.base.services.find(({ id }) => id === proposal.service_id);
        if (!service) throw new Refusal('D0001');
        const open = this.#open();
        if (open) open.status = 'superseded';
        this.#dropHolds();
        if (proposal.kind !== 'cancel') {
            const holder = { proposalId: proposal.id, moving: proposal.booking_id };
            this.#hold(proposal.instructor_id, proposal.starts_at, service.duration_min, 30, holder);
        }
        this.state.proposals.push({
            ...proposal,
            status: 'open',
            seq,
            price_minor: service.price_minor,
            expires_at: this.now + 30 * minute,
        });
    }

    #confirm(proposalId: string, upToSeq: number) {
        const { state } = this;
        const open = this.#open();
        if (open?.id !== proposalId || open.expires_at <= this.now) throw new Refusal('D0005');
        const message = state.messages.find(({ seq }) => seq === open.seq);
        const answered = state.unanswered.some((seq) => seq <= upToSeq && seq > open.seq);
        if (!message?.wentOut || !answered) throw new Refusal('D0006');
        open.status = 'accepted';
        const view = this.#view(open);
        const service = this.base.services.find(({ id }) => id === open.service_id);
        const moved = state.bookings.find(({ id }) => id === open.booking_id);
        if (open.kind === 'cancel') {
            if (moved?.status === 'cancelled' || !moved) throw new Refusal('D0007');
            moved.status = 'cancelled';
            state.claims = state.claims.filter((claim) => claim.booking_id !== moved.id);
            return;
        }
        if (
            isTaken(
                this.state.claims,
                this.now,
                open.instructor_id,
                Date.parse(view.starts_at),
                Date.parse(view.ends_at),
                moved?.id,
            )
        ) {
            throw new Refusal('D0003');
        }
        this.#dropHolds();
        const { starts_at, ends_at, instructor_id } = view;
        const instructor_name = (instructor_id === ben.id ? ben : mia).name;
        if (moved) {
            state.claims = state.claims.filter((claim) => claim.booking_id !== moved.id);
            Object.assign(moved, { starts_at, ends_at, instructor_id, instructor_name });
            this.#claimFor(moved);
            return;
        }
        const made = booking(state.bookings.length + 50, {
            service_id: open.service_id,
            service_name: service?.name ?? '',
            instructor_id,
            instructor_name,
            starts_at,
            ends_at,
            price_minor: open.price_minor,
            status: service?.auto_confirm ? 'confirmed' : 'pending',
        });
        state.bookings.push(made);
        this.#claimFor(made);
    }

    #open(): Proposal | undefined {
        return this.state.proposals.find(({ status }) => status === 'open');
    }

    #view(open: Proposal): OpenProposal {
        const service = this.base.services.find(({ id }) => id === open.service_id);
        const shown = this.state.messages.find(({ seq }) => seq === open.seq);
        return proposalView(open, service?.duration_min ?? 60, shown?.wentOut ?? false);
    }

    #serviceOf(length: number): string {
        return this.base.services.find((given) => given.duration_min * minute === length)?.id ?? '';
    }

    #hold(
        instructorId: string,
        startsAt: string,
        durationMin: number,
        holdMin: number,
        { proposalId, moving }: { proposalId?: string; moving?: string | undefined } = {},
    ) {
        const from = Date.parse(startsAt);
        const to = from + durationMin * minute;
        if (isTaken(this.state.claims, this.now, instructorId, from, to, moving)) throw new Refusal('D0003');
        const expires_at = this.now + holdMin * minute;
        const claim: Claim = { instructor_id: instructorId, from, to, ours: true, expires_at };
        this.state.claims.push(proposalId ? { ...claim, proposal_id: proposalId } : claim);
    }

    #dropHolds() {
        this.state.claims = this.state.claims.filter((claim) => !claim.ours || claim.booking_id);
    }

    #claimFor({ id, instructor_id, starts_at, ends_at }: BookingView) {
        this.state.claims.push({
            instructor_id,
            from: Date.parse(starts_at),
            to: Date.parse(ends_at),
            ours: true,
            expires_at: Number.POSITIVE_INFINITY,
            booking_id: id,
        });
    }
}
