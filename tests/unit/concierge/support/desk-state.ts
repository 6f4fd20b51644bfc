import type {
    BookingView,
    ContextMessage,
    NewProposal,
    OpenProposal,
    TurnContext,
} from '../../../../shared/desk/turn-types.ts';
import { type Claim, iso, minute } from './calendar.ts';

/** What the desk in memory keeps, and how it says no. */

export type Message = {
    seq: number;
    role: 'user' | 'assistant';
    content: ContextMessage['content'];
    at: string;
    wentOut: boolean;
};
export type Proposal = NewProposal & { status: string; expires_at: number; seq: number; price_minor: number };
export type State = {
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

/** A house error by its SQLSTATE. */
export class Refusal extends Error {
    readonly code: string;
    constructor(code: string) {
        super(code);
        this.code = code;
    }
}

/** An open proposal as the concierge sees it. */
export function proposalView(open: Proposal, durationMin: number, wentOut: boolean): OpenProposal {
    const starts = Date.parse(open.starts_at);
    return {
        id: open.id,
        kind: open.kind,
        service_id: open.service_id,
        instructor_id: open.instructor_id,
        starts_at: iso(starts),
        ends_at: iso(starts + durationMin * minute),
        booking_id: open.booking_id ?? null,
        participants: open.participants ?? 1,
        customer_name: open.customer_name ?? null,
        notes: open.notes ?? null,
        price_minor: open.price_minor,
        currency: 'CHF',
        expires_at: iso(open.expires_at),
        went_out: wentOut,
        seq: open.seq,
    };
}
