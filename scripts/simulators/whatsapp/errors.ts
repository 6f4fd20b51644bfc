import { randomBytes } from 'node:crypto';
import type { Answer } from '../serve.ts';

/** How the simulator was asked to refuse, or why it refuses by itself. */
export interface Refusal {
    code: number;
    httpStatus?: number | undefined;
    subcode?: number | undefined;
    message?: string | undefined;
    /** Given: the WhatsApp shape with `error_data`. Absent: the bare Graph shape, as for tokens and paths. */
    details?: string | undefined;
    type?: string | undefined;
    retryAfterSec?: number | undefined;
}

interface Known {
    message: string;
    httpStatus: number;
    details?: string;
    subcode?: number;
    transient?: boolean;
}

/** Meta's words for the codes a desk has to tell apart (facts: error codes of the Cloud API, 2026). */
const known: Record<number, Known> = {
    1: { message: 'API Unknown', httpStatus: 500, transient: true },
    2: { message: 'Service temporarily unavailable', httpStatus: 503, transient: true },
    4: { message: '(#4) Application request limit reached', httpStatus: 400, transient: true },
    10: { message: '(#10) Application does not have permission for this action', httpStatus: 403 },
    33: { message: 'Parameter value is not valid', httpStatus: 400 },
    100: { message: '(#100) Invalid parameter', httpStatus: 400 },
    190: {
        message: 'Error validating access token: Session has expired.',
        httpStatus: 401,
        subcode: 463,
    },
    368: {
        message: 'Temporarily blocked for policies violations',
        httpStatus: 403,
        details: 'Policy violation.',
    },
    80007: { message: '(#80007) Rate limit issues', httpStatus: 400, transient: true },
    130403: { message: '(#130403) User is blocked', httpStatus: 400, details: 'You blocked this user.' },
    130429: {
        message: '(#130429) Rate limit hit',
        httpStatus: 400,
        details: 'Message failed to send because there were too many messages sent from this phone number.',
    },
    130472: {
        message: "(#130472) User's number is part of an experiment",
        httpStatus: 400,
        details: 'Experiment.',
    },
    131000: { message: '(#131000) Something went wrong', httpStatus: 500, details: 'Unknown error.' },
    131016: {
        message: '(#131016) Service unavailable',
        httpStatus: 503,
        details: 'Temporarily unavailable.',
    },
    131021: { message: '(#131021) Recipient cannot be sender', httpStatus: 400, details: 'Same number.' },
    131026: {
        message: '(#131026) Message undeliverable',
        httpStatus: 400,
        details: 'Message Undeliverable.',
    },
    131031: { message: '(#131031) Account has been locked', httpStatus: 403, details: 'Account locked.' },
    131042: {
        message: '(#131042) Business eligibility payment issue',
        httpStatus: 400,
        details: 'Payment problem.',
    },
    131047: {
        message: '(#131047) Re-engagement message',
        httpStatus: 400,
        details: 'More than 24 hours have passed since the customer last replied to this number.',
    },
    131048: {
        message: '(#131048) Spam rate limit hit',
        httpStatus: 400,
        details: 'Too many were blocked as spam.',
    },
    131049: {
        message: '(#131049) Not delivered to maintain ecosystem',
        httpStatus: 400,
        details: 'Not sent.',
    },
    131051: { message: '(#131051) Unsupported message type', httpStatus: 400, details: 'Unsupported type.' },
    131056: {
        message: '(#131056) (Business Account, Consumer Account) pair rate limit hit',
        httpStatus: 400,
        details: 'Too many messages sent from this phone number to the same phone number in a short time.',
        subcode: 2494055,
    },
    131057: { message: '(#131057) Account in maintenance mode', httpStatus: 503, details: 'Maintenance.' },
    132001: {
        message: '(#132001) Template name does not exist',
        httpStatus: 404,
        details: 'Unknown template.',
    },
    132000: {
        message: '(#132000) Number of parameters does not match',
        httpStatus: 400,
        details: 'Parameters.',
    },
    132015: { message: '(#132015) Template is paused', httpStatus: 400, details: 'Template paused.' },
    133016: {
        message: '(#133016) Account register deregister rate limit',
        httpStatus: 400,
        details: 'Wait.',
    },
};

/** What a failed status says of a code. */
export function statusErrorOf(code: number): { code: number; title: string; details: string } {
    const entry = known[code];
    const title = (entry?.message ?? 'Message failed').replace(/^\(#\d+\) /, '');
    return { code, title, details: entry?.details ?? `${title}.` };
}

/**
 * Meta's error answer in one of its two shapes: Graph's own (no `error_data`) for tokens, paths and overload,
 * WhatsApp's (with `error_data.details`) for anything about the message.
 */
export function refusalAnswer(refusal: Refusal): Answer {
    const entry = known[refusal.code];
    const details = refusal.details ?? (refusal.message === undefined ? entry?.details : undefined);
    const subcode = refusal.subcode ?? entry?.subcode;
    return {
        status: refusal.httpStatus ?? entry?.httpStatus ?? 400,
        ...(refusal.retryAfterSec === undefined
            ? {}
            : { headers: { 'retry-after': String(refusal.retryAfterSec) } }),
        json: {
            error: {
                message: refusal.message ?? entry?.message ?? `(#${refusal.code}) Error`,
                type: refusal.type ?? 'OAuthException',
                code: refusal.code,
                ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
                ...(subcode === undefined ? {} : { error_subcode: subcode }),
                ...(entry?.transient === undefined ? {} : { is_transient: entry.transient }),
                fbtrace_id: `A${randomBytes(12).toString('base64url')}`,
            },
        },
    };
}
