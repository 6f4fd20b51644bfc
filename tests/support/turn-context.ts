import type { TurnContext } from '../../shared/desk/turn-types.ts';

export const ids = {
    business: 'b0000000-0000-4000-8000-000000000001',
    channel: 'c0000000-0000-4000-8000-000000000001',
    conversation: 'd0000000-0000-4000-8000-000000000001',
    customer: 'e0000000-0000-4000-8000-000000000001',
    service: 'f0000000-0000-4000-8000-000000000001',
    instructor: 'a0000000-0000-4000-8000-000000000001',
    message: 'a1000000-0000-4000-8000-000000000001',
    booking: 'a2000000-0000-4000-8000-000000000001',
    proposal: 'a3000000-0000-4000-8000-000000000001',
    lease: 'a4000000-0000-4000-8000-000000000001',
};

/** A turn as the desk tells of it: one customer, one service, one unanswered message. */
export function turnContextOf(more: Partial<TurnContext> = {}): TurnContext {
    return {
        now: '2026-11-20T09:00:00+00:00',
        up_to_seq: 3,
        revision: 0,
        unanswered: [3],
        business: {
            id: ids.business,
            name: 'Alpine Ski School',
            time_zone: 'Europe/Zurich',
            currency: 'CHF',
            locale: 'en',
            meeting_point: null,
            settings: {},
        },
        channel: { id: ids.channel, kind: 'whatsapp' },
        conversation: {
            id: ids.conversation,
            mode: 'ai',
            stage: 'collecting',
            draft: { day: 'x' },
            language: null,
        },
        customer: {
            id: ids.customer,
            name: 'Ana Lima',
            language: null,
            phone: '+41790000001',
            bookings_before: 0,
        },
        services: [
            {
                id: ids.service,
                name: 'Private ski lesson',
                description: null,
                aliases: [],
                duration_min: 60,
                price_minor: 9000,
                currency: 'CHF',
                auto_confirm: false,
                horizon_days: 60,
                instructor_ids: [ids.instructor],
            },
        ],
        instructors: [{ id: ids.instructor, name: 'Lena' }],
        weekly_hours: [{ instructor_id: ids.instructor, weekday: 1, starts: '09:00:00', ends: '16:00:00' }],
        messages: [
            { seq: 3, role: 'user', content: { type: 'text', text: 'Hi' }, at: '2026-11-20T08:59:58+00:00' },
        ],
        offers: [],
        proposal: null,
        upcoming_bookings: [],
        event: null,
        ...more,
    };
}
