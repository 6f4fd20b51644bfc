import type { HealthReport } from './desk/health.ts';

/** How long a due job may wait, and the sweep be silent, before something is broken. */
const overdueMs = 60_000;
const sweepSilentMs = 60_000;
/** So many bells in a row that nobody heard are a wrong address or token, not an accident. */
const deafAfter = 3;

export type Health = {
    status: 'ok' | 'down';
    down: string[];
    database?: string;
    queue?: HealthReport['queue'];
    doorbell?: { configured: boolean; awake_workers: number; failing: boolean };
    sweep?: HealthReport['sweep'];
    set_aside?: number;
    channels?: { active: number; without_token: number };
};

/**
 * Judges what the database reports. The answer is public, so it counts channels and never names one. A channel
 * without a token is one business's own trouble, not the desk's: it is shown, and not "down".
 */
export function judgeHealth(report: HealthReport, now: Date): Health {
    const { queue, doorbell, sweep } = report;
    const down: string[] = [];
    if (report.database !== 'ok') down.push('database');
    if ((queue.oldest_due_ms ?? 0) > overdueMs) down.push('queue');
    if (!doorbell.configured || doorbell.failures >= deafAfter) down.push('doorbell');
    const sweptAt = sweep.last_run_at ? Date.parse(sweep.last_run_at) : 0;
    const silentMs = sweep.silent_ms ?? now.getTime() - sweptAt;
    if (!sweep.scheduled || silentMs > sweepSilentMs) down.push('sweep');
    const active = report.channels.filter((channel) => channel.active);
    return {
        status: down.length > 0 ? 'down' : 'ok',
        down,
        database: report.database,
        queue,
        doorbell: {
            configured: doorbell.configured,
            awake_workers: doorbell.awake_workers,
            failing: Boolean(doorbell.last_error),
        },
        sweep,
        set_aside: report.set_aside,
        channels: {
            active: active.length,
            without_token: active.filter((channel) => !channel.has_token).length,
        },
    };
}
