import { z } from 'zod';
import type { Call } from './rpc.ts';
import { type ConciergeDesk, freeSlot } from './turn-types.ts';

/** Free times, computed by SQL: opening hours less everything that takes an instructor's time. */
export const slotsDesk = (call: Call): ConciergeDesk => ({
    findFreeSlots: (query) =>
        call(
            'find_free_slots',
            {
                p_business_id: query.businessId,
                p_service_id: query.serviceId,
                p_from: query.from,
                p_to: query.to,
                p_instructor_id: query.instructorId,
                p_conversation_id: query.conversationId,
                p_part_of_day: query.partOfDay,
                p_limit: query.limit,
                p_now: query.now,
                p_booking_id: query.bookingId,
                p_participants: query.participants,
                p_customer_id: query.customerId,
            },
            z.array(freeSlot),
        ),
});
