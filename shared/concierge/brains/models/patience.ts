import OpenAI from 'openai';
import { BrainFailure } from '../../brain.ts';

export type ModelSettings = {
    apiKey: string;
    baseUrl: string;
    model: string;
    fetch?: typeof fetch;
    /** For one request, retried once. */
    requestMs?: number;
    turnMs?: number;
};

/** Somebody waits in a chat: a vendor that asks for more patience than this is not asked again. */
const longestWaitMs = 2000;

/** The vendor's client with a chat's patience: the package waits ten minutes and tries three times by default. */
export function modelClient({ apiKey, baseUrl, fetch, requestMs = 20_000 }: ModelSettings): OpenAI {
    return new OpenAI({
        apiKey,
        baseURL: baseUrl,
        timeout: requestMs,
        // Tried again below: the package would also try again with an empty purse.
        maxRetries: 0,
        logLevel: 'off',
        ...(fetch ? { fetch } : {}),
    });
}

/** Asks, once more if that can help, and turns whatever goes wrong into a BrainFailure with a short reason. */
export async function askPatiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
        try {
            // Not everything below listens to the signal.
            return await Promise.race([ask(), aborted(signal)]);
        } catch (error) {
            const waitMs = attempt === 1 ? waitBeforeRetry(error) : undefined;
            if (signal.aborted || waitMs === undefined) {
                throw new BrainFailure(reasonOf(error, signal), {}, error);
            }
            await Promise.race([pause(waitMs), aborted(signal)]).catch((stopped) => {
                throw new BrainFailure('timeout', {}, stopped);
            });
        }
    }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function aborted(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
}

/** Milliseconds before one more try, or undefined when that would not help. */
function waitBeforeRetry(error: unknown): number | undefined {
    if (error instanceof OpenAI.APIConnectionError) return 200;
    if (!(error instanceof OpenAI.APIError)) return undefined;
    const { status = 0, code, type, headers } = error;
    // No money does not come back within a chat.
    if (code === 'insufficient_quota' || type === 'insufficient_quota') return undefined;
    if (![408, 409, 429].includes(status) && status < 500) return undefined;
    const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
    const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
    const asked = Number.isFinite(ms) ? ms : Number.isFinite(seconds) ? seconds * 1000 : 500;
    return asked <= longestWaitMs ? Math.max(0, asked) : undefined;
}

function reasonOf(error: unknown, signal: AbortSignal): string {
    if (error instanceof BrainFailure) return error.reason;
    if (signal.aborted || error instanceof OpenAI.APIConnectionTimeoutError) return 'timeout';
    if (error instanceof OpenAI.APIConnectionError) return 'unreachable';
    if (!(error instanceof OpenAI.APIError)) return 'unexpected_answer';
    if (error.code === 'insufficient_quota' || error.type === 'insufficient_quota')
        return 'insufficient_quota';
    const reasons: Record<number, string> = {
        401: 'bad_key',
        402: 'insufficient_quota',
        403: 'forbidden',
        404: 'unknown_model',
        429: 'rate_limited',
    };
    const { status } = error;
    return reasons[status ?? 0] ?? ((status ?? 500) >= 500 ? 'server_error' : 'bad_request');
}
