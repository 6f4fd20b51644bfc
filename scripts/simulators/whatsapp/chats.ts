import type { CustomerMessage } from './customer-messages.ts';
import type { SendRequest } from './requests.ts';
import type { Person } from './webhooks.ts';

/** How far a message got, seen from the phone that shows it. */
export type Ticks = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

export type ChatItem = {
    id: string;
    at: string;
    ticks: Ticks;
    replyTo?: string | undefined;
    /** The other side's reaction to it. */
    reaction?: string | undefined;
    edited?: boolean;
    revoked?: boolean;
} & ({ from: 'customer'; message: CustomerMessage } | { from: 'business'; message: SendRequest });

export interface Chat {
    person: Person;
    accountId: string;
    items: ChatItem[];
    /** Until when the dots show, in ms since 1970. */
    typingUntil: number;
    /** When the customer last wrote: the 24-hour window opens here. */
    lastCustomerAt: number | undefined;
    /** Send times of the business to this person, for the pair rate. */
    sends: number[];
}

const rank: Record<Ticks, number> = { sending: 0, sent: 1, failed: 2, delivered: 3, read: 4 };
const keptItems = 500;
const keptIds = 100_000;

/** The chats as they look on the customers' phones. */
export class Chats {
    readonly #chats = new Map<Person, Map<string, Chat>>();
    readonly #byId = new Map<string, { chat: Chat; item: ChatItem }>();

    /** When something was last said with this person, on any number. */
    lastAt(person: Person): string | undefined {
        const chats = [...(this.#chats.get(person)?.values() ?? [])];
        return chats
            .map(({ items }) => items.at(-1)?.at)
            .filter((at) => at !== undefined)
            .sort()
            .at(-1);
    }

    between(person: Person, accountId: string): Chat {
        let byAccount = this.#chats.get(person);
        if (byAccount === undefined) {
            byAccount = new Map();
            this.#chats.set(person, byAccount);
        }
        let chat = byAccount.get(accountId);
        if (chat === undefined) {
            chat = { person, accountId, items: [], typingUntil: 0, lastCustomerAt: undefined, sends: [] };
            byAccount.set(accountId, chat);
        }
        return chat;
    }

    find(messageId: string): { chat: Chat; item: ChatItem } | undefined {
        return this.#byId.get(messageId);
    }

    add(chat: Chat, item: ChatItem): void {
        chat.items.push(item);
        if (chat.items.length > keptItems) chat.items.shift();
        this.#byId.set(item.id, { chat, item });
        if (this.#byId.size > keptIds) {
            const oldest = this.#byId.keys().next().value;
            if (oldest !== undefined) this.#byId.delete(oldest);
        }
    }

    /** Ticks only go forward on a phone, too. */
    tick(messageId: string, ticks: Ticks): void {
        const item = this.#byId.get(messageId)?.item;
        if (item !== undefined && rank[ticks] > rank[item.ticks]) item.ticks = ticks;
    }

    clear(): void {
        this.#chats.clear();
        this.#byId.clear();
    }
}
