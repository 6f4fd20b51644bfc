import { describe, expect, it } from 'vitest';
import { judgeSendError, sendErrorRules } from '../../../shared/channels/whatsapp/send-errors.ts';

const judge = (code: number, { status = 400, attempt = 1, waits = 0, isTransient = false } = {}) =>
    judgeSendError({ code, message: 'words', isTransient }, status, { attempt, waits });

describe('what a code of Meta asks for', () => {
    it.each([
        [190, { action: 'refuse', alert: true }],
        [10, { action: 'refuse', alert: true }],
        [250, { action: 'refuse', alert: true }],
        [131005, { action: 'refuse', alert: true }],
        [368, { action: 'refuse', alert: true }],
        [131031, { action: 'refuse', alert: true }],
        [131048, { action: 'refuse', alert: true }],
        [131042, { action: 'refuse', alert: true }],
        [33, { action: 'refuse', alert: true }],
        [1, { action: 'retry' }],
        [131000, { action: 'retry' }],
        [131016, { action: 'retry' }],
        [4, { action: 'wait', retryAfterMs: 60_000 }],
        [80007, { action: 'wait', retryAfterMs: 60_000 }],
        [131057, { action: 'wait', retryAfterMs: 60_000 }],
        [130429, { action: 'wait', retryAfterMs: 2000 }],
        [131056, { action: 'wait', retryAfterMs: 1000 }],
        [131047, { action: 'refuse' }],
        [131026, { action: 'refuse' }],
        [131049, { action: 'refuse' }],
        [100, { action: 'refuse' }],
        [131051, { action: 'refuse' }],
        [132015, { action: 'refuse' }],
        [131062, { action: 'refuse' }],
    ])('%i', (code, expected) => {
        expect(judge(code)).toEqual({ code: String(code), detail: 'words', ...expected });
    });

    it('waits four times longer for one recipient each time, up to four minutes', () => {
        const waits = [0, 1, 2, 3, 4, 9].map((waits) => judge(131056, { waits }).retryAfterMs);
        expect(waits).toEqual([1000, 4000, 16_000, 64_000, 256_000, 256_000]);
    });

    it('tries the vague 135000 once more and no further', () => {
        expect([1, 2].map((attempt) => judge(135000, { attempt }).action)).toEqual(['retry', 'refuse']);
    });

    it('does not depend on the HTTP status, which Meta changes at will', () => {
        expect(judge(131056, { status: 429 })).toEqual(judge(131056, { status: 400 }));
        expect(judge(190, { status: 500 }).action).toBe('refuse');
    });

    it('falls back on status and is_transient for codes newer than the table', () => {
        expect(judge(139999)).toMatchObject({ action: 'refuse' });
        expect(judge(139999, { isTransient: true })).toMatchObject({ action: 'retry' });
        expect(judge(139999, { status: 503 })).toMatchObject({ action: 'retry' });
        expect(judge(139999, { status: 429 })).toMatchObject({ action: 'wait', retryAfterMs: 60_000 });
    });

    it('is said once for each code, and waiting always says how long', () => {
        const codes = sendErrorRules.flatMap((rule) => rule.codes);
        const single = codes.filter((code) => typeof code === 'number');
        expect(new Set(single).size).toBe(single.length);
        for (const code of single) {
            for (const [first, last] of codes.filter((range) => typeof range !== 'number')) {
                expect(code < first || code > last, String(code)).toBe(true);
            }
        }
        for (const rule of sendErrorRules) expect(rule.waitMs !== undefined).toBe(rule.action === 'wait');
    });
});
