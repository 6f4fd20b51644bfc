import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One HTTP request, read to its end. */
export interface Call {
    method: string;
    path: string;
    query: URLSearchParams;
    headers: IncomingHttpHeaders;
    body: Buffer;
    /** For the few routes that stream, hang or cut the line on purpose. */
    request: IncomingMessage;
    response: ServerResponse;
}

export interface Answer {
    status: number;
    json?: unknown;
    body?: string | Buffer;
    headers?: Record<string, string>;
}

/** A route answers, or returns `undefined` when it has dealt with the response itself. */
export type Route = (call: Call) => Promise<Answer | undefined>;

export interface RunningServer {
    url: string;
    port: number;
    stop(): Promise<void>;
}

export interface ServeOptions {
    port: number;
    host?: string | undefined;
    maxBodyBytes?: number;
    onError: (error: unknown, call: Call) => Answer;
}

/** Meta refuses bodies long before this; the simulators only guard themselves. */
const defaultMaxBodyBytes = 8 * 1024 * 1024;

/** Starts an HTTP server on `port` (0 picks a free one) and routes every request through one function. */
export async function serve(route: Route, options: ServeOptions): Promise<RunningServer> {
    const host = options.host ?? '127.0.0.1';
    const server = createServer(async (request, response) => {
        const url = new URL(request.url ?? '/', 'http://simulator');
        const call: Call = {
            method: request.method ?? 'GET',
            path: url.pathname,
            query: url.searchParams,
            headers: request.headers,
            body: Buffer.alloc(0),
            request,
            response,
        };
        try {
            const body = await readBody(request, options.maxBodyBytes ?? defaultMaxBodyBytes);
            if (body === undefined)
                return write(response, { status: 413, json: { error: 'body too large' } });
            call.body = body;
            const answer = await route(call);
            if (answer !== undefined) write(response, answer);
        } catch (error) {
            write(response, options.onError(error, call));
        }
    });
    await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, host, () => resolve());
    });
    const { port } = server.address() as AddressInfo;
    return {
        url: `http://${host}:${port}`,
        port,
        stop: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > maxBytes) return undefined;
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

function write(response: ServerResponse, answer: Answer): void {
    if (response.headersSent || response.destroyed) return;
    const isJson = answer.json !== undefined;
    response.writeHead(answer.status, {
        ...(isJson ? { 'content-type': 'application/json; charset=utf-8' } : {}),
        ...answer.headers,
    });
    response.end(isJson ? JSON.stringify(answer.json) : answer.body);
}

/** The body as JSON, or `undefined` when it is none. */
export function jsonBody(call: Call): unknown {
    try {
        return JSON.parse(call.body.toString('utf8'));
    } catch {
        return undefined;
    }
}

/** The refusal for another site's page: it must not steer the simulators of whoever visits it. */
export function foreignCaller(call: Call): Answer | undefined {
    const { origin, host } = call.headers;
    if (origin === undefined || origin === `http://${host}` || origin === `https://${host}`) return undefined;
    return { status: 403, json: { error: 'only for local tools and this server’s own pages' } };
}
