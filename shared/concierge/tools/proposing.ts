import { z } from 'zod';
import type { FreeSlot, Service } from '../../desk/turn-types.ts';
import { notAllowed } from '../abilities.ts';
import { findSlot, localTime } from '../slot-search.ts';
import type { Turn } from '../turn-state.ts';
import { findInstructor, findService } from './lookup.ts';
import { checkWhen, dateArgument, type TimeView, timeArgument, timeView } from './times.ts';
import { defineTool, failure, isFailure, type ToolFailure } from './tool.ts';

/**
 * What the customer is asked to say YES to: a booking, a move or a cancellation. Nothing is written until they do;
 * the details and the two buttons are attached to the reply from the facts here.
 */

export type Proposed = { proposed: { service: string } & TimeView; guidance: string };

export const detailsFollow =
    'The details and YES/NO buttons follow your text: write one short sentence without them.';

export const proposeBooking = defineTool({
    name: 'propose_booking',
    description: 'Puts one free time before the customer to say YES to. Nothing is booked yet.',
    parameters: z.strictObject({
        service: z.string(),
        date: z.string().describe(dateArgument),
        time: z.string().describe(timeArgument),
        instructor: z.string().nullable(),
        participants: z.number().int().min(1).max(20),
        customer_name: z.string().nullable().describe('null for the name we know'),
        notes: z.string().nullable().describe('wishes the instructor should know'),
    }),

    async run(args, turn): Promise<Proposed | ToolFailure> {
        const forbidden = notAllowed('book', turn);
        if (forbidden) return forbidden;
        const { context, staged } = turn;
        const service = findService(args.service, context);
        if (isFailure(service)) return service;
        const slot = await freeSlot(args, service, turn);
        if (isFailure(slot)) return slot;
        const name = cleanName(args.customer_name ?? staged.rememberedName ?? context.customer.name);
        if (!name) {
            staged.offer(service, [slot]);
            return failure('name_missing', 'The time is free and held. Ask for the name of the booking.');
        }
        const notes = args.notes?.trim().slice(0, 300) || undefined;
        staged.propose(
            {
                id: turn.newId(),
                kind: 'book',
                service_id: service.id,
                instructor_id: slot.instructor_id,
                starts_at: slot.starts_at,
                participants: args.participants,
                customer_name: name,
                ...(notes ? { notes } : {}),
            },
            {
                occasion: 'propose_booking',
                facts: {
                    ...slotFacts(service, slot),
                    participants: args.participants,
                    customer_name: name,
                    ...(notes ? { notes } : {}),
                },
            },
        );
        noteDown(turn, service, slot, { participants: args.participants, notes, booking_id: undefined });
        return { proposed: { service: service.name, ...timeView(slot, turn) }, guidance: detailsFollow };
    },
});

type Asked = {
    date: string;
    time: string;
    instructor: string | null;
    /** The booking that is to move: it does not stand in its own way. */
    bookingId?: string;
};

/** The wished slot if it is free, else why not. */
export async function freeSlot(asked: Asked, service: Service, turn: Turn): Promise<FreeSlot | ToolFailure> {
    const refused = checkWhen(asked, service, turn);
    if (refused) return refused;
    const instructor = asked.instructor ? findInstructor(asked.instructor, turn.context, service) : undefined;
    if (instructor && isFailure(instructor)) return instructor;
    const { date, time, bookingId } = asked;
    const slot = await findSlot({ service, date, time, bookingId, instructorId: instructor?.id }, turn);
    return (
        slot ?? failure('not_free', 'That time is not free. Call find_times for it and offer what it finds.')
    );
}

export function slotFacts(service: Service, slot: FreeSlot) {
    const { starts_at, ends_at, price_minor, currency, instructor_name: instructor } = slot;
    return { service: service.name, instructor, starts_at, ends_at, price_minor, currency };
}

/** Keeps what was proposed, so that a change of mind starts from there. */
export function noteDown(turn: Turn, service: Service, slot: FreeSlot, more: Partial<Turn['draft']>) {
    turn.draft = {
        service_id: service.id,
        date: slot.local_date,
        time: localTime(slot),
        // Whoever happens to be free is no wish of the customer's: only a wish is kept.
        instructor_id: turn.draft.instructor_id,
        ...more,
    };
}

/** A name as it goes on a booking: one line, no control characters, at most 80 characters. */
export function cleanName(name: string | null | undefined): string | undefined {
    const clean = name
        ?.replace(/[\p{C}\s]+/gu, ' ')
        .trim()
        .slice(0, 80);
    return clean || undefined;
}
