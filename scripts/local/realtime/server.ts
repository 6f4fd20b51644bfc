import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { openPool } from '../database.ts';
import type { Claims, SigningKeys } from '../signing-keys.ts';
import { topicAccess } from './access.ts';
import { createConnection } from './connection.ts';
import { type Channel, createHub } from './hub.ts';
import { followWal } from './wal.ts';

export interface Realtime {
    /** Takes over a websocket request that the gateway has let in, with the token that stands for its key. */
    upgrade(req: IncomingMessage, socket: Duplex, head: Buffer, token: string): void;
    /** Broadcasts over HTTP; the path starts right after /realtime/v1. */
    handle(request: Request): Promise<Response>;
    stop(): Promise<void>;
}

export interface RealtimeOptions {
    adminUrl: string;
    keys: SigningKeys;
    log: (line: string) => void;
}

/**
 * Supabase Realtime as realtime-js 2.x speaks to it: broadcast from the database and from clients, private topics
 * under row-level security, and postgres_changes under row-level security. No presence, no replay.
 */
export async function startRealtime(options: RealtimeOptions): Promise<Realtime> {
    const pool = openPool(options.adminUrl, 'realtime', 5);
    const hub = createHub(pool);
    const sockets = new WebSocketServer({ noServer: true, maxPayload: 4_000_000 });
    await pool.query("delete from realtime.messages where inserted_at < now() - interval '3 days'");
    const wal = await followWal(
        options.adminUrl,
        pool,
        {
            onBroadcast: ({ topic, event, payload, private: isPrivate, id }) =>
                hub.broadcast({ topic, isPrivate, event, payload, id }),
            onChange: (change) => hub.change(change),
        },
        options.log,
    );

    return {
        upgrade(req, socket, head, token) {
            // Before the handshake: a client joins the moment it is open, and must find us listening.
            options.keys.verify(token).then(
                (claims) =>
                    sockets.handleUpgrade(req, socket, head, (ws) =>
                        createConnection({ ws, claims, pool, hub, keys: options.keys }),
                    ),
                () => socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n'),
            );
        },
        async handle(request) {
            const token = request.headers.get('authorization')?.slice(7) ?? '';
            const claims = await options.keys.verify(token).catch(() => undefined);
            if (!claims) {
                return Response.json({ error: 'invalid token' }, { status: 401 });
            }
            const messages = await readBroadcasts(request);
            if (!messages) {
                return Response.json({ error: 'not found' }, { status: 404 });
            }
            for (const message of messages) {
                if (await maySend(message, claims)) {
                    hub.broadcast(message);
                }
            }
            return new Response(null, { status: 202 });
        },
        async stop() {
            for (const ws of sockets.clients) {
                ws.terminate();
            }
            await wal.stop();
            await hub.settled();
            await pool.end();
        },
    };

    /** A refused message is dropped without a word, as the real endpoint does. */
    async function maySend(message: Broadcast, claims: Claims): Promise<boolean> {
        return !message.isPrivate || (await topicAccess(pool, claims, message.topic)).write;
    }
}

export interface Broadcast {
    topic: string;
    isPrivate: boolean;
    event: string;
    payload: unknown;
    id?: string;
    /** Left out of the recipients, unless it asked to hear itself. */
    from?: Channel;
}

/** `POST /api/broadcast` with a list of messages, or `POST /api/broadcast/<topic>/events/<event>` with one. */
async function readBroadcasts(request: Request): Promise<Broadcast[] | undefined> {
    const url = new URL(request.url);
    const [, api, broadcast, topic, , event] = url.pathname.split('/').map(decodeURIComponent);
    if (request.method !== 'POST' || api !== 'api' || broadcast !== 'broadcast') {
        return undefined;
    }
    if (topic && event) {
        const isBinary = request.headers.get('content-type') === 'application/octet-stream';
        const payload = isBinary ? Buffer.from(await request.arrayBuffer()) : await request.json();
        return [{ topic, event, payload, isPrivate: url.searchParams.get('private') === 'true' }];
    }
    const { messages } = (await request.json()) as {
        messages: { topic: string; event: string; payload: unknown; private?: boolean }[];
    };
    return messages.map(({ private: isPrivate = false, ...message }) => ({ ...message, isPrivate }));
}
