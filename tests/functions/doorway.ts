import { createHmac, randomInt } from 'node:crypto';
import pg from 'pg';
import { inject, vi } from 'vitest';

/** The functions as they are deployed, called in this process against the shared platform. */

export const platform = inject('platform');
export const account = '100000000000001';

type Doorway = { fetch: (request: Request) => Promise<Response> };

/** Loads a function fresh, with the platform's environment and the given differences. */
export async function doorway(name: string, env: Record<string, string> = {}): Promise<Doorway['fetch']> {
    vi.resetModules();
    const whole: Record<string, string> = { ...platform.env, FROSTDESK_LOG_LEVEL: 'off', ...env };
    for (const [variable, value] of Object.entries(whole)) vi.stubEnv(variable, value);
    const module: { default: Doorway } = await import(`../../functions/${name}/index.ts`);
    return module.default.fetch;
}

/** Runs SQL as the superuser: what the functions did is read from the tables. */
export async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: platform.adminDatabaseUrl });
    await client.connect();
    try {
        return (await client.query(text, values)).rows;
    } finally {
        await client.end();
    }
}

export function sign(body: string | Uint8Array, secret = platform.env.META_APP_SECRET ?? ''): string {
    return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** A webhook as Meta posts it, signed unless told otherwise. */
export function webhook(body: unknown, headers: Record<string, string> = {}): Request {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new Request('http://127.0.0.1/inbound/whatsapp', {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(text), ...headers },
    });
}

/** A customer nobody has met, so that tests do not meet in one conversation. */
export function newCustomer() {
    const digits = String(randomInt(10_000_000)).padStart(7, '0');
    return { phone: `4177${digits}`, userId: `CH.${digits}${randomInt(1_000_000)}` };
}
export type Customer = ReturnType<typeof newCustomer>;

export const newWamid = () => `wamid.TEST${randomInt(2 ** 47)}`;

export function text(customer: Customer, body: string, id = newWamid()) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    return {
        from: customer.phone,
        from_user_id: customer.userId,
        id,
        timestamp,
        type: 'text',
        text: { body },
    };
}

export function envelope(messages: unknown[], more: Record<string, unknown> = {}, phoneNumberId = account) {
    const metadata = { display_phone_number: '41215550100', phone_number_id: phoneNumberId };
    const value = { messaging_product: 'whatsapp', metadata, messages, ...more };
    return {
        object: 'whatsapp_business_account',
        entry: [{ id: '200000000000001', changes: [{ field: 'messages', value }] }],
    };
}

export type Receipt = {
    conversation_id: string | null;
    message_id: string | null;
    duplicate: boolean;
    results: {
        outcome: string;
        conversation_id: string | null;
        message_id: string | null;
        duplicate: boolean;
    }[];
};
