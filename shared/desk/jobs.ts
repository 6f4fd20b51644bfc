import { z } from 'zod';
import type { Call } from './rpc.ts';

/** A claimed piece of work; `lease` is its fencing token: without it nothing can be finished. */
export type Lease = { job_id: number; lease: string };

/** Columns that every claim has. */
export const claimed = {
    job_id: z.number().int(),
    lease: z.guid(),
    attempt: z.number().int(),
    business_id: z.guid(),
    conversation_id: z.guid(),
    channel_kind: z.string(),
    account: z.string(),
    access_token: z.string().nullable(),
};

const failed = z.object({
    state: z.enum(['queued', 'dead']),
    run_at: z.string().nullish(),
    /** Too much of the business's work died lately. */
    alarm: z.boolean().default(false),
});
export type Failed = z.infer<typeof failed>;

/** What every worker does with its jobs, whatever their kind. */
export const jobsDesk = (call: Call) => ({
    /** False when the job belongs to somebody else by now. */
    renewLease: ({ job_id, lease }: Lease, leaseMs: number): Promise<boolean> =>
        call('renew_lease', { p_job_id: job_id, p_lease: lease, p_lease_ms: leaseMs }, z.boolean()),

    /** Gives a job back for another try (after 1, 2, 4 s unless told), or buries it after the last. */
    failJob: ({ job_id, lease }: Lease, error: string, retryAfterMs?: number): Promise<Failed> =>
        call(
            'fail_job',
            { p_job_id: job_id, p_lease: lease, p_error: error, p_retry_after_ms: retryAfterMs },
            failed,
        ),

    /** True when the worker may sleep; false when there is work after all. */
    restWorker: (workerId: string): Promise<boolean> =>
        call('rest_worker', { p_worker: workerId }, z.boolean()),
});
