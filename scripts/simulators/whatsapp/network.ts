import { EventLog } from '../event-log.ts';
import { Timers } from '../timers.ts';
import { type Chat, Chats } from './chats.ts';
import { type CustomerMessage, customerMessage } from './customer-messages.ts';
import { statusErrorOf } from './errors.ts';
import { Faults, type RequestFault } from './faults.ts';
import { newMessageId, People } from './people.ts';
import { defaultSettings, type Settings } from './policy.ts';
import type { SendRequest } from './requests.ts';
import { type Delivery, WebhookLine } from './webhook-line.ts';
import { type Account, type DeliveryStatus, messageValue, type Person, statusValue } from './webhooks.ts';

/** A business number and the token that may send from it. */
export interface TokenedAccount extends Account {
    token: string;
}

/** The number of the seeded demo business. */
export const demoAccount: TokenedAccount = {
    phoneNumberId: '100000000000001',
    displayPhoneNumber: '41445550100',
    wabaId: '200000000000001',
    token: 'frostdesk-local-whatsapp-token',
};

export interface NetworkOptions {
    appSecret: string;
    webhookUrl: string;
    accounts?: TokenedAccount[] | undefined;
    settings?: Partial<Settings> | undefined;
    /** Pauses between the attempts of one webhook; their number bounds them. */
    webhookRetryDelaysMs?: number[] | undefined;
    webhookTimeoutMs?: number | undefined;
    log: (line: string) => void;
}

/** What is known about an accepted send when its statuses go out. */
export interface Accepted {
    chat: Chat;
    account: TokenedAccount;
    request: SendRequest;
    id: string;
}

/**
 * The customers' phones and what travels to and from them. Nothing is kept on disk. Everything that happens
 * is in `events`; what goes wrong on purpose is in `faults`.
 */
export class WhatsAppNetwork {
    readonly people = new People();
    readonly chats = new Chats();
    readonly events = new EventLog();
    readonly faults = new Faults();
    readonly accounts = new Map<string, TokenedAccount>();
    readonly timers = new Timers();
    /** What kind of file each media id stands for, learnt as customers send them. */
    readonly mimeTypes = new Map<string, string>();
    settings: Settings;
    readonly #line: WebhookLine;
    readonly #options: NetworkOptions;

    constructor(options: NetworkOptions) {
        this.#options = options;
        this.settings = this.#firstSettings();
        this.#addFirstAccounts();
        const line = {
            webhookUrl: options.webhookUrl,
            appSecret: options.appSecret,
            retryDelaysMs: options.webhookRetryDelaysMs ?? [500, 1000, 2000, 4000, 8000, 16_000],
            timeoutMs: options.webhookTimeoutMs ?? 10_000,
        };
        this.#line = new WebhookLine(line, this.faults, this.timers, this.events);
    }

    #firstSettings(): Settings {
        return { ...defaultSettings, ...this.#options.settings };
    }

