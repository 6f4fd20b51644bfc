import type { Clock } from '../../shared/clock.ts';

type Sleeper = { at: number; wake: () => void };

/** A clock that stands still until a test moves it; sleepers wake in the order of their time. */
export class FakeClock implements Clock {
    #now: number;
    #sleepers: Sleeper[] = [];

    constructor(now = '2026-11-20T09:00:00Z') {
        this.#now = Date.parse(now);
    }

    now = () => new Date(this.#now);

    sleep = (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
            if (signal?.aborted) return resolve();
            const sleeper: Sleeper = { at: this.#now + ms, wake: resolve };
            this.#sleepers.push(sleeper);
            signal?.addEventListener('abort', () => {
                this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
                resolve();
            });
        });

    /** Lets `ms` pass: each sleeper that is due wakes at its own time, and what it starts may sleep again. */
    async pass(ms: number): Promise<void> {
        const end = this.#now + ms;
        await settle();
        for (;;) {
            const next = this.#sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
            if (!next) break;
            this.#sleepers = this.#sleepers.filter((other) => other !== next);
            this.#now = Math.max(this.#now, next.at);
            next.wake();
            await settle();
        }
        this.#now = end;
    }
}

/** Lets everything that is ready to run run. */
export async function settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
