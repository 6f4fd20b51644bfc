import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AuthService } from './auth/service.ts';
import type { FunctionsRuntime } from './functions.ts';
import type { Realtime } from './realtime/server.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { FunctionConfig } from './supabase-config.ts';

export const publishableKey = 'sb_publishable_local';
export const secretKey = 'sb_secret_local';
const roleOfKey: Record<string, string> = { [publishableKey]: 'anon', [secretKey]: 'service_role' };

export interface GatewayOptions {
    port: number;
    keys: SigningKeys;
    postgrestUrl: string;
    auth: AuthService;
    realtime: Realtime;
    functions?: { runtime: FunctionsRuntime; config: FunctionConfig[] };
}

export interface Gateway {
    stop(): Promise<void>;
}

/**
 * The one address that clients know, as on Supabase: routes by path, and turns an `sb_publishable_` or `sb_secret_`
 * key into a short-lived token of the role that it stands for, because PostgREST and the others know only tokens.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
    const { keys, auth, realtime, functions } = options;
    const agent = new Agent({ keepAlive: true, timeout: 20_000 });
    const tokens = roleTokens(keys);

    async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
        const url = new URL(req.url ?? '/', `http://127.0.0.1:${options.port}`);
        const [, service, version, ...rest] = url.pathname.split('/');
        const path = `/${rest.join('/')}${url.search}`;
        if (version === 'v1' && service === 'functions' && functions) {
            const config = functions.config.find(({ name }) => name === rest[0]);
            if (config?.verifyJwt && req.method !== 'OPTIONS' && !(await proves(req, keys))) {
                return reply(res, 401, { code: 401, message: 'Missing or invalid authorization header' });
            }
            return proxy(req, res, await functions.runtime.url(), path, agent);
        }
        cors(req, res);
        if (req.method === 'OPTIONS') {
            res.writeHead(204).end();
            return;
        }
        const open =
            service === 'auth' && (rest[0] === '.well-known' || rest[0] === 'verify' || rest[0] === 'health');
        if (!open && version === 'v1') {
            const refusal = await admit(req, url, tokens);
            if (refusal) {
                return reply(res, 401, { message: refusal });
            }
        }
        if (version === 'v1' && service === 'rest') {
            return proxy(req, res, options.postgrestUrl, path, agent);
        }
        if (version === 'v1' && service === 'auth') {
            return send(res, await auth.handle(await toRequest(req, path)));
        }
        if (version === 'v1' && service === 'realtime') {
            return send(res, await realtime.handle(await toRequest(req, path)));
        }
        reply(res, 404, { message: 'no Route matched with those values' });
    }

    const server = createServer((req, res) => {
        handle(req, res).catch((error) => {
            if (!res.headersSent) {
                reply(res, 502, { message: error instanceof Error ? error.message : String(error) });
            } else {
                res.destroy();
            }
        });
    });
    server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
        socket.on('error', () => socket.destroy());
        const url = new URL(req.url ?? '/', 'http://gateway');
        if (url.pathname !== '/realtime/v1/websocket') {
            socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
            return;
        }
        admit(req, url, tokens)
            .then((refusal) =>
                refusal
                    ? socket.end(
                          `HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\n\r\n{"error":"${refusal}"}`,
                      )
                    : realtime.upgrade(req, socket, head, req.headers.authorization?.slice(7) ?? ''),
            )
            .catch(() => socket.destroy());
    });
    // A slow import must not cost a client its connection; the parts behind have timeouts of their own.
    server.requestTimeout = 0;
    await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, '127.0.0.1', resolve);
    });
    return {
        async stop() {
            const closed = new Promise((resolve) => server.close(resolve));
            server.closeAllConnections();
            agent.destroy();
            await closed;
        },
    };
}

type RoleTokens = (role: string) => Promise<string>;

/** One token per role, renewed long before it runs out. */
function roleTokens(keys: SigningKeys): RoleTokens {
    const cache = new Map<string, { token: Promise<string>; renewAt: number }>();
    return (role) => {
        const known = cache.get(role);
        if (known && known.renewAt > Date.now()) {
            return known.token;
        }
        const token = keys.sign({ iss: 'supabase', role }, 3600);
        cache.set(role, { token, renewAt: Date.now() + 1_800_000 });
        return token;
    };
}

