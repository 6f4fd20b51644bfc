import { z } from 'zod';
import type { Identity, InboundEvent, Sender } from '../../desk/inbound-events.ts';
import { readContent } from './content.ts';
import { type Contact, digits, unixSeconds, unknownEvent, userId } from './shapes.ts';

/** Every message has these; who wrote it may be told by phone, by business-scoped user id, or by both. */
const base = z.looseObject({
    id: z.string().min(1),
    timestamp: unixSeconds,
    type: z.string(),
    from: digits.optional().catch(undefined),
    from_user_id: userId.optional().catch(undefined),
    context: z
        .object({ id: z.string().optional().catch(undefined) })
        .optional()
        .catch(undefined),
    group_id: z.string().optional().catch(undefined),
});
type Base = z.infer<typeof base>;

const reaction = z.object({ message_id: z.string().min(1), emoji: z.string().nullish() });
const edit = z.object({
    original_message_id: z.string().min(1),
    message: z.looseObject({ type: z.string() }),
});
const revoke = z.object({ original_message_id: z.string().min(1) });
const system = z.object({
    type: z.enum(['user_changed_number', 'user_changed_user_id']),
    wa_id: digits.optional().catch(undefined),
    user_id: userId.optional().catch(undefined),
    previous_user_id: userId.optional().catch(undefined),
});

/** The events of one element of `messages[]`. */
export function readMessage(message: unknown, contacts: Contact[], account: string): InboundEvent[] {
    const read = base.safeParse(message);
    if (!read.success) return [unknownEvent('unknown_message', message, account)];
    const { data } = read;
    // A group is not a conversation with one customer: answering it in private would surprise everybody.
    if (data.group_id) return [unknownEvent('group_message', message, account)];
    if (data.type === 'system') return [readSystem(data, message, account)];
    const sender = senderOf(data, contacts);
    if (!sender) return [unknownEvent('no_sender', message, account)];
    const common = { account, provider_id: data.id, provider_at: data.timestamp, sender };
    switch (data.type) {
        case 'reaction': {
            const body = reaction.safeParse(data.reaction).data;
            if (!body) break;
            return [{ kind: 'reaction', ...common, target: body.message_id, emoji: body.emoji || null }];
        }
        case 'edit': {
            const body = edit.safeParse(data.edit).data;
            const content = body && readContent(body.message);
            if (!content) break;
            return [{ kind: 'edit', ...common, target: body.original_message_id, content }];
        }
        case 'revoke': {
            const body = revoke.safeParse(data.revoke).data;
            if (!body) break;
            return [{ kind: 'revoke', ...common, target: body.original_message_id }];
        }
        default: {
            const content = readContent(data);
            if (!content) break;
            const replyTo = data.context?.id ? { reply_to: data.context.id } : {};
            return [{ kind: 'message', ...common, content, ...replyTo }];
        }
    }
    // Somebody did write, so somebody gets an answer; what was written is kept raw for a person to read.
    return [
        { kind: 'message', ...common, content: { type: 'unsupported', detail: 'unknown' } },
        unknownEvent('unknown_content', message, account),
    ];
}

function readSystem(data: Base, raw: unknown, account: string): InboundEvent {
    const body = system.safeParse(data.system).data;
    if (!body) return unknownEvent('system_message', raw, account);
    const previous = identity(body.previous_user_id ?? data.from_user_id, data.from);
    const next = identity(body.user_id, body.wa_id);
    if (!previous || !next) return unknownEvent('system_message', raw, account);
    return { kind: 'identity', account, provider_id: data.id, sender: previous, new: next, previous };
}

/** Who wrote: the ids of the message itself, completed by the contact that belongs to it. */
function senderOf(data: Base, contacts: Contact[]): Sender | null {
    const contact = contactOf(data, contacts);
    const who = identity(data.from_user_id ?? contact?.user_id, data.from ?? contact?.wa_id);
    if (!who) return null;
    const { name, username } = contact?.profile ?? {};
    return { ...who, ...(name ? { name } : {}), ...(username ? { username } : {}) };
}

/** By user id, else by phone; the only contact counts too (some countries' phones differ from `wa_id`). */
function contactOf(data: Base, contacts: Contact[]): Contact | undefined {
    const match =
        contacts.find(({ user_id }) => user_id !== undefined && user_id === data.from_user_id) ??
        contacts.find(({ wa_id }) => wa_id !== undefined && wa_id === data.from);
    if (match) return match;
    const [only] = contacts;
    const another = data.from_user_id && only?.user_id && data.from_user_id !== only.user_id;
    return contacts.length === 1 && !another ? only : undefined;
}

function identity(user: string | undefined, phone: string | undefined): Identity | null {
    if (!user && !phone) return null;
    return { ...(user ? { user_id: user } : {}), ...(phone ? { phone: `+${phone}` } : {}) };
}
