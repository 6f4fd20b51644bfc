import { z } from 'zod';
import type { Call } from './rpc.ts';

const count = z.number().int().nonnegative();

const healthReport = z.object({
    database: z.string(),
    queue: z.object({
        depth: count,
        due: count,
        oldest_due_ms: z.number().nullable(),
        running: count,
        dead: count,
    }),
    doorbell: z.object({
        configured: z.boolean(),
        awake_workers: count,
        last_error: z.string().nullish(),
        /** Of the last three bells. */
        failures: count.default(0),
    }),
    sweep: z.object({
        scheduled: z.boolean(),
        last_run_at: z.iso.datetime({ offset: true }).nullable(),
        /** Since the last run, or since the database started when that was later. */
        silent_ms: z.number().nullish(),
    }),
    /** What came in and could not be read or placed, in thirty days; of all businesses together. */
    set_aside: count.default(0),
    channels: z.array(
        z.object({ kind: z.string(), account: z.string(), active: z.boolean(), has_token: z.boolean() }),
    ),
});
export type HealthReport = z.infer<typeof healthReport>;

export const healthDesk = (call: Call) => ({
    healthReport: (): Promise<HealthReport> => call('health_report', {}, healthReport),
});
