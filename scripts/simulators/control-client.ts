import type { LogEntry } from './event-log.ts';
import type { OpenaiFaultRule } from './openai/faults.ts';
import type { ChatItem } from './whatsapp/chats.ts';
import type { CustomerMessage } from './whatsapp/customer-messages.ts';
import type { FaultRule } from './whatsapp/faults.ts';
import type { Settings } from './whatsapp/policy.ts';
import type { Person } from './whatsapp/webhooks.ts';

/** What the desk answered to a webhook; `http_status` is missing when it could not be reached. */
export interface Told {
    http_status?: number;
    body?: unknown;
    error?: string;
}

export interface ChatView {
    person: Person;
    account: string;
    items: ChatItem[];
    typing_until: number;
}

export interface LogQuery {
    after?: number | undefined;
    waitMs?: number | undefined;
    types?: string[] | undefined;
    customer?: string | undefined;
    signal?: AbortSignal | undefined;
}

/** Nobody listens where the simulators should be. */
export class SimulatorsUnreachable extends Error {}

/** Speaks to running vendor simulators from another process: tests, `npm run say`, the page server. */
export class SimulatorControl {
    /** What the desk knows as META_GRAPH_URL. */
    readonly graphUrl: string;
    readonly #base: string;

    constructor(simulatorUrl: string) {
        this.graphUrl = simulatorUrl.replace(/\/$/, '');
        this.#base = `${this.graphUrl}/_control`;
    }

    /** The customer writes, taps or reacts; resolves with the message id and the desk's answer. */
    send(
        from: string,
        message: CustomerMessage,
        how: { name?: string | undefined; account?: string; sent_at?: string; id?: string } = {},
    ): Promise<Told & { id: string }> {
        return this.#call('POST', 'whatsapp/messages', { from, message, ...how });
    }

    sendText(from: string, body: string, name?: string): Promise<Told & { id: string }> {
        return this.send(from, { kind: 'text', body }, { name });
    }

    /** Signs any payload and posts it once. */
    async sendRaw(payload: unknown): Promise<Told> {
        const told = await this.#call<{ httpStatus?: number; body?: unknown; error?: string }>(
            'POST',
            'whatsapp/raw',
            payload,
        );
        const { httpStatus, ...rest } = told;
        return httpStatus === undefined ? rest : { http_status: httpStatus, ...rest };
    }

    log(query: LogQuery = {}): Promise<{ entries: LogEntry[]; last_seq: number }> {
        const params = new URLSearchParams({
            after: String(query.after ?? 0),
            wait_ms: String(query.waitMs ?? 0),
        });
        if (query.types !== undefined) params.set('type', query.types.join(','));
        if (query.customer !== undefined) params.set('customer', query.customer);
        return this.#call('GET', `whatsapp/log?${params}`, undefined, query.signal);
    }

    /** The chat with one business number, or with the first one. */
    chat(address: string, account?: string): Promise<ChatView> {
        const of = account === undefined ? '' : `&account=${encodeURIComponent(account)}`;
        return this.#call('GET', `whatsapp/chat?with=${encodeURIComponent(address)}${of}`);
    }

    people(): Promise<(Person & { last_at?: string })[]> {
        return this.#call('GET', 'whatsapp/people');
    }

    addPerson(person: {
        phone?: string | undefined;
        user_id?: string | undefined;
        name?: string | undefined;
        username?: string | undefined;
    }): Promise<Person> {
        return this.#call('POST', 'whatsapp/people', person);
    }

    addAccounts(
        accounts: { phone_number_id: string; display_phone_number: string; waba_id: string; token: string }[],
    ): Promise<{ accounts: number }> {
        return this.#call('POST', 'whatsapp/accounts', accounts);
    }

    fault(rule: FaultRule): Promise<{ id: number }> {
        return this.#call('POST', 'whatsapp/faults', rule);
    }

    clearFaults(): Promise<unknown> {
        return this.#call('DELETE', 'whatsapp/faults');
    }

    settings(): Promise<Settings> {
        return this.#call('GET', 'whatsapp/settings');
    }

    change(settings: Partial<Settings>): Promise<Settings> {
        return this.#call('PATCH', 'whatsapp/settings', settings);
    }

    /** Forgets everything, for every customer: only for whoever has the simulators to themselves. */
    reset(): Promise<unknown> {
        return this.#call('POST', 'whatsapp/reset', {});
    }

    openaiFault(rule: OpenaiFaultRule): Promise<unknown> {
        return this.#call('POST', 'openai/faults', rule);
    }

    clearOpenaiFaults(): Promise<unknown> {
        return this.#call('DELETE', 'openai/faults');
    }

    /** What the desk asked the model, oldest first; only requests that hold the given text. */
    openaiLog(containing = ''): Promise<{ entries: LogEntry[]; last_seq: number }> {
        return this.#call('GET', `openai/log?containing=${encodeURIComponent(containing)}`);
    }

    async #call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
        let response: Response;
        try {
            response = await fetch(`${this.#base}/${path}`, {
                method,
                ...(body === undefined
                    ? {}
                    : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
                signal: signal ?? null,
            });
        } catch (cause) {
            if (signal?.aborted) throw cause;
            throw new SimulatorsUnreachable(`Nothing answers at ${this.#base}.`, { cause });
        }
        const answer = (await response.json()) as T & { error?: string };
        if (!response.ok) throw new Error(`simulator: ${response.status} ${answer.error ?? ''}`);
        return answer;
    }
}
