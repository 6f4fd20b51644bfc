import { expect } from 'vitest';
import type { Bubble } from '../../../scripts/simulators/web/chat-view.ts';
import { type Customer, choicesOf } from '../../e2e/customer.ts';
import type { Said, Scenario } from './scenario.ts';

export const question = 'How much is a snowboard lesson?';

/** The customer has been asked for a YES: a proposal is open and its time held. */
export async function proposedTo(customer: Customer): Promise<Bubble> {
    let reply = await customer.says('Hi, a ski lesson tomorrow at 10?');
    for (let turn = 0; !yesOf(reply) && turn < 4; turn++) {
        reply =
            choicesOf(reply).length > 0
                ? await customer.taps(reply, /./)
                : await customer.says(`My name is ${customer.name}`);
    }
    if (!yesOf(reply)) {
        const said = (await customer.chat()).map(({ from, text }) => `${from}: ${text}`);
        throw new Error([`${customer.name} was not asked for a YES.`, ...said].join('\n'));
    }
    return reply;
}

/** Taps YES without waiting for what comes of it. */
export function saysYes(s: Scenario, customer: Customer, proposal: Bubble): void {
    const yes = yesOf(proposal);
    if (!yes) throw new Error(`"${proposal.text}" has no YES.`);
    s.writes(customer, { kind: 'button_reply', ...yes, reply_to: proposal.id });
}

const yesOf = (reply: Bubble) => choicesOf(reply).find(({ id }) => id.startsWith('yes:'));

/** One question, one answer, which got as far as the customer's eyes. */
export async function expectOneAnswer(s: Scenario, customer: Customer): Promise<Said> {
    await s.settles();
    const said = await s.said(customer);
    expect(said.map(({ role, outcome, status }) => [role, outcome ?? status])).toEqual([
        ['user', 'answered'],
        ['assistant', 'read'],
    ]);
    expect(await customer.sentToMe()).toHaveLength(1);
    return said[1] as Said;
}

/** Exactly one booking of this business, told to the customer once. */
export async function expectOneBooking(s: Scenario, customer: Customer): Promise<void> {
    await s.settles();
    expect(await s.rows('select status from public.bookings where business_id = $1')).toEqual([
        { status: 'pending' },
    ]);
    const sends = (await customer.sentToMe()).map((send) => JSON.stringify(send));
    expect(sends.filter((send) => send.includes('this is booked'))).toHaveLength(1);
}