/** Checks the API key and puts a token for its role in place of a missing or key-like Authorization header. */
async function admit(req: IncomingMessage, url: URL, tokens: RoleTokens): Promise<string | undefined> {
    const bearer = req.headers.authorization?.replace(/^bearer\s+/i, '');
    const key = req.headers.apikey ?? url.searchParams.get('apikey');
    if (typeof key !== 'string' || key === '') {
        return 'No API key found in request';
    }
    const role = roleOfKey[key];
    if (!role) {
        return 'Invalid API key';
    }
    if (role === 'service_role' && /^Mozilla\//.test(req.headers['user-agent'] ?? '')) {
        return 'Forbidden use of secret API key in browser';
    }
    if (!bearer || bearer.startsWith('sb_')) {
        req.headers.authorization = `Bearer ${await tokens(role)}`;
    }
    return undefined;
}

/** What `verify_jwt` asks of a function call: a token of ours, or one of the API keys. */
async function proves(req: IncomingMessage, keys: SigningKeys): Promise<boolean> {
    const bearer = req.headers.authorization?.replace(/^bearer\s+/i, '') ?? '';
    if (roleOfKey[bearer] || roleOfKey[String(req.headers.apikey)]) {
        return true;
    }
    return keys.verify(bearer).then(
        () => true,
        () => false,
    );
}

function cors(req: IncomingMessage, res: ServerResponse): void {
    res.setHeader('access-control-allow-origin', req.headers.origin ?? '*');
    res.setHeader('access-control-allow-methods', 'GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS');
    res.setHeader('access-control-allow-headers', req.headers['access-control-request-headers'] ?? '*');
    res.setHeader('access-control-expose-headers', 'content-range, x-total-count, link');
    res.setHeader('access-control-max-age', '3600');
}

function proxy(
    req: IncomingMessage,
    res: ServerResponse,
    target: string,
    path: string,
    agent: Agent,
): Promise<void> {
    return new Promise((resolve, reject) => {
        const { connection: _hop, ...headers } = req.headers;
        const forwarded = request(`${target}${path}`, { method: req.method, headers, agent }, (answer) => {
            const { connection: _answerHop, 'keep-alive': _keepAlive, ...answerHeaders } = answer.headers;
            for (const [name, value] of Object.entries(answerHeaders)) {
                // Our own CORS headers stand; a function brings its own and finds none here.
                if (value !== undefined && !(name.startsWith('access-control-') && res.hasHeader(name))) {
                    res.setHeader(name, value);
                }
            }
            res.writeHead(answer.statusCode ?? 502);
            answer.pipe(res);
            answer.on('end', resolve);
            answer.on('error', reject);
        });
        forwarded.on('error', reject);
        res.on('close', () => {
            if (!res.writableFinished) {
                forwarded.destroy();
            }
            resolve();
        });
        req.pipe(forwarded);
    });
}

async function toRequest(req: IncomingMessage, path: string): Promise<Request> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) {
        chunks.push(chunk);
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(req.headers)) {
        if (value !== undefined) {
            headers.set(name, String(value));
        }
    }
    const hasBody = req.method !== 'GET' && req.method !== 'HEAD';
    return new Request(`http://gateway${path}`, {
        method: req.method,
        headers,
        body: hasBody ? Buffer.concat(chunks) : undefined,
    });
}

async function send(res: ServerResponse, response: Response): Promise<void> {
    for (const [name, value] of response.headers) {
        res.setHeader(name, value);
    }
    res.writeHead(response.status);
    res.end(Buffer.from(await response.arrayBuffer()));
}

function reply(res: ServerResponse, status: number, body: unknown): void {
    res.setHeader('content-type', 'application/json');
    res.writeHead(status);
    res.end(JSON.stringify(body));
}
