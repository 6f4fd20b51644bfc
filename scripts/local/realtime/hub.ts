import type pg from 'pg';
import type { Claims } from '../signing-keys.ts';
import { readableColumns } from './access.ts';
import { type Binding, wants } from './filters.ts';
import { encodeBroadcast, encodeText } from './protocol.ts';
import type { Broadcast } from './server.ts';
import type { TableChange } from './wal.ts';

/** One joined channel of one connection. */
export interface Channel {
    /** As the client names it, `realtime:<subtopic>`. */
    topic: string;
    subtopic: string;
    isPrivate: boolean;
    hearsItself: boolean;
    claims: Claims;
    bindings: Binding[];
    send(frame: string | Buffer): void;
}

export interface Hub {
    join(channel: Channel): void;
    leave(channel: Channel): void;
    broadcast(message: Broadcast): void;
    change(change: TableChange): void;
    /** Settles when all changes so far have been told. */
    settled(): Promise<void>;
}

/** Knows who listens to what, and tells them. A public and a private topic of one name are two topics. */
export function createHub(pool: pg.Pool): Hub {
    const channels = new Map<string, Set<Channel>>();
    const changeListeners = new Set<Channel>();
    let telling = Promise.resolve();
    const nameOf = (subtopic: string, isPrivate: boolean) =>
        `${isPrivate ? 'private' : 'public'}:${subtopic}`;

    async function tell(change: TableChange): Promise<void> {
        // Asked once per caller, however many channels a caller has.
        const answers = new Map<string, Promise<string[] | undefined>>();
        for (const channel of changeListeners) {
            const ids = channel.bindings.filter((binding) => wants(binding, change)).map(({ id }) => id);
            if (ids.length === 0) {
                continue;
            }
            const caller = JSON.stringify(channel.claims);
            const answer = answers.get(caller) ?? columnsFor(channel.claims, change);
            answers.set(caller, answer);
            const columns = await answer;
            if (columns) {
                channel.send(encodeChange(channel.topic, ids, change, new Set(columns)));
            }
        }
    }

    /** Row-level security cannot be asked about a row that is gone: a delete tells everyone its key, as on Supabase. */
    function columnsFor(claims: Claims, change: TableChange): Promise<string[] | undefined> {
        return change.type === 'DELETE'
            ? Promise.resolve(Object.keys(change.key))
            : readableColumns(pool, claims, change).catch(() => undefined);
    }

    return {
        join(channel) {
            const name = nameOf(channel.subtopic, channel.isPrivate);
            channels.set(name, (channels.get(name) ?? new Set()).add(channel));
            if (channel.bindings.length > 0) {
                changeListeners.add(channel);
            }
        },
        leave(channel) {
            const name = nameOf(channel.subtopic, channel.isPrivate);
            channels.get(name)?.delete(channel);
            if (channels.get(name)?.size === 0) {
                channels.delete(name);
            }
            changeListeners.delete(channel);
        },
        broadcast({ topic, isPrivate, event, payload, id, from }) {
            for (const channel of channels.get(nameOf(topic, isPrivate)) ?? []) {
                if (channel !== from || channel.hearsItself) {
                    channel.send(encodeBroadcast(channel.topic, event, payload, id));
                }
            }
        },
        change(change) {
            if (changeListeners.size > 0) {
                telling = telling.then(() => tell(change)).catch(() => {});
            }
        },
        settled: () => telling,
    };
}

function encodeChange(topic: string, ids: number[], change: TableChange, readable: Set<string>): string {
    const visible = (row: Record<string, unknown>) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => readable.has(name)));
    const data = {
        schema: change.schema,
        table: change.table,
        commit_timestamp: change.commitTimestamp,
        type: change.type,
        columns: change.columns.filter(({ name }) => readable.has(name)),
        ...(change.type !== 'DELETE' && { record: visible(change.record) }),
        ...(change.type !== 'INSERT' && { old_record: visible(change.oldRecord) }),
        errors: null,
    };
    return encodeText({ joinRef: null, ref: null, topic, event: 'postgres_changes', payload: { ids, data } });
}
