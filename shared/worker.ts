import type { Clock } from './clock.ts';
import { DeskError, errorCode } from './errors.ts';
import type { Log } from './log.ts';

/**
 * The loop of a worker that a bell has woken. It claims due jobs, works on several at once, looks again every
 * `pollMs`, and goes to sleep after `lingerMs` without work, but only when the database agrees that nothing is
 * due: the database does not ring while it believes a worker awake, so falling asleep must not race with it.
 */

export type Job = { job_id: number; attempt: number; business_id: string; conversation_id: string };

/** What the loop needs of one kind of work. Any of these may throw; the loop survives it. */
export type Work<J extends Job> = {
    /** Claims up to `limit` due jobs; also tells the database that this worker is awake. */
    claim(workerId: string, limit: number, leaseMs: number): Promise<J[]>;
    /** Does the job to its end. `signal` aborts when the lease was lost: whatever it does is void then. */
    handle(job: J, signal: AbortSignal): Promise<void>;
    /** `handle` threw: give the job back. */
    fail(job: J, error: unknown): Promise<{ alarm: boolean }>;
    renew(job: J, leaseMs: number): Promise<boolean>;
    rest(workerId: string): Promise<boolean>;
};

/** When the database says "there is work after all", how long until it is asked again. */
const askAgainMs = 1000;

export type WorkerOptions<J extends Job> = {
    work: Work<J>;
    clock: Clock;
    log: Log;
    newId: () => string;
    concurrency: number;
    pollMs?: number;
    lingerMs?: number;
    /** After so long without a sign of life a job is somebody else's; renewed three times in between. */
    leaseMs?: number;
    /** After so long without one good answer of the database it gives up; the sweep will ring again. */
    patienceMs?: number;
};

export type Worker = {
    /** Wakes the loop, or lets an awake one look at once. Resolves when it sleeps again; never rejects. */
    wake(): Promise<void>;
    /** The runtime is about to end: claim nothing more, finish what is running. */
    retire(): void;
};

/** Creates a worker; it does nothing until it is woken. One per isolate and function. */
export function createWorker<J extends Job>(options: WorkerOptions<J>): Worker {
    const { work, clock, log, concurrency } = options;
    const { pollMs = 100, lingerMs = 5000, leaseMs = 15_000, patienceMs = 30_000 } = options;
    const running = new Set<Promise<void>>();
    let awake: Promise<void> | undefined;
    let retired = false;
    // A bell that rings while the loop is falling asleep must not be lost.
    let rung = false;
    let nap = new AbortController();

    async function live() {
        const workerId = options.newId();
        const own = log.with({ worker_id: workerId });
        own.debug('worker awake');
        try {
            do await watch(workerId, own);
            while (rung && !retired);
        } catch (error) {
            own.error('worker loop ended', error);
        } finally {
            // In the same breath as the last look at `rung`, or a bell in between would be lost.
            awake = undefined;
            own.debug('worker asleep');
        }
    }

    /** Looks for work until there is none for a while, the database stays silent, or the isolate ends. */
    async function watch(workerId: string, own: Log) {
        let lastGood = clock.now().getTime();
        let restAt = lastGood + lingerMs;
        let failures = 0;
        while (!retired) {
            const free = concurrency - running.size;
            rung = false;
            // Without a free hand it does not claim, and so does not claim to be awake either: others may come.
            const jobs = free > 0 ? await claim(workerId, free, own) : [];
            const now = clock.now().getTime();
            for (const job of jobs ?? []) start(job, own);
            failures = jobs ? 0 : failures + 1;
            if (jobs) lastGood = now;
            if (running.size > 0) restAt = now + lingerMs;
            else if (now - lastGood >= patienceMs) break;
            if (now >= restAt) {
                if (await rest(workerId, own)) return;
                restAt = now + askAgainMs;
            }
            await pause(pollMs * 2 ** Math.min(failures, 6));
        }
        await Promise.all(running);
        await rest(workerId, own);
    }

    async function claim(workerId: string, limit: number, own: Log): Promise<J[] | undefined> {
        try {
            return await work.claim(workerId, limit, leaseMs);
        } catch (error) {
            own.warn('claim failed', { code: errorCode(error) }, error);
            return undefined;
        }
    }

    async function rest(workerId: string, own: Log): Promise<boolean> {
        try {
            return await work.rest(workerId);
        } catch (error) {
            own.warn('rest failed', { code: errorCode(error) }, error);
            return false;
        }
    }

    /** Sleeps until the next look; a bell or a hand that becomes free ends it early. */
    async function pause(ms: number) {
        if (rung) return;
        nap = new AbortController();
        await clock.sleep(ms, nap.signal);
    }

    function start(job: J, own: Log) {
        const mine = own.with({
            job_id: job.job_id,
            business_id: job.business_id,
            conversation_id: job.conversation_id,
            attempt: job.attempt,
        });
        const done = run(job, mine).finally(() => {
            if (running.size >= concurrency) nap.abort();
            running.delete(done);
        });
        running.add(done);
    }

    async function run(job: J, own: Log) {
        const lost = new AbortController();
        const finished = new AbortController();
        const renewals = renewUntil(finished.signal, lost, job, own);
        const startedAt = clock.now().getTime();
        try {
            await work.handle(job, lost.signal);
        } catch (error) {
            const duration_ms = clock.now().getTime() - startedAt;
            if (lost.signal.aborted || (error instanceof DeskError && error.code === 'lease_lost')) {
                own.warn('lease lost', { duration_ms });
            } else {
                own.error('job failed', error, { duration_ms, code: errorCode(error) });
                await giveBack(job, error, own);
            }
        }
        finished.abort();
        await renewals;
    }

    async function giveBack(job: J, error: unknown, own: Log) {
        try {
            const { alarm } = await work.fail(job, error);
            if (alarm) own.warn('dead letters over threshold');
        } catch (failure) {
            // The lease runs out by itself, and then somebody takes the job again.
            own.warn('job not given back', { code: errorCode(failure) }, failure);
        }
    }

    async function renewUntil(finished: AbortSignal, lost: AbortController, job: J, own: Log) {
        for (;;) {
            await clock.sleep(leaseMs / 3, finished);
            if (finished.aborted) return;
            try {
                if (await work.renew(job, leaseMs)) continue;
            } catch (error) {
                own.warn('lease not renewed', { code: errorCode(error) }, error);
                continue;
            }
            lost.abort(new DeskError('lease_lost', 409, 'Another worker has taken over this piece of work.'));
            return;
        }
    }

    return {
        wake() {
            rung = true;
            nap.abort();
            awake ??= live();
            return awake;
        },
        retire() {
            retired = true;
            nap.abort();
        },
    };
}
