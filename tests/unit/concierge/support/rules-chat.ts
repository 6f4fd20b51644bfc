import { rulesBrain } from '../../../../shared/concierge/brains/rules/rules.ts';
import type { TurnContext } from '../../../../shared/desk/turn-types.ts';
import { Chat, type Said } from './chat.ts';
import { FakeDesk } from './fake-desk.ts';
import { booking, customerId } from './world.ts';

/** A chat in which rules answer. */
export const chatOf = (over: Partial<TurnContext> = {}) => new Chat(rulesBrain(), new FakeDesk(over));

export const nobody = { id: customerId, name: null, language: null, phone: null, bookings_before: 0 };

/** A Wednesday and a Saturday lesson. */
export const twoBookings = [
    booking(1),
    booking(2, { starts_at: '2026-11-28T09:00:00+00:00', ends_at: '2026-11-28T11:00:00+00:00' }),
];

/** Says all in turn and returns the answer to the last. */
export async function talk(chat: Chat, ...texts: string[]): Promise<Said> {
    let said = await chat.say(texts[0] ?? '');
    for (const text of texts.slice(1)) said = await chat.say(text);
    return said;
}
