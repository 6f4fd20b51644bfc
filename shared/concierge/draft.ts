import { z } from 'zod';
import { partsOfDay } from '../desk/turn-types.ts';

/** What was asked last, and so what a bare answer is an answer to. */
export const questions = ['service', 'day', 'time', 'name', 'booking', 'booking_to_cancel'] as const;
export type Question = (typeof questions)[number];

const draft = z.object({
    service_id: z.string().optional(),
    /** Day, or first day of the stretch up to `until`. */
    date: z.string().optional(),
    until: z.string().optional(),
    time: z.string().optional(),
    earliest: z.string().optional(),
    latest: z.string().optional(),
    part: z.enum(partsOfDay).optional(),
    any: z.literal(true).optional(),
    /** Weekdays (Monday is 1) that do not suit. */
    without: z.array(z.number().int().min(1).max(7)).optional(),
    instructor_id: z.string().optional(),
    participants: z.number().int().positive().optional(),
    /** In whose name, where it is not the customer's own. */
    name: z.string().optional(),
    notes: z.string().optional(),
    /** The booking that is to be moved; without it a new one is being made. */
    booking_id: z.string().optional(),
    asked: z.enum(questions).optional(),
    /** The dates or times an unclear answer could mean, in the order in which they were read out. */
    options: z.array(z.string()).optional(),
    /** How often in a row the customer was not understood. */
    misunderstood: z.number().int().optional(),
});

/** What the concierge has collected so far; kept in the conversation until its stage expires. */
export type Draft = z.infer<typeof draft>;

/** A draft as stored. One of another version or shape counts as empty: a turn never stops at it. */
export function readDraft(stored: unknown): Draft {
    const read = draft.safeParse(stored);
    return read.success ? read.data : {};
}

/** The stored form: only what is known. */
export function writeDraft(given: Draft): Record<string, unknown> {
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Drops what was said about day and time, keeping what and with whom. */
export function withoutWhen(given: Draft): Draft {
    const { date: _d, until: _u, time: _t, earliest: _e, latest: _l, part: _p, any: _a, ...rest } = given;
    return rest;
}
