import { readFileSync } from 'node:fs';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UnreadableBody } from '../../shared/channels/channel.ts';
import { createWhatsApp } from '../../shared/channels/whatsapp/whatsapp.ts';
import { createDesk } from '../../shared/desk/desk.ts';
import type { InboundEvent } from '../../shared/desk/inbound-events.ts';
import { receive } from '../../shared/inbound.ts';
import { postgrest } from '../mocks/postgrest.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/log-lines.ts';
import { ids } from '../support/turn-context.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const clock = new FakeClock();
const channel = createWhatsApp({ graphUrl: 'https://graph.facebook.com', graphVersion: 'v26.0' });
const fixture = (name: string) => readFileSync(`tests/fixtures/whatsapp/${name}.json`);
const stored = {
    outcome: 'stored',
    conversation_id: ids.conversation,
    message_id: ids.message,
    duplicate: false,
};

function deskThat(answer: (event: InboundEvent, index: number) => Record<string, unknown>) {
    const database = postgrest({
        receive_messages: ({ p_events }: Record<string, unknown>) =>
            (p_events as InboundEvent[]).map((event, index) => ({
                kind: event.kind,
                ...answer(event, index),
            })),
    });
    server.use(database.handler);
    return { desk: createDesk(database.client), calls: database.calls };
}

describe('receiving a webhook', () => {
    it('tells the ids of the first message at the top and of every event below', async () => {
        const { desk } = deskThat(() => ({ ...stored, duplicate: true, outcome: 'duplicate' }));
        const { log } = recordingLog();
        expect(await receive(channel, fixture('text'), { desk, log, clock })).toEqual({
            conversation_id: ids.conversation,
            message_id: ids.message,
            duplicate: true,
            results: [
                {
                    outcome: 'duplicate',
                    conversation_id: ids.conversation,
                    message_id: ids.message,
                    duplicate: true,
                },
            ],
        });
    });

    it('prefers a message to a status for the top, and a status to nothing', async () => {
        const { desk } = deskThat((event) =>
            event.kind === 'message' ? stored : { outcome: 'applied', message_id: ids.booking },
        );
        const { log } = recordingLog();
        expect(await receive(channel, fixture('batch'), { desk, log, clock })).toMatchObject({
            message_id: ids.message,
        });
        expect(await receive(channel, fixture('status-read'), { desk, log, clock })).toMatchObject({
            message_id: ids.booking,
            duplicate: false,
        });
    });

    it('calls nobody when there is nothing in it', async () => {
        const { desk, calls } = deskThat(() => stored);
        const body = new TextEncoder().encode('{"object":"whatsapp_business_account","entry":[]}');
        expect(await receive(channel, body, { desk, log: recordingLog().log, clock })).toEqual({
            conversation_id: null,
            message_id: null,
            duplicate: false,
            results: [],
        });
        expect(calls).toEqual([]);
    });

    it('logs what became of each, and never what was said by whom', async () => {
        const outcomes = ['stored', 'unknown_account', 'unreadable'];
        const { desk } = deskThat((event, index) => {
            if (event.kind === 'unknown') return { outcome: 'unreadable' };
            return { ...stored, outcome: event.kind === 'status' ? 'applied' : outcomes[index % 3] };
        });
        const { log, lines, raw } = recordingLog();
        await receive(channel, fixture('batch'), { desk, log, clock });
        await receive(channel, fixture('status-read'), { desk, log, clock });
        await receive(channel, fixture('unknown-shape'), { desk, log, clock });
        expect(new Set(lines.map(({ event }) => event))).toEqual(
            new Set([
                'event received',
                'status received',
                'nobody has this account',
                'kept unread',
                'not understood',
            ]),
        );
        expect(lines).toContainEqual(
            expect.objectContaining({
                event: 'nobody has this account',
                level: 'warn',
                account: '100000000000001',
            }),
        );
        expect(lines).toContainEqual(
            expect.objectContaining({ event: 'not understood', reason: 'unhandled_field' }),
        );
        expect(raw.join()).not.toMatch(/4179|CH\.|wamid|Ana|lesson/);
    });

    it('refuses bytes that are no JSON', async () => {
        const { desk } = deskThat(() => stored);
        await expect(
            receive(channel, new Uint8Array([123]), { desk, log: recordingLog().log, clock }),
        ).rejects.toThrow(UnreadableBody);
    });
});
