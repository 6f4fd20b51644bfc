import { z } from 'zod';
import type { BookingView } from '../../desk/turn-types.ts';
import { notAllowed } from '../abilities.ts';
import type { Spoken } from '../staged.ts';
import { liveProposal, type Turn } from '../turn-state.ts';
import { findBooking, findService } from './lookup.ts';
import { detailsFollow, freeSlot, noteDown, type Proposed, slotFacts } from './proposing.ts';
import { dateArgument, timeArgument, timeView } from './times.ts';
import { defineTool, failure, isFailure, type ToolFailure } from './tool.ts';

export const rescheduleBooking = defineTool({
    name: 'reschedule_booking',
    description: 'Asks the customer to say YES to moving a booking to a free time. Nothing is moved yet.',
    parameters: z.strictObject({
        booking: z.string().describe('reference'),
        date: z.string().describe(dateArgument),
        time: z.string().describe(timeArgument),
        instructor: z.string().nullable().describe('null keeps the instructor if possible'),
    }),

    async run(args, turn): Promise<Proposed | ToolFailure> {
        const forbidden = notAllowed('reschedule', turn);
        if (forbidden) return forbidden;
        const booking = findBooking(args.booking, turn.context);
        if (isFailure(booking)) return booking;
        const service = findService(booking.service_id, turn.context);
        if (isFailure(service)) return notOfferedAnyMore;
        const { date, time, instructor } = args;
        const moved = { date, time, bookingId: booking.id };
        const same = await freeSlot(
            { ...moved, instructor: instructor ?? booking.instructor_id },
            service,
            turn,
        );
        const slot =
            isFailure(same) && !instructor ? await freeSlot({ ...moved, instructor }, service, turn) : same;
        if (isFailure(slot)) return slot;
        const facts = {
            ...slotFacts(service, slot),
            reference: booking.reference,
            price_minor: booking.price_minor,
            former_starts_at: booking.starts_at,
            former_ends_at: booking.ends_at,
        };
        proposeChange(turn, 'reschedule', booking, slot, { occasion: 'propose_move', facts });
        noteDown(turn, service, slot, { booking_id: booking.id });
        return { proposed: { service: service.name, ...timeView(slot, turn) }, guidance: detailsFollow };
    },
});

export type Withdrawn = { withdrawn: true; guidance: string };
export type AskedToCancel = {
    proposed_cancellation: { reference: string; service: string };
    guidance: string;
};

export const cancelBooking = defineTool({
    name: 'cancel_booking',
    description:
        'Asks the customer to say YES to cancelling a booking. With booking null it withdraws the open proposal instead, when they say no to it.',
    parameters: z.strictObject({ booking: z.string().nullable().describe('reference') }),

    async run(args, turn): Promise<AskedToCancel | Withdrawn | ToolFailure> {
        if (args.booking === null) {
            const open = liveProposal(turn);
            if (!open)
                return failure(
                    'no_open_proposal',
                    'There is nothing to withdraw. Ask which booking to cancel.',
                );
            turn.staged.decline(open.id);
            return {
                withdrawn: true,
                guidance: 'Nothing was booked or changed. Ask what would suit better.',
            };
        }
        const forbidden = notAllowed('cancel', turn);
        if (forbidden) return forbidden;
        const booking = findBooking(args.booking, turn.context);
        if (isFailure(booking)) return booking;
        const { reference, service_name: service, instructor_name: instructor } = booking;
        const { starts_at, ends_at, price_minor, currency } = booking;
        const facts = { service, instructor, starts_at, ends_at, price_minor, currency, reference };
        proposeChange(turn, 'cancel', booking, booking, { occasion: 'propose_cancellation', facts });
        turn.draft = { booking_id: booking.id };
        return { proposed_cancellation: { reference, service }, guidance: detailsFollow };
    },
});

const notOfferedAnyMore = failure(
    'unknown_service',
    'That service is not offered any more. Hand over to a person.',
);

/** A change of a booking keeps its people, name and price: only the time is new. */
function proposeChange(
    turn: Turn,
    kind: 'reschedule' | 'cancel',
    booking: BookingView,
    when: { instructor_id: string; starts_at: string },
    spoken: Spoken,
) {
    const { id: booking_id, service_id } = booking;
    const { instructor_id, starts_at } = when;
    const id = turn.newId();
    turn.staged.propose({ id, kind, service_id, instructor_id, starts_at, booking_id }, spoken);
}
