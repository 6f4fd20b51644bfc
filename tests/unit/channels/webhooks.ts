import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parseWebhook } from '../../../shared/channels/whatsapp/parse.ts';
import type { InboundEvent } from '../../../shared/desk/inbound-events.ts';

/** Webhooks of WhatsApp as the tests of its parser write them. */

export const account = '100000000000001';
export const bytes = (body: unknown) =>
    new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
export const parse = (body: unknown) => parseWebhook(bytes(body));
export const fixture = (name: string) => parseWebhook(readFileSync(`tests/fixtures/whatsapp/${name}.json`));

export const ana = { profile: { name: 'Ana Lima' }, wa_id: '41790000001', user_id: 'CH.4f9K27aa10Lm' };
export const from = { from: '41790000001', from_user_id: 'CH.4f9K27aa10Lm', timestamp: '1795160000' };
export const text = (body: string, id = 'wamid.T') => ({ ...from, id, type: 'text', text: { body } });

/** A webhook with one value; `more` overrides its parts. */
export function webhook(messages: unknown[], more: Record<string, unknown> = {}) {
    const value = {
        messaging_product: 'whatsapp',
        metadata: { phone_number_id: account },
        contacts: [ana],
        messages,
    };
    return {
        object: 'whatsapp_business_account',
        entry: [{ id: '1', changes: [{ field: 'messages', value: { ...value, ...more } }] }],
    };
}
export const only = (events: InboundEvent[]) => {
    expect(events).toHaveLength(1);
    return events[0];
};
