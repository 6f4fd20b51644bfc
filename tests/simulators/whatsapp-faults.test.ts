import { afterEach, describe, expect, it } from 'vitest';
import { SimulatorControl } from '../../scripts/simulators/control-client.ts';
import { startVendorSimulators } from '../../scripts/simulators/vendors.ts';
import { sign } from '../../scripts/simulators/whatsapp/webhooks.ts';
import { elements, startFakeDesk } from './fake-desk.ts';

const ana = '41790000001';
const bea = 'BR.90210077310045512208';
let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
    for (const close of closing.reverse()) await close();
    closing = [];
});

async function start(deskAnswers: number[] = []) {
    const desk = await startFakeDesk(deskAnswers);
    const vendors = await startVendorSimulators({
        port: 0,
        appSecret: 'secret',
        webhookUrl: desk.url,
        log: () => undefined,
        whatsapp: { status_delays_ms: { sent: 1, delivered: 10, read: 20 } },
        webhookRetryDelaysMs: [10, 10],
    });
    closing.push(desk.stop, vendors.stop);
    const control = new SimulatorControl(vendors.url);
    const send = (extra: object = {}, signal: AbortSignal | null = null) =>
        fetch(`${vendors.url}/v26.0/100000000000001/messages`, {
            method: 'POST',
            headers: { authorization: 'Bearer frostdesk-local-whatsapp-token' },
            body: JSON.stringify({
                messaging_product: 'whatsapp',
                to: ana,
                text: { body: 'Hello' },
                ...extra,
            }),
            signal,
        });
    const untilLog = async (type: string, count: number) => {
        await expect.poll(async () => (await control.log({ types: [type] })).entries.length).toBe(count);
    };
    return { desk, control, send, untilLog };
}

const statusesOf = (received: Parameters<typeof elements>[0]) =>
    elements(received, 'statuses').map(({ status }) => status);

describe('statuses', () => {
    it('reports sent, delivered and read, signed, with the callback data and both ids', async () => {
        const { desk, send, untilLog } = await start();
        await send({ biz_opaque_callback_data: 'our-message-é' });
        await untilLog('webhook', 3);
        expect(statusesOf(desk.received)).toEqual(['sent', 'delivered', 'read']);
        for (const { raw, signature } of desk.received) expect(signature).toBe(sign(raw, 'secret'));
        expect(elements(desk.received, 'statuses')[0]).toMatchObject({
            biz_opaque_callback_data: 'our-message-é',
            recipient_id: ana,
            recipient_user_id: expect.stringMatching(/^CH\./),
        });
    });

    it('leaves the phone out when a user id was addressed', async () => {
        const { desk, send, untilLog } = await start();
        await send({ to: undefined, recipient: bea });
        await untilLog('webhook', 3);
        for (const status of elements(desk.received, 'statuses')) {
            expect(status).toMatchObject({ recipient_user_id: bea });
            expect(status).not.toHaveProperty('recipient_id');
        }
    });

    it('never reports read from a phone that is not looked at', async () => {
        const { desk, control, send, untilLog } = await start();
        await control.change({ customer_reads: false });
        await send();
        await untilLog('webhook', 2);
        expect(statusesOf(desk.received)).toEqual(['sent', 'delivered']);
    });

    it('can stay silent, go backwards, or fail what it accepted', async () => {
        const { desk, control, send, untilLog } = await start();
        await control.fault({ on: 'send', statuses: [] });
        await control.fault({ on: 'send', statuses: ['read', 'sent'] });
        await control.fault({ on: 'send', statuses: ['failed'], status_code: 131049 });
        for (const _ of [1, 2, 3]) expect((await send()).status).toBe(200);
        await untilLog('webhook', 3);
        const statuses = elements(desk.received, 'statuses');
        expect(statuses.filter(({ status }) => status !== 'failed').map(({ status }) => status)).toEqual([
            'read',
            'sent',
        ]);
        const failed = statuses.find(({ status }) => status === 'failed');
        expect(failed).toMatchObject({ errors: [{ code: 131049 }] });
        expect(failed).not.toHaveProperty('recipient_user_id');
    });
});

