import { z } from 'zod';
import type { InboundEvent } from './inbound-events.ts';
import type { Call } from './rpc.ts';

const outcomes = [
    'stored',
    'duplicate',
    'applied',
    'waiting',
    'unknown_account',
    'unreadable',
    'ignored',
] as const;

const received = z.object({
    kind: z.string(),
    outcome: z.enum(outcomes),
    business_id: z.guid().nullish(),
    conversation_id: z.guid().nullish(),
    message_id: z.guid().nullish(),
    duplicate: z.boolean().default(false),
});
export type Received = z.infer<typeof received>;

/** Receiving: everything a webhook said, in one transaction. */
export const inboundDesk = (call: Call) => ({
    /** One result per event, in order. When this resolves, all of it is committed. */
    receiveMessages: (channelKind: string, events: InboundEvent[]): Promise<Received[]> =>
        call('receive_messages', { p_channel_kind: channelKind, p_events: events }, z.array(received)),
});
