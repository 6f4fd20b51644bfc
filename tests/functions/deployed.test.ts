import { describe, expect, it } from 'vitest';
import { envelope, newCustomer, platform, sign, text } from './doorway.ts';

/** The same doorways as a stranger meets them: in Deno, behind the gateway. */

const at = (path: string, init?: RequestInit) => fetch(`${platform.gatewayUrl}/functions/v1/${path}`, init);
const post = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
    at('inbound/whatsapp', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

describe('the deployed functions', () => {
    it('answer the verification of the webhook', async () => {
        const token = platform.env.META_VERIFY_TOKEN;
        const response = await at(
            `inbound/whatsapp?hub.mode=subscribe&hub.challenge=42&hub.verify_token=${token}`,
        );
        expect([response.status, await response.text()]).toEqual([200, '42']);
    });

    it('store a signed webhook, and know it when it comes again', async () => {
        const body = JSON.stringify(envelope([text(newCustomer(), 'Bonjour, ça va? 🙂')]));
        const headers = { 'x-hub-signature-256': sign(body) };
        const first = await (await post(body, headers)).json();
        const second = await (await post(body, headers)).json();
        expect(first).toMatchObject({ duplicate: false, message_id: expect.any(String) });
        expect(second).toMatchObject({ duplicate: true, message_id: first.message_id });
    });

    it('refuse a forged one and an endless one', async () => {
        expect((await post('{}', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` })).status).toBe(401);
        const endless = new ReadableStream<Uint8Array>({
            pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
        });
        // Either the answer comes through or the line is cut while we still send; nobody reads on.
        const answer = await post(endless).then(
            ({ status }) => status,
            () => 'cut',
        );
        expect([413, 'cut']).toContain(answer);
    });

    it.each(['reply', 'deliver'])('do not let a stranger ring %s', async (name) => {
        const response = await at(name, {
            method: 'POST',
            headers: { 'x-bell-token': 'a-stranger-at-the-door' },
        });
        expect(response.status).toBe(401);
    });

    it('say how they are', async () => {
        await expect
            .poll(async () => (await at('health')).status, { timeout: 15_000, interval: 500 })
            .toBe(200);
    });
});
