import pg from 'pg';

export interface Worker {
    stop(): Promise<void>;
}

interface QueuedRequest {
    id: string;
    method: string;
    url: string;
    headers: Record<string, string | null> | null;
    body: Buffer | null;
    timeout_milliseconds: number;
}

const batchSize = 200;
const pauseMs = 1000;
const timeToLive = '6 hours';

/**
 * pg_net's background worker, with the behaviour that callers have to live with (src/worker.c of pg_net 0.20):
 * it sleeps until a commit wakes it; takes at most 200 requests in one transaction that stays open until the last
 * of them has answered or timed out; never retries; then pauses a second, cut short only by the first wake since
 * it got up; and goes on until a round finds nothing.
 */
export async function startNetWorker(adminUrl: string, log: (line: string) => void): Promise<Worker> {
    let stopping = false;
    const stopped = new AbortController();
    let stopPause = () => {};
    // The real worker finds what was left in the queue when it starts.
    let shouldWake = true;
    let latch = false;
    let lost: Error | undefined;

    const wake = () => {
        if (!shouldWake) {
            shouldWake = true;
            latch = true;
            stopPause();
        }
    };
    const pause = (ms?: number) =>
        new Promise<void>((resolve) => {
            const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
            stopPause = () => {
                clearTimeout(timer);
                resolve();
            };
            if (latch || lost || stopping) {
                stopPause();
            }
        }).then(() => {
            latch = false;
            if (lost && !stopping) {
                throw lost;
            }
        });

    async function live(client: pg.Client): Promise<void> {
        await client.query('listen net_wake');
        while (!stopping) {
            if (!shouldWake) {
                await pause();
                continue;
            }
            shouldWake = false;
            let worked = true;
            while (worked && !stopping) {
                worked = await runBatch(client, stopped.signal);
                await pause(pauseMs);
            }
        }
    }

    const finished = (async () => {
        while (!stopping) {
            const client = new pg.Client({ connectionString: adminUrl, application_name: 'pg_net 0.20.4' });
            client.on('notification', wake);
            lost = undefined;
            client.on('error', (error) => {
                lost = error;
                stopPause();
            });
            try {
                await client.connect();
                await live(client);
            } catch (error) {
                if (!stopping) {
                    log(`pg_net worker: ${error instanceof Error ? error.message : error}; starting again`);
                    await new Promise((resolve) => setTimeout(resolve, pauseMs));
                }
                // The real worker, too, looks into the queue when it comes back.
                shouldWake = true;
            } finally {
                await client.end().catch(() => {});
            }
        }
    })();

    return {
        async stop() {
            stopping = true;
            stopped.abort();
            stopPause();
            await finished;
        },
    };
}

/** One round: true when it sent a request or dropped an old response. */
async function runBatch(client: pg.Client, stopped: AbortSignal): Promise<boolean> {
    const known = await client.query("select to_regclass('net.http_request_queue') is not null as known");
    if (!known.rows[0].known) {
        return false;
    }
    await client.query('begin');
    try {
        const expired = await client.query(
            `delete from net._http_response where ctid in (
                select ctid from net._http_response where created < now() - $1::interval limit $2
            )`,
            [timeToLive, batchSize],
        );
        const queued = await client.query<QueuedRequest>(
            `delete from net.http_request_queue where id in (
                select id from net.http_request_queue order by id limit $1
            )
            returning id, method, url, headers, body, timeout_milliseconds`,
            [batchSize],
        );
        const responses = await Promise.all(queued.rows.map((request) => send(request, stopped)));
        // A worker that is stopped in the middle leaves its batch in the queue, to be sent again.
        stopped.throwIfAborted();
        if (responses.length > 0) {
            await client.query(
                `insert into net._http_response
                     (id, status_code, content_type, headers, content, timed_out, error_msg)
                 select id, status_code, content_type, headers, content, timed_out, error_msg
                 from jsonb_populate_recordset(null::net._http_response, $1)`,
                [JSON.stringify(responses)],
            );
        }
        await client.query('commit');
        return responses.length > 0 || (expired.rowCount ?? 0) > 0;
    } catch (error) {
        await client.query('rollback').catch(() => {});
        throw error;
    }
}

async function send(request: QueuedRequest, stopped: AbortSignal) {
    const headers = new Headers({ 'user-agent': 'pg_net/0.20.4' });
    for (const [name, value] of Object.entries(request.headers ?? {})) {
        // pg_net drops a header whose value is null without a word.
        if (value !== null) {
            headers.set(name, value);
        }
    }
    try {
        const response = await fetch(request.url, {
            method: request.method.toUpperCase(),
            headers,
            body: request.body && new Uint8Array(request.body),
            signal: AbortSignal.any([stopped, AbortSignal.timeout(request.timeout_milliseconds)]),
        });
        return {
            id: request.id,
            status_code: response.status,
            content_type: response.headers.get('content-type'),
            headers: Object.fromEntries(response.headers),
            content: await response.text(),
            timed_out: false,
        };
    } catch (error) {
        const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        return {
            id: request.id,
            timed_out: timedOut,
            error_msg: timedOut
                ? `Timeout of ${request.timeout_milliseconds} ms reached.`
                : `Couldn't connect to server: ${cause instanceof Error ? cause.message : cause}`,
        };
    }
}
