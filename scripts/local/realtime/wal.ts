import type pg from 'pg';
import { LogicalReplicationService, type Pgoutput, PgoutputPlugin } from 'pg-logical-replication';

type Row = Record<string, unknown>;

export interface TableChange {
    type: 'INSERT' | 'UPDATE' | 'DELETE';
    schema: string;
    table: string;
    commitTimestamp: string;
    columns: { name: string; type: string }[];
    record: Row;
    oldRecord: Row;
    /** Key columns with their values as Postgres prints them. */
    key: Record<string, string | null>;
}

export interface BroadcastRow {
    id: string;
    topic: string;
    event: string;
    payload: unknown;
    private: boolean;
}

export interface WalListener {
    onBroadcast(message: BroadcastRow): void;
    onChange(change: TableChange): void;
}

/** Its slot lives and dies with its connection, so a crash leaves none behind to hold back the WAL. */
class TemporarySlotPlugin extends PgoutputPlugin {
    override async start(client: pg.Client, slot: string, lsn: string): Promise<unknown> {
        await client.query(`CREATE_REPLICATION_SLOT "${slot}" TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`);
        return super.start(client, slot, lsn);
    }
}

const publications = ['supabase_realtime', 'supabase_realtime_messages_publication'];

/**
 * Follows what commits: inserts into realtime.messages, and changes of the tables in the publication
 * supabase_realtime. Connects again when the connection breaks; what happened meanwhile is not told, and clients
 * refetch when they resubscribe, as with the real one.
 */
export async function followWal(
    adminUrl: string,
    pool: pg.Pool,
    listener: WalListener,
    log: (line: string) => void,
) {
    const service = new LogicalReplicationService({
        connectionString: adminUrl,
        application_name: 'realtime',
    });
    const plugin = new TemporarySlotPlugin({ protoVersion: 1, publicationNames: publications });
    const types = await readTypeNames(pool);
    let committedAt = '';
    let stopping = false;

    service.on('data', (_lsn: string, message: Pgoutput.Message) => {
        if (message.tag === 'begin') {
            committedAt = new Date(Number(message.commitTime) / 1000).toISOString();
        } else if (message.tag === 'relation') {
            for (const column of message.columns) {
                // pg would make Dates and Buffers of it; what goes out is JSON.
                column.parser = (text: string) => text;
            }
        } else if (message.tag === 'insert' && message.relation.schema === 'realtime') {
            const { id, topic, event, payload, extension, private: isPrivate } = message.new;
            if (extension === 'broadcast') {
                listener.onBroadcast({
                    id,
                    topic,
                    event,
                    payload: JSON.parse(payload),
                    private: isPrivate === 't',
                });
            }
        } else if (message.tag === 'insert' || message.tag === 'update' || message.tag === 'delete') {
            listener.onChange(toChange(message, committedAt, types));
        }
    });
    // A server that shuts down in good order waits until its followers have read exactly all of it.
    service.on('heartbeat', (lsn: string, _at: number, shouldRespond: boolean) => {
        if (shouldRespond) service.acknowledge(oneBefore(lsn)).catch(() => {});
    });
    // Errors also end `subscribe`, which is where they are dealt with.
    service.on('error', () => {});

    const started = new Promise<void>((resolve) => service.once('start', resolve));
    const finished = (async () => {
        while (!stopping) {
            await service.subscribe(plugin, 'frostdesk_realtime').catch((error: Error) => {
                if (!stopping) {
                    log(`Realtime lost its replication connection (${error.message}); connecting again.`);
                }
            });
            if (!stopping) {
                await new Promise((resolve) => setTimeout(resolve, 500));
            }
        }
    })();
    await started;
    return {
        async stop() {
            stopping = true;
            await service.destroy();
            await finished;
        },
    };
}

/** The package acknowledges one byte more than it is told, and would for ever be ahead of the server. */
function oneBefore(lsn: string): string {
    const [upper = '0', lower = '0'] = lsn.split('/');
    const before = ((BigInt(`0x${upper}`) << 32n) | BigInt(`0x${lower}`)) - 1n;
    return `${(before >> 32n).toString(16)}/${(before & 0xffffffffn).toString(16)}`;
}

async function readTypeNames(pool: pg.Pool): Promise<(oid: number) => string> {
    const { rows } = await pool.query('select oid::int, typname from pg_type');
    const names = new Map<number, string>(rows.map(({ oid, typname }) => [oid, typname]));
    return (oid) => names.get(oid) ?? 'text';
}

function toChange(
    message: Pgoutput.MessageInsert | Pgoutput.MessageUpdate | Pgoutput.MessageDelete,
    commitTimestamp: string,
    typeName: (oid: number) => string,
): TableChange {
    const { relation } = message;
    const columns = relation.columns.map(({ name, typeOid }) => ({ name, type: typeName(typeOid) }));
    const toJson = (row: Row | null | undefined): Row =>
        Object.fromEntries(
            columns
                .filter(({ name }) => row?.[name] !== undefined)
                .map(({ name, type }) => [name, toJsonValue(row?.[name] as string | null, type)]),
        );
    const fresh = message.tag === 'delete' ? undefined : message.new;
    const old = message.tag === 'insert' ? undefined : (message.old ?? message.key);
    const keyed = fresh ?? old ?? {};
    const key = Object.fromEntries(relation.keyColumns.map((name) => [name, keyed[name] ?? null]));
    return {
        type: message.tag === 'insert' ? 'INSERT' : message.tag === 'update' ? 'UPDATE' : 'DELETE',
        schema: relation.schema,
        table: relation.name,
        commitTimestamp,
        columns,
        record: toJson(fresh),
        oldRecord: toJson(message.tag === 'update' ? (old ?? key) : key),
        key,
    };
}

function toJsonValue(text: string | null, type: string): unknown {
    if (text === null) {
        return null;
    }
    switch (type) {
        case 'bool':
            return text === 't';
        case 'int2':
        case 'int4':
        case 'int8':
        case 'float4':
        case 'float8':
        case 'numeric':
            return Number.isFinite(Number(text)) ? Number(text) : text;
        case 'json':
        case 'jsonb':
            return JSON.parse(text);
        case 'timestamptz':
            return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
        case 'timestamp':
            return text.replace(' ', 'T');
        default:
            return text;
    }
}
