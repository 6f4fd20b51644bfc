import { z } from 'zod';
import type { DeliveryStatus, InboundEvent } from '../../desk/inbound-events.ts';
import { parseCleanJson } from '../clean-json.ts';
import { readMessage } from './message.ts';
import { needsAttention } from './send-errors.ts';
import { contactShape, unixSeconds, unknownEvent } from './shapes.ts';

/**
 * Reads a webhook of the WhatsApp Cloud API. Every list is read element by element: one element that is not
 * as documented becomes an `unknown` event and never costs the others.
 */

const list = z.array(z.unknown()).default([]);

const envelope = z.object({ object: z.literal('whatsapp_business_account'), entry: z.array(z.unknown()) });
const entryShape = z.object({ changes: z.array(z.unknown()) });
const changeShape = z.object({ field: z.string(), value: z.unknown() });
const valueShape = z.object({
    metadata: z.object({ phone_number_id: z.string().min(1) }),
    contacts: list.catch([]),
    messages: list,
    statuses: list,
    errors: list.catch([]),
});

/** All events of a verified body, in its order. Throws UnreadableBody when it is not JSON. */
export function parseWebhook(rawBody: Uint8Array): InboundEvent[] {
    const body = parseCleanJson(rawBody);
    const read = envelope.safeParse(body);
    if (!read.success) return [unknownEvent('unknown_envelope', body)];
    return read.data.entry.flatMap(entryEvents);
}

function entryEvents(entry: unknown): InboundEvent[] {
    const read = entryShape.safeParse(entry);
    if (!read.success) return [unknownEvent('unknown_entry', entry)];
    return read.data.changes.flatMap(changeEvents);
}

function changeEvents(change: unknown): InboundEvent[] {
    const read = changeShape.safeParse(change);
    if (!read.success) return [unknownEvent('unknown_change', change)];
    if (read.data.field !== 'messages') return [unknownEvent('unhandled_field', change)];
    const value = valueShape.safeParse(read.data.value);
    if (!value.success) return [unknownEvent('unknown_value', change)];
    const { metadata, messages, statuses, errors } = value.data;
    const account = metadata.phone_number_id;
    const contacts = value.data.contacts.flatMap((contact) => contactShape.safeParse(contact).data ?? []);
    const events = [
        ...messages.flatMap((message) => readMessage(message, contacts, account)),
        ...statuses.map((status) => readStatus(status, account)),
    ];
    if (errors.length > 0) events.push(unknownEvent('value_errors', { errors }, account));
    if (events.length === 0) events.push(unknownEvent('empty_value', change, account));
    return events;
}

const statusNames = ['sent', 'delivered', 'read', 'played', 'failed'] as const satisfies DeliveryStatus[];

const statusShape = z.object({
    id: z.string().min(1),
    status: z.enum(statusNames),
    timestamp: unixSeconds,
    biz_opaque_callback_data: z.guid().optional().catch(undefined),
    errors: z
        .array(
            z.object({
                code: z.coerce.string(),
                title: z.string().default(''),
                error_data: z.object({ details: z.string() }).optional().catch(undefined),
                message: z.string().optional().catch(undefined),
            }),
        )
        .default([])
        .catch([]),
});

function readStatus(status: unknown, account: string): InboundEvent {
    const read = statusShape.safeParse(status);
    if (!read.success) return unknownEvent('unknown_status', status, account);
    const { id, timestamp, biz_opaque_callback_data: messageId, errors } = read.data;
    const [error] = errors;
    return {
        kind: 'status',
        account,
        provider_id: id,
        status: read.data.status,
        at: timestamp,
        ...(messageId ? { message_id: messageId } : {}),
        ...(error
            ? {
                  error: {
                      code: error.code,
                      title: error.title,
                      detail: error.error_data?.details ?? error.message ?? '',
                      ...(needsAttention(Number(error.code)) ? { alert: true } : {}),
                  },
              }
            : {}),
    };
}
