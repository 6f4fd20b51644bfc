import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';

afterEach(() => vi.useRealTimers());

describe('the clock of the machine', () => {
    it('tells the time', () => {
        vi.useFakeTimers({ now: Date.parse('2026-11-20T09:00:00Z') });
        expect(systemClock.now().toISOString()).toBe('2026-11-20T09:00:00.000Z');
    });

    it('sleeps as long as it is told', async () => {
        vi.useFakeTimers();
        const woken = vi.fn();
        void systemClock.sleep(100).then(woken);
        await vi.advanceTimersByTimeAsync(99);
        expect(woken).not.toHaveBeenCalled();
        await vi.advanceTimersByTimeAsync(1);
        expect(woken).toHaveBeenCalled();
    });

    it('wakes early when its signal aborts, and does not fall asleep when it has', async () => {
        vi.useFakeTimers();
        const controller = new AbortController();
        const sleep = systemClock.sleep(1000, controller.signal);
        controller.abort();
        await expect(sleep).resolves.toBeUndefined();
        await expect(systemClock.sleep(1000, controller.signal)).resolves.toBeUndefined();
        expect(vi.getTimerCount()).toBe(0);
    });
});
