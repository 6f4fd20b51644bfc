import { localeFor } from '../booking-text.ts';
import type { TemplateData } from '../desk/content.ts';
import type { NoticeEvent, TurnContext } from '../desk/turn-types.ts';
import { dayText, timeText } from '../when-text.ts';

/**
 * The particulars of a notice, for the days when the channel takes approved templates only: a booking may be
 * decided long after the customer last wrote. Every name here may be a parameter of a template.
 */
export function noticeTemplate(
    { type, booking, note }: NoticeEvent,
    { business, customer }: Pick<TurnContext, 'business' | 'customer'>,
    language: string,
): TemplateData {
    const place = { zone: business.time_zone, locale: localeFor(language, business.locale) };
    return {
        purpose: type,
        language,
        parameters: {
            business: business.name,
            service: booking.service_name,
            instructor: booking.instructor_name,
            date: dayText(booking.starts_at, place),
            time: timeText(booking.starts_at, place),
            reference: booking.reference,
            ...(customer.name ? { customer_name: customer.name } : {}),
            ...(business.meeting_point ? { meeting_point: business.meeting_point } : {}),
            ...(note ? { note } : {}),
        },
    };
}
