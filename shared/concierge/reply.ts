import { type BookingFacts, type BookingOccasion, bookingsText, bookingWords } from '../booking-text.ts';
import { contentLimits, type FreeSlot, type OutboundContent, type Service } from '../desk/turn-types.ts';
import { priceText } from '../money.ts';
import { shortDayText, slotTitle, timeText } from '../when-text.ts';
import { bookingChoice, noChoice, serviceChoice, slotChoice, yesChoice } from './choices.ts';
import type { Attached } from './staged.ts';
import { placeOf, type Turn, voiceOf } from './turn-state.ts';
import { replyWords } from './words/languages.ts';
import type { ReplyWords } from './words/words.ts';

export { replyWords } from './words/languages.ts';

/**
 * The one bubble of a turn: the brain's words first, then what is true of bookings and times, then what can be
 * tapped. Facts and buttons come from what the turn staged, so they are right whatever the brain wrote.
 */
export function composeReply(lead: string, turn: Turn): OutboundContent | null {
    const { staged } = turn;
    if (staged.alarm) return { type: 'text', text: cut(staged.alarm, contentLimits.text) };
    const attached = staged.attached;
    const facts = alike(staged.spoken).map(([occasion, all]) => bookingsText(occasion, all, voiceOf(turn)));
    const few = attached?.kind === 'slots' && attached.slots.length <= contentLimits.buttons;
    const times = few ? [slotLines(attached.slots, turn)] : [];
    const fallback = attached?.kind === 'slots' ? replyWords(turn.language).timesAreFree : '';
    const opening = lead.trim() || (facts.length === 0 ? fallback : '');
    const room = roomFor([...facts, ...times], attached);
    const text = [cut(opening, room), ...facts, ...times].filter(Boolean).join('\n\n');
    if (text === '') return null;
    return attached
        ? withChoices(text, attached, turn)
        : { type: 'text', text: cut(text, contentLimits.text) };
}

/** Bookings of the same occasion one after the other are told together, in the order in which they were staged. */
function alike(spoken: Turn['staged']['spoken']): [BookingOccasion, BookingFacts[]][] {
    const groups: [BookingOccasion, BookingFacts[]][] = [];
    for (const { occasion, facts } of spoken) {
        const last = groups.at(-1);
        if (last?.[0] === occasion) last[1].push(facts);
        else groups.push([occasion, [facts]]);
    }
    return groups;
}

/** What is left for the brain's own words: facts are never cut for them. */
function roomFor(facts: string[], attached: Attached | undefined): number {
    const limit = attached ? contentLimits.buttonsText : contentLimits.text;
    return Math.max(0, limit - facts.join('\n\n').length - 4);
}

/** Shortens at the end of a word. */
export function cut(text: string, limit: number): string {
    if (text.length <= limit) return text;
    const short = text.slice(0, Math.max(0, limit - 1));
    return `${short.slice(0, Math.max(short.lastIndexOf(' '), limit - 30)).trimEnd()}…`.slice(0, limit);
}

type Option = { id: string; title: string; description?: string };

function withChoices(text: string, attached: Attached, turn: Turn): OutboundContent {
    const words = replyWords(turn.language);
    const { options, button } = optionsOf(attached, words, turn);
    const fitting = distinct(options).slice(0, contentLimits.rows);
    if (fitting.length === 0) return { type: 'text', text };
    const asButtons =
        fitting.length <= contentLimits.buttons &&
        text.length <= contentLimits.buttonsText &&
        fitting.every(({ title }) => title.length <= contentLimits.buttonTitle);
    if (asButtons) return { type: 'buttons', text, buttons: fitting.map(({ id, title }) => ({ id, title })) };
    return {
        type: 'list',
        text: cut(text, contentLimits.listText),
        button: button.slice(0, contentLimits.listButton),
        rows: fitting.map(({ id, title, description }) => ({
            id,
            title,
            ...(description ? { description: cut(description, contentLimits.rowDescription) } : {}),
        })),
    };
}

/** Titles as long as a row takes, no two alike: channels refuse twins, and a customer could not tell them apart. */
function distinct(options: Option[]): Option[] {
    const seen = new Map<string, number>();
    return options.map((option) => {
        const title = cut(option.title, contentLimits.rowTitle);
        const times = (seen.get(title) ?? 0) + 1;
        seen.set(title, times);
        if (times === 1) return { ...option, title };
        return { ...option, title: `${cut(option.title, contentLimits.rowTitle - 4)} (${times})` };
    });
}

function optionsOf(attached: Attached, words: ReplyWords, turn: Turn): { options: Option[]; button: string } {
    const place = placeOf(turn);
    switch (attached.kind) {
        case 'consent': {
            const { id, kind } = attached.proposal;
            const yes = { id: yesChoice(id), title: words.yes[kind] };
            return { options: [yes, { id: noChoice(id), title: words.no[kind] }], button: words.answer };
        }
        case 'slots': {
            const { service, slots } = attached;
            const options = slots.map((slot) => slotOption(slot, service, words, turn));
            return { options, button: words.pickTime };
        }
        case 'services': {
            const options = attached.services.map((service) => serviceOption(service, words, turn));
            return { options, button: words.pickService };
        }
        case 'bookings': {
            const options = attached.bookings.map((booking) => ({
                id: bookingChoice(booking.id),
                title: slotTitle(booking.starts_at, place),
                description: `${booking.service_name}, ${booking.instructor_name}`,
            }));
            return { options, button: words.pickBooking };
        }
    }
}

function slotOption(slot: FreeSlot, service: Service, words: ReplyWords, turn: Turn): Option {
    const place = placeOf(turn);
    return {
        id: slotChoice(service.id, slot),
        title: slotTitle(slot.starts_at, place),
        description: words.slotDescription({
            instructor: slot.instructor_name,
            duration: bookingWords(turn.language).duration(service.duration_min),
            price: priceText(slot.price_minor, slot.currency, place.locale),
        }),
    };
}

function serviceOption(service: Service, words: ReplyWords, turn: Turn): Option {
    const description = words.serviceDescription({
        duration: bookingWords(turn.language).duration(service.duration_min),
        price: priceText(service.price_minor, service.currency, placeOf(turn).locale),
    });
    // What the title has no room for is told below it.
    const cutShort = service.name.length > contentLimits.rowTitle;
    return {
        id: serviceChoice(service.id),
        title: service.name,
        description: cutShort ? `${service.name}: ${description}` : description,
    };
}

function slotLines(slots: FreeSlot[], turn: Turn): string {
    const place = placeOf(turn);
    const words = replyWords(turn.language);
    return slots
        .map(({ starts_at, instructor_name: instructor }) =>
            words.slotLine({
                when: `${shortDayText(starts_at, place)}, ${timeText(starts_at, place)}`,
                instructor,
            }),
        )
        .join('\n');
}
