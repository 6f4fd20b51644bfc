import { describe, expect, it } from 'vitest';
import { DeskError } from '../../shared/errors.ts';
import { createWorker, type Job, type Work } from '../../shared/worker.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { recordingLog } from '../support/log-lines.ts';

let lastJob = 0;
const job = (): Job => ({
    job_id: ++lastJob,
    attempt: 1,
    business_id: '00000000-0000-4000-8000-000000000001',
    conversation_id: '00000000-0000-4000-8000-000000000002',
});

/** A queue in memory, and work whose jobs end when the test says so. */
function bench(options: { concurrency?: number } = {}) {
    const clock = new FakeClock();
    const { log, lines } = recordingLog();
    const queue: Job[] = [];
    const claims: { workerId: string; limit: number; at: number }[] = [];
    const started: number[] = [];
    const failed: { job: Job; error: unknown }[] = [];
    const rests: string[] = [];
    const ends = new Map<number, { done: () => void; fail: (error: unknown) => void; signal: AbortSignal }>();
    const work: Work<Job> = {
        claim: async (workerId, limit) => {
            claims.push({ workerId, limit, at: clock.now().getTime() });
            return queue.splice(0, limit);
        },
        handle: (claimed, signal) =>
            new Promise((done, fail) => {
                started.push(claimed.job_id);
                ends.set(claimed.job_id, { done, fail, signal });
            }),
        fail: async (claimed, error) => {
            failed.push({ job: claimed, error });
            return { alarm: false };
        },
        renew: async () => true,
        rest: async (workerId) => rests.push(workerId) > 0 && queue.length === 0,
    };
    let workers = 0;
    const newId = () => `00000000-0000-4000-9000-${String(++workers).padStart(12, '0')}`;
    const worker = createWorker({ work, clock, log, newId, concurrency: 8, leaseMs: 60_000, ...options });
    return { clock, lines, queue, claims, started, failed, rests, ends, work, worker };
}

/** Wakes the worker and remembers when it sleeps again. */
function wake(worker: { wake(): Promise<void> }) {
    const state = { asleep: false };
    void worker.wake().then(() => {
        state.asleep = true;
    });
    return state;
}

