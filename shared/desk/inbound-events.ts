import type { InboundContent } from './content.ts';

/**
 * What a channel's webhook says, in the desk's words: the input of `receive_messages`. `account` is the
 * business's own address as the provider numbers it; phones are E.164 with `+`; instants are ISO 8601.
 */

export type Identity = { user_id?: string; phone?: string };
export type Sender = Identity & { name?: string; username?: string };

type FromCustomer = { account: string; provider_id: string; provider_at: string; sender: Sender };

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export type InboundEvent =
    | ({ kind: 'message'; content: InboundContent; reply_to?: string } & FromCustomer)
    | ({ kind: 'reaction'; target: string; emoji: string | null } & FromCustomer)
    | ({ kind: 'edit'; target: string; content: InboundContent } & FromCustomer)
    | ({ kind: 'revoke'; target: string } & FromCustomer)
    | {
          kind: 'identity';
          account: string;
          provider_id: string;
          sender: Sender;
          new: Identity;
          previous: Identity;
      }
    | {
          kind: 'status';
          account: string;
          provider_id: string;
          status: DeliveryStatus;
          at: string;
          /** Our own message id, when the provider gave back what the send carried. */
          message_id?: string;
          /** `alert`: the account is broken, not this message. */
          error?: { code: string; title: string; detail: string; alert?: boolean };
      }
    | UnknownEvent;

/** What could not be read, kept raw. `reason` is a word of ours, fit for a log. */
export type UnknownEvent = { kind: 'unknown'; account?: string; reason: string; body: unknown };
