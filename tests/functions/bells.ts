import { vi } from 'vitest';
import { SimulatorControl } from '../../scripts/simulators/control-client.ts';
import {
    type Customer,
    doorway,
    envelope,
    newWamid,
    platform,
    type Receipt,
    sql,
    text,
    webhook,
} from './doorway.ts';

/** Bells rung in this process, and what came of them at the simulated WhatsApp. */

export const simulators = new SimulatorControl(platform.simulatorUrl);

const work: Promise<unknown>[] = [];

/** Resolves when the workers of all isolates have gone to sleep; for the end of a file. */
export const everybodyAsleep = () => Promise.all(work);

/** A function behind the bell as one isolate of its own: gives the ringing of its bell. */
export async function isolate(name: 'reply' | 'deliver') {
    const fetch = await doorway(name);
    vi.stubGlobal('EdgeRuntime', { waitUntil: (promise: Promise<unknown>) => work.push(promise) });
    return (token = platform.env.FROSTDESK_BELL_TOKEN ?? '', method = 'POST', path = `/${name}`) =>
        fetch(new Request(`http://127.0.0.1${path}`, { method, headers: { 'x-bell-token': token } }));
}

/** The customer writes, by a signed webhook straight to the function. */
export async function write(customer: Customer, body: string, id = newWamid()): Promise<Receipt> {
    const inbound = await doorway('inbound');
    const response = await inbound(webhook(envelope([text(customer, body, id)])));
    if (response.status !== 200) throw new Error(`The webhook was answered ${response.status}.`);
    return (await response.json()) as Receipt;
}

/** A conversation that a person has taken over, so that nothing but what the test writes goes out. */
export async function conversationOfPeople(customer: Customer): Promise<string> {
    const { conversation_id: id } = await write(customer, 'Hello');
    await sql("update public.conversations set mode = 'human' where id = $1", [id]);
    return id ?? '';
}

/** A day goes by without a word from the customer. */
export const windowCloses = (conversationId: string) =>
    sql("update public.conversations set window_until = now() - interval '1 minute' where id = $1", [
        conversationId,
    ]);

/** The owner writes from the dashboard: a message row, as row-level security would let them insert it. */
export async function ownerWrites(conversationId: string, content: unknown): Promise<string> {
    const [row] = await sql<{ id: string }>(
        `insert into public.messages (business_id, conversation_id, role, content)
         select business_id, id, 'owner', $2 from public.conversations where id = $1 returning id`,
        [conversationId, JSON.stringify(content)],
    );
    return row?.id ?? '';
}

export type MessageRow = {
    role: string;
    status: string;
    outcome: string | null;
    error_code: string | null;
    provider_id: string | null;
    answered_by: string | null;
};

export async function message(id: string): Promise<MessageRow | undefined> {
    const [row] = await sql<MessageRow>(
        'select role, status, outcome, error_code, provider_id, answered_by from public.messages where id = $1',
        [id],
    );
    return row;
}

export const messagesOf = (conversationId: string | null, role: string) =>
    sql<MessageRow & { id: string; content: { type: string; text: string } }>(
        'select id, role, content, status, outcome, error_code, provider_id, answered_by from public.messages where conversation_id = $1 and role = $2 order by seq',
        [conversationId, role],
    );

/** What WhatsApp accepted for this customer. */
export async function sendsTo(customer: Customer) {
    const { entries } = await simulators.log({ types: ['send'], customer: customer.phone });
    return entries as unknown as {
        id: string;
        callback_data: string;
        body: { type: string; text?: { body: string }; template?: { name: string } };
    }[];
}
