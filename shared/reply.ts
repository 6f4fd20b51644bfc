import type { Channels } from './channels/channels.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk/desk.ts';
import type { Notice, ThinkDeps, ThinkInput, TurnContext, TurnHint, TurnResult } from './desk/turn-types.ts';
import type { ClaimedTurn, FinishedTurn } from './desk/turns.ts';
import { DeskError } from './errors.ts';
import { jobError } from './job-error.ts';
import type { Log } from './log.ts';
import type { Work } from './worker.ts';

/** How often a turn is thought before an honest apology is better than another try. */
const maxThoughts = 3;
/** The typing indicator dies after 25 s; somebody who waits much longer writes again anyway. */
const thinkLimitMs = 45_000;

export type ReplyParts<Brain> = {
    desk: Desk;
    channels: Channels;
    think: (input: ThinkInput, deps: ThinkDeps<Brain>) => Promise<TurnResult>;
    composeNotice: (context: TurnContext) => Notice;
    brain: Brain;
    clock: Clock;
    newId: () => string;
    log: Log;
};

/**
 * The work of `functions/reply`: takes a conversation's unanswered messages, lets the concierge think, and
 * commits reply and actions together. When the world moved meanwhile (another message, the slot gone) it thinks
 * again; when a person took over it stops.
 */
export function createReplyWork<Brain>(parts: ReplyParts<Brain>): Work<ClaimedTurn> {
    const { desk, clock } = parts;

    async function reply(job: ClaimedTurn, signal: AbortSignal, log: Log) {
        let hint: TurnHint | undefined;
        for (let attempt = 1; attempt <= maxThoughts; attempt += 1) {
            const context = await desk.getTurnContext(job);
            if (attempt === 1) showTyping(parts, job, context, log);
            const turn = await decide(job, { context, attempt, ...(hint ? { hint } : {}) }, signal, log);
            signal.throwIfAborted();
            const finished = await desk.finishTurn(job, context, turn, attempt === maxThoughts);
            if (settled(finished)) return finished;
            hint = { result: finished.result, ...('code' in finished ? { code: finished.code } : {}) };
            log.info('turn not taken', { attempt, outcome: finished.result, code: hint.code ?? null });
        }
        const context = await desk.getTurnContext(job);
        const finished = await desk.finishTurn(job, context, apology('thought_in_vain'), true);
        if (settled(finished)) return finished;
        throw new DeskError('unexpected_answer', 500, `An apology cannot be ${finished.result}.`);
    }

    async function decide(
        job: ClaimedTurn,
        input: ThinkInput,
        signal: AbortSignal,
        log: Log,
    ): Promise<TurnResult> {
        // A person has it already: nothing to think about, finish_turn says so and settles the messages.
        if (input.context.conversation.mode !== 'ai') return nothing(input.context);
        try {
            return await thinkInTime(parts, input, signal, log);
        } catch (error) {
            signal.throwIfAborted();
            // The database comes back, and a brain may stumble once; twice is no accident.
            const away = error instanceof DeskError && error.code === 'database_unreachable';
            if (away || job.attempt < 2) throw error;
            log.error('thinking failed', error, { attempt: job.attempt });
            return apology('thinking_failed');
        }
    }

    async function notice(job: ClaimedTurn) {
        const context = await desk.getTurnContext(job);
        return await desk.finishNotice(job, parts.composeNotice(context));
    }

    return {
        claim: desk.claimTurns,
        renew: desk.renewLease,
        rest: desk.restWorker,
        fail: (job, error) => desk.failJob(job, jobError(error)),
        async handle(job, signal) {
            const log = parts.log.with({
                job_id: job.job_id,
                business_id: job.business_id,
                conversation_id: job.conversation_id,
            });
            const startedAt = clock.now().getTime();
            const finished = job.kind === 'notice' ? await notice(job) : await reply(job, signal, log);
            log.info('turn finished', {
                kind: job.kind,
                outcome: finished.result,
                message_id: 'message_id' in finished ? finished.message_id : null,
                duration_ms: clock.now().getTime() - startedAt,
            });
        },
    };
}

type Settled = Extract<FinishedTurn, { result: 'done' | 'taken_over' }>;

function settled(finished: FinishedTurn): finished is Settled {
    return finished.result === 'done' || finished.result === 'taken_over';
}

/** Thinks, and stops waiting for it when the lease is lost or the time is up, even if it does not listen. */
async function thinkInTime<Brain>(parts: ReplyParts<Brain>, input: ThinkInput, job: AbortSignal, log: Log) {
    const { think, desk, brain, clock, newId } = parts;
    const finished = new AbortController();
    const late = new AbortController();
    const signal = AbortSignal.any([job, late.signal]);
    const stopped = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    void clock.sleep(thinkLimitMs, finished.signal).then(() => {
        if (!finished.signal.aborted) late.abort(new Error('Thinking took too long.'));
    });
    try {
        return await Promise.race([
            think(input, { desk, brain, now: clock.now, newId, log, signal }),
            stopped,
        ]);
    } finally {
        finished.abort();
    }
}

/** Marks the customer's message read and shows that somebody writes. Nobody waits for it. */
function showTyping<Brain>(parts: ReplyParts<Brain>, job: ClaimedTurn, context: TurnContext, log: Log) {
    const channel = parts.channels.get(job.channel_kind);
    const { account, access_token: accessToken, last_inbound_provider_id: providerId } = job;
    if (!channel || !accessToken || !providerId || context.conversation.mode !== 'ai') return;
    channel
        .markRead({ account, accessToken, providerId, typing: true })
        .catch((error) => log.warn('not marked as read', { channel: channel.kind }, error));
}

const ownUsage = { brain: 'fallback', model: null, prompt_version: null };

function nothing({ conversation }: TurnContext): TurnResult {
    const { stage, draft } = conversation;
    return { reply: null, actions: [], state: { stage, draft }, usage: ownUsage };
}

/** Says the truth when no good answer could be made: nothing was booked, and a person will read it. */
function apology(reason: string): TurnResult {
    return {
        reply: {
            type: 'text',
            text: 'Sorry, I could not work that out just now, and nothing has been booked. I have passed your message on to the team; someone will get back to you here.',
        },
        actions: [
            { type: 'hand_off', reason, summary: 'The desk could not answer the last messages by itself.' },
        ],
        state: { stage: 'idle', draft: {} },
        usage: ownUsage,
    };
}
