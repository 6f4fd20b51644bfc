import type { BookingView, Service, TurnContext } from '../../../../shared/desk/turn-types.ts';

/** A small ski school: Friday 20 November 2026, 10:30 in Zurich, two services given by two instructors. */

const id = (group: number, number: number) =>
    `00000000-0000-4000-8000-${String(group).padStart(4, '0')}${String(number).padStart(8, '0')}`;

export const now = new Date('2026-11-20T09:30:00Z');
export const zone = 'Europe/Zurich';
export const businessId = id(1, 1);
export const conversationId = id(2, 1);
export const customerId = id(3, 1);
export const ben = { id: id(4, 1), name: 'Ben Frey' };
export const mia = { id: id(4, 2), name: 'Mia Rossi' };

export const privateLesson: Service = {
    id: id(5, 1),
    name: 'Private ski lesson',
    description: 'One to four people, all levels',
    aliases: ['ski lesson', 'private lesson', 'skiing'],
    duration_min: 120,
    price_minor: 18_000,
    currency: 'CHF',
    auto_confirm: false,
    horizon_days: 90,
    instructor_ids: [ben.id, mia.id],
};
export const snowboard: Service = {
    id: id(5, 2),
    name: 'Snowboard lesson',
    description: null,
    aliases: ['snowboarding'],
    duration_min: 60,
    price_minor: 9_550,
    currency: 'CHF',
    auto_confirm: true,
    horizon_days: 90,
    instructor_ids: [mia.id],
};

export const business: TurnContext['business'] = {
    id: businessId,
    name: 'Alpine Ski School',
    time_zone: zone,
    currency: 'CHF',
    locale: 'en',
    meeting_point: 'Valley station, ticket office',
    settings: {},
};

/** Both work every day from 9 to 17. */
export const weeklyHours: TurnContext['weekly_hours'] = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
    [ben, mia].map(({ id: instructor_id }) => ({
        instructor_id,
        weekday,
        starts: '09:00:00',
        ends: '17:00:00',
    })),
);

export function booking(number: number, over: Partial<BookingView> = {}): BookingView {
    return {
        id: id(6, number),
        reference: `AB${String(number).padStart(2, '0')}`,
        service_id: privateLesson.id,
        service_name: privateLesson.name,
        instructor_id: ben.id,
        instructor_name: ben.name,
        starts_at: '2026-11-25T09:00:00+00:00',
        ends_at: '2026-11-25T11:00:00+00:00',
        status: 'confirmed',
        price_minor: 18_000,
        currency: 'CHF',
        ...over,
    };
}

/** Ids in order, so that every run of a conversation is the same. */
export function idMaker(): () => string {
    let next = 0;
    return () => {
        next += 1;
        return id(9, next);
    };
}

/** A context with nothing in it but what is given. */
export function emptyContext(over: Partial<TurnContext> = {}): TurnContext {
    return {
        now: now.toISOString(),
        up_to_seq: 0,
        revision: 0,
        unanswered: [],
        business,
        channel: { id: id(7, 1), kind: 'whatsapp' },
        conversation: { id: conversationId, mode: 'ai', stage: 'idle', draft: {}, language: null },
        customer: {
            id: customerId,
            name: 'Anna Keller',
            language: null,
            phone: '+41790000001',
            bookings_before: 0,
        },
        services: [privateLesson, snowboard],
        instructors: [ben, mia],
        weekly_hours: weeklyHours,
        messages: [],
        offers: [],
        proposal: null,
        upcoming_bookings: [],
        event: null,
        ...over,
    };
}
