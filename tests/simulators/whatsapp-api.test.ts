import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SimulatorControl } from '../../scripts/simulators/control-client.ts';
import { startVendorSimulators, type VendorSimulators } from '../../scripts/simulators/vendors.ts';
import { startFakeDesk } from './fake-desk.ts';

const token = 'frostdesk-local-whatsapp-token';
const number = '100000000000001';
const ana = '41790000001';
let desk: Awaited<ReturnType<typeof startFakeDesk>>;
let vendors: VendorSimulators;
let control: SimulatorControl;

beforeAll(async () => {
    desk = await startFakeDesk();
    vendors = await startVendorSimulators({
        port: 0,
        appSecret: 's',
        webhookUrl: desk.url,
        log: () => undefined,
    });
    control = new SimulatorControl(vendors.url);
});
afterAll(async () => {
    await vendors.stop();
    await desk.stop();
});
beforeEach(() => control.reset());

async function graph(body: unknown, { path = `/v26.0/${number}/messages`, bearer = token } = {}) {
    const response = await fetch(vendors.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
        body: JSON.stringify(body),
    });
    return { status: response.status, json: await response.json() };
}

const base = { messaging_product: 'whatsapp', recipient_type: 'individual', to: ana };
const text = (body: string) => ({ ...base, type: 'text', text: { body } });
const buttons = (titles: string[]) => ({
    ...base,
    type: 'interactive',
    interactive: {
        type: 'button',
        body: { text: 'Which one?' },
        action: { buttons: titles.map((title) => ({ type: 'reply', reply: { id: `id ${title}`, title } })) },
    },
});
const list = (rows: number) => ({
    ...base,
    type: 'interactive',
    interactive: {
        type: 'list',
        body: { text: 'Which one?' },
        action: {
            button: 'Show',
            sections: [
                { rows: Array.from({ length: rows }, (_, at) => ({ id: `${at}`, title: `Row ${at}` })) },
            ],
        },
    },
});

