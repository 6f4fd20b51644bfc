import { z } from 'zod';
import type { Log } from '../log.ts';
import { type MessageContent, messageContent, type OutboundContent, outboundContent } from './content.ts';

export * from './content.ts';

/**
 * The words between the desk (Postgres) and the concierge (who thinks). Everything that crosses is jsonb in
 * snake_case; instants are ISO 8601 with offset, dates `YYYY-MM-DD`, times `HH:MM:SS`, money minor units.
 */

const id = z.guid();
const instant = z.iso.datetime({ offset: true });
const minor = z.number().int();
const count = z.number().int().nonnegative();
const jsonObject = z.record(z.string(), z.unknown());

export const stages = ['idle', 'collecting', 'confirming', 'rescheduling', 'cancelling'] as const;
export const stage = z.enum(stages);
export type Stage = z.infer<typeof stage>;

export const proposalKinds = ['book', 'reschedule', 'cancel'] as const;
const proposalKind = z.enum(proposalKinds);

const service = z.object({
    id,
    name: z.string(),
    description: z.string().nullable(),
    aliases: z.array(z.string()),
    duration_min: count,
    price_minor: minor,
    currency: z.string(),
    auto_confirm: z.boolean(),
    horizon_days: count,
    /** Places of a group lesson, sold one by one; null when a booking has the instructor to itself. */
    capacity: count.nullish(),
    instructor_ids: z.array(id),
});
export type Service = z.infer<typeof service>;

const proposalLine = {
    service_id: id,
    instructor_id: id,
    starts_at: instant,
    ends_at: instant,
    booking_id: id.nullable(),
    participants: count,
    customer_name: z.string().nullable(),
    notes: z.string().nullish(),
    price_minor: minor,
    currency: z.string(),
};

const openProposal = z.object({
    id,
    kind: proposalKind,
    ...proposalLine,
    /** What is booked, moved or cancelled together with the first: a family with two levels. */
    also: z.array(z.object(proposalLine)).nullish(),
    /** May be past: a YES that comes late deserves to hear what it was about. */
    expires_at: instant,
    /** The message that showed it was really sent (or at least handed to the channel). */
    went_out: z.boolean(),
    /** `seq` of that message; a YES counts only with a higher one. Null when no message showed it. */
    seq: count.nullable(),
});
export type OpenProposal = z.infer<typeof openProposal>;

const bookingView = z.object({
    id,
    reference: z.string(),
    service_id: id,
    service_name: z.string(),
    instructor_id: id,
    instructor_name: z.string(),
    starts_at: instant,
    ends_at: instant,
    status: z.enum(['pending', 'confirmed', 'cancelled']),
    price_minor: minor,
    currency: z.string(),
});
export type BookingView = z.infer<typeof bookingView>;

const noticeEvent = z.object({
    type: z.enum(['booking_confirmed', 'booking_cancelled']),
    booking: bookingView,
    note: z.string().nullable(),
});
export type NoticeEvent = z.infer<typeof noticeEvent>;

const contextMessage = z.object({
    seq: count,
    role: z.enum(['user', 'assistant', 'owner', 'system']),
    content: messageContent,
    at: instant,
});
export type ContextMessage = Omit<z.infer<typeof contextMessage>, 'content'> & { content: MessageContent };

/** Everything a turn may know, read in one call. Stage and draft are already reset when they expired. */
export const turnContext = z.object({
    now: instant,
    up_to_seq: count,
    /** Rises with every edit and deletion of what waits for an answer. */
    revision: count.default(0),
    unanswered: z.array(count),
    business: z.object({
        id,
        name: z.string(),
        time_zone: z.string(),
        currency: z.string(),
        locale: z.string(),
        /** ISO 3166-1 alpha-2: whom to call in an emergency. */
        country: z.string().optional(),
        meeting_point: z.string().nullable(),
        settings: jsonObject,
    }),
    channel: z.object({ id, kind: z.string() }),
    conversation: z.object({
        id,
        mode: z.enum(['ai', 'human', 'paused']),
        stage,
        draft: jsonObject,
        language: z.string().nullable(),
    }),
    customer: z.object({
        id,
        name: z.string().nullable(),
        language: z.string().nullable(),
        phone: z.string().nullable(),
        bookings_before: count,
    }),
    services: z.array(service),
    instructors: z.array(z.object({ id, name: z.string() })),
    weekly_hours: z.array(
        z.object({
            instructor_id: id,
            weekday: z.number().int().min(1).max(7),
            starts: z.string(),
            ends: z.string(),
        }),
    ),
    messages: z.array(contextMessage),
    offers: z.array(
        z.object({
            service_id: id,
            instructor_id: id,
            starts_at: instant,
            ends_at: instant,
            expires_at: instant,
        }),
    ),
    proposal: openProposal.nullable(),
    upcoming_bookings: z.array(bookingView),
    /** What the business has written down for its customers, most general first. */
    knowledge: z
        .array(z.object({ question: z.string(), answer: z.string(), language: z.string().nullable() }))
        .optional(),
    /** Only in a turn of kind `notice`: what a person decided. */
    event: noticeEvent.nullable(),
});
export type TurnContext = z.infer<typeof turnContext>;

