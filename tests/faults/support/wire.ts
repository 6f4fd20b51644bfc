import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Act, type Exchange, type Moment, Plans, type Point } from './plans.ts';

/**
 * The one line on which the parts talk to each other. Functions, database and vendors know each other by its
 * address, so every step between two of them passes here and has a name: an RPC by its own (`finish_turn`),
 * and `webhook`, `bell:reply`, `bell:deliver`, `send`, `mark_read`, `model`. Each can be held, lost, refused or
 * repeated before it arrives or before its answer gets back: the points at which a process can be killed.
 */
export class Wire {
    readonly url: string;
    /** What passed, oldest first. */
    readonly log: Exchange[] = [];
    readonly #plans = new Plans();
    readonly #open = new Set<Exchange>();
    readonly #agent = new Agent({ keepAlive: true });
    readonly #server: ReturnType<typeof createServer>;
    #targets = { gateway: '', vendors: '' };

    private constructor(server: ReturnType<typeof createServer>) {
        this.#server = server;
        this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        server.on('request', (req, res) => {
            this.#pass(req, res).catch(() => res.destroy());
        });
    }

    static async start(): Promise<Wire> {
        const server = createServer();
        server.requestTimeout = 0;
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        return new Wire(server);
    }

    connect(targets: { gateway: string; vendors: string }): void {
        this.#targets = targets;
    }

    /** What the next steps of a name meet. The oldest plan that fits strikes. */
    plan(
        step: string | RegExp,
        moment: Moment,
        act: Act,
        more: { times?: number; skip?: number } = {},
    ): void {
        this.#plans.add({ step, moment, act, ...more });
    }

    /** Holds the next step of a name; it goes on when the point is released. */
    hold(step: string | RegExp, moment: Moment, fits?: (exchange: Exchange) => boolean): Point {
        return this.#plans.hold(step, moment, fits);
    }

    /** Everything flows again: what is held goes on, what was planned is forgotten. */
    heal(): void {
        this.#plans.clear();
    }

    /** Steps that have begun and have no answer yet, looking for work aside. */
    get busy(): Exchange[] {
        return [...this.#open].filter(({ step }) => !/^(claim_|rest_worker|renew_lease|health)/.test(step));
    }

    async stop(): Promise<void> {
        this.heal();
        this.#server.close();
        this.#server.closeAllConnections();
        this.#agent.destroy();
    }

    async #pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
        const chunks: Buffer[] = [];
        for await (const chunk of req) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks);
        const exchange = describe(req.url ?? '/', body);
        this.log.push(exchange);
        if (this.log.length > 20_000) this.log.splice(0, 10_000);
        this.#open.add(exchange);
        try {
            await this.#carry(exchange, req, body, res);
        } finally {
            this.#open.delete(exchange);
        }
    }

    async #carry(exchange: Exchange, req: IncomingMessage, body: Buffer, res: ServerResponse): Promise<void> {
        const gone = once(res, 'close').then(() => undefined);
        const before = await this.#plans.strike(exchange, 'before', gone);
        // Whoever asked is dead: what it had not sent yet never arrives.
        if (res.destroyed) return;
        if (before === 'cut') return void res.destroy();
        if (before === 'refuse') return refuse(res);
        if (before === 'repeat') await this.#forward(req, body, gone).catch(() => undefined);
        const answer = await this.#forward(req, body, gone).catch(() => undefined);
        exchange.status = answer?.status ?? 502;
        exchange.answer = answer && parsed(answer.body);
        exchange.answeredAt = Date.now();
        const after = await this.#plans.strike(exchange, 'after', gone);
        if (res.destroyed) return;
        if (after === 'cut' || !answer) return void res.destroy();
        if (after === 'refuse') return refuse(res);
        res.writeHead(answer.status, answer.headers);
        res.end(answer.body);
    }

    #forward(req: IncomingMessage, body: Buffer, gone: Promise<void>) {
        const url = req.url ?? '/';
        const { gateway, vendors } = this.#targets;
        const target = url.startsWith('/graph/')
            ? vendors + url.slice('/graph'.length)
            : (url.startsWith('/openai/') ? vendors : gateway) + url;
        const { connection: _, 'transfer-encoding': __, ...headers } = req.headers;
        const options = {
            method: req.method,
            headers: { ...headers, 'content-length': String(body.length) },
            agent: this.#agent,
        };
        return new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>(
            (resolve, reject) => {
                const forwarded = request(target, options, async (answer) => {
                    try {
                        const chunks: Buffer[] = [];
                        for await (const chunk of answer) chunks.push(chunk as Buffer);
                        const { 'content-type': type = 'application/json', 'retry-after': retryAfter } =
                            answer.headers;
                        resolve({
                            status: answer.statusCode ?? 502,
                            headers: {
                                'content-type': type,
                                ...(retryAfter && { 'retry-after': retryAfter }),
                            },
                            body: Buffer.concat(chunks),
                        });
                    } catch (error) {
                        reject(error);
                    }
                });
                forwarded.on('error', reject);
                // Whoever was asked may be at it still, but nobody listens any more.
                gone.then(() => forwarded.destroy());
                forwarded.end(body);
            },
        );
    }
}

function refuse(res: ServerResponse): void {
    res.writeHead(503, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ message: 'upstream unavailable' }));
}

function describe(url: string, raw: Buffer): Exchange {
    const body = parsed(raw);
    return { step: stepOf(url, body), at: Date.now(), body };
}

function stepOf(url: string, body: unknown): string {
    const path = url.split('?')[0] ?? url;
    const rpc = /^\/rest\/v1\/rpc\/(\w+)$/.exec(path)?.[1];
    if (rpc !== undefined) return rpc;
    if (path.startsWith('/functions/v1/inbound')) return 'webhook';
    if (path.startsWith('/functions/v1/')) return `bell:${path.split('/')[3]}`;
    if (path.startsWith('/openai/')) return 'model';
    if (path.startsWith('/graph/')) {
        const read = typeof body === 'object' && body !== null && 'status' in body;
        return read ? 'mark_read' : 'send';
    }
    return path;
}

function parsed(body: Buffer): unknown {
    try {
        return JSON.parse(body.toString('utf8'));
    } catch {
        return body.toString('utf8').slice(0, 200);
    }
}
