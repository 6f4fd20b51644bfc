import type { Channel } from './channels/channel.ts';
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
export async function receive(channel: Channel, rawBody: Uint8Array, desk: Desk, log: Log): Promise<Receipt> {
    const events = channel.parse(rawBody);
    const results = events.length > 0 ? await desk.receiveMessages(channel.kind, events) : [];
    for (const [index, result] of results.entries()) logResult(log, events[index], result);
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
        conversation_id: result.conversation_id ?? null,
        message_id: result.message_id ?? null,
    };
    if (event?.kind === 'unknown') log.warn('not understood', { ...told, reason: event.reason });
    else if (result.outcome === 'unknown_account')
        log.warn('nobody has this account', { ...told, account: event?.account ?? null });
    else if (result.outcome === 'unreadable') log.warn('kept unread', told);
    else log.info('event received', told);
}
