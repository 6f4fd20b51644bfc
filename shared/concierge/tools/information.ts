import { z } from 'zod';
import type { BookingView, Service } from '../../desk/turn-types.ts';
import { priceText } from '../../money.ts';
import { wallTime } from '../../zoned-time.ts';
import { sharesPrices } from '../abilities.ts';
import { openingHours } from '../opening-hours.ts';
import { placeOf, type Turn } from '../turn-state.ts';
import { findService, instructorName } from './lookup.ts';
import { defineTool, isFailure, type ToolFailure } from './tool.ts';

export type ServiceView = {
    name: string;
    description: string | null;
    duration_min: number;
    price: string;
    instructors: string[];
};

export type ServiceInfo = {
    services: ServiceView[];
    opening_hours: { days: string[]; hours: string[] }[];
    meeting_point: string | null;
};

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const getServiceInfo = defineTool({
    name: 'get_service_info',
    description:
        'What is offered, for how long, at what price and by whom; opening hours; meeting point. With service null all services, which then appear as a list to choose from.',
    parameters: z.strictObject({ service: z.string().nullable() }),

    async run({ service }, turn): Promise<ServiceInfo | ToolFailure> {
        const { context, staged } = turn;
        const one = service === null ? undefined : findService(service, context);
        if (one && isFailure(one)) return one;
        const services = one ? [one] : context.services;
        if (!one && !staged.attached && services.length > 1) staged.attached = { kind: 'services', services };
        return {
            services: services.map((given) => serviceView(given, turn)),
            opening_hours: openingHours(context.weekly_hours).map((group) => ({
                days: group.weekdays.map((weekday) => weekdays[weekday - 1] ?? ''),
                hours: group.spans.map(({ starts, ends }) => `${starts}-${ends}`),
            })),
            meeting_point: context.business.meeting_point,
        };
    },
});

function serviceView(service: Service, turn: Turn): ServiceView {
    return {
        name: service.name,
        description: service.description,
        duration_min: service.duration_min,
        price: sharesPrices(turn)
            ? priceText(service.price_minor, service.currency, placeOf(turn).locale)
            : '',
        instructors: service.instructor_ids.map((id) => instructorName(id, turn.context)).filter(Boolean),
    };
}

export type BookingLine = {
    reference: string;
    service: string;
    date: string;
    weekday: string;
    time: string;
    instructor: string;
    status: BookingView['status'];
    price: string;
};

export const listBookings = defineTool({
    name: 'list_bookings',
    description: "This customer's upcoming bookings.",
    parameters: z.strictObject({}),

    async run(_args, turn): Promise<{ bookings: BookingLine[] }> {
        const { zone, locale } = placeOf(turn);
        const weekday = new Intl.DateTimeFormat('en', { timeZone: zone, weekday: 'long' });
        const bookings = turn.context.upcoming_bookings.map((booking) => ({
            reference: booking.reference,
            service: booking.service_name,
            ...wallTime(new Date(booking.starts_at), zone),
            weekday: weekday.format(new Date(booking.starts_at)),
            instructor: booking.instructor_name,
            status: booking.status,
            price: priceText(booking.price_minor, booking.currency, locale),
        }));
        return { bookings };
    },
});
