import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CustomerMessage } from '../../scripts/simulators/whatsapp/customer-messages.ts';
import { demoAccount } from '../../scripts/simulators/whatsapp/network.ts';
import { userIdOf } from '../../scripts/simulators/whatsapp/people.ts';
import {
    encodeAsMeta,
    envelope,
    messageValue,
    type Person,
    sign,
} from '../../scripts/simulators/whatsapp/webhooks.ts';

const folder = new URL('../fixtures/whatsapp/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

const ana: Person = { userId: userIdOf('41790000001'), phone: '41790000001', name: 'Ana Lima' };
const bea: Person = { userId: 'BR.90210077310045512208', name: 'Béatrice Rocha', username: 'bea.rocha' };
const shownMessage = 'wamid.FIXTURE.OUT1';
const slot = 'slot:11111111-1111-4111-8111-111111111111:22222222-2222-4222-8222-222222222222:1795251600';

const samples: [string, CustomerMessage, Person?][] = [
    ['text', { kind: 'text', body: 'Hi, a ski lesson tomorrow at 10? A café before would be nice 🙂' }],
    ['button-reply', { kind: 'button_reply', id: slot, title: 'Sat 21 Nov 10:00', reply_to: shownMessage }],
    [
        'list-reply',
        {
            kind: 'list_reply',
            id: slot,
            title: 'Sat 21 Nov 10:00',
            description: 'with Anna, 2 h',
            reply_to: shownMessage,
        },
    ],
    ['template-button', { kind: 'template_button', payload: 'CONFIRM_123', text: 'Confirm' }],
    ['reaction', { kind: 'reaction', message_id: shownMessage, emoji: '👍' }],
    ['reaction-removed', { kind: 'reaction', message_id: shownMessage }],
    ['edit', { kind: 'edit', message_id: 'wamid.FIXTURE.TEXT', body: 'Hi, a ski lesson tomorrow at 11?' }],
    ['revoke', { kind: 'revoke', message_id: 'wamid.FIXTURE.TEXT' }],
    ['image', { kind: 'image', caption: 'Our level, roughly' }],
    ['voice', { kind: 'voice' }],
    ['document', { kind: 'document', filename: 'voucher.pdf', caption: 'My voucher' }],
    [
        'location',
        {
            kind: 'location',
            latitude: 46.0207,
            longitude: 7.7491,
            name: 'Zermatt station',
            address: 'Bahnhofplatz 1',
        },
    ],
    ['contacts', { kind: 'contacts', name: 'Luca Lima', phone: '+41 79 000 00 02' }],
    ['order', { kind: 'order', text: 'For Saturday please' }],
    ['unsupported', { kind: 'unsupported' }],
    ['bsuid-only', { kind: 'text', body: 'Olá, a lesson on Saturday morning?' }, bea],
    [
        'username-with-phone',
        { kind: 'text', body: 'Any group lesson on Sunday?' },
        { ...ana, username: 'ana.lima' },
    ],
];

describe('webhooks', () => {
    it('signs the escaped bytes as Meta does', () => {
        const payload = {
            object: 'whatsapp_business_account',
            entry: [
                {
                    id: '1',
                    changes: [
                        {
                            field: 'messages',
                            value: { messages: [{ type: 'text', text: { body: 'Café 🙂 a/b' } }] },
                        },
                    ],
                },
            ],
        };
        const raw = encodeAsMeta(payload);
        expect(raw).toContain('Caf\\u00e9 \\ud83d\\ude42 a\\/b');
        expect(sign(raw, 'frostdesk-test-secret')).toBe(
            'sha256=3ac40970f9ad4e2eddcf311588bdb565fd9f83f11f17c6a7c6002174ff7959d6',
        );
        expect(JSON.parse(raw)).toEqual(payload);
    });

    it.each(samples)('writes what the sample %s.json holds', (name, message, person = ana) => {
        const sample = read(name);
        const { id, timestamp } = sample.entry[0].changes[0].value.messages[0];
        const sent = { id, at: new Date(Number(timestamp) * 1000) };
        const built = envelope(demoAccount.wabaId, [messageValue(demoAccount, person, message, sent)]);
        expect(built).toEqual(sample);
    });

    it('leaves phone fields out, rather than empty, for somebody who hides the phone', () => {
        const { contacts, messages } = read('bsuid-only').entry[0].changes[0].value;
        expect(contacts[0]).not.toHaveProperty('wa_id');
        expect(messages[0]).not.toHaveProperty('from');
        expect(messages[0].from_user_id).toBe(bea.userId);
    });

    it('gives every sample message its own id, so that all of them can be sent to one desk', () => {
        const ids = readdirSync(folder)
            .filter((file) => file.endsWith('.json'))
            .flatMap((file) => read(file.slice(0, -5)).entry)
            .flatMap((entry) => entry.changes)
            .flatMap((change) => change.value.messages ?? [])
            .map((message) => message.id);
        expect(ids.length).toBeGreaterThan(20);
        expect(new Set(ids).size).toBe(ids.length);
    });
});
