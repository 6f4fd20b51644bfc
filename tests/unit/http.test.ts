import { describe, expect, it } from 'vitest';
import { DeskError } from '../../shared/errors.ts';
import { BodyTooLarge, orServerError, pathWithin, readBody } from '../../shared/http.ts';
import { recordingLog } from '../support/log-lines.ts';

const at = (path: string) => new Request(`http://127.0.0.1:54321${path}`);

describe('the path within a function', () => {
    it.each([
        ['/functions/v1/inbound/whatsapp', 'whatsapp'],
        ['/inbound/whatsapp', 'whatsapp'],
        ['/inbound/whatsapp/', 'whatsapp'],
        ['/inbound/whatsapp?hub.mode=subscribe', 'whatsapp'],
        ['/inbound', ''],
        ['/inbound/', ''],
        ['/inbound/a/b', 'a/b'],
        ['/inboundx/whatsapp', null],
        ['/functions/v1/reply', null],
        ['/', null],
    ])('of %s is %j', (path, expected) => {
        expect(pathWithin('inbound', at(path))).toBe(expected);
    });
});

/** A request whose body comes in the given pieces, and counts how many were taken. */
function streamed(pieces: number[], headers: Record<string, string> = {}) {
    const taken = { pieces: 0, cancelled: false };
    const body = new ReadableStream<Uint8Array>({
        pull(controller) {
            const size = pieces[taken.pieces];
            if (size === undefined) return controller.close();
            taken.pieces += 1;
            controller.enqueue(new Uint8Array(size).fill(97));
        },
        cancel: () => {
            taken.cancelled = true;
        },
    });
    const init = { method: 'POST', body, headers, duplex: 'half' };
    return { request: new Request('http://127.0.0.1/inbound', init as RequestInit), taken };
}

describe('a body', () => {
    it('is read whole, in one piece, up to its limit', async () => {
        const { request } = streamed([3, 4, 3]);
        expect((await readBody(request, 10)).byteLength).toBe(10);
        expect((await readBody(new Request('http://127.0.0.1/', { method: 'POST' }), 10)).byteLength).toBe(0);
    });

    it('that says it is too large is not read at all', async () => {
        const { request, taken } = streamed([3, 3], { 'content-length': '11' });
        await expect(readBody(request, 10)).rejects.toThrow(BodyTooLarge);
        // The stream itself fetches its first piece in advance.
        expect(taken.pieces).toBeLessThan(2);
    });

    it('that lies about its length is dropped as soon as it is too large', async () => {
        const { request, taken } = streamed(Array(100).fill(4), { 'content-length': '4' });
        await expect(readBody(request, 10)).rejects.toThrow(BodyTooLarge);
        expect(taken.cancelled).toBe(true);
        expect(taken.pieces).toBeLessThan(6);
    });
});

describe('an exception', () => {
    it('becomes a 500 without a word of the inside, and a line in the log', async () => {
        const { log, lines } = recordingLog();
        const response = await orServerError(log, async () => {
            throw new Error('relation "messages" does not exist');
        });
        expect(response.status).toBe(500);
        expect(await response.json()).toEqual({
            error: 'internal',
            message: 'Something went wrong on our side.',
        });
        expect(lines[0]).toMatchObject({ level: 'error', event: 'request failed' });
    });

    it('of the desk says its code and its sentence, still as a 500 so that the provider comes again', async () => {
        const response = await orServerError(recordingLog().log, async () => {
            throw new DeskError('database_unreachable', 503, 'The database cannot be reached.');
        });
        expect(response.status).toBe(500);
        expect(await response.json()).toMatchObject({ error: 'database_unreachable' });
    });
});
