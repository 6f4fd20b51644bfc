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
