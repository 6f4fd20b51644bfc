import type pg from 'pg';
import type { WebSocket } from 'ws';
import type { Claims, SigningKeys } from '../signing-keys.ts';
import { topicAccess } from './access.ts';
import { type Binding, isFilter } from './filters.ts';
import type { Channel, Hub } from './hub.ts';
import { decodeFrame, encodeText, type Message } from './protocol.ts';

export interface ConnectionOptions {
    ws: WebSocket;
    /** Of the API key: what a channel may do that brings no token of a user. */
    claims: Claims;
    pool: pg.Pool;
    hub: Hub;
    keys: SigningKeys;
}

interface Joined extends Channel {
    joinRef: string | null;
    maySend: boolean;
    expiry?: NodeJS.Timeout;
}

interface JoinConfig {
    broadcast?: { ack?: boolean; self?: boolean };
    postgres_changes?: Omit<Binding, 'id'>[];
    private?: boolean;
}

class Refusal extends Error {}

let lastBindingId = 0;

/** Serves one websocket: joins, leaves, broadcasts, new tokens and heartbeats, each channel with its own rights. */
export function createConnection({ ws, claims: keyClaims, pool, hub, keys }: ConnectionOptions): void {
    const channels = new Map<string, Joined>();
    const acknowledging = new Set<Joined>();
    const push = (message: Message) => ws.send(encodeText(message));
    const answer = ({ joinRef, ref, topic }: Message, status: 'ok' | 'error', response: object) =>
        push({ joinRef, ref, topic, event: 'phx_reply', payload: { status, response } });

    function drop(channel: Joined): void {
        clearTimeout(channel.expiry);
        hub.leave(channel);
        acknowledging.delete(channel);
        channels.delete(channel.topic);
    }

    /** Ends a channel from our side: the client sees why, and its subscription closed. */
    function expel(channel: Joined, reason: string): void {
        const about = { joinRef: channel.joinRef, ref: null, topic: channel.topic };
        const payload = { extension: 'system', status: 'error', message: reason, channel: channel.subtopic };
        push({ ...about, event: 'system', payload });
        push({ ...about, event: 'phx_close', payload: {} });
        drop(channel);
    }

    /** A key is not a user's token: supabase-js sends it when nobody is signed in, and it changes nothing. */
    async function claimsOf(token: unknown): Promise<Claims> {
        if (typeof token !== 'string' || token === '' || token.startsWith('sb_')) {
            return keyClaims;
        }
        return keys.verify(token).catch((cause: Error) => {
            throw new Refusal(`InvalidJWTToken: ${cause.message}`);
        });
    }

    /** Takes on the rights of the claims, now and until they expire. */
    async function authorise(channel: Joined, claims: Claims): Promise<void> {
        if (channel.isPrivate) {
            const access = await topicAccess(pool, claims, channel.subtopic);
            if (!access.read && !access.write) {
                throw new Refusal(
                    `Unauthorized: You do not have permissions to read from this Channel topic: ${channel.subtopic}`,
                );
            }
            channel.maySend = access.write;
        }
        channel.claims = claims;
        clearTimeout(channel.expiry);
        if (claims !== keyClaims && claims.exp !== undefined) {
            const leftMs = claims.exp * 1000 - Date.now();
            channel.expiry = setTimeout(() => expel(channel, 'Token has expired'), Math.max(leftMs, 0));
            channel.expiry.unref();
        }
    }

    async function join(message: Message): Promise<void> {
        const config = (message.payload.config ?? {}) as JoinConfig;
        const wanted = config.postgres_changes ?? [];
        const bindings = wanted.map((binding) => ({ ...binding, id: ++lastBindingId }));
        const unreadable = bindings.find(({ filter }) => filter && !isFilter(filter));
        if (unreadable) {
            throw new Refusal(
                `RealtimeDisabledForConfiguration: cannot read the filter ${unreadable.filter}`,
            );
        }
        const channel: Joined = {
            topic: message.topic,
            subtopic: message.topic.replace(/^realtime:/, ''),
            isPrivate: config.private ?? false,
            hearsItself: config.broadcast?.self ?? false,
            claims: keyClaims,
            bindings,
            joinRef: message.ref,
            maySend: true,
            send: (frame) => ws.send(frame),
        };
        await authorise(channel, await claimsOf(message.payload.access_token));
        const before = channels.get(channel.topic);
        if (before) {
            drop(before);
        }
        if (ws.readyState !== ws.OPEN) {
            return;
        }
        channels.set(channel.topic, channel);
        if (config.broadcast?.ack) {
            acknowledging.add(channel);
        }
        answer(message, 'ok', { postgres_changes: bindings });
        hub.join(channel);
        if (bindings.length > 0) {
            const payload = {
                extension: 'postgres_changes',
                status: 'ok',
                message: 'Subscribed to PostgreSQL',
                channel: channel.subtopic,
            };
            push({ joinRef: message.ref, ref: null, topic: channel.topic, event: 'system', payload });
        }
    }

    async function receive(message: Message): Promise<void> {
        const channel = channels.get(message.topic);
        switch (message.event) {
            case 'heartbeat':
                answer(message, 'ok', {});
                return;
            case 'phx_join':
                await join(message);
                return;
            case 'phx_leave':
                if (channel) {
                    drop(channel);
                }
                answer(message, 'ok', {});
                push({ ...message, ref: null, event: 'phx_close', payload: {} });
                return;
            case 'access_token':
                if (channel) {
                    const token = message.payload.access_token;
                    // With nobody signed in the client keeps sending its key, which must not undo a user's token.
                    if (typeof token === 'string' && !token.startsWith('sb_')) {
                        await claimsOf(token)
                            .then((claims) => authorise(channel, claims))
                            .catch((error: Error) => expel(channel, error.message));
                    }
                }
                return;
            case 'broadcast':
                if (channel?.maySend) {
                    const { event, payload } = message.payload;
                    const { subtopic: topic, isPrivate } = channel;
                    hub.broadcast({ topic, isPrivate, event: String(event), payload, from: channel });
                    if (acknowledging.has(channel)) {
                        answer(message, 'ok', {});
                    }
                }
                return;
            default:
                answer(message, 'error', { reason: `The local Realtime does not know ${message.event}` });
        }
    }

    ws.on('message', (data: Buffer, isBinary: boolean) => {
        const message = decodeFrame(data, isBinary);
        if (message) {
            receive(message).catch((error: Error) => answer(message, 'error', { reason: error.message }));
        }
    });
    ws.on('error', () => ws.terminate());
    ws.on('close', () => {
        for (const channel of channels.values()) {
            drop(channel);
        }
    });
}
