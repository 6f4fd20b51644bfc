import { randomUUID } from 'node:crypto';
import type { Session } from './database.ts';

// The RPCs as the functions call them, with the arguments a test cares about.

export type Json = Record<string, unknown>;

export interface Received {
    kind: string;
    outcome: string;
    duplicate: boolean;
    conversation_id?: string;
    message_id?: string;
}

export interface Claimed extends Record<string, unknown> {
    job_id: number;
    lease: string;
    kind: string;
    attempt: number;
    conversation_id: string;
    message_id: string;
    recipient: { phone?: string; user_id?: string };
}

export type Finished =
    | { result: 'done'; message_id: string; booking_ids: string[] }
    | { result: 'superseded' | 'taken_over' }
    | { result: 'slot_taken'; action: number }
    | { result: 'refused'; action: number; code: string; message: string };

/** A wamid nobody used. */
export const newId = () => `wamid.${randomUUID()}`;

/** A customer nobody met, with both addresses. */
export function newSender(): { user_id: string; phone: string; name: string } {
    const digits = randomUUID().replaceAll(/\D/g, '').padEnd(9, '7').slice(0, 9);
    return { user_id: `CH.${randomUUID().replaceAll('-', '')}`, phone: `+41${digits}`, name: 'Ana' };
}

/** A text message as the WhatsApp parser hands it over. */
export const textFrom = (account: string, sender: Json, text = 'hello', more: Json = {}): Json => ({
    kind: 'message',
    account,
    provider_id: newId(),
    provider_at: new Date().toISOString(),
    sender,
    content: { type: 'text', text },
    ...more,
});

async function one<T>(session: Session, text: string, values: unknown[]): Promise<T> {
    const [row] = await session.sql<{ value: T }>(text, values);
    if (!row) throw new Error(`no answer to ${text}`);
    return row.value;
}

export const receive = (session: Session, events: Json[]) =>
    one<Received[]>(session, `select public.receive_messages('whatsapp', $1) as value`, [events]);

export async function receiveOne(session: Session, event: Json): Promise<Received> {
    const [result] = await receive(session, [event]);
    if (!result) throw new Error('every event has a result');
    return result;
}

export const claimTurns = (session: Session, worker = randomUUID() as string, limit = 10, leaseMs = 60_000) =>
    session.sql<Claimed>('select * from public.claim_turns($1, $2, $3)', [worker, limit, leaseMs]);

export const claimDeliveries = (session: Session, worker = randomUUID() as string, limit = 10) =>
    session.sql<Claimed>('select * from public.claim_deliveries($1, $2, 60000)', [worker, limit]);

/** Claims the one turn that is due; fails when there is none or more. */
export async function theTurn(session: Session): Promise<Claimed> {
    return only(await claimTurns(session));
}

export async function theDelivery(session: Session): Promise<Claimed> {
    return only(await claimDeliveries(session));
}

export function only<T>(items: T[]): T {
    const [item] = items;
    if (item === undefined || items.length > 1) throw new Error(`expected one, got ${items.length}`);
    return item;
}

export const contextOf = (session: Session, { job_id, lease }: Pick<Claimed, 'job_id' | 'lease'>) =>
    one<Json>(session, 'select public.get_turn_context($1, $2) as value', [job_id, lease]);

export interface Ending {
    upTo: number;
    reply?: Json | null;
    actions?: Json[];
    state?: Json;
    final?: boolean;
    /** The revision that was read. */
    revision?: number;
}

export const finishTurn = (
    session: Session,
    { job_id, lease }: Pick<Claimed, 'job_id' | 'lease'>,
    {
        upTo,
        reply = { type: 'text', text: 'answer' },
        actions = [],
        state = {},
        final = false,
        revision = 0,
    }: Ending,
) =>
    one<Finished>(session, 'select public.finish_turn($1, $2, $3, $4, $5, $6, $7, $8, $9) as value', [
        job_id,
        lease,
        upTo,
        reply,
        actions,
        state,
        { brain: 'rules', model: 'none', prompt_version: '1' },
        final,
        revision,
    ]);

export const failJob = (session: Session, { job_id, lease }: Claimed, retryAfterMs: number | null = null) =>
    one<{ state: string; run_at: string | null }>(
        session,
        `select public.fail_job($1, $2, 'it broke', $3) as value`,
        [job_id, lease, retryAfterMs],
    );

export const finishDelivery = (session: Session, { job_id, lease }: Claimed, providerId: string) =>
    one<Json>(session, 'select public.finish_delivery($1, $2, $3) as value', [job_id, lease, providerId]);

export const restWorker = (session: Session, worker: string) =>
    one<boolean>(session, 'select public.rest_worker($1) as value', [worker]);

/** Sends whatever is due, as a worker and a provider that never fail would. */
export async function deliverAll(session: Session): Promise<void> {
    for (;;) {
        const deliveries = await claimDeliveries(session);
        if (deliveries.length === 0) return;
        for (const delivery of deliveries) await finishDelivery(session, delivery, newId());
    }
}

/** Nothing waits and nobody is awake: the start of a test that claims. */
export async function quiet(session: Session): Promise<void> {
    await session.sql('delete from private.jobs');
    await session.sql('delete from private.workers');
    await session.sql('delete from net.http_request_queue');
}
