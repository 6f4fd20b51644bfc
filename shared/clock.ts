/** Time as it is passed in: nothing that decides reads the system clock by itself. */
export type Clock = {
    now(): Date;
    /** Resolves after `ms`, or at once when the signal is aborted; it never rejects. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** The clock of the machine. */
export const systemClock: Clock = {
    now: () => new Date(),
    sleep: (ms, signal) =>
        new Promise((resolve) => {
            if (signal?.aborted) return resolve();
            const done = () => {
                clearTimeout(timer);
                signal?.removeEventListener('abort', done);
                resolve();
            };
            const timer = setTimeout(done, ms);
            signal?.addEventListener('abort', done);
        }),
};
