import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const token = 'frostdesk-test-bell-token';
const complete = {
    META_APP_SECRET: 'frostdesk-test-app-secret',
    META_VERIFY_TOKEN: 'frostdesk-test-verify-token',
    FROSTDESK_BELL_TOKEN: token,
    FROSTDESK_LOG_LEVEL: 'off',
    SUPABASE_URL: 'http://127.0.0.1:54321',
    SUPABASE_PUBLISHABLE_KEYS: '{"default":"sb_publishable_local"}',
    SUPABASE_SECRET_KEYS: '{"default":"sb_secret_local"}',
};

/** A bell with fresh modules, so that each test reads its own environment. */
async function bell() {
    vi.resetModules();
    const { createBell } = await import('../../shared/bell.ts');
    const worker = { wake: vi.fn(() => Promise.resolve()), retire: vi.fn() };
    const create = vi.fn(() => worker);
    const ring = createBell<string>('reply', create);
    const post = (
        path = '/reply',
        headers: Record<string, string> = { 'x-bell-token': token },
        method = 'POST',
    ) => ring(new Request(`http://127.0.0.1${path}`, { method, headers }), 'client');
    return { worker, create, post };
}

beforeEach(() => {
    for (const [name, value] of Object.entries(complete)) vi.stubEnv(name, value);
});
afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
});

describe('the doorbell', () => {
    it('answers 202 at once and wakes the one worker of its isolate at every ring', async () => {
        const { worker, create, post } = await bell();
        worker.wake.mockReturnValue(new Promise(() => undefined));
        expect((await post()).status).toBe(202);
        expect((await post('/functions/v1/reply')).status).toBe(202);
        expect(create).toHaveBeenCalledTimes(1);
        expect(create).toHaveBeenCalledWith(expect.anything(), expect.anything(), 'client');
        expect(worker.wake).toHaveBeenCalledTimes(2);
    });

    it('keeps the isolate alive while the worker is awake, and lets it go in peace', async () => {
        const waitUntil = vi.fn();
        const listeners = new Map<string, () => void>();
        vi.stubGlobal('EdgeRuntime', { waitUntil });
        vi.stubGlobal('addEventListener', (type: string, listener: () => void) =>
            listeners.set(type, listener),
        );
        const { worker, post } = await bell();
        await post();
        expect(waitUntil).toHaveBeenCalledWith(worker.wake.mock.results[0]?.value);
        listeners.get('beforeunload')?.();
        expect(worker.retire).toHaveBeenCalledTimes(1);
    });

    it.each([
        ['no token', {}],
        ['a wrong token', { 'x-bell-token': `${token}x` }],
        ['an empty token', { 'x-bell-token': '' }],
        ['a secret key instead', { apikey: 'sb_secret_local' }],
    ])('is not rung with %s', async (_name, headers: Record<string, string>) => {
        const { create, post } = await bell();
        expect((await post('/reply', headers)).status).toBe(401);
        expect(create).not.toHaveBeenCalled();
    });

    it('knows one address and one method', async () => {
        const { create, post } = await bell();
        expect((await post('/reply/more')).status).toBe(404);
        const get = await post('/reply', { 'x-bell-token': token }, 'GET');
        expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
        expect(create).not.toHaveBeenCalled();
    });

    it('answers 500 and names what is wrong with the environment', async () => {
        vi.stubEnv('FROSTDESK_BELL_TOKEN', '');
        vi.stubEnv('META_APP_SECRET', 'short');
        const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
        const { post } = await bell();
        const response = await post();
        expect(response.status).toBe(500);
        expect(await response.json()).toEqual({
            error: 'environment',
            message: 'Not set as they must be: META_APP_SECRET, FROSTDESK_BELL_TOKEN.',
        });
        expect(errors.mock.calls[0]?.[0]).toContain('"variables":["META_APP_SECRET","FROSTDESK_BELL_TOKEN"]');
        errors.mockRestore();
    });
});
