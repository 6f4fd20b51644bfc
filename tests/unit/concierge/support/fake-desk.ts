import type {
    Action,
    BookingView,
    ConciergeDesk,
    ContextMessage,
    FreeSlot,
    FreeSlotQuery,
    InboundContent,
    NewProposal,
    OpenProposal,
    OutboundContent,
    TurnContext,
    TurnResult,
} from '../../../../shared/desk/turn-types.ts';
import { addDays, instantAt, wallTime, weekdayOf } from '../../../../shared/zoned-time.ts';
import { ben, booking, conversationId, emptyContext, mia, now, weeklyHours } from './world.ts';

/**
 * The desk of one conversation in memory, with the manners of the SQL functions: holds expire, a turn is applied
 * as a whole or not at all, a booking is made only from a proposal that went out before the YES.
 */

type Claim = {
    instructor_id: string;
    from: number;
    to: number;
    ours: boolean;
    expires_at: number;
    proposal_id?: string;
    booking_id?: string;
};
type Message = {
    seq: number;
    role: 'user' | 'assistant';
    content: ContextMessage['content'];
    at: string;
    wentOut: boolean;
};
type Proposal = NewProposal & { status: string; expires_at: number; seq: number; price_minor: number };
type State = {
    claims: Claim[];
    proposals: Proposal[];
    bookings: BookingView[];
    messages: Message[];
    unanswered: number[];
    conversation: TurnContext['conversation'];
    customer: TurnContext['customer'];
    stageExpiresAt: number;
};

export type Finished =
    | { result: 'done' }
    | { result: 'superseded' | 'taken_over' }
    | { result: 'slot_taken'; action: number }
    | { result: 'refused'; action: number; code: string; message: string };

class Refusal extends Error {
    readonly code: string;
    constructor(code: string) {
        super(code);
        this.code = code;
    }
}

const minute = 60_000;
const stepMin = 30;
const iso = (epoch: number) => new Date(epoch).toISOString().replace('.000Z', '+00:00');

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
        const service = this.base.services.find(({ id }) => id === query.serviceId);
        if (!service) throw new Error('unknown service');
        const { time_zone: zone } = this.base.business;
        const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
        const slots: FreeSlot[] = [];
        const taken = new Set<number>();
        const last = wallTime(new Date(to), zone).date;
        for (let day = wallTime(new Date(from), zone).date; day <= last; day = addDays(day, 1)) {
            for (const hours of weeklyHours.filter((given) => given.weekday === weekdayOf(day))) {
                const { instructor_id } = hours;
                if (!service.instructor_ids.includes(instructor_id)) continue;
                if (query.instructorId && instructor_id !== query.instructorId) continue;
                const closes = instantAt(day, hours.ends, zone).getTime();
                let start = instantAt(day, hours.starts, zone).getTime();
                for (; start + service.duration_min * minute <= closes; start += stepMin * minute) {
                    const end = start + service.duration_min * minute;
                    const wall = wallTime(new Date(start), zone);
                    const hour = Number(wall.time.slice(0, 2));
                    const part = hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening';
                    if (query.partOfDay && query.partOfDay !== part) continue;
                    if (start < Math.max(from, this.now + minute) || start >= to || taken.has(start))
                        continue;
                    if (this.#isTaken(instructor_id, start, end, query.bookingId)) continue;
                    taken.add(start);
                    const { name } = instructor_id === ben.id ? ben : mia;
                    slots.push({
                        instructor_id,
                        instructor_name: name,
                        starts_at: iso(start),
                        ends_at: iso(end),
                        local_date: wall.date,
                        local_time: `${wall.time}:00`,
                        price_minor: service.price_minor,
                        currency: service.currency,
                    });
                }
            }
        }
        slots.sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
        return spread(slots, query.limit ?? 3);
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
                    this.#hold(slot.instructor_id, slot.starts_at, service?.duration_min ?? 60, 10);
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
            this.#isTaken(open.instructor_id, Date.parse(view.starts_at), Date.parse(view.ends_at), moved?.id)
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
        const starts = Date.parse(open.starts_at);
        return {
            id: open.id,
            kind: open.kind,
            service_id: open.service_id,
            instructor_id: open.instructor_id,
            starts_at: iso(starts),
            ends_at: iso(starts + (service?.duration_min ?? 60) * minute),
            booking_id: open.booking_id ?? null,
            participants: open.participants ?? 1,
            notes: open.notes ?? null,
            customer_name: open.customer_name ?? null,
            price_minor: open.price_minor,
            currency: 'CHF',
            expires_at: iso(open.expires_at),
            went_out: this.state.messages.find(({ seq }) => seq === open.seq)?.wentOut ?? false,
            seq: open.seq,
        };
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
        if (this.#isTaken(instructorId, from, to, moving)) throw new Refusal('D0003');
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

    /** Our own holds are in nobody's way but our own bookings are. */
    #isTaken(instructorId: string, from: number, to: number, moving?: string): boolean {
        return this.state.claims.some(
            (claim) =>
                claim.instructor_id === instructorId &&
                claim.from < to &&
                from < claim.to &&
                claim.expires_at > this.now &&
                (!claim.ours || (claim.booking_id !== undefined && claim.booking_id !== moving)),
        );
    }
}

/** The earliest of each day first, then the next of each, in order of time. */
function spread(slots: FreeSlot[], limit: number): FreeSlot[] {
    const rank = new Map<string, number>();
    const ranked = slots.map((slot) => {
        const place = rank.get(slot.local_date) ?? 0;
        rank.set(slot.local_date, place + 1);
        return { slot, place };
    });
    ranked.sort((a, b) => a.place - b.place || Date.parse(a.slot.starts_at) - Date.parse(b.slot.starts_at));
    return ranked
        .slice(0, limit)
        .map(({ slot }) => slot)
        .sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
}

export { conversationId };
