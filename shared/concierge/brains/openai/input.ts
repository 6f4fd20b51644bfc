import type { ContextMessage } from '../../../desk/turn-types.ts';
import { priceText } from '../../../money.ts';
import { addDays, wallTime, weekdayOf } from '../../../zoned-time.ts';
import { sharesPrices } from '../../abilities.ts';
import { plainText, wordsIn } from '../../message-text.ts';
import { openingHours } from '../../opening-hours.ts';
import { characterLines } from '../../prompts/character.ts';
import { afterRefusal, instructions } from '../../prompts/v1.ts';
import { settingsOf } from '../../settings.ts';
import { instructorName } from '../../tools/lookup.ts';
import { liveProposal, placeOf, type Turn } from '../../turn-state.ts';
import type { Fence } from './fence.ts';

/** A message of the history as the Responses API takes it. */
export type InputMessage = { role: 'developer' | 'user' | 'assistant'; content: string };

const shortWeekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const weekday = (date: string) => shortWeekdays[weekdayOf(date) - 1] ?? '';
/** Longer messages are cut: a customer has no use for them here, and tokens cost. */
const messageLimit = 2000;

export function instructionsFor(turn: Turn): string {
    const { context, at } = turn;
    const { business } = context;
    const today = wallTime(at, business.time_zone).date;
    const { locale } = placeOf(turn);
    return instructions({
        character: characterLines(settingsOf(context)),
        business: business.name,
        zone: business.time_zone,
        meetingPoint: business.meeting_point,
        services: context.services.map((service) => {
            const price = sharesPrices(turn)
                ? `, ${priceText(service.price_minor, service.currency, locale)}`
                : '';
            const who = service.instructor_ids.map((id) => instructorName(id, context)).join(', ');
            return `- ${service.name}: ${service.duration_min} min${price}, with ${who}`;
        }),
        hours: openingHours(context.weekly_hours).map(
            ({ weekdays, spans }) =>
                `${weekdays.map((day) => shortWeekdays[day - 1]).join(' ')} ${spans.map(({ starts, ends }) => `${starts}-${ends}`).join(' and ') || 'closed'}`,
        ),
        calendar: Array.from({ length: 14 }, (_, step) => addDays(today, step)).map(
            (date, step) => `${weekday(date)} ${date}${step === 0 ? ' (today)' : ''}`,
        ),
    });
}

/** The whole input of a turn: how things stand, then the last messages, oldest first. */
export function inputFor(turn: Turn, fence: Fence): InputMessage[] {
    const history = turn.context.messages.flatMap((message) => toInput(message, fence) ?? []);
    return [{ role: 'developer', content: situation(turn, fence) }, ...history];
}

function situation(turn: Turn, fence: Fence): string {
    const { context, at, hint } = turn;
    const { customer, business } = context;
    const now = wallTime(at, business.time_zone);
    const when = (instant: string) => {
        const { date, time } = wallTime(new Date(instant), business.time_zone);
        return `${weekday(date)} ${date} ${time}`;
    };
    const service = (id: string) => context.services.find((given) => given.id === id)?.name ?? '';
    const who = (id: string) => instructorName(id, context);
    const offers = context.offers.map(
        (o) => `${service(o.service_id)} ${when(o.starts_at)} with ${who(o.instructor_id)}`,
    );
    const bookings = context.upcoming_bookings.map(
        (b) =>
            `${b.reference} ${b.service_name} ${when(b.starts_at)} with ${b.instructor_name} (${b.status})`,
    );
    const knowledge = knowledgeLines(turn);
    const open = liveProposal(turn);
    const lines = [
        `Now: ${weekday(now.date)} ${now.date} ${now.time}.`,
        customer.name
            ? `Customer: ${fence.around(plainText(customer.name).slice(0, 80))}, bookings before: ${customer.bookings_before}.`
            : 'Customer: name not known yet.',
        `Language: ${turn.language}.`,
        `Open proposal: ${open ? `${open.kind} ${service(open.service_id)} ${when(open.starts_at)} with ${who(open.instructor_id)}` : 'none'}.`,
        `Times offered and held: ${offers.join('; ') || 'none'}.`,
        `Upcoming bookings: ${bookings.join('; ') || 'none'}.`,
        knowledge === '' ? '' : `Knowledge of the business:\n${fence.around(knowledge)}`,
        hint ? afterRefusal[hint.result] : '',
    ];
    return lines.filter(Boolean).join('\n');
}

/** What a model reads of a business's knowledge: the beginning, when there is much of it. */
const knowledgeLimit = 6000;

function knowledgeLines({ context }: Turn): string {
    if (!settingsOf(context).abilities.answer_questions) return '';
    let told = '';
    for (const { question, answer } of context.knowledge ?? []) {
        const line = `- ${plainText(question)} ${plainText(answer)}`;
        if (told.length + line.length > knowledgeLimit) break;
        told += told === '' ? line : `\n${line}`;
    }
    return told;
}

function toInput({ role, content }: ContextMessage, fence: Fence): InputMessage | undefined {
    const words = wordsIn(content).slice(0, messageLimit);
    if (role !== 'user') return words === '' ? undefined : { role: 'assistant', content: words };
    switch (content.type) {
        case 'text':
            return { role: 'user', content: fence.around(words) };
        case 'choice':
            return { role: 'user', content: fence.around(`[tapped: ${words}]`) };
        case 'reaction':
            return undefined;
        default:
            return {
                role: 'user',
                content: fence.around(`[sent: ${content.type}, which you cannot see] ${words}`),
            };
    }
}