describe('a worker', () => {
    it('looks every 100 ms, lingers for 5 s, and then sleeps with the consent of the database', async () => {
        const { clock, claims, rests, worker } = bench();
        const state = wake(worker);
        await clock.pass(4900);
        expect(claims).toHaveLength(50);
        expect(rests).toEqual([]);
        await clock.pass(200);
        expect(state.asleep).toBe(true);
        expect(rests).toEqual([claims[0]?.workerId]);
        await clock.pass(10_000);
        expect(claims.length).toBeLessThan(53);
    });

    it('runs one loop however often the bell rings, and a bell makes it look at once', async () => {
        const { clock, claims, queue, started, ends, worker } = bench();
        const first = worker.wake();
        await clock.pass(150);
        const before = claims.length;
        queue.push(job());
        expect(worker.wake()).toBe(first);
        await settle();
        expect(claims.length).toBe(before + 1);
        expect(started).toHaveLength(1);
        expect(new Set(claims.map(({ workerId }) => workerId)).size).toBe(1);
        for (const end of ends.values()) end.done();
        await clock.pass(6000);
        await first;
    });

    it('works on several jobs at once and never on more than its limit', async () => {
        const { clock, claims, queue, started, ends, worker } = bench({ concurrency: 2 });
        queue.push(job(), job(), job());
        const state = wake(worker);
        await clock.pass(1000);
        expect(started).toHaveLength(2);
        expect(claims).toHaveLength(1);
        ends.get(started[0] ?? 0)?.done();
        await settle();
        expect(started).toHaveLength(3);
        expect(claims[1]).toMatchObject({ limit: 1 });
        for (const end of ends.values()) end.done();
        await clock.pass(6000);
        expect(state.asleep).toBe(true);
    });

    it('does not sleep while a job is running', async () => {
        const { clock, queue, ends, started, worker } = bench();
        queue.push(job());
        const state = wake(worker);
        await clock.pass(59_000);
        expect(state.asleep).toBe(false);
        ends.get(started[0] ?? 0)?.done();
        await clock.pass(5200);
        expect(state.asleep).toBe(true);
    });

    it('stays awake when the database knows of work after all, and asks again a second later', async () => {
        const { clock, work, worker } = bench();
        let asked = 0;
        work.rest = async () => ++asked === 3;
        const state = wake(worker);
        await clock.pass(5000);
        expect([asked, state.asleep]).toEqual([1, false]);
        await clock.pass(900);
        expect(asked).toBe(1);
        await clock.pass(1200);
        expect([asked, state.asleep]).toEqual([3, true]);
    });

    it('does not lose a bell that rings while it is falling asleep', async () => {
        const { clock, queue, work, worker, started, ends } = bench();
        let consent: (value: boolean) => void = () => undefined;
        work.rest = () => new Promise((resolve) => (consent = resolve));
        const state = wake(worker);
        await clock.pass(5000);
        queue.push(job());
        void worker.wake();
        consent(true);
        await clock.pass(0);
        expect([started.length, state.asleep]).toEqual([1, false]);
        for (const end of ends.values()) end.done();
        await clock.pass(5200);
        consent(true);
        await settle();
        expect(state.asleep).toBe(true);
    });

    it('wakes again after it slept', async () => {
        const { clock, claims, worker } = bench();
        wake(worker);
        await clock.pass(6000);
        const again = wake(worker);
        await clock.pass(6000);
        expect(again.asleep).toBe(true);
        expect(new Set(claims.map(({ workerId }) => workerId)).size).toBe(2);
    });

    it('warns when a job that died was one too many', async () => {
        const { clock, queue, started, ends, lines, work, worker } = bench();
        work.fail = async () => ({ alarm: true });
        queue.push(job());
        const state = wake(worker);
        await clock.pass(0);
        ends.get(started[0] ?? 0)?.fail(new Error('no luck'));
        await clock.pass(6000);
        expect(lines).toContainEqual(
            expect.objectContaining({ level: 'warn', event: 'dead letters over threshold' }),
        );
        expect(state.asleep).toBe(true);
    });

    it('gives a failed job back and goes on', async () => {
        const { clock, queue, started, ends, failed, lines, worker } = bench();
        queue.push(job(), job());
        const state = wake(worker);
        await clock.pass(0);
        ends.get(started[0] ?? 0)?.fail(new Error('no luck'));
        await settle();
        expect(failed).toMatchObject([{ job: { job_id: started[0] }, error: { message: 'no luck' } }]);
        expect(lines).toContainEqual(
            expect.objectContaining({ level: 'error', event: 'job failed', job_id: started[0] }),
        );
        ends.get(started[1] ?? 0)?.done();
        await clock.pass(6000);
        expect([failed.length, state.asleep]).toEqual([1, true]);
    });

    it('survives a job that cannot even be given back', async () => {
        const { clock, queue, started, ends, lines, work, worker } = bench();
        work.fail = async () => {
            throw new DeskError('database_unreachable', 503, 'gone');
        };
        queue.push(job());
        const state = wake(worker);
        await clock.pass(0);
        ends.get(started[0] ?? 0)?.fail(new Error('no luck'));
        await clock.pass(6000);
        expect(lines.map(({ event }) => event)).toContain('job not given back');
        expect(state.asleep).toBe(true);
    });

    it('renews the leases of what it works on, and of nothing else', async () => {
        const { clock, queue, started, ends, work, worker } = bench();
        const renewed: number[] = [];
        work.renew = async ({ job_id }, leaseMs) => {
            expect(leaseMs).toBe(60_000);
            return renewed.push(job_id) > 0;
        };
        queue.push(job());
        wake(worker);
        await clock.pass(45_000);
        expect(renewed).toEqual([started[0], started[0]]);
        ends.get(started[0] ?? 0)?.done();
        await clock.pass(60_000);
        expect(renewed).toHaveLength(2);
    });

    it('keeps a lease through one failed renewal, and stops a job whose lease is lost', async () => {
        const { clock, queue, started, ends, failed, lines, work, worker } = bench();
        const answers = [new DeskError('database_unreachable', 503, 'gone'), true, false];
        work.renew = async () => {
            const answer = answers.shift() ?? false;
            if (typeof answer === 'boolean') return answer;
            throw answer;
        };
        queue.push(job());
        wake(worker);
        await clock.pass(59_000);
        const end = ends.get(started[0] ?? 0);
        expect(end?.signal.aborted).toBe(false);
        await clock.pass(2000);
        expect(end?.signal.reason).toMatchObject({ code: 'lease_lost' });
        end?.fail(end.signal.reason);
        await settle();
        expect(failed).toEqual([]);
        expect(lines.map(({ event }) => event)).toContain('lease lost');
    });

    it('does not give back a job that the database says belongs to another', async () => {
        const { clock, queue, started, ends, failed, worker } = bench();
        queue.push(job());
        wake(worker);
        await clock.pass(0);
        ends.get(started[0] ?? 0)?.fail(new DeskError('lease_lost', 409, 'gone'));
        await clock.pass(6000);
        expect(failed).toEqual([]);
    });

    it('lives through a database that is away for a while, asking less and less often', async () => {
        const { clock, claims, queue, started, ends, work, worker } = bench();
        const { claim, rest } = work;
        let attempts = 0;
        const away = async () => {
            attempts += 1;
            throw new DeskError('database_unreachable', 503, 'gone');
        };
        Object.assign(work, { claim: away, rest: away });
        const state = wake(worker);
        await clock.pass(20_000);
        expect(attempts).toBeLessThan(16);
        Object.assign(work, { claim, rest });
        queue.push(job());
        await clock.pass(7000);
        expect(started).toHaveLength(1);
        expect(claims.length).toBeGreaterThan(0);
        for (const end of ends.values()) end.done();
        await clock.pass(6000);
        expect(state.asleep).toBe(true);
    });

    it('gives up after half a minute without a single answer, for the sweep rings again', async () => {
        const { clock, work, worker } = bench();
        const gone = async () => {
            throw new DeskError('database_unreachable', 503, 'gone');
        };
        work.claim = gone;
        work.rest = gone;
        const state = wake(worker);
        await clock.pass(29_000);
        expect(state.asleep).toBe(false);
        await clock.pass(10_000);
        expect(state.asleep).toBe(true);
    });

    it('claims nothing more once its isolate is about to end, and finishes what it has', async () => {
        const { clock, claims, queue, started, ends, rests, worker } = bench();
        queue.push(job());
        const state = wake(worker);
        await clock.pass(0);
        worker.retire();
        await settle();
        const before = claims.length;
        queue.push(job());
        await clock.pass(3000);
        expect([claims.length, state.asleep]).toEqual([before, false]);
        ends.get(started[0] ?? 0)?.done();
        await clock.pass(0);
        expect([state.asleep, started.length, rests.length]).toEqual([true, 1, 1]);
    });

    it('survives an exception in its own parts', async () => {
        const { log, lines } = recordingLog();
        const clock = { now: () => new Date(), sleep: () => Promise.reject(new Error('no time')) };
        const broken = createWorker({ work: bench().work, clock, log, newId: () => 'x', concurrency: 1 });
        await expect(broken.wake()).resolves.toBeUndefined();
        expect(lines).toContainEqual(expect.objectContaining({ event: 'worker loop ended', level: 'error' }));
    });
});
