/**
 * Runs inside Deno: one server for all functions of supabase/config.toml, each at `/<name>/...`, the path that
 * Supabase's edge runtime shows a function. Started by ../functions.ts, which passes the functions as an argument
 * and reads `{"listening": <port>}` from the first line of output.
 */
interface DenoRuntime {
    args: string[];
    exit(code: number): never;
    addSignalListener(signal: string, listener: () => void): void;
    serve(
        options: { port: number; hostname: string; onListen: (address: { port: number }) => void },
        handler: (request: Request) => Promise<Response>,
    ): void;
}
type Handler = (request: Request) => Response | Promise<Response>;

const runtime = (globalThis as unknown as { Deno: DenoRuntime }).Deno;
const functions = JSON.parse(runtime.args[0] ?? '[]') as { name: string; entrypoint: string }[];
const handlers = new Map<string, Promise<Handler>>();
/** What keeps this process from ending at once: requests in hand, and what waitUntil holds. */
const inHand = new Set<Promise<unknown>>();

Object.assign(globalThis, {
    EdgeRuntime: {
        /** Keeps the work going after the response; a failure is logged and ends nothing else. */
        waitUntil(work: Promise<unknown>) {
            hold(Promise.resolve(work).catch((error) => console.error(error)));
            return work;
        },
    },
});

function hold<T>(work: Promise<T>): Promise<T> {
    const tracked: Promise<unknown> = work.finally(() => inHand.delete(tracked));
    inHand.add(tracked);
    return work;
}

for (const { name, entrypoint } of functions) {
    handlers.set(name, load(entrypoint));
    handlers.get(name)?.catch((error) => console.error(`${name} does not load:`, error));
}

async function load(entrypoint: string): Promise<Handler> {
    const module = await import(entrypoint);
    if (typeof module.default?.fetch !== 'function') {
        throw new Error(`${entrypoint} must export default { fetch }`);
    }
    return (request) => module.default.fetch(request);
}

async function answer(request: Request): Promise<Response> {
    const name = new URL(request.url).pathname.split('/')[1] ?? '';
    const loading = handlers.get(name);
    if (!loading) {
        return Response.json(
            { code: 'NOT_FOUND', message: 'Requested function was not found' },
            { status: 404 },
        );
    }
    const handler = await loading.catch(() => undefined);
    if (!handler) {
        const body = { code: 'BOOT_ERROR', message: 'Function failed to start (please check logs)' };
        return Response.json(body, { status: 503 });
    }
    try {
        return await handler(request);
    } catch (error) {
        console.error(error);
        const body = { code: 'WORKER_ERROR', message: 'Function exited due to an error (please check logs)' };
        return Response.json(body, { status: 500 });
    }
}

// One function's stray rejection must not end the others, which on Supabase live in isolates of their own.
globalThis.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    console.error(event.reason);
});

runtime.serve(
    {
        port: 0,
        hostname: '127.0.0.1',
        onListen: ({ port }) => console.log(JSON.stringify({ listening: port })),
    },
    (request) => hold(answer(request)),
);

/** As on Supabase: functions hear `beforeunload`, get a moment for what waitUntil holds, and are gone. */
async function end(): Promise<void> {
    const event = new CustomEvent('beforeunload', { detail: { reason: 'termination' } });
    globalThis.dispatchEvent(event);
    const moment = new Promise((resolve) => setTimeout(resolve, 1000));
    await Promise.race([Promise.allSettled(inHand), moment]);
    runtime.exit(0);
}
runtime.addSignalListener('SIGTERM', () => void end());