    #addFirstAccounts(): void {
        for (const account of this.#options.accounts ?? [demoAccount]) {
            this.accounts.set(account.phoneNumberId, account);
        }
    }

    /** Back to the first minute: no chats, no rules, no log, nothing pending. */
    reset(): void {
        this.timers.clear();
        this.faults.clear();
        this.chats.clear();
        this.people.reset();
        this.events.clear();
        this.accounts.clear();
        this.mimeTypes.clear();
        this.#addFirstAccounts();
        this.settings = this.#firstSettings();
    }

    /** True when nothing is on its way to the desk or still to come: no status, no retry, no held webhook. */
    get idle(): boolean {
        return this.timers.idle && this.#line.onTheWay === 0;
    }

    async stop(): Promise<void> {
        this.events.close();
        this.#line.stop();
        await this.timers.stop();
    }

    /** A customer does something on the phone. Resolves with what the desk answered to the first webhook. */
    async customerSends(
        person: Person,
        given: CustomerMessage,
        how: { accountId?: string | undefined; at?: Date | undefined; id?: string | undefined } = {},
    ): Promise<{ id: string; delivery: Delivery }> {
        const message = customerMessage.parse(given);
        const account = this.accounts.get(how.accountId ?? demoAccount.phoneNumberId) ?? demoAccount;
        const sent = { id: how.id ?? newMessageId(), at: how.at ?? new Date() };
        const chat = this.chats.between(person, account.phoneNumberId);
        const value = messageValue(account, person, message, sent);
        const addresses = [person.phone, person.userId];
        if ('media_id' in message) this.mimeTypes.set(message.media_id, message.mime_type);
        this.#showOnPhone(chat, message, sent);
        this.events.add('customer_message', { id: sent.id, ...this.who(chat), kind: message.kind });
        if (message.kind === 'number_change') {
            this.people.move(person, { phone: message.new_phone, userId: message.new_user_id });
        } else if (message.kind === 'user_id_change') {
            this.people.move(person, { userId: message.new_user_id });
        }
        const about = { id: sent.id, addresses };
        const delivery = await this.#line.notify({ kind: 'message', about, wabaId: account.wabaId, value });
        this.chats.tick(sent.id, delivery.httpStatus === 200 ? 'delivered' : 'sent');
        const { httpStatus } = delivery;
        this.events.add('customer_message_told', { id: sent.id, ...this.who(chat), http_status: httpStatus });
        return { id: sent.id, delivery };
    }

    /** Signs and posts a payload as it is, whatever it says. */
    customerSendsRaw(payload: unknown): Promise<Delivery> {
        return this.#line.postRaw(payload);
    }

    #showOnPhone(chat: Chat, message: CustomerMessage, { id, at }: { id: string; at: Date }): void {
        chat.lastCustomerAt = Math.max(chat.lastCustomerAt ?? 0, at.getTime());
        if (message.kind === 'number_change' || message.kind === 'user_id_change') return;
        if (message.kind !== 'reaction' && message.kind !== 'edit' && message.kind !== 'revoke') {
            const replyTo = 'reply_to' in message ? message.reply_to : undefined;
            const item = {
                id,
                at: at.toISOString(),
                ticks: 'sending',
                from: 'customer',
                message,
                replyTo,
            } as const;
            this.chats.add(chat, { ...item });
            return;
        }
        const target = this.chats.find(message.message_id)?.item;
        if (target === undefined) return;
        if (message.kind === 'reaction') target.reaction = message.emoji;
        if (message.kind === 'revoke') target.revoked = true;
        if (message.kind === 'edit' && target.from === 'customer') {
            target.message = { kind: 'text', body: message.body };
            target.edited = true;
        }
    }

    /**
     * Takes a send of the business: it shows on the phone, and its statuses follow. A rule's own list goes out
     * one after the other; otherwise each status has its own time and may overtake.
     */
    accept(accepted: Accepted, fault: RequestFault | undefined, failsLater: number | undefined): void {
        const { chat, request, id } = accepted;
        const now = new Date();
        chat.typingUntil = 0;
        chat.sends = [...chat.sends.slice(-60), now.getTime()];
        if (request.type === 'reaction') {
            const target = this.chats.find(request.reaction.message_id)?.item;
            if (target !== undefined) target.reaction = request.reaction.emoji || undefined;
        } else {
            const replyTo = request.context?.message_id;
            const item = {
                id,
                at: now.toISOString(),
                ticks: 'sending',
                from: 'business',
                message: request,
            } as const;
            this.chats.add(chat, { ...item, replyTo });
        }
        const callbackData = request.biz_opaque_callback_data;
        this.events.add('send', { id, ...this.who(chat), callback_data: callbackData, body: request });

        const code = failsLater ?? fault?.status_code ?? 131026;
        const ordered = failsLater === undefined ? fault?.statuses : ['failed' as const];
        if (ordered !== undefined) {
            this.#later(this.settings.status_delays_ms.sent, async () => {
                for (const status of ordered) await this.#tell(accepted, status, code);
            });
            return;
        }
        for (const status of this.settings.statuses) {
            this.#later(this.settings.status_delays_ms[status], () => this.#tell(accepted, status, code));
        }
    }

    #later(delayMs: number, work: () => Promise<void>): void {
        this.timers.later(delayMs, work, (error) =>
            this.#options.log(`whatsapp simulator: ${String(error)}`),
        );
    }

    async #tell(
        { chat, account, request, id }: Accepted,
        status: DeliveryStatus,
        code: number,
    ): Promise<void> {
        if (status === 'read' && !this.settings.customer_reads) return;
        if (status !== 'played') this.chats.tick(id, status);
        this.events.add('status', { id, ...this.who(chat), status });
        const value = statusValue(account, {
            id,
            status,
            at: new Date(),
            to: chat.person,
            addressedBy: request.to === undefined ? 'user_id' : 'phone',
            callbackData: request.biz_opaque_callback_data,
            ...(status === 'failed' ? { error: statusErrorOf(code) } : {}),
        });
        const about = { id, status, addresses: [chat.person.phone, chat.person.userId] };
        await this.#line.notify({ kind: 'status', about, wabaId: account.wabaId, value });
    }

    /** Whom a log entry concerns. */
    who(chat: Chat): { customer: string; phone: string | undefined; account: string } {
        return { customer: chat.person.userId, phone: chat.person.phone, account: chat.accountId };
    }
}
