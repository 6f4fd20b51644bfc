import pg from 'pg';

/**
 * A pool whose connections may break without ending this process: the query in hand fails, and the next one gets
 * a new connection. (pg raises an `error` event on each, which nobody would hear.)
 */
export function openPool(connectionString: string, name: string, max: number): pg.Pool {
    const pool = new pg.Pool({ connectionString, application_name: name, max });
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
}

/** Runs work on a connection of its own, which is closed afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    try {
        return await work(client);
    } finally {
        await client.end();
    }
}
