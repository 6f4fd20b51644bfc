import type { SendFailure } from '../channel.ts';

/**
 * What each error code of the WhatsApp Cloud API asks of the sender. Branch on the code alone: Meta has used
 * different HTTP statuses and titles for one code. Source: Meta's page "Cloud API error codes" (2026).
 */

type Rule = {
    /** Codes, or [first, last] of a range. */
    codes: readonly (number | readonly [number, number])[];
    action: SendFailure['action'];
    /** How long to wait after so many waits before; only with `wait`. */
    waitMs?: (waits: number) => number;
    /** The account is broken or restricted: every further send would fail too. */
    alert?: true;
    means: string;
};

const minute = 60_000;

export const sendErrorRules: readonly Rule[] = [
    {
        codes: [0, 3, 10, 190, [200, 299], 131005],
        action: 'refuse',
        alert: true,
        means: 'token expired or permission missing',
    },
    {
        codes: [33, 131037, 131045, 133010],
        action: 'refuse',
        alert: true,
        means: 'number not registered or gone',
    },
    { codes: [368, 131031, 130497], action: 'refuse', alert: true, means: 'blocked or locked by policy' },
    { codes: [131048, 131064], action: 'refuse', alert: true, means: 'number restricted for quality' },
    { codes: [131042], action: 'refuse', alert: true, means: 'payment method missing' },
    { codes: [1, 2, 131000, 131016, 133004], action: 'retry', means: 'temporary trouble at Meta' },
    {
        codes: [4, 80007, 131057, 133016],
        action: 'wait',
        waitMs: () => minute,
        means: 'app limit or maintenance',
    },
    {
        codes: [130429],
        action: 'wait',
        // The database lets the whole number rest, and longer each time.
        waitMs: () => 2000,
        means: 'number over its throughput',
    },
    // Meta's own advice for one recipient: 4^X seconds, X from 0; four minutes pay back more than half a burst.
    {
        codes: [131056],
        action: 'wait',
        waitMs: (waits) => 1000 * 4 ** Math.min(waits, 4),
        means: 'pair rate limit',
    },
    { codes: [131047], action: 'refuse', means: 'more than 24 hours since the customer wrote' },
    {
        codes: [131026, 131030, 131021, 131062],
        action: 'refuse',
        means: 'recipient cannot be reached this way',
    },
    {
        codes: [130403, 130472, 131049, 131050, 131063],
        action: 'refuse',
        means: 'recipient must not be written to',
    },
    { codes: [100, 131008, 131009, 131051, 131052, 131053], action: 'refuse', means: 'the request is wrong' },
    { codes: [[132000, 132099]], action: 'refuse', means: 'template problem' },
    { codes: [135000], action: 'retry', means: 'generic, often a parameter; once more and no further' },
];

/** Codes that are worth one more try and no more. */
const onceMore = new Set([135000]);

export type MetaError = {
    code: number;
    message: string;
    isTransient?: boolean | undefined;
    traceId?: string | undefined;
};

/** Which try it was (from 1), and how often a limit has put it off before. */
export type Tried = { attempt: number; waits: number };

/** What to do about an error that Meta answered to a send. */
export function judgeSendError(error: MetaError, httpStatus: number, { attempt, waits }: Tried): SendFailure {
    const told = {
        code: String(error.code),
        detail: error.message,
        ...(error.traceId ? { traceId: error.traceId } : {}),
    };
    const rule = ruleFor(error.code);
    if (!rule) return { ...told, ...judgeStatus(httpStatus, error.isTransient) };
    if (onceMore.has(error.code) && attempt > 1) return { ...told, action: 'refuse' };
    return {
        ...told,
        action: rule.action,
        ...(rule.waitMs ? { retryAfterMs: rule.waitMs(waits) } : {}),
        ...(rule.alert ? { alert: true } : {}),
    };
}

/** True when every further send would fail too, until somebody has looked after the account. */
export function needsAttention(code: number): boolean {
    return ruleFor(code)?.alert ?? false;
}

function ruleFor(code: number): Rule | undefined {
    return sendErrorRules.find((rule) => rule.codes.some((codes) => covers(codes, code)));
}

/** For codes newer than the table, and for answers without a code. */
function judgeStatus(status: number, isTransient = false): Pick<SendFailure, 'action' | 'retryAfterMs'> {
    if (status === 429) return { action: 'wait', retryAfterMs: minute };
    return { action: status >= 500 || isTransient ? 'retry' : 'refuse' };
}

function covers(codes: number | readonly [number, number], code: number): boolean {
    return typeof codes === 'number' ? codes === code : codes[0] <= code && code <= codes[1];
}
