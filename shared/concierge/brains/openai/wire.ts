import OpenAI from 'openai';
import { BrainFailure } from '../../brain.ts';

export type Request = OpenAI.Responses.ResponseCreateParamsNonStreaming;
export type Response = OpenAI.Responses.Response;

export type OpenAiSettings = {
    apiKey: string;
    baseUrl: string;
    model: string;
    fetch?: typeof fetch;
    /** For one request, retried once. */
    requestMs?: number;
    /** For a whole turn: the typing indicator dies after 25 s. */
    turnMs?: number;
};

export type Wire = {
    ask(request: Request, signal: AbortSignal): Promise<Response>;
};

/** The vendor's client with a chat's patience: the package waits ten minutes and tries three times by default. */
export function openAiWire({ apiKey, baseUrl, fetch, requestMs = 20_000 }: OpenAiSettings): Wire {
    const client = new OpenAI({
        apiKey,
        baseURL: baseUrl,
        timeout: requestMs,
        maxRetries: 1,
        logLevel: 'off',
        ...(fetch ? { fetch } : {}),
    });
    return {
        async ask(request, signal) {
            try {
                // Between two tries the package waits for things that do not listen to the signal.
                return await Promise.race([client.responses.create(request, { signal }), aborted(signal)]);
            } catch (error) {
                throw new BrainFailure(reasonOf(error, signal), {}, error);
            }
        },
    };
}

function aborted(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
}

function reasonOf(error: unknown, signal: AbortSignal): string {
    if (signal.aborted || error instanceof OpenAI.APIConnectionTimeoutError) return 'timeout';
    if (error instanceof OpenAI.APIConnectionError) return 'unreachable';
    if (!(error instanceof OpenAI.APIError)) return 'unexpected_answer';
    if (error.code === 'insufficient_quota') return 'insufficient_quota';
    const reasons: Record<number, string> = {
        401: 'bad_key',
        403: 'forbidden',
        404: 'unknown_model',
        429: 'rate_limited',
    };
    const { status } = error;
    return reasons[status ?? 0] ?? ((status ?? 500) >= 500 ? 'server_error' : 'bad_request');
}

/** HTTP 200 can carry a failure: the status and every refusal are looked at before a word is used. */
export function checkResponse(response: Response): void {
    if (response?.status === 'failed') throw new BrainFailure(`failed:${response.error?.code ?? 'unknown'}`);
    if (response?.status === 'incomplete') {
        throw new BrainFailure(`incomplete:${response.incomplete_details?.reason ?? 'unknown'}`);
    }
    if (response?.status !== 'completed' || !Array.isArray(response.output)) {
        throw new BrainFailure('unexpected_answer');
    }
    const refused = response.output.some(
        (item) => item.type === 'message' && item.content.some(({ type }) => type === 'refusal'),
    );
    if (refused) throw new BrainFailure('refusal');
}

/** The text of a response: every output text of its messages. */
export function textOf(response: Response): string {
    return response.output
        .flatMap((item) => (item.type === 'message' ? item.content : []))
        .map((part) => (part.type === 'output_text' ? part.text : ''))
        .join('\n')
        .trim();
}
