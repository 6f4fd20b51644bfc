import { z } from 'zod';
import { sameSecret, verifyHmacSha256 } from '../../secure-compare.ts';
import { type Channel, type Outgoing, type ReadMark, type SendResult, uncertainGraceMs } from '../channel.ts';
import { failedBeforeSending, postOnce } from '../network.ts';
import { sendBody } from './outgoing.ts';
import { parseWebhook } from './parse.ts';
import { judgeSendError, type Tried } from './send-errors.ts';

/** The WhatsApp Cloud API as a channel. Source: Meta's Cloud API reference, Graph API v26.0. */

export type WhatsAppOptions = {
    /** `https://graph.facebook.com`, or a simulator. */
    graphUrl: string;
    graphVersion: string;
    timeoutMs?: number;
};

/** After a 429 without Meta's own words. */
const overLimitMs = 30_000;

const sent = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

const refused = z.object({
    error: z.object({
        code: z.number(),
        message: z.string().default(''),
        error_data: z.object({ details: z.string() }).optional().catch(undefined),
        is_transient: z.boolean().optional().catch(undefined),
        fbtrace_id: z.string().optional().catch(undefined),
    }),
});

/** Creates the channel; nothing is sent and nothing is read from the environment here. */
export function createWhatsApp({ graphUrl, graphVersion, timeoutMs = 10_000 }: WhatsAppOptions): Channel {
    const post = (account: string, accessToken: string, body: unknown) => {
        const url = `${graphUrl}/${graphVersion}/${encodeURIComponent(account)}/messages`;
        return postOnce(url, { authorization: `Bearer ${accessToken}` }, body, timeoutMs);
    };

    async function send(message: Outgoing): Promise<SendResult> {
        try {
            const response = await post(message.account, message.accessToken, sendBody(message));
            return judge(response.status, await response.text(), message);
        } catch (error) {
            const detail = error instanceof Error ? error.name : 'unknown';
            if (failedBeforeSending(error))
                return { ok: false, action: 'retry', code: 'unreachable', detail };
            return uncertain('no_answer', detail);
        }
    }

    async function markRead({ account, accessToken, providerId, typing }: ReadMark): Promise<void> {
        const response = await post(account, accessToken, {
            messaging_product: 'whatsapp',
            status: 'read',
            message_id: providerId,
            ...(typing ? { typing_indicator: { type: 'text' } } : {}),
        });
        const error = refused.safeParse(readJson(await response.text())).data?.error;
        if (!response.ok)
            throw new Error(`Marking as read was refused with code ${error?.code ?? response.status}.`);
    }

    return {
        kind: 'whatsapp',
        verify: (rawBody, headers, secret) =>
            verifyHmacSha256(rawBody, headers.get('x-hub-signature-256'), secret),
        parse: parseWebhook,
        send,
        markRead,
    };
}

function judge(status: number, text: string, tried: Tried): SendResult {
    const body = readJson(text);
    const accepted = sent.safeParse(body).data?.messages[0];
    if (status === 200 && accepted) return { ok: true, providerId: accepted.id };
    const error = refused.safeParse(body).data?.error;
    if (error) {
        const detail = error.error_data?.details ?? error.message;
        const { code, is_transient: isTransient, fbtrace_id: traceId } = error;
        return {
            ok: false,
            ...judgeSendError({ code, message: detail, isTransient, traceId }, status, tried),
        };
    }
    // Without Meta's own words nobody knows how far the message came, unless the door was shut on it.
    const code = `http_${status}`;
    if (status === 429) return { ok: false, action: 'wait', code, detail: '', retryAfterMs: overLimitMs };
    if (status >= 400 && status < 500 && status !== 408)
        return { ok: false, action: 'refuse', code, detail: '' };
    return uncertain(code, 'unreadable answer');
}

function uncertain(code: string, detail: string): SendResult {
    return { ok: false, action: 'uncertain', code, detail, retryAfterMs: uncertainGraceMs };
}

function readJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The challenge to answer word for word when Meta verifies the callback URL, or null. */
export async function verificationChallenge(
    query: URLSearchParams,
    verifyToken: string,
): Promise<string | null> {
    const challenge = query.get('hub.challenge');
    if (query.get('hub.mode') !== 'subscribe' || challenge === null || !verifyToken) return null;
    return (await sameSecret(query.get('hub.verify_token') ?? '', verifyToken)) ? challenge : null;
}
