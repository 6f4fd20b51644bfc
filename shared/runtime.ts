import { type Env, EnvironmentError, loadEnv } from './env.ts';
import { orServerError, refusal } from './http.ts';
import { createLog, type Log } from './log.ts';

/** What an Edge Function gets from the runtime it runs in. */

/**
 * Runs the answer with the validated environment and a log of this function. A wrong environment is answered
 * with a 500 that names the variables (never their values), so that nothing is lost at a misconfigured desk.
 */
export async function answering(
    functionName: string,
    answer: (env: Env, log: Log) => Promise<Response>,
): Promise<Response> {
    const first = createLog({ level: 'info', fields: { function: functionName } });
    return await orServerError(first, async () => {
        const env = environmentOr(first);
        if (env instanceof EnvironmentError) {
            return refusal(500, 'environment', `Not set as they must be: ${env.variables.join(', ')}.`);
        }
        const log = createLog({ level: env.FROSTDESK_LOG_LEVEL, fields: { function: functionName } });
        return await orServerError(log, () => answer(env, log));
    });
}

/** The environment, or what is wrong with it (logged). */
export function environmentOr(log: Log): Env | EnvironmentError {
    try {
        return loadEnv();
    } catch (error) {
        if (!(error instanceof EnvironmentError)) throw error;
        log.error('environment refused', error, { variables: error.variables });
        return error;
    }
}

type EdgeRuntime = typeof globalThis & {
    EdgeRuntime?: { waitUntil(promise: Promise<unknown>): void };
};

/** Lets work go on after the answer was sent. Elsewhere than at Supabase the process simply lives on. */
export function inBackground(work: Promise<unknown>): void {
    (globalThis as EdgeRuntime).EdgeRuntime?.waitUntil(work);
}

/** Tells when the runtime is about to end this isolate (its wall clock or memory has run out). */
export function onEnding(end: () => void): void {
    globalThis.addEventListener?.('beforeunload', end);
}
