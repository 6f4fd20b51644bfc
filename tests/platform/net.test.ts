import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { eventually, sql } from './clients.ts';

const { databaseUrl } = inject('platform');

interface Call {
    path: string;
    headers: IncomingMessage['headers'];
    body: string;
    at: number;
}

let server: Server;
let url: string;
let calls: Call[] = [];

beforeAll(async () => {
    server = createServer((req, res) => {
        const chunks: Buffer[] = [];
        req.on('data', (chunk) => chunks.push(chunk));
        req.on('end', () => {
            calls.push({
                path: `${req.method} ${req.url}`,
                headers: req.headers,
                body: Buffer.concat(chunks).toString(),
                at: Date.now(),
            });
            if (req.url !== '/never') {
                res.writeHead(202, { 'content-type': 'text/plain' }).end('heard');
            }
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
    server.closeAllConnections();
    server.close();
});

beforeEach(() => {
    calls = [];
});

const responseTo = (id: string) =>
    eventually(async () => (await sql('select * from net._http_response where id = $1', [id]))[0]);

async function connected<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
        return await work(client);
    } finally {
        await client.end();
    }
}

describe('net.http_post', () => {
    it('is sent after commit, and its answer is put in net._http_response', async () => {
        const { id, before } = await connected(async (client) => {
            await client.query('begin');
            const { rows } = await client.query(
                `select net.http_post(
                    url := $1, body := '{"ring": "reply"}', params := '{"a b": "c&d"}',
                    headers := '{"content-type": "application/json", "x-bell-token": "t", "x-null": null}',
                    timeout_milliseconds := 2000
                ) as id`,
                [`${url}/bell`],
            );
            await new Promise((resolve) => setTimeout(resolve, 150));
            const heardEarly = calls.length;
            await client.query('commit');
            return { id: rows[0].id, before: heardEarly };
        });
        expect(before).toBe(0);
        expect(await responseTo(id)).toMatchObject({
            status_code: 202,
            content_type: 'text/plain',
            content: 'heard',
            timed_out: false,
            error_msg: null,
        });
        expect(calls[0]).toMatchObject({ path: 'POST /bell?a%20b=c%26d', body: '{"ring": "reply"}' });
        expect(calls[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'x-bell-token': 't' });
        expect(calls[0]?.headers).not.toHaveProperty('x-null');
    });

    it('is not sent after rollback', async () => {
        await connected(async (client) => {
            await client.query('begin');
            await client.query('select net.http_post($1)', [`${url}/rolled-back`]);
            await client.query('rollback');
        });
        const [{ id }] = await sql('select net.http_post($1) as id', [`${url}/after`]);
        await responseTo(id);
        expect(calls.map(({ path }) => path)).toEqual(['POST /after']);
    });

    it('refuses a content type that is not exactly application/json, as the real one does', async () => {
        await expect(
            sql(
                `select net.http_post('http://x', '{}', '{}', '{"Content-Type": "application/json; charset=utf-8"}')`,
            ),
        ).rejects.toThrow('Content-Type header must be "application/json"');
    });

    it('never retries, and says so when there was no answer in time or nobody to answer', async () => {
        const [{ slow, dead }] = await sql(
            `select net.http_post($1, timeout_milliseconds := 100) as slow,
                net.http_post('http://127.0.0.1:1/', timeout_milliseconds := 500) as dead`,
            [`${url}/never`],
        );
        expect(await responseTo(slow)).toMatchObject({ status_code: null, timed_out: true });
        expect(await responseTo(dead)).toMatchObject({ status_code: null, timed_out: false });
        expect((await responseTo(dead)).error_msg).toContain("Couldn't connect");
        expect(calls).toHaveLength(1);
    });

    it('leaves the queue empty, and is open to every role, so nothing secret belongs in it', async () => {
        expect(await sql('select count(*)::int as waiting from net.http_request_queue')).toEqual([
            { waiting: 0 },
        ]);
        const [row] = await sql(
            `select has_table_privilege('anon', 'net.http_request_queue', 'select') as open`,
        );
        expect(row.open).toBe(true);
    });
});

describe('a batch', () => {
    it('holds back whatever comes later until its slowest call is over', async () => {
        await sql('select net.http_post($1, timeout_milliseconds := 700)', [`${url}/never`]);
        await eventually(async () => (calls.length > 0 ? true : undefined));
        const [{ id }] = await sql('select net.http_post($1) as id', [`${url}/behind`]);
        await responseTo(id);
        const [slow, behind] = calls;
        expect(behind?.path).toBe('POST /behind');
        expect((behind?.at ?? 0) - (slow?.at ?? 0)).toBeGreaterThanOrEqual(690);
    });
});