describe('POST /{phone_number_id}/messages', () => {
    it('accepts a text and names the message and the contact', async () => {
        const { status, json } = await graph(text('Hello'));
        expect(status).toBe(200);
        expect(json).toEqual({
            messaging_product: 'whatsapp',
            contacts: [{ input: ana, wa_id: ana }],
            messages: [{ id: expect.stringMatching(/^wamid\./) }],
        });
    });

    it('answers a send to a user id without a phone', async () => {
        const { to: _, ...rest } = text('Hello');
        const { json } = await graph({ ...rest, recipient: 'BR.90210077310045512208' });
        expect(json.contacts).toEqual([
            { input: 'BR.90210077310045512208', user_id: 'BR.90210077310045512208' },
        ]);
    });

    it.each([
        ['buttons', buttons(['10:00', '11:00', '12:00'])],
        ['a list', list(10)],
        [
            'a template',
            { ...base, type: 'template', template: { name: 'appt_reminder', language: { code: 'en' } } },
        ],
        ['a reaction', { ...base, type: 'reaction', reaction: { message_id: 'wamid.X', emoji: '👍' } }],
        [
            'a link button',
            {
                ...base,
                type: 'interactive',
                interactive: {
                    type: 'cta_url',
                    body: { text: 'Book here' },
                    action: {
                        name: 'cta_url',
                        parameters: { display_text: 'Book', url: 'https://example.com' },
                    },
                },
            },
        ],
    ])('accepts %s', async (_name, body) => {
        expect((await graph(body)).status).toBe(200);
    });

    it.each([
        ['a text over 4096 characters', text('x'.repeat(4097)), 100],
        ['an empty text', text(''), 100],
        ['an unknown key', { ...text('x'), colour: 'red' }, 100],
        ['no messaging_product', { to: ana, type: 'text', text: { body: 'x' } }, 100],
        ['no recipient', { messaging_product: 'whatsapp', type: 'text', text: { body: 'x' } }, 100],
        ['a number that is none', { ...text('x'), to: 'Ana' }, 100],
        [
            'a malformed user id',
            { ...base, to: undefined, recipient: 'ana.lima', type: 'text', text: { body: 'x' } },
            100,
        ],
        ['its own number', { ...text('x'), to: '41445550100' }, 131021],
        ['a missing text', { ...base, type: 'text', text: {} }, 131008],
        ['four buttons', buttons(['1', '2', '3', '4']), 131009],
        ['two buttons of one title', buttons(['1', '1']), 131009],
        ['a button title over 20 characters', buttons(['x'.repeat(21)]), 131009],
        ['eleven rows', list(11), 131009],
        [
            'callback data over 512 characters',
            { ...text('x'), biz_opaque_callback_data: 'x'.repeat(513) },
            100,
        ],
    ])('refuses %s as Meta does', async (_name, body, code) => {
        const { status, json } = await graph(body);
        expect(status).toBe(400);
        expect(json.error).toMatchObject({ code, type: 'OAuthException', fbtrace_id: expect.any(String) });
    });

    it('refuses in the two shapes of Meta: with and without error_data', async () => {
        const expired = await graph(text('x'), { bearer: 'old' });
        expect(expired.status).toBe(401);
        expect(expired.json.error).toMatchObject({ code: 190, error_subcode: 463 });
        expect(expired.json.error).not.toHaveProperty('error_data');
        const tooMany = await graph(buttons(['1', '2', '3', '4']));
        expect(tooMany.json.error.error_data).toEqual({
            messaging_product: 'whatsapp',
            details: expect.stringContaining("interactive['action']['buttons']"),
        });
    });

    it('does not know the number of somebody else', async () => {
        const { status, json } = await graph(text('x'), { path: '/v26.0/999/messages' });
        expect(status).toBe(400);
        expect(json.error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
    });

    it('knows a number once it is added', async () => {
        const added = {
            phone_number_id: '777',
            display_phone_number: '41215550177',
            waba_id: '200',
            token: 't7',
        };
        await control.addAccounts([added]);
        expect((await graph(text('x'), { path: '/v26.0/777/messages', bearer: 't7' })).status).toBe(200);
        expect((await graph(text('x'), { path: '/v26.0/777/messages' })).status).toBe(400);
    });
});

describe('mark as read', () => {
    it('turns the customer’s ticks and shows the dots until the answer comes', async () => {
        const { id } = await control.sendText(ana, 'Hi');
        const body = {
            messaging_product: 'whatsapp',
            status: 'read',
            message_id: id,
            typing_indicator: { type: 'text' },
        };
        expect(await graph(body)).toEqual({ status: 200, json: { success: true } });
        const before = await control.chat(ana);
        expect(before.items[0]?.ticks).toBe('read');
        expect(before.typing_until).toBeGreaterThan(Date.now() + 20_000);
        await graph(text('Hello'));
        expect((await control.chat(ana)).typing_until).toBe(0);
    });

    it('refuses an id that is none of WhatsApp’s', async () => {
        const body = { messaging_product: 'whatsapp', status: 'read', message_id: 'SM123' };
        expect((await graph(body)).json.error.code).toBe(100);
    });
});

describe('media', () => {
    it('names a file a customer sent and lets it be downloaded with the token only', async () => {
        await control.send(ana, { kind: 'image', media_id: '4711' });
        const headers = { authorization: `Bearer ${token}` };
        const named = await (await fetch(`${vendors.url}/v26.0/4711`, { headers })).json();
        expect(named).toMatchObject({ id: '4711', mime_type: 'image/jpeg', messaging_product: 'whatsapp' });
        const file = await fetch(named.url, { headers });
        expect((await file.arrayBuffer()).byteLength).toBe(named.file_size);
        expect((await fetch(named.url)).status).toBe(401);
        expect((await fetch(`${vendors.url}/v26.0/4712`, { headers })).status).toBe(400);
    });
});

describe('Meta’s own limits, when they are switched on', () => {
    it('refuses outside the 24-hour window, and lets templates through', async () => {
        await control.change({ window: 'refuse' });
        await control.send(
            ana,
            { kind: 'text', body: 'Hi' },
            { sent_at: new Date(Date.now() - 25 * 3_600_000).toISOString() },
        );
        expect((await graph(text('late'))).json.error.code).toBe(131047);
        expect(
            (
                await graph({
                    ...base,
                    type: 'template',
                    template: { name: 'hello', language: { code: 'en' } },
                })
            ).status,
        ).toBe(200);
        await control.sendText(ana, 'Still there?');
        expect((await graph(text('in time'))).status).toBe(200);
    });

    it('lets 45 go in a burst and refuses the next one', async () => {
        await control.change({ pair_rate: true, statuses: [] });
        const codes: number[] = [];
        for (let sent = 0; sent < 47; sent++)
            codes.push((await graph(text(`${sent}`))).json.error?.code ?? 0);
        expect(codes.indexOf(131056)).toBe(45);
    });

    it('knows only approved templates with the right number of parameters', async () => {
        await control.change({ templates: [{ name: 'reminder', language: 'en', params: 1 }] });
        const template = (name: string, parameters: unknown[]) => ({
            ...base,
            type: 'template',
            template: { name, language: { code: 'en' }, components: [{ type: 'body', parameters }] },
        });
        expect((await graph(template('other', []))).json.error.code).toBe(132001);
        expect((await graph(template('reminder', []))).json.error.code).toBe(132000);
        expect((await graph(template('reminder', [{ type: 'text', text: 'Ana' }]))).status).toBe(200);
    });
});