describe('faults of a send', () => {
    it('strike in line, for one customer, so many times, after so many', async () => {
        const { control, send } = await start();
        await control.fault({
            on: 'send',
            to: '+41 79 000 00 01',
            times: 2,
            skip: 1,
            fail: { code: 131056 },
        });
        await control.fault({ on: 'send', to: bea, fail: { code: 131026 } });
        const codes: unknown[] = [];
        for (const _ of [1, 2, 3, 4]) codes.push((await (await send()).json()).error?.code);
        expect(codes).toEqual([undefined, 131056, 131056, undefined]);
        expect((await (await send({ to: undefined, recipient: bea })).json()).error.code).toBe(131026);
    });

    it.each([
        [{ code: 131016 }, 503, 131016],
        [{ code: 130429, http_status: 429, retry_after_s: 7 }, 429, 130429],
        [{ code: 190 }, 401, 190],
    ])('refuse with %j', async (fail, httpStatus, code) => {
        const { control, send } = await start();
        await control.fault({ on: 'send', fail });
        const response = await send();
        expect(response.status).toBe(httpStatus);
        if ('retry_after_s' in fail) expect(response.headers.get('retry-after')).toBe('7');
        expect((await response.json()).error.code).toBe(code);
    });

    it('answer rubbish, or no id', async () => {
        const { control, send } = await start();
        await control.fault({ on: 'send', answer: { status: 502, body: '<h1>Bad gateway</h1>' } });
        await control.fault({ on: 'send', omit_id: true });
        const rubbish = await send();
        expect([rubbish.status, await rubbish.text()]).toEqual([502, '<h1>Bad gateway</h1>']);
        expect(await (await send()).json()).toMatchObject({ messages: [] });
    });

    it('cut the line before, or after accepting: only then statuses follow', async () => {
        const { desk, control, send, untilLog } = await start();
        await control.fault({ on: 'send', line: 'before' });
        await control.fault({ on: 'send', line: 'after' });
        await expect(send()).rejects.toThrow();
        await expect(send({ biz_opaque_callback_data: 'lost' })).rejects.toThrow();
        await untilLog('webhook', 3);
        expect(elements(desk.received, 'statuses').every((s) => s.biz_opaque_callback_data === 'lost')).toBe(
            true,
        );
        expect((await control.log({ types: ['send'] })).entries).toHaveLength(1);
    });

    it('accept and then hang until the caller gives up', async () => {
        const { control, send, untilLog } = await start();
        await control.fault({ on: 'send', line: 'hang' });
        await expect(send({}, AbortSignal.timeout(80))).rejects.toThrow();
        await untilLog('send', 1);
    });
});

describe('webhooks', () => {
    it('are tried again until the desk says 200', async () => {
        const { desk, control, untilLog } = await start([500, 503]);
        const { http_status } = await control.sendText(ana, 'Hi');
        expect(http_status).toBe(500);
        await untilLog('webhook', 3);
        expect(new Set(desk.received.map(({ raw }) => raw)).size).toBe(1);
    });

    it('are given up after the last try', async () => {
        const { desk, control, untilLog } = await start([500, 500, 500]);
        await control.sendText(ana, 'Hi');
        await untilLog('webhook_given_up', 1);
        expect(desk.received).toHaveLength(3);
    });

    it('can be repeated, dropped, or signed wrongly', async () => {
        const { desk, control, untilLog } = await start();
        await control.fault({ on: 'message_webhook', duplicate: 2 });
        await control.fault({ on: 'message_webhook', drop: true });
        await control.fault({ on: 'message_webhook', signature: 'wrong' });
        await control.sendText(ana, 'thrice');
        await untilLog('webhook', 3);
        expect(new Set(elements(desk.received, 'messages').map(({ id }) => id)).size).toBe(1);
        expect(await control.sendText(ana, 'never')).not.toHaveProperty('http_status');
        await control.sendText(ana, 'forged');
        const last = desk.received.at(-1);
        expect(last?.signature).not.toBe(sign(last?.raw ?? '', 'secret'));
    });

    it('can be held and come in one batch, or the wrong way round', async () => {
        const { desk, control } = await start();
        await control.fault({ on: 'message_webhook', hold: { count: 2, release: 'batch' } });
        await Promise.all([control.sendText(ana, 'one'), control.sendText(bea, 'two')]);
        expect(desk.received).toHaveLength(1);
        expect(elements(desk.received, 'messages')).toHaveLength(2);
        await control.fault({ on: 'message_webhook', hold: { count: 2, release: 'reverse' } });
        const first = control.sendText(ana, 'three');
        await expect
            .poll(async () => (await control.log({ types: ['customer_message'] })).entries.length)
            .toBe(3);
        await Promise.all([first, control.sendText(ana, 'four')]);
        const bodies = elements(desk.received.slice(1), 'messages').map(
            (message) => (message.text as { body: string }).body,
        );
        expect(bodies).toEqual(['four', 'three']);
    });

    it('let go what they hold when the rest does not come', async () => {
        const { desk, control } = await start();
        await control.fault({ on: 'message_webhook', hold: { count: 5, release: 'batch' }, hold_ms: 30 });
        expect((await control.sendText(ana, 'alone')).http_status).toBe(200);
        expect(desk.received).toHaveLength(1);
    });
});

describe('the control door', () => {
    it('refuses a web page of another origin', async () => {
        const { control } = await start();
        const response = await fetch(`${control.graphUrl}/_control/whatsapp/reset`, {
            method: 'POST',
            headers: { origin: 'https://example.com' },
            body: '{}',
        });
        expect(response.status).toBe(403);
    });

    it('says what is wrong with a rule', async () => {
        const { control } = await start();
        await expect(control.fault({ on: 'send', times: 0 })).rejects.toThrow(/400 .*times/s);
    });
});