const newProposalLine = {
    service_id: id,
    instructor_id: id,
    starts_at: instant,
    booking_id: id.optional(),
    /** Left out when a booking is moved or cancelled: it keeps its own. */
    participants: z.number().int().positive().optional(),
    customer_name: z.string().optional(),
    notes: z.string().optional(),
};

const newProposal = z.object({
    id,
    kind: proposalKind,
    ...newProposalLine,
    /** More of the same kind, accepted together or not at all. */
    also: z.array(z.object(newProposalLine)).max(19).optional(),
});
export type NewProposal = z.infer<typeof newProposal>;

/** A staged write: applied in order by `finish_turn`, all of them with the reply or none. */
export const action = z.discriminatedUnion('type', [
    z.object({
        type: z.literal('offer'),
        service_id: id,
        /** The booking that looks for another time: its own does not stand in its way. */
        booking_id: id.optional(),
        slots: z.array(
            z.object({
                instructor_id: id,
                starts_at: instant,
                /** When it is another than the action's. */
                service_id: id.optional(),
                /** Places to hold in a group; one unless said. */
                participants: z.number().int().positive().optional(),
            }),
        ),
    }),
    z.object({ type: z.literal('propose'), proposal: newProposal }),
    z.object({ type: z.literal('confirm'), proposal_id: id }),
    z.object({ type: z.literal('decline'), proposal_id: id.optional() }),
    z.object({ type: z.literal('hand_off'), reason: z.string(), summary: z.string() }),
    z.object({
        type: z.literal('remember_customer'),
        name: z.string().optional(),
        language: z.string().optional(),
    }),
]);
export type Action = z.infer<typeof action>;

/** Who thought, with what, and what it cost; stamped on the message. Brains may add their own numbers. */
export const usage = z.looseObject({
    brain: z.string(),
    model: z.string().nullable(),
    prompt_version: z.string().nullable(),
    input_tokens: count.optional(),
    output_tokens: count.optional(),
    duration_ms: z.number().nonnegative().optional(),
});
export type Usage = z.infer<typeof usage>;

const turnState = z.object({ stage, draft: jsonObject, language: z.string().optional() });
export type TurnState = z.infer<typeof turnState>;

/** What thinking ends in. `reply: null` says nothing at all is to be said. */
export const turnResult = z.object({
    reply: outboundContent.nullable(),
    actions: z.array(action),
    state: turnState,
    usage,
});
export type TurnResult = z.infer<typeof turnResult>;

export const partsOfDay = ['morning', 'afternoon', 'evening'] as const;
export type PartOfDay = (typeof partsOfDay)[number];

/** A question for free times; `from` inclusive and `to` exclusive are ISO instants. */
export type FreeSlotQuery = {
    businessId: string;
    serviceId: string;
    from: string;
    to: string;
    instructorId?: string;
    /** Its own holds do not block it. */
    conversationId?: string;
    /** Whom they had before comes first; the conversation's customer unless said. */
    customerId?: string;
    /** How many come: what is found has places for all of them. */
    participants?: number;
    /** The booking that is to move: it does not stand in its own way. */
    bookingId?: string;
    partOfDay?: PartOfDay;
    limit?: number;
    now?: string;
};

export const freeSlot = z.object({
    instructor_id: id,
    instructor_name: z.string(),
    starts_at: instant,
    ends_at: instant,
    local_date: z.iso.date(),
    local_time: z.string(),
    price_minor: minor,
    currency: z.string(),
    /** Of a group; null when the instructor is theirs alone. */
    places_left: count.nullish(),
});
export type FreeSlot = z.infer<typeof freeSlot>;

/** All that thinking may ask of the desk: reads. Writes are staged as actions. */
export type ConciergeDesk = { findFreeSlots(query: FreeSlotQuery): Promise<FreeSlot[]> };

/** Why the turn is thought again: what `finish_turn` said of the attempt before. */
export type TurnHint = { result: 'superseded' | 'slot_taken' | 'refused'; code?: string };

export type ThinkInput = { context: TurnContext; hint?: TurnHint; attempt: number };

export type ThinkDeps<Brain> = {
    desk: ConciergeDesk;
    brain: Brain;
    now: () => Date;
    newId: () => string;
    log: Log;
    signal?: AbortSignal;
};

export type Notice = { reply: OutboundContent; usage: Usage };
