import type { Channel } from './channels/channel.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk/desk.ts';
import type { Received } from './desk/inbound.ts';
import type { InboundEvent } from './desk/inbound-events.ts';
import type { Log } from './log.ts';

/** What a webhook's caller is told: the ids of every event, and those of its first message at the top. */
export type Receipt = {
    conversation_id: string | null;
    message_id: string | null;
    duplicate: boolean;
    results: Pick<Received, 'outcome' | 'conversation_id' | 'message_id' | 'duplicate'>[];
};

/** Commits every event of a verified webhook and says what became of each. */
export async function receive(
    channel: Channel,
    rawBody: Uint8Array,
    { desk, log, clock }: { desk: Desk; log: Log; clock: Clock },
): Promise<Receipt> {
    const startedAt = clock.now().getTime();
    const events = channel.parse(rawBody);
    const results = events.length > 0 ? await desk.receiveMessages(channel.kind, events) : [];
    const own = log.with({ channel: channel.kind, duration_ms: clock.now().getTime() - startedAt });
    for (const [index, result] of results.entries()) logResult(own, events[index], result);
    const first = results.find((result) => result.message_id && result.kind === 'message') ?? results[0];
    return {
        conversation_id: first?.conversation_id ?? null,
        message_id: first?.message_id ?? null,
        duplicate: first?.duplicate ?? false,
        results: results.map(({ outcome, conversation_id = null, message_id = null, duplicate }) => {
            return { outcome, conversation_id, message_id, duplicate };
        }),
    };
}

function logResult(log: Log, event: InboundEvent | undefined, result: Received) {
    const told = {
        kind: result.kind,
        outcome: result.outcome,
        duplicate: result.duplicate,
        business_id: result.business_id ?? null,
        conversation_id: result.conversation_id ?? null,
        message_id: result.message_id ?? null,
    };
    if (event?.kind === 'unknown') log.warn('not understood', { ...told, reason: event.reason });
    else if (result.outcome === 'unknown_account')
        log.warn('nobody has this account', { ...told, account: event?.account ?? null });
    else if (result.outcome === 'unreadable') log.warn('kept unread', told);
    // Three statuses follow every message sent; they would drown the rest.
    else if (result.kind === 'status') log.debug('status received', told);
    else log.info('event received', told);
}
