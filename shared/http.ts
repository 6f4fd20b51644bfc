import { DeskError, errorCode } from './errors.ts';
import type { Log } from './log.ts';

/** What the doorways of the Edge Functions share: paths, bounded bodies, and answers. */

/**
 * The path behind the function's own name, without slashes at its ends: `whatsapp` for
 * `/functions/v1/inbound/whatsapp` as well as for `/inbound/whatsapp`, which is what the hosted runtime passes
 * on. Null when the request is for another function.
 */
export function pathWithin(functionName: string, request: Request): string | null {
    const path = new URL(request.url).pathname.replace(/^\/functions\/v1(?=\/)/, '');
    const [, name, ...rest] = path.split('/');
    return name === functionName ? rest.join('/').replace(/\/+$/, '') : null;
}

/** Somebody sent more than we read. */
export class BodyTooLarge extends Error {
    override readonly name = 'BodyTooLarge';
}

/**
 * Reads the raw body once, and never more than `limit` bytes of it, whatever `content-length` says.
 * Throws BodyTooLarge.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
    if (Number(request.headers.get('content-length') ?? 0) > limit) throw new BodyTooLarge();
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = request.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        size += part.value.byteLength;
        if (size > limit) {
            await reader?.cancel();
            throw new BodyTooLarge();
        }
        chunks.push(part.value);
    }
    const body = new Uint8Array(size);
    let offset = 0;
    for (const chunk of chunks) {
        body.set(chunk, offset);
        offset += chunk.byteLength;
    }
    return body;
}

/** An answer that is not a success: a word of ours for programs and a sentence for people. */
export function refusal(status: number, code: string, message: string, headers?: HeadersInit): Response {
    return Response.json({ error: code, message }, { status, ...(headers ? { headers } : {}) });
}

export const notFound = () => refusal(404, 'not_found', 'There is nothing at this address.');

export function methodNotAllowed(allow: string): Response {
    return refusal(405, 'method_not_allowed', `Only ${allow} is possible here.`, { allow });
}

/** Anything thrown becomes a logged 500 that tells nothing of the inside. */
export async function orServerError(log: Log, answer: () => Promise<Response>): Promise<Response> {
    try {
        return await answer();
    } catch (error) {
        log.error('request failed', error, { code: errorCode(error) });
        const message = error instanceof DeskError ? error.message : 'Something went wrong on our side.';
        return refusal(500, error instanceof DeskError ? error.code : 'internal', message);
    }
}
