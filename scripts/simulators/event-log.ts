/** Anything that happened on a simulator, numbered, so that a test or a page can ask "what is new?". */
export type LogEntry = { seq: number; at: string; type: string } & Record<string, unknown>;

/** An append-only log whose readers may wait for the next entry. */
export class EventLog {
    #entries: LogEntry[] = [];
    #lastSeq = 0;
    #closed = false;
    #waiters = new Set<() => void>();
    readonly #kept: number;

    /** Older entries fall out beyond `kept`. */
    constructor(kept = 50_000) {
        this.#kept = kept;
    }

    get lastSeq(): number {
        return this.#lastSeq;
    }

    add(type: string, fields: Record<string, unknown>): LogEntry {
        const entry = { seq: ++this.#lastSeq, at: new Date().toISOString(), type, ...fields };
        this.#entries.push(entry);
        if (this.#entries.length > this.#kept * 1.1) this.#entries = this.#entries.slice(-this.#kept);
        const waiters = [...this.#waiters];
        this.#waiters.clear();
        for (const wake of waiters) wake();
        return entry;
    }

    after(seq: number, fits: (entry: LogEntry) => boolean = () => true): LogEntry[] {
        const oldest = this.#entries[0]?.seq ?? 1;
        return this.#entries.slice(Math.max(0, seq - oldest + 1)).filter(fits);
    }

    /** What is new after `seq`, waiting up to `waitMs` for the first entry that fits. */
    async next(
        seq: number,
        waitMs: number,
        fits?: (entry: LogEntry) => boolean,
    ): Promise<{ entries: LogEntry[]; lastSeq: number }> {
        const deadline = Date.now() + waitMs;
        for (;;) {
            const entries = this.after(seq, fits);
            const left = deadline - Date.now();
            if (entries.length > 0 || left <= 0 || this.#closed) return { entries, lastSeq: this.#lastSeq };
            await this.#change(left);
        }
    }

    #change(waitMs: number): Promise<void> {
        return new Promise((resolve) => {
            const wake = () => {
                clearTimeout(timer);
                this.#waiters.delete(wake);
                resolve();
            };
            const timer = setTimeout(wake, waitMs);
            this.#waiters.add(wake);
        });
    }

    /** Forgets entries but goes on counting: a reader's `after` stays meaningful. */
    clear(): void {
        this.#entries = [];
    }

    /** Lets every waiting reader go, and nobody wait any more. */
    close(): void {
        this.#closed = true;
        for (const wake of [...this.#waiters]) wake();
    }
}
