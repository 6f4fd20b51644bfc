import type { EventLog } from '../event-log.ts';
import type { Timers } from '../timers.ts';
import type { Faults, WebhookFault } from './faults.ts';
import { encodeAsMeta, envelope, sign, type Value } from './webhooks.ts';

/** One thing Meta has to tell the desk. */
export interface Notification {
    kind: 'message' | 'status';
    /** Ids and status for the log; the customer's addresses for the fault rules. */
    about: { id: string; status?: string; addresses: (string | undefined)[] };
    wabaId: string;
    value: Value;
}

/** What the desk said to the first attempt; `undefined` status: it could not be reached. */
export interface Delivery {
    httpStatus: number | undefined;
    body: unknown;
    error?: string;
}

export interface WebhookLineOptions {
    webhookUrl: string;
    appSecret: string;
    /** Pauses between attempts; the length bounds them. Meta goes on for days. */
    retryDelaysMs: number[];
    timeoutMs: number;
}

interface Hold {
    release: 'batch' | 'reverse';
    wanted: number;
    waiting: { notification: Notification; settle: (delivery: Delivery) => void }[];
}

const neverSent: Delivery = { httpStatus: undefined, body: undefined, error: 'held back by a fault rule' };

/**
 * Brings notifications to the desk as Meta does: signed, without order, again and again until it says 200.
 * Fault rules make it lose, repeat, delay, batch or turn them round.
 */
export class WebhookLine {
    readonly #holds = new Map<number, Hold>();
    readonly #options: WebhookLineOptions;
    readonly #stopping = new AbortController();
    readonly #faults: Faults;
    readonly #timers: Timers;
    readonly #log: EventLog;
    #onTheWay = 0;

    /** Calls to the desk that have no answer yet. */
    get onTheWay(): number {
        return this.#onTheWay;
    }

    constructor(options: WebhookLineOptions, faults: Faults, timers: Timers, log: EventLog) {
        this.#options = options;
        this.#faults = faults;
        this.#timers = timers;
        this.#log = log;
    }

    /** Resolves with the desk's first answer; further attempts go on behind. */
    async notify(notification: Notification): Promise<Delivery> {
        const rule = this.#faults.strikeWebhook(`${notification.kind}_webhook`, notification.about.addresses);
        if (rule?.delay_ms !== undefined) await this.#timers.pause(rule.delay_ms);
        if (rule?.drop) {
            this.#log.add('webhook_dropped', { kind: notification.kind, ...about(notification) });
            return neverSent;
        }
        if (rule?.hold !== undefined) return this.#held(notification, rule, rule.hold);
        const copies = Array.from({ length: 1 + (rule?.duplicate ?? 0) }, () =>
            this.#post([notification], rule?.signature),
        );
        return copies[0] as Promise<Delivery>;
    }

    /** Ends calls that are under way. */
    stop(): void {
        this.#stopping.abort();
    }

    /** Any payload at all, signed and posted once: for samples, and for what Meta would never send. */
    async postRaw(payload: unknown): Promise<Delivery> {
        const delivery = await this.#attempt(encodeAsMeta(payload), undefined);
        this.#log.add('webhook', {
            kind: 'raw',
            attempt: 1,
            http_status: delivery.httpStatus,
            body: delivery.body,
        });
        return delivery;
    }

    #held(
        notification: Notification,
        rule: WebhookFault & { ruleId: number },
        how: NonNullable<WebhookFault['hold']>,
    ): Promise<Delivery> {
        let hold = this.#holds.get(rule.ruleId);
        if (hold === undefined) {
            hold = { release: how.release, wanted: how.count, waiting: [] };
            this.#holds.set(rule.ruleId, hold);
            this.#timers.later(
                rule.hold_ms,
                () => this.#release(rule.ruleId),
                () => undefined,
            );
        }
        const { waiting, wanted } = hold;
        return new Promise((settle) => {
            waiting.push({ notification, settle });
            if (waiting.length >= wanted) void this.#release(rule.ruleId);
        });
    }

    async #release(ruleId: number): Promise<void> {
        const hold = this.#holds.get(ruleId);
        if (hold === undefined) return;
        this.#holds.delete(ruleId);
        if (hold.release === 'batch') {
            const delivery = await this.#post(
                hold.waiting.map(({ notification }) => notification),
                undefined,
            );
            for (const { settle } of hold.waiting) settle(delivery);
            return;
        }
        // One after the other, so that the order is truly the reverse and not a race.
        for (const { notification, settle } of hold.waiting.reverse()) {
            settle(await this.#post([notification], undefined));
        }
    }

    async #post(notifications: Notification[], signature: WebhookFault['signature']): Promise<Delivery> {
        const wabaId = notifications[0]?.wabaId ?? '';
        const body = encodeAsMeta(
            envelope(
                wabaId,
                notifications.map(({ value }) => value),
            ),
        );
        const first = await this.#attemptAndLog(body, signature, notifications, 1);
        if (first.httpStatus !== 200) this.#again(body, signature, notifications, 2);
        return first;
    }

    #again(
        body: string,
        signature: WebhookFault['signature'],
        notifications: Notification[],
        attempt: number,
    ): void {
        const delayMs = this.#options.retryDelaysMs[attempt - 2];
        if (delayMs === undefined) {
            for (const each of notifications)
                this.#log.add('webhook_given_up', { kind: each.kind, ...about(each) });
            return;
        }
        const work = async () => {
            const { httpStatus } = await this.#attemptAndLog(body, signature, notifications, attempt);
            if (httpStatus !== 200) this.#again(body, signature, notifications, attempt + 1);
        };
        this.#timers.later(delayMs, work, () => undefined);
    }

    async #attemptAndLog(
        body: string,
        signature: WebhookFault['signature'],
        notifications: Notification[],
        attempt: number,
    ): Promise<Delivery> {
        const delivery = await this.#attempt(body, signature);
        for (const each of notifications) {
            this.#log.add('webhook', {
                kind: each.kind,
                ...about(each),
                attempt,
                batch: notifications.length,
                http_status: delivery.httpStatus,
                ...(delivery.error === undefined ? {} : { error: delivery.error }),
            });
        }
        return delivery;
    }

    async #attempt(body: string, signature: WebhookFault['signature']): Promise<Delivery> {
        const secret = signature === 'wrong' ? 'not-the-app-secret' : this.#options.appSecret;
        this.#onTheWay += 1;
        try {
            const response = await fetch(this.#options.webhookUrl, {
                method: 'POST',
                headers: {
                    'content-type': 'application/json',
                    'user-agent': 'facebookexternalua',
                    ...(signature === 'missing' ? {} : { 'x-hub-signature-256': sign(body, secret) }),
                },
                body,
                signal: AbortSignal.any([
                    AbortSignal.timeout(this.#options.timeoutMs),
                    this.#stopping.signal,
                ]),
            });
            const text = await response.text();
            return { httpStatus: response.status, body: parsed(text) };
        } catch (error) {
            return { httpStatus: undefined, body: undefined, error: reasonOf(error) };
        } finally {
            this.#onTheWay -= 1;
        }
    }
}

function about({ about: { id, status } }: Notification): Record<string, unknown> {
    return { id, ...(status === undefined ? {} : { status }) };
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** `fetch` hides "connection refused" in the cause. */
function reasonOf(error: unknown): string {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
}
