import { type SendFailure, type SendResult, uncertainGraceMs } from './channels/channel.ts';
import type { Channels } from './channels/channels.ts';
import type { Clock } from './clock.ts';
import { sendableContent } from './desk/content.ts';
import type { ClaimedDelivery } from './desk/deliveries.ts';
import type { Desk } from './desk/desk.ts';
import { DeskError } from './errors.ts';
import { jobError } from './job-error.ts';
import type { Log } from './log.ts';
import { scrub } from './log-scrub.ts';
import type { Work } from './worker.ts';

export type DeliverParts = { desk: Desk; channels: Channels; clock: Clock; log: Log };

/** Pauses between tries to write down that a message was accepted: losing that would send it twice. */
const writeDownAgainMs = [200, 1000, 3000];

/** How long a limit is waited for when nobody said. */
const limitPauseMs = 60_000;

/** The work of `functions/deliver`: sends one message and writes down what became of it. */
export function createDeliverWork({ desk, channels, clock, log }: DeliverParts): Work<ClaimedDelivery> {
    async function send(job: ClaimedDelivery): Promise<SendResult> {
        const channel = channels.get(job.channel_kind);
        if (!channel) return refused('no_channel', `The desk does not speak ${job.channel_kind}.`);
        if (!job.access_token) return refused('no_token', 'The channel has no access token.');
        const content = sendableContent.safeParse(job.content);
        if (!content.success) return refused('bad_content', 'The message has a content we cannot send.');
        return await channel.send({
            account: job.account,
            accessToken: job.access_token,
            recipient: job.recipient,
            content: content.data,
            messageId: job.message_id,
            attempt: job.attempt,
            waits: job.waits,
        });
    }

    /** The provider has it: keep trying to say so, the message must not go out again. */
    async function writeDown(job: ClaimedDelivery, providerId: string) {
        for (const pauseMs of writeDownAgainMs) {
            try {
                return await desk.finishDelivery(job, providerId);
            } catch (error) {
                if (error instanceof DeskError && error.code === 'lease_lost') throw error;
                log.warn('acceptance not written down', { job_id: job.job_id }, error);
                await clock.sleep(pauseMs);
            }
        }
        return await desk.finishDelivery(job, providerId);
    }

    async function giveUp(job: ClaimedDelivery, failure: SendFailure, own: Log) {
        const told = {
            outcome: failure.action,
            code: failure.code,
            trace_id: failure.traceId ?? null,
            retry_after_ms: failure.retryAfterMs ?? null,
        };
        if (failure.action === 'refuse') {
            const refused = await desk.refuseDelivery(
                job,
                failure.code,
                failure.detail,
                failure.alert ?? false,
            );
            if (failure.alert) own.error('channel needs attention', new Error('Sends are refused.'), told);
            else if (refused.result === 'queued') own.info('message goes out as a template', told);
            else own.warn('message refused', told);
        } else if (failure.action === 'wait') {
            own.warn('message waits for a limit', told);
            await desk.deferDelivery(
                job,
                failure.code,
                scrub(failure.detail),
                failure.retryAfterMs ?? limitPauseMs,
            );
        } else {
            own.warn('message not sent yet', told);
            const words = scrub(`${failure.code}: ${failure.detail}`);
            const { alarm } = await desk.failJob(job, words, failure.retryAfterMs);
            if (alarm) own.warn('dead letters over threshold');
        }
    }

    return {
        claim: desk.claimDeliveries,
        renew: desk.renewLease,
        rest: desk.restWorker,
        // Whatever was thrown may have come after the send: only a status can tell, so it gets time to come.
        fail: (job, error) => desk.failJob(job, jobError(error), uncertainGraceMs),
        async handle(job) {
            const own = log.with({
                job_id: job.job_id,
                business_id: job.business_id,
                conversation_id: job.conversation_id,
                message_id: job.message_id,
                attempt: job.attempt,
            });
            const startedAt = clock.now().getTime();
            const result = await send(job);
            if (!result.ok) return await giveUp(job, result, own);
            await writeDown(job, result.providerId);
            own.info('message sent', { duration_ms: clock.now().getTime() - startedAt });
        },
    };
}

function refused(code: string, detail: string): SendResult {
    return { ok: false, action: 'refuse', code, detail };
}
