import type { SendableContent } from '../desk/content.ts';
import type { InboundEvent } from '../desk/inbound-events.ts';

/** One way a customer can reach the desk. Everything vendor-specific stays behind this interface. */
export type Channel = {
    kind: string;
    /** Whether the provider signed exactly these bytes with this secret; an empty secret never verifies. */
    verify(rawBody: Uint8Array<ArrayBuffer>, headers: Headers, secret: string): Promise<boolean>;
    /** Every event of a verified body; an unreadable element becomes `unknown`. Throws UnreadableBody. */
    parse(rawBody: Uint8Array): InboundEvent[];
    /** Sends one message. Never throws for what the provider or the network does. */
    send(message: Outgoing): Promise<SendResult>;
    /** Shows the customer's message as read and, when an answer is coming, that somebody is writing. */
    markRead(mark: ReadMark): Promise<void>;
};

/** The provider's secret did sign it, and still it is not a text we can read at all. */
export class UnreadableBody extends Error {
    override readonly name = 'UnreadableBody';
}

export type Sending = { account: string; accessToken: string };

export type Outgoing = Sending & {
    recipient: { phone?: string | null; user_id?: string | null };
    content: SendableContent;
    /** Our id of the message; travels with the send and comes back in its statuses. */
    messageId: string;
    /** 1 for the first try; later tries wait longer. */
    attempt: number;
    /** How often a limit has already put it off; 0 for the first time. */
    waits: number;
};

export type ReadMark = Sending & { providerId: string; typing: boolean };

/**
 * `retry`: certainly not sent, try again soon. `wait`: certainly not sent, and not before `retryAfterMs` because
 * of a limit; waiting is no failed try. `uncertain`: it may have been sent, and until `retryAfterMs` a status
 * would tell. `refuse`: never, the owner has to see it.
 */
export type SendFailure = {
    action: 'retry' | 'wait' | 'uncertain' | 'refuse';
    code: string;
    detail: string;
    retryAfterMs?: number;
    /** The business's account is broken, not this message: somebody must look. */
    alert?: boolean;
    /** The provider's own id of the failure, for its support. */
    traceId?: string;
};

export type SendResult = { ok: true; providerId: string } | ({ ok: false } & SendFailure);

/**
 * How long a send with an unknown end is left alone: a status that names the message settles it first. Without
 * idempotency keys at the provider, trying at once could say the same thing twice.
 */
export const uncertainGraceMs = 30_000;
