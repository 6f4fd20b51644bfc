import { bookingWords as formatterWords } from '../../../booking-text.ts';
import type { Service } from '../../../desk/turn-types.ts';
import { shortDayText, timeText, zoneText } from '../../../when-text.ts';
import { getServiceInfo, listBookings, type ServiceInfo } from '../../tools/information.ts';
import { isFailure } from '../../tools/tool.ts';
import { liveProposal, placeOf } from '../../turn-state.ts';
import { openBookings, paragraphs, type Scene } from './scene.ts';

/** Answers questions about prices, hours, services and the meeting point; undefined when none was asked. */
export async function inform(scene: Scene): Promise<string | undefined> {
    const { reading, turn, phrases } = scene;
    const { intents } = reading;
    const asks = (['prices', 'services', 'hours', 'where'] as const).filter((intent) => intents.has(intent));
    if (asks.length === 0) return undefined;
    const named = reading.services.length > 0 ? reading.services : servicesAtHand(scene);
    const answers = await Promise.all(named.map(({ id }) => getServiceInfo.run({ service: id }, turn)));
    const infos = answers.filter((info): info is ServiceInfo => !isFailure(info));
    const words = formatterWords(turn.language);
    const lines = infos.flatMap(({ services }) =>
        services.map((service) => priced(phrases.serviceLine(service, words.duration(service.duration_min)))),
    );
    const place = placeOf(turn);
    const told = {
        services: () => paragraphs(phrases.ourServices, lines.join('\n')),
        prices: () => (asks.includes('services') ? '' : lines.join('\n')),
        hours: () => phrases.hours(infos[0]?.opening_hours ?? [], zoneText(turn.at, place, words.timeOf)),
        where: () => phrases.meetingPoint(turn.context.business.meeting_point),
    };
    return paragraphs(...asks.map((intent) => told[intent]()));
}

/** A line without a price, where prices are not shared, keeps no comma before nothing. */
const priced = (line: string) => line.replace(/,\s*(?=\.|$)/, '');

/** "What does it cost?" means what is being booked; otherwise everything is meant. */
function servicesAtHand({ turn, reading }: Scene): Service[] {
    const { services } = turn.context;
    const id = liveProposal(turn)?.service_id ?? (turn.draft.asked ? turn.draft.service_id : undefined);
    const one = services.find((service) => service.id === id);
    return one && !reading.intents.has('services') ? [one] : services;
}

/** The customer's upcoming bookings, a line each. */
export async function listMine({ turn, phrases }: Scene): Promise<string> {
    if (openBookings(turn).length === 0) return phrases.noBookings;
    const { bookings } = await listBookings.run({}, turn);
    const place = placeOf(turn);
    const lines = turn.context.upcoming_bookings.flatMap(({ starts_at, status }, index) => {
        const booking = bookings[index];
        const when = `${shortDayText(starts_at, place)}, ${timeText(starts_at, place)}`;
        return booking && status !== 'cancelled' ? [phrases.bookingLine({ ...booking, when })] : [];
    });
    return [phrases.yourBookings, ...lines].join('\n');
}
