import pg from 'pg';
import type { Claims } from '../signing-keys.ts';

export interface TopicAccess {
    read: boolean;
    write: boolean;
}

/** Runs work in a transaction that is rolled back: what is asked here leaves no trace. */
async function rehearse<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    try {
        await client.query('begin');
        return await work(client);
    } finally {
        const broken = await client.query('rollback').then(
            () => false,
            () => true,
        );
        client.release(broken);
    }
}

async function become(client: pg.PoolClient, claims: Claims, topic = ''): Promise<void> {
    await client.query(
        `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
            set_config('realtime.topic', $3, true)`,
        [claims.role, JSON.stringify(claims), topic],
    );
}

/**
 * What the policies on realtime.messages let a caller do on a private topic, found out as the real server does it:
 * by reading a message that is there, and by writing one, in the caller's role.
 */
export function topicAccess(pool: pg.Pool, claims: Claims, topic: string): Promise<TopicAccess> {
    const insert = `insert into realtime.messages (id, topic, extension, event, private)
        values (gen_random_uuid(), $1, 'broadcast', 'access', true)`;
    return rehearse(pool, async (client) => {
        const probe = await client.query(`${insert} returning id`, [topic]);
        await become(client, claims, topic);
        const allowed = async (sql: string, values: unknown[]) => {
            await client.query('savepoint asked');
            const answer = await client.query(sql, values).catch(() => undefined);
            await client.query('rollback to asked');
            return (answer?.rowCount ?? 0) > 0;
        };
        return {
            read: await allowed('select from realtime.messages where id = $1', [probe.rows[0].id]),
            write: await allowed(insert, [topic]),
        };
    });
}

export interface RowKey {
    schema: string;
    table: string;
    /** Key columns with their values as Postgres prints them. */
    key: Record<string, string | null>;
}

/** The columns of a row that a caller may read, or undefined when the policies hide the row. */
export function readableColumns(pool: pg.Pool, claims: Claims, row: RowKey): Promise<string[] | undefined> {
    const table = `${pg.escapeIdentifier(row.schema)}.${pg.escapeIdentifier(row.table)}`;
    const names = Object.keys(row.key);
    if (names.length === 0) {
        return Promise.resolve(undefined);
    }
    const where = names.map((name, index) => `${pg.escapeIdentifier(name)} = $${index + 1}`).join(' and ');
    return rehearse(pool, async (client) => {
        const columns = await client.query(
            `select attname as name
             from pg_attribute
             where attrelid = $1::regclass and attnum > 0 and not attisdropped
             and has_column_privilege($2, attrelid, attnum, 'select')`,
            [table, claims.role],
        );
        await become(client, claims);
        const found = await client
            .query(`select from ${table} where ${where}`, Object.values(row.key))
            .catch(() => null);
        return found?.rowCount ? columns.rows.map(({ name }) => name) : undefined;
    });
}
