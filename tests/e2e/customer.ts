import { type Bubble, bubblesOf } from '../../scripts/simulators/web/chat-view.ts';
import type { CustomerMessage } from '../../scripts/simulators/whatsapp/customer-messages.ts';
import type { Desk } from './desk.ts';
import { patienceMs } from './patience.ts';

type Choice = { id: string; title: string; description?: string };

/** A person with a phone: writes, taps, and waits for what the desk answers. Everything goes by webhook. */
export class Customer {
    readonly #desk: Desk;
    /** Phone digits, or the user id of somebody who hides the phone. */
    readonly address: string;
    readonly name: string;

    constructor(desk: Desk, address: string, name: string) {
        this.#desk = desk;
        this.address = address;
        this.name = name;
    }

    /** Sends without waiting; resolves with the message id and the desk's answer to the webhook. */
    sends(message: CustomerMessage, how: { id?: string } = {}) {
        return this.#desk.control.send(this.address, message, {
            name: this.name,
            account: this.#desk.account,
            ...how,
        });
    }

    /** Writes, and waits for the next reply. */
    says(body: string): Promise<Bubble> {
        return this.hears(() => this.sends({ kind: 'text', body }));
    }

    /** Taps the first choice of a reply whose title or description fits, and waits for the next reply. */
    taps(reply: Bubble, fits: RegExp): Promise<Bubble> {
        const choice = choicesOf(reply).find(({ title, description }) =>
            fits.test(`${title} ${description ?? ''}`),
        );
        if (choice === undefined) {
            const titles = choicesOf(reply).map(({ title }) => title);
            throw new Error(`"${reply.text}" has no choice like ${fits}; it has ${JSON.stringify(titles)}.`);
        }
        const kind = reply.list === undefined ? 'button_reply' : 'list_reply';
        return this.hears(() => this.sends({ kind, ...choice, reply_to: reply.id }));
    }

    /** Waits for what the desk sends next once `doing` has begun. */
    async hears(doing: () => Promise<unknown>, timeoutMs = patienceMs): Promise<Bubble> {
        const { last_seq: after } = await this.#desk.control.log({ after: Number.MAX_SAFE_INTEGER });
        await doing();
        const types = ['send'];
        const news = await this.#desk.control.log({
            after,
            waitMs: timeoutMs,
            types,
            customer: this.address,
        });
        const reply = (await this.chat()).find(({ id }) => id === news.entries[0]?.id);
        if (reply === undefined) throw new Error(`Nothing came to ${this.address} within ${timeoutMs} ms.`);
        return reply;
    }

    /** The chat on the phone, oldest first. */
    async chat(): Promise<Bubble[]> {
        return bubblesOf(await this.#desk.control.chat(this.address, this.#desk.account));
    }

    /** What the desk has sent to this phone, as the Graph API took it. */
    async sentToMe() {
        return (await this.#desk.control.log({ types: ['send'], customer: this.address })).entries;
    }
}

export function choicesOf(bubble: Bubble): Choice[] {
    return bubble.buttons ?? bubble.list?.rows ?? [];
}
