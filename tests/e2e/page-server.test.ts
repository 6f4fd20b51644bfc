import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Bubble } from '../../scripts/simulators/web/chat-view.ts';
import { startWeb, type Web } from '../../scripts/simulators/web.ts';

const platform = inject('platform');
let web: Web;
beforeAll(async () => {
    web = await startWeb({
        port: 0,
        simulatorUrl: platform.simulatorUrl,
        databaseUrl: platform.adminDatabaseUrl,
        log: () => undefined,
    });
});
afterAll(() => web.stop());

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${web.url}/simulator/api/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: web.url, ...headers },
        body: JSON.stringify(body),
    });
    return { status: response.status, json: await response.json() };
}

type Told = {
    event: string;
    data: { bubbles?: Bubble[]; conversation?: unknown; messages?: unknown[] } | null;
};

/** Server-sent events of an open page, one by one, until the reader stops asking. */
async function* stream(address: string, signal: AbortSignal): AsyncGenerator<Told> {
    const response = await fetch(`${web.url}/simulator/api/stream?with=${address}`, { signal });
    let rest = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        const parts = (rest + Buffer.from(chunk).toString('utf8')).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
            const [event, data] = part.split('\ndata: ');
            yield { event: event?.replace('event: ', '') ?? '', data: JSON.parse(data ?? 'null') };
        }
    }
}

describe('the page server', () => {
    it('serves the pages under a policy that lets nothing foreign and nothing inline in', async () => {
        for (const path of ['/', '/simulator', '/simulator/main.js', '/simulator/base.css']) {
            const response = await fetch(web.url + path);
            expect(response.status).toBe(200);
            expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
        }
        expect((await fetch(`${web.url}/simulator/..%2f..%2f..%2fpackage.json`)).status).toBe(404);
    });

    it('tells an open page what the phone shows and what the desk stored, as it changes', async () => {
        const { json: person } = await post('people', {
            phone: `+4177${randomInt(1e6, 1e7)}`,
            name: 'Pia Page',
        });
        const reader = new AbortController();
        const seen = { nobody: false, stored: false, replied: false };
        const events = stream(person.phone, reader.signal);
        try {
            for await (const { event, data } of events) {
                if (event === 'desk' && data === null && !seen.nobody) {
                    seen.nobody = true;
                    const message = { kind: 'text', body: 'When are you open?' };
                    expect(await post('messages', { from: person.phone, message })).toMatchObject({
                        status: 200,
                        json: { http_status: 200 },
                    });
                }
                if (event === 'desk' && data?.messages?.length === 2) seen.stored = true;
                if (event === 'chat' && data?.bubbles?.some(({ from }) => from === 'business'))
                    seen.replied = true;
                if (seen.stored && seen.replied) break;
            }
        } finally {
            reader.abort();
        }
        expect(seen).toEqual({ nobody: true, stored: true, replied: true });
    });

    it('refuses a page of another origin, and says what is wrong with a message', async () => {
        const message = { from: '+41790000001', message: { kind: 'text', body: '' } };
        expect((await post('messages', message, { origin: 'https://example.com' })).status).toBe(403);
        expect(await post('messages', message)).toMatchObject({
            status: 400,
            json: { error: expect.any(String) },
        });
    });
});
