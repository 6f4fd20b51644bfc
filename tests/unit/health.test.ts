import { describe, expect, it } from 'vitest';
import type { HealthReport } from '../../shared/desk/health.ts';
import { judgeHealth } from '../../shared/health.ts';

const now = new Date('2026-11-20T09:00:00Z');
const good: HealthReport = {
    database: 'ok',
    queue: { depth: 2, due: 1, oldest_due_ms: 59_000, running: 1, dead: 3 },
    doorbell: { configured: true, awake_workers: 1, last_error: null, failures: 0 },
    sweep: { scheduled: true, last_run_at: '2026-11-20T08:59:30+00:00' },
    set_aside: 4,
    channels: [
        { kind: 'whatsapp', account: '100000000000001', active: true, has_token: true },
        { kind: 'whatsapp', account: '100000000000002', active: true, has_token: false },
        { kind: 'whatsapp', account: '100000000000003', active: false, has_token: false },
    ],
};

describe('the health of the desk', () => {
    it('is fine when everything is, and says how everything stands', () => {
        expect(judgeHealth(good, now)).toEqual({
            status: 'ok',
            down: [],
            database: 'ok',
            queue: good.queue,
            doorbell: { configured: true, awake_workers: 1, failing: false },
            sweep: good.sweep,
            set_aside: 4,
            channels: { active: 2, without_token: 1 },
        });
    });

    it('names no account: anybody may ask', () => {
        expect(JSON.stringify(judgeHealth(good, now))).not.toContain('10000000000000');
    });

    it.each<[string, Partial<HealthReport>]>([
        ['database', { database: 'read only' }],
        ['queue', { queue: { ...good.queue, oldest_due_ms: 60_001 } }],
        ['doorbell', { doorbell: { configured: false, awake_workers: 0, failures: 0 } }],
        ['doorbell', { doorbell: { ...good.doorbell, last_error: 'HTTP 401', failures: 3 } }],
        ['sweep', { sweep: { scheduled: false, last_run_at: '2026-11-20T08:59:59+00:00' } }],
        ['sweep', { sweep: { scheduled: true, last_run_at: null } }],
        ['sweep', { sweep: { scheduled: true, last_run_at: '2026-11-20T08:58:59+00:00' } }],
    ])('names %s when it is down: %j', (name, part) => {
        expect(judgeHealth({ ...good, ...part }, now)).toMatchObject({ status: 'down', down: [name] });
    });

    it('gives a desk that has just started time for its first sweep', () => {
        const sweep = { scheduled: true, last_run_at: '2026-11-19T20:00:00+00:00', silent_ms: 3000 };
        expect(judgeHealth({ ...good, sweep }, now).status).toBe('ok');
        expect(judgeHealth({ ...good, sweep: { ...sweep, silent_ms: 61_000 } }, now).down).toEqual(['sweep']);
    });

    it('is fine with an empty queue and a bell that failed once', () => {
        const report = {
            ...good,
            queue: { ...good.queue, oldest_due_ms: null },
            doorbell: { configured: true, awake_workers: 0, last_error: 'timeout', failures: 1 },
        };
        expect(judgeHealth(report, now)).toMatchObject({ status: 'ok', doorbell: { failing: true } });
    });
});
