/**
 * Everything a simulator does later (statuses, retries, delays), so that stopping it leaves nothing behind.
 * A timer that fires after `stop()` would post to a desk that is gone, or into the next test.
 */
export class Timers {
    readonly #pending = new Map<NodeJS.Timeout, () => void>();
    readonly #working = new Set<Promise<void>>();
    #stopped = false;

    get stopped(): boolean {
        return this.#stopped;
    }

    /** True when nothing is still to come and nothing is under way. */
    get idle(): boolean {
        return this.#pending.size === 0 && this.#working.size === 0;
    }

    /**
     * Runs `work` after `delayMs`, unless the returned function is called before; its rejection goes to `onError`,
     * never to the process.
     */
    later(delayMs: number, work: () => void | Promise<void>, onError: (error: unknown) => void): () => void {
        if (this.#stopped) return () => undefined;
        const timer = setTimeout(() => {
            this.#pending.delete(timer);
            const running = (async () => work())().catch(onError);
            this.#working.add(running);
            void running.finally(() => this.#working.delete(running));
        }, delayMs);
        this.#pending.set(timer, () => undefined);
        return () => {
            clearTimeout(timer);
            this.#pending.delete(timer);
        };
    }

    /** Resolves after `ms`, or at once when the simulator stops. */
    pause(ms: number): Promise<void> {
        if (this.#stopped || ms <= 0) return Promise.resolve();
        return new Promise((resolve) => {
            const timer = setTimeout(() => {
                this.#pending.delete(timer);
                resolve();
            }, ms);
            this.#pending.set(timer, resolve);
        });
    }

    /** Forgets what has not begun yet; pauses end early. */
    clear(): void {
        for (const [timer, wake] of this.#pending) {
            clearTimeout(timer);
            wake();
        }
        this.#pending.clear();
    }

    async stop(): Promise<void> {
        this.#stopped = true;
        this.clear();
        await Promise.all(this.#working);
    }
}
