import { z } from 'zod';
import { mediaDigest } from './media.ts';

/**
 * What a customer can do on the phone, and how Meta puts each into `messages[]`. The names are ours where
 * Meta's differ by channel history (`voice` is an `audio` with `voice: true`).
 */

const inReplyTo = { reply_to: z.string().optional() };
const media = <K extends string>(kind: K, mimeType: string) =>
    z.object({
        kind: z.literal(kind),
        media_id: z.string().default('900000000000001'),
        mime_type: z.string().default(mimeType),
        caption: z.string().optional(),
        filename: z.string().optional(),
        ...inReplyTo,
    });

export const customerMessage = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), body: z.string().min(1).max(4096), ...inReplyTo }),
    z.object({ kind: z.literal('button_reply'), id: z.string(), title: z.string(), ...inReplyTo }),
    z.object({
        kind: z.literal('list_reply'),
        id: z.string(),
        title: z.string(),
        description: z.string().optional(),
        ...inReplyTo,
    }),
    z.object({ kind: z.literal('template_button'), payload: z.string(), text: z.string(), ...inReplyTo }),
    z.object({ kind: z.literal('reaction'), message_id: z.string(), emoji: z.string().optional() }),
    z.object({ kind: z.literal('edit'), message_id: z.string(), body: z.string().min(1) }),
    z.object({ kind: z.literal('revoke'), message_id: z.string() }),
    media('image', 'image/jpeg'),
    media('video', 'video/mp4'),
    media('document', 'application/pdf'),
    media('sticker', 'image/webp'),
    media('voice', 'audio/ogg; codecs=opus'),
    z.object({
        kind: z.literal('location'),
        latitude: z.number(),
        longitude: z.number(),
        name: z.string().optional(),
        address: z.string().optional(),
        ...inReplyTo,
    }),
    z.object({
        kind: z.literal('contacts'),
        name: z.string(),
        phone: z.string(),
        origin: z.enum(['contact_request', 'other']).default('other'),
        ...inReplyTo,
    }),
    z.object({ kind: z.literal('order'), text: z.string().optional(), ...inReplyTo }),
    z.object({ kind: z.literal('unsupported'), unsupported_type: z.string().default('poll_creation') }),
    z.object({
        kind: z.literal('number_change'),
        new_phone: z.string(),
        new_user_id: z.string(),
        previous_user_id: z.string(),
    }),
    z.object({ kind: z.literal('user_id_change'), new_user_id: z.string(), previous_user_id: z.string() }),
]);
export type CustomerMessage = z.input<typeof customerMessage>;

type Wire = Record<string, unknown> & { type: string };
type Parsed = z.output<typeof customerMessage>;

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The part of a `messages[]` element that depends on its type, with `context` when it answers something. */
export function wireMessage(message: CustomerMessage, account: { displayPhoneNumber: string }): Wire {
    const parsed = customerMessage.parse(message);
    const body = bodyOf(parsed);
    const replyTo = 'reply_to' in parsed ? parsed.reply_to : undefined;
    if (replyTo === undefined) return body;
    return { context: { from: account.displayPhoneNumber, id: replyTo }, ...body };
}

function bodyOf(message: Parsed): Wire {
    switch (message.kind) {
        case 'text':
            return { type: 'text', text: { body: message.body } };
        case 'button_reply':
        case 'list_reply': {
            const { kind, reply_to: _, ...reply } = message;
            return { type: 'interactive', interactive: { type: kind, [kind]: given(reply) } };
        }
        case 'template_button':
            return { type: 'button', button: { payload: message.payload, text: message.text } };
        case 'reaction':
            return {
                type: 'reaction',
                reaction: given({ message_id: message.message_id, emoji: message.emoji }),
            };
        case 'edit':
            return {
                type: 'edit',
                edit: {
                    original_message_id: message.message_id,
                    message: { type: 'text', text: { body: message.body } },
                },
            };
        case 'revoke':
            return { type: 'revoke', revoke: { original_message_id: message.message_id } };
        case 'location':
            return {
                type: 'location',
                location: given({
                    latitude: message.latitude,
                    longitude: message.longitude,
                    name: message.name,
                    address: message.address,
                }),
            };
        case 'contacts':
            return { type: 'contacts', contacts: [sharedContact(message)] };
        case 'order':
            return { type: 'order', order: orderOf(message.text) };
        case 'unsupported':
            return {
                type: 'unsupported',
                errors: [unsupported],
                unsupported: { type: message.unsupported_type },
            };
        case 'number_change':
            return {
                type: 'system',
                system: {
                    type: 'user_changed_number',
                    body: `User changed to ${message.new_phone}`,
                    wa_id: message.new_phone,
                    user_id: message.new_user_id,
                    previous_user_id: message.previous_user_id,
                },
            };
        case 'user_id_change':
            return {
                type: 'system',
                system: {
                    type: 'user_changed_user_id',
                    body: 'User id changed',
                    user_id: message.new_user_id,
                    previous_user_id: message.previous_user_id,
                },
            };
        default:
            return mediaOf(message);
    }
}

type MediaMessage = Extract<Parsed, { media_id: string }>;

function mediaOf(message: MediaMessage): Wire {
    const type = message.kind === 'voice' ? 'audio' : message.kind;
    return {
        type,
        [type]: given({
            id: message.media_id,
            mime_type: message.mime_type,
            sha256: mediaDigest(message.mime_type, 'base64'),
            caption: message.caption,
            filename: message.filename,
            voice: message.kind === 'voice' ? true : undefined,
            animated: message.kind === 'sticker' ? false : undefined,
        }),
    };
}

function sharedContact(message: Extract<Parsed, { kind: 'contacts' }>): Record<string, unknown> {
    const digits = message.phone.replace(/\D/g, '');
    return {
        name: { formatted_name: message.name, first_name: message.name.split(' ')[0] },
        phones: [{ phone: message.phone, wa_id: digits, type: 'CELL' }],
        origin: message.origin,
    };
}

function orderOf(text: string | undefined): Record<string, unknown> {
    return {
        catalog_id: '300000000000001',
        ...(text === undefined ? {} : { text }),
        product_items: [
            { product_retailer_id: 'ski-hire-day', quantity: 1, item_price: 45, currency: 'CHF' },
        ],
    };
}

const unsupported = {
    code: 131051,
    title: 'Message type unknown',
    message: 'Message type unknown',
    error_data: { details: 'Message type is currently not supported.' },
};
