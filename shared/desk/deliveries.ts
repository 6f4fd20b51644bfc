import { z } from 'zod';
import { claimed, type Lease } from './jobs.ts';
import type { Call } from './rpc.ts';

const claimedDelivery = z.object({
    ...claimed,
    message_id: z.guid(),
    recipient: z.object({ phone: z.string().nullish(), user_id: z.string().nullish() }),
    /** How often a limit has put it off. */
    waits: z.number().int(),
    /** Read only when it is sent, so that one unreadable message does not stop the others of a claim. */
    content: z.unknown(),
});
export type ClaimedDelivery = z.infer<typeof claimedDelivery>;

const done = z.object({ result: z.string() });

/** Deliveries: the assistant's and the owner's messages on their way out. */
export const deliveriesDesk = (call: Call) => ({
    /** Claims due deliveries that nobody has taken over, and says that this worker is awake. */
    claimDeliveries: (workerId: string, limit: number, leaseMs: number): Promise<ClaimedDelivery[]> =>
        call(
            'claim_deliveries',
            { p_worker: workerId, p_limit: limit, p_lease_ms: leaseMs },
            z.array(claimedDelivery),
        ),

    /** The provider accepted it under this id; statuses that came first are applied now. */
    finishDelivery: ({ job_id, lease }: Lease, providerId: string) =>
        call('finish_delivery', { p_job_id: job_id, p_lease: lease, p_provider_id: providerId }, done),

    /** A limit: nothing was sent, and waiting uses up no attempt. */
    deferDelivery: ({ job_id, lease }: Lease, code: string, detail: string, retryAfterMs: number) =>
        call(
            'defer_delivery',
            {
                p_job_id: job_id,
                p_lease: lease,
                p_code: code,
                p_detail: detail,
                p_retry_after_ms: retryAfterMs,
            },
            z.unknown(),
        ),

    /**
     * The provider will never take it: failed for good, where the owner sees it, or `queued` again as a template.
     * `alert`: the channel itself is broken.
     */
    refuseDelivery: ({ job_id, lease }: Lease, code: string, detail: string, alert: boolean) =>
        call(
            'refuse_delivery',
            { p_job_id: job_id, p_lease: lease, p_code: code, p_detail: detail, p_alert: alert },
            done,
        ),
});
