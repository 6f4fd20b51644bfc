import { parentOf } from './process-identity.ts';

export interface StopRequests {
    /** Settles at the first request to stop, whatever it was. */
    requested: Promise<undefined>;
    /** Aborted at the same moment; ends a start half way. */
    signal: AbortSignal;
    /** Everything is stopped: from now on a signal does what it always does. */
    done(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const impatienceMs = 1500;

/**
 * Listens for Ctrl-C, SIGTERM, a closed terminal, and the end of the npm above us, which may die without passing
 * anything on. npm repeats a terminal's Ctrl-C, so a second one counts only after a moment; then it ends this
 * process at once, and the guard ends the children.
 */
export function stopRequests(): StopRequests {
    const controller = new AbortController();
    let requestedAt = 0;
    let resolve: (value: undefined) => void = () => {};
    const requested = new Promise<undefined>((settle) => {
        resolve = settle;
    });
    const request = () => {
        if (requestedAt === 0) {
            requestedAt = Date.now();
            controller.abort();
            resolve(undefined);
        } else if (Date.now() - requestedAt > impatienceMs) {
            process.exit(130);
        }
    };
    for (const signal of signals) {
        process.on(signal, request);
    }
    // npm runs us through a shell, so it may be the parent or the parent's parent.
    const above = () => `${process.ppid} ${parentOf(process.ppid)}`;
    const startedBy = above();
    const orphaned = setInterval(() => {
        if (process.env.npm_lifecycle_event && above() !== startedBy && requestedAt === 0) {
            request();
        }
    }, 500);
    orphaned.unref();
    return {
        requested,
        signal: controller.signal,
        done() {
            clearInterval(orphaned);
            for (const signal of signals) {
                process.off(signal, request);
            }
        },
    };
}
