import type { Env } from './env.ts';
import { methodNotAllowed, notFound, pathWithin, refusal } from './http.ts';
import type { Log } from './log.ts';
import { answering, inBackground, onEnding } from './runtime.ts';
import { sameSecret } from './secure-compare.ts';
import type { Worker } from './worker.ts';

/**
 * The doorbell's doorway: a function that the database rings (through pg_net) when there is work. It answers
 * 202 at once, because pg_net makes everybody wait for its slowest call, and works on in the background. The
 * bell carries nothing but a token that opens only the bell.
 */
export function createBell<Client>(
    functionName: string,
    createWorker: (env: Env, log: Log, client: Client) => Worker,
): (request: Request, client: Client) => Promise<Response> {
    let worker: Worker | undefined;
    return (request, client) =>
        answering(functionName, async (env, log) => {
            if (pathWithin(functionName, request) !== '') return notFound();
            if (request.method !== 'POST') return methodNotAllowed('POST');
            const token = request.headers.get('x-bell-token') ?? '';
            if (!(await sameSecret(token, env.FROSTDESK_BELL_TOKEN))) {
                log.warn('bell refused', { reason: 'token' });
                return refusal(401, 'bad_token', 'The bell token is not the one we know.');
            }
            if (!worker) {
                worker = createWorker(env, log, client);
                onEnding(worker.retire);
            }
            inBackground(worker.wake());
            return Response.json({ ringing: functionName }, { status: 202 });
        });
}
