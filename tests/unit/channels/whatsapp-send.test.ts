import { HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../shared/channels/channel.ts';
import { createWhatsApp } from '../../../shared/channels/whatsapp/whatsapp.ts';
import type { OutboundContent } from '../../../shared/desk/content.ts';
import { accessToken, account, graphUrl, graphVersion, metaError, metaGraph } from '../../mocks/meta.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const messageId = '7c1e0d52-6a4f-4b7e-9d11-0f3a5b6c7d8e';
const phone = '+41790000001';
const outgoing = (more: Partial<Outgoing> = {}): Outgoing => ({
    account,
    accessToken,
    recipient: { phone, user_id: 'CH.1' },
    content: { type: 'text', text: 'We have 15:00.' },
    messageId,
    attempt: 1,
    waits: 0,
    ...more,
});

function whatsapp() {
    const graph = metaGraph();
    server.use(graph.handler);
    return { graph, channel: createWhatsApp({ graphUrl, graphVersion, timeoutMs: 500 }) };
}

/** Sends the content and returns what Meta accepted. */
async function sent(content: OutboundContent, more: Partial<Outgoing> = {}) {
    const { graph, channel } = whatsapp();
    expect(await channel.send(outgoing({ content, ...more }))).toEqual({
        ok: true,
        providerId: 'wamid.OUT1',
    });
    return graph.sends[0];
}

describe('a send', () => {
    it('goes to the phone and carries our id', async () => {
        expect(await sent({ type: 'text', text: 'We have 15:00.' })).toEqual({
            messaging_product: 'whatsapp',
            recipient_type: 'individual',
            to: '41790000001',
            biz_opaque_callback_data: messageId,
            type: 'text',
            text: { body: 'We have 15:00.', preview_url: false },
        });
    });

    it('goes to the user id when there is no phone', async () => {
        const body = await sent(
            { type: 'text', text: 'Hi' },
            { recipient: { phone: null, user_id: 'BR.1a' } },
        );
        expect(body).toMatchObject({ recipient: 'BR.1a' });
        expect(body).not.toHaveProperty('to');
    });

    it('shows buttons', async () => {
        const buttons = [
            { id: 'yes:1', title: 'Yes, book it' },
            { id: 'no:1', title: 'No' },
        ];
        expect(await sent({ type: 'buttons', text: 'Shall I?', buttons })).toMatchObject({
            type: 'interactive',
            interactive: {
                type: 'button',
                body: { text: 'Shall I?' },
                action: { buttons: buttons.map((reply) => ({ type: 'reply', reply })) },
            },
        });
    });

    it('shows a list', async () => {
        const rows = [
            { id: 'slot:1', title: '10:00', description: 'with Lena' },
            { id: 'slot:2', title: '11:00' },
        ];
        expect(await sent({ type: 'list', text: 'When?', button: 'Times', rows })).toMatchObject({
            interactive: { type: 'list', action: { button: 'Times', sections: [{ rows }] } },
        });
    });
});

describe('what is over the limits of Meta is cut so that Meta takes it', () => {
    const long = 'A very long sentence that goes on. '.repeat(200);
    const many = (count: number, title = (index: number) => `Choice ${index}`) =>
        Array.from({ length: count }, (_, index) => ({ id: `id:${index}`, title: title(index) }));

    it('a text', async () => {
        const body = await sent({ type: 'text', text: long });
        expect(body).toHaveProperty('text.body', expect.stringMatching(/^A very long .*[a-z.]…$/));
    });

    it('buttons: their number, titles, text', async () => {
        const body = await sent({
            type: 'buttons',
            text: long,
            buttons: many(5, (index) => `${long}${index}`),
        });
        expect(body).toHaveProperty('interactive.action.buttons.length', 3);
    });

    it('a list: rows, titles, descriptions, its button', async () => {
        const rows = many(14, () => long).map((row) => ({ ...row, description: long }));
        const body = await sent({ type: 'list', text: long, button: long, rows });
        expect(body).toHaveProperty('interactive.action.sections[0].rows.length', 10);
        expect(body).toHaveProperty(
            'interactive.action.sections[0].rows[1].title',
            expect.stringMatching(/… \(2\)$/),
        );
    });

    it('never through the middle of an emoji', async () => {
        const body = await sent({
            type: 'buttons',
            text: 'x',
            buttons: [{ id: 'a', title: `${'x'.repeat(17)}👩‍👩‍👧 you` }],
        });
        expect(body).toHaveProperty('interactive.action.buttons[0].reply.title', `${'x'.repeat(17)}…`);
    });

    it('choices of one id or with an impossible id are left out, and without any choice it is a text', async () => {
        const twice = [
            { id: 'a', title: 'A' },
            { id: 'a', title: 'B' },
            { id: 'x'.repeat(300), title: 'C' },
        ];
        const body = await sent({ type: 'buttons', text: 'Which?', buttons: twice });
        expect(body).toHaveProperty('interactive.action.buttons.length', 1);
        const impossible = [{ id: 'x'.repeat(300), title: 'C' }];
        expect(await sent({ type: 'buttons', text: 'Which?', buttons: impossible })).toMatchObject({
            type: 'text',
        });
        expect(await sent({ type: 'list', text: 'Which?', button: 'b', rows: impossible })).toMatchObject({
            type: 'text',
        });
    });
});

describe('when Meta does not take it', () => {
    const failure = async (answer: () => Response | Promise<Response>, waits = 0) => {
        const { graph, channel } = whatsapp();
        graph.instead.push(answer);
        return await channel.send(outgoing({ waits }));
    };

    it('its code decides, with the detail and the trace for its support', async () => {
        const more = { error_data: { messaging_product: 'whatsapp', details: 'Too many to this user' } };
        expect(await failure(() => metaError(131056, 'pair rate limit', 400, more), 2)).toEqual({
            ok: false,
            action: 'wait',
            retryAfterMs: 16_000,
            code: '131056',
            detail: 'Too many to this user',
            traceId: 'Atrace1',
        });
    });

    it('a wrong token stops the channel', async () => {
        const { channel } = whatsapp();
        expect(await channel.send(outgoing({ accessToken: 'EAAold' }))).toMatchObject({
            action: 'refuse',
            code: '190',
            alert: true,
        });
    });

    it.each([
        [
            'a gateway in between fails',
            () => new HttpResponse('<html>Bad gateway</html>', { status: 502 }),
            'http_502',
        ],
        ['the answer is cut', () => HttpResponse.json({ messaging_product: 'whatsapp' }), 'http_200'],
        ['the connection breaks', () => HttpResponse.error(), 'no_answer'],
        ['there is no answer in time', () => new Promise<Response>(() => undefined), 'no_answer'],
    ])(
        'and nobody knows whether it did, because %s, it waits for a status first',
        async (_why, answer, code) => {
            expect(await failure(answer)).toMatchObject({ action: 'uncertain', retryAfterMs: 30_000, code });
        },
    );

    it.each([
        [404, 'refuse'],
        [429, 'wait'],
        [408, 'uncertain'],
    ])('and a proxy says %i, it is %s', async (status, action) => {
        expect(await failure(() => new HttpResponse('no', { status }))).toMatchObject({
            action,
            code: `http_${status}`,
        });
    });

    it('and nobody even answers the door, it tries again soon', async () => {
        server.close();
        const channel = createWhatsApp({ graphUrl: 'http://127.0.0.1:2', graphVersion });
        expect(await channel.send(outgoing())).toMatchObject({ action: 'retry', code: 'unreachable' });
        server.listen({ onUnhandledRequest: 'error' });
    });
});

describe('marking as read', () => {
    it('shows the ticks and that somebody is writing', async () => {
        const { graph, channel } = whatsapp();
        await channel.markRead({ account, accessToken, providerId: 'wamid.IN', typing: true });
        await channel.markRead({ account, accessToken, providerId: 'wamid.IN2', typing: false });
        expect(graph.reads).toEqual([
            {
                messaging_product: 'whatsapp',
                status: 'read',
                message_id: 'wamid.IN',
                typing_indicator: { type: 'text' },
            },
            { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.IN2' },
        ]);
    });

    it('tells when it was refused', async () => {
        const { graph, channel } = whatsapp();
        graph.instead.push(
            () => metaError(100),
            () => new HttpResponse('', { status: 500 }),
        );
        const mark = { account, accessToken, providerId: 'wamid.IN', typing: true };
        await expect(channel.markRead(mark)).rejects.toThrow('code 100');
        await expect(channel.markRead(mark)).rejects.toThrow('code 500');
    });
});
