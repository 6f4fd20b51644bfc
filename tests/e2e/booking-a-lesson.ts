import { expect } from 'vitest';
import type { Bubble } from '../../scripts/simulators/web/chat-view.ts';
import { type Customer, choicesOf } from './customer.ts';
import type { Desk } from './desk.ts';

export interface BookingRow {
    id: string;
    reference: string;
    status: string;
    service: string;
    instructor: string;
    local_time: string;
    is_tomorrow: boolean;
    duration_min: number;
    customer_name: string;
    claims: number;
}

const bookings = `
    select booking.id, booking.reference, booking.status, service.name as service, instructor.name as instructor,
        booking.local_time::text, booking.duration_min, booking.customer_name,
        booking.local_date = (now() at time zone booking.time_zone)::date + 1 as is_tomorrow,
        (select count(*)::int from public.time_claims as claim where claim.booking_id = booking.id) as claims
    from public.bookings as booking
    join public.services as service on service.id = booking.service_id
    join public.instructors as instructor on instructor.id = booking.instructor_id
    where booking.business_id = $1
    order by booking.created_at`;

export const bookingsOf = (desk: Desk): Promise<BookingRow[]> => desk.rows<BookingRow>(bookings);

const asksForYes = (reply: Bubble): boolean => choicesOf(reply).some(({ id }) => id.startsWith('yes:'));

/** Answers what the desk asks (which service, which time, which name) until it asks for a YES. */
export async function untilProposed(customer: Customer, first: Bubble): Promise<Bubble> {
    let reply = first;
    for (let turn = 0; !asksForYes(reply) && turn < 5; turn++) {
        const hasChoices = choicesOf(reply).length > 0;
        reply = hasChoices
            ? await customer.taps(reply, /./)
            : await customer.says(`My name is ${customer.name}`);
    }
    expect(choicesOf(reply).map(({ id }) => id)).toContainEqual(expect.stringMatching(/^yes:/));
    return reply;
}

/**
 * The main job, whoever thinks: a question for tomorrow at ten becomes a pending booking, and only the YES makes
 * it. Returns the last reply and the booking.
 */
export async function booksALesson(
    desk: Desk,
    customer: Customer,
): Promise<{ said: Bubble; booked: BookingRow }> {
    const proposal = await untilProposed(customer, await customer.says('Hi, a ski lesson tomorrow at 10?'));
    expect(proposal.text).toMatch(/10:00/);
    expect(await bookingsOf(desk)).toEqual([]);

    const said = await customer.taps(proposal, /yes/i);
    const [booked, ...others] = await bookingsOf(desk);
    expect(others).toEqual([]);
    if (booked === undefined) throw new Error(`No booking after: ${said.text}`);
    expect(booked).toMatchObject({
        status: 'pending',
        service: 'Private ski lesson (1 hour)',
        local_time: '10:00:00',
        is_tomorrow: true,
        duration_min: 60,
        customer_name: customer.name,
        claims: 1,
    });
    for (const fact of [/booked/i, /day/, /10:00/, /Zurich/, /\b1 h|60 min/, booked.instructor, /CHF 95/]) {
        expect(said.text).toMatch(fact);
    }
    return { said, booked };
}
