import { z } from 'zod';
import { claimed, type Lease } from './jobs.ts';
import type { Call } from './rpc.ts';
import { type Notice, type TurnContext, type TurnResult, turnContext } from './turn-types.ts';

const claimedTurn = z.object({
    ...claimed,
    kind: z.enum(['reply', 'notice']),
    last_inbound_provider_id: z.string().nullable(),
});
export type ClaimedTurn = z.infer<typeof claimedTurn>;

const finishedTurn = z.discriminatedUnion('result', [
    z.object({
        result: z.literal('done'),
        message_id: z.guid().nullish(),
        booking_ids: z.array(z.guid()).default([]),
    }),
    z.object({ result: z.literal('superseded') }),
    z.object({ result: z.literal('taken_over') }),
    z.object({ result: z.literal('slot_taken'), action: z.number().int().nullish() }),
    z.object({
        result: z.literal('refused'),
        action: z.number().int().nullish(),
        code: z.string(),
        message: z.string().nullish(),
    }),
]);
export type FinishedTurn = z.infer<typeof finishedTurn>;

const finishedNotice = z.object({ result: z.enum(['done', 'stale']), message_id: z.guid().nullish() });
export type FinishedNotice = z.infer<typeof finishedNotice>;

const leased = ({ job_id, lease }: Lease) => ({ p_job_id: job_id, p_lease: lease });

/** Turns: claiming them, knowing what they may know, and committing what they decided. */
export const turnsDesk = (call: Call) => ({
    /** Claims due turns and says that this worker is awake. */
    claimTurns: (workerId: string, limit: number, leaseMs: number): Promise<ClaimedTurn[]> =>
        call(
            'claim_turns',
            { p_worker: workerId, p_limit: limit, p_lease_ms: leaseMs },
            z.array(claimedTurn),
        ),

    getTurnContext: (job: Lease): Promise<TurnContext> => call('get_turn_context', leased(job), turnContext),

    /**
     * Commits the reply with all its actions or changes nothing and says why. `final` answers even when the
     * customer has written again meanwhile.
     */
    finishTurn: (
        job: Lease,
        read: Pick<TurnContext, 'up_to_seq' | 'revision'>,
        turn: TurnResult,
        final: boolean,
    ): Promise<FinishedTurn> =>
        call(
            'finish_turn',
            {
                ...leased(job),
                p_up_to_seq: read.up_to_seq,
                p_revision: read.revision,
                p_reply: turn.reply,
                p_actions: turn.actions,
                p_state: turn.state,
                p_usage: turn.usage,
                p_final: final,
            },
            finishedTurn,
        ),

    /** Commits the message about a person's decision, unless the booking has moved on since. */
    finishNotice: (job: Lease, { reply, usage }: Notice): Promise<FinishedNotice> =>
        call('finish_notice', { ...leased(job), p_reply: reply, p_usage: usage }, finishedNotice),
});
