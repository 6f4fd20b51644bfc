import { afterEach, describe, expect, it, vi } from 'vitest';
import { doorway } from './doorway.ts';

const ask = (path = '/health', method = 'GET') => new Request(`http://127.0.0.1${path}`, { method });
afterEach(() => vi.unstubAllEnvs());

describe('GET /health', () => {
    it('answers 200 with the state of database, queue, doorbell, sweep and channels', async () => {
        const health = await doorway('health');
        await expect
            .poll(async () => (await health(ask())).status, { timeout: 15_000, interval: 500 })
            .toBe(200);
        const body = await (await health(ask())).json();
        expect(body).toMatchObject({
            status: 'ok',
            down: [],
            database: 'ok',
            queue: { depth: expect.any(Number), dead: expect.any(Number) },
            doorbell: { configured: true },
            sweep: { scheduled: true },
        });
        expect(body.channels.active).toBeGreaterThan(0);
        expect(JSON.stringify(body)).not.toContain('100000000000001');
    });

    it('answers 503 and names the database when it cannot be reached', async () => {
        const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
        const health = await doorway('health', { SUPABASE_URL: 'http://127.0.0.1:2' });
        const response = await health(ask());
        expect([response.status, await response.json()]).toEqual([
            503,
            { status: 'down', down: ['database'] },
        ]);
        errors.mockRestore();
    });

    it('answers 503 and names the variables that are wrong', async () => {
        const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
        const health = await doorway('health', { META_VERIFY_TOKEN: 'short' });
        const response = await health(ask());
        expect([response.status, await response.json()]).toEqual([
            503,
            { status: 'down', down: ['META_VERIFY_TOKEN'] },
        ]);
        errors.mockRestore();
    });

    it('knows one address and one method', async () => {
        const health = await doorway('health');
        expect((await health(ask('/health/more'))).status).toBe(404);
        expect((await health(ask('/health', 'POST'))).status).toBe(405);
    });
});
