/** Longer than the lease of a lost worker and the sweep after it: what is slow then is still right. */
export const patienceMs = 30_000;

/** Asks until the answer is there; no fixed sleeps, a deadline instead. */
export async function eventually<T>(
    what: string,
    ask: () => Promise<T | undefined>,
    timeoutMs = patienceMs,
): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
        const answer = await ask();
        if (answer !== undefined) return answer;
        if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
}
