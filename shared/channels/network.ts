/**
 * Posts JSON exactly once. Deno sends a POST again by itself when a kept-alive connection breaks before the answer
 * (denoland/deno#32566, #35610), and a vendor without idempotency keys would then write to the customer twice. A
 * streamed body cannot be sent again, so the failure comes to us, and we wait for a status to tell.
 */
export function postOnce(
    url: string,
    headers: Record<string, string>,
    body: unknown,
    timeoutMs: number,
): Promise<Response> {
    const init: RequestInit & { duplex: 'half' } = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: new Blob([JSON.stringify(body)]).stream(),
        duplex: 'half',
        signal: AbortSignal.timeout(timeoutMs),
    };
    return fetch(url, init);
}

const beforeConnecting = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Whether a `fetch` failed before anything was sent, so that trying again cannot repeat anything. Node tells
 * by a code; Deno only by the words of the cause (hyper's `Connect` phase).
 */
export function failedBeforeSending(error: unknown): boolean {
    const cause = error instanceof Error ? error.cause : undefined;
    if (!(cause instanceof Error)) return false;
    if ('code' in cause && typeof cause.code === 'string') return beforeConnecting.has(cause.code);
    return /\bclient error \(Connect\)/.test(cause.message);
}
