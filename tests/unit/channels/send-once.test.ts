import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('sends once in Deno too, where a fetch over a kept-alive connection that breaks is silently repeated', async () => {
    const accepted: string[] = [];
    const server = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => {
            body += chunk;
        });
        request.on('end', () => {
            accepted.push(JSON.parse(body).text.body);
            // The second is accepted like the first, but its answer never leaves.
            if (accepted.length > 1) return request.socket.destroy();
            response.setHeader('content-type', 'application/json');
            response.end(JSON.stringify({ messages: [{ id: 'wamid.OUT1' }] }));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const options = ['run', '--quiet', '--no-check', '--allow-net', '--allow-env', '--allow-read'];
    const { stdout } = await promisify(execFile)('node_modules/.bin/deno', [
        ...options,
        '--node-modules-dir=manual',
        '--cached-only',
        'tests/unit/channels/two-sends.ts',
        `http://127.0.0.1:${port}`,
    ]);
    server.close();
    expect(accepted).toEqual(['one', 'two']);
    expect(JSON.parse(stdout)).toMatchObject([
        { ok: true, providerId: 'wamid.OUT1' },
        { ok: false, action: 'uncertain', code: 'no_answer' },
    ]);
}, 20_000);
