import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doorway, envelope, newCustomer, newWamid, platform, sign, sql, text, webhook } from './doorway.ts';

let inbound: (request: Request) => Promise<Response>;
beforeEach(async () => {
    inbound = await doorway('inbound');
});
afterEach(() => {
    vi.unstubAllEnvs();
});

describe('the verification by Meta', () => {
    const ask = (token: string, more = '') =>
        inbound(
            new Request(
                `http://127.0.0.1/inbound/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}${more}`,
            ),
        );

    it('is answered with the challenge, word for word, as plain text', async () => {
        const response = await ask(platform.env.META_VERIFY_TOKEN ?? '');
        expect([response.status, await response.text()]).toEqual([200, '1158201444']);
        expect(response.headers.get('content-type')).toBe('text/plain');
    });

    it('is refused with another token', async () => {
        expect((await ask('somebody-elses-token')).status).toBe(403);
    });
});

describe('addresses and methods', () => {
    it.each([
        ['POST', '/inbound'],
        ['POST', '/inbound/pigeon'],
        ['POST', '/inbound/toString'],
        ['GET', '/inbound/whatsapp/more'],
    ])('%s %s is not there', async (method, path) => {
        expect((await inbound(new Request(`http://127.0.0.1${path}`, { method }))).status).toBe(404);
    });

    it.each(['PUT', 'DELETE', 'OPTIONS'])('%s is not possible', async (method) => {
        const response = await inbound(new Request('http://127.0.0.1/inbound/whatsapp', { method }));
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
    });
});

describe('what is refused', () => {
    it.each([
        ['no signature', { 'x-hub-signature-256': '' }],
        ['a wrong signature', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }],
        ['the signature of another secret', { 'x-hub-signature-256': sign('{}', 'another-app-secret') }],
    ])('%s: 401, and nothing is stored', async (_name, headers) => {
        const id = newWamid();
        const response = await inbound(webhook(envelope([text(newCustomer(), 'let me in', id)]), headers));
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ error: 'bad_signature' });
        expect(await sql('select from public.messages where provider_id = $1', [id])).toEqual([]);
    });

    it('a signed body that is no JSON: 400', async () => {
        expect((await inbound(webhook('{"object":'))).status).toBe(400);
        expect((await inbound(webhook(''))).status).toBe(400);
    });

    it('a body over 3 MB: 413, though its content-length lies', async () => {
        const large = JSON.stringify({ pad: 'x'.repeat(3 * 1024 * 1024) });
        expect((await inbound(webhook(large))).status).toBe(413);
        expect((await inbound(webhook(large, { 'content-length': '10' }))).status).toBe(413);
    });

    it('not a body just below it', async () => {
        const pad = 'x'.repeat(3 * 1024 * 1024 - 100);
        expect((await inbound(webhook({ pad }))).status).toBe(200);
    });
});

describe('when something is missing', () => {
    it('a database that is down: 500, so that Meta comes again', async () => {
        inbound = await doorway('inbound', { SUPABASE_URL: 'http://127.0.0.1:2' });
        const response = await inbound(webhook(envelope([text(newCustomer(), 'hello')])));
        expect(response.status).toBe(500);
        expect(await response.json()).toEqual({
            error: 'database_unreachable',
            message: 'The database cannot be reached.',
        });
    });

    it('an app secret that is not set lets nobody in, signed with nothing or not', async () => {
        const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
        inbound = await doorway('inbound', { META_APP_SECRET: '' });
        const body = JSON.stringify(envelope([text(newCustomer(), 'hello')]));
        const response = await inbound(webhook(body, { 'x-hub-signature-256': sign(body, '') }));
        expect(response.status).toBe(500);
        expect(await response.json()).toMatchObject({ message: expect.stringContaining('META_APP_SECRET') });
        errors.mockRestore();
    });
});
