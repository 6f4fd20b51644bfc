import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionsRuntime, startFunctions } from '../../scripts/local/functions.ts';
import { type Guard, startGuard } from '../../scripts/local/guard.ts';
import { inProject } from '../../scripts/local/paths.ts';
import { eventually } from './clients.ts';

let folder: string;
let guard: Guard;
let runtime: FunctionsRuntime;
const printed: string[] = [];

beforeAll(async () => {
    folder = mkdtempSync(`${tmpdir()}/frostdesk-functions-`);
    guard = startGuard();
    const entrypoint = inProject('tests/platform/echo-function.ts');
    runtime = await startFunctions({
        functions: [
            { name: 'echo', entrypoint, verifyJwt: false },
            { name: 'broken', entrypoint: inProject('tests/platform/no-such-file.ts'), verifyJwt: false },
        ],
        env: { SUPABASE_URL: 'http://127.0.0.1:54321' },
        cacheDir: `${folder}/deno`,
        logFile: `${folder}/functions.log`,
        guard,
        log: () => {},
        onLine: (line) => printed.push(line),
    });
});

afterAll(async () => {
    await runtime.stop();
    await guard.release();
    rmSync(folder, { recursive: true, force: true });
});

const call = async (path: string, init?: RequestInit) => fetch(`${await runtime.url()}${path}`, init);

describe('the functions runtime', () => {
    it('shows a function its path, its body and only the environment that it was given', async () => {
        const answer = await call('/echo/whatsapp?x=1', { method: 'POST', body: 'hello' });
        const { pathname, body, env } = await answer.json();
        expect({ pathname, body }).toEqual({ pathname: '/echo/whatsapp', body: 'hello' });
        expect(env.SUPABASE_URL).toBe('http://127.0.0.1:54321');
        expect(env).not.toHaveProperty('HOME');
    });

    it('answers at once and lets waitUntil work on, failures included', async () => {
        expect((await call('/echo/later')).status).toBe(202);
        await eventually(async () => (printed.includes('worked on') ? true : undefined));
        expect(printed.join('\n')).toContain('failed in the background');
        expect((await call('/echo')).status).toBe(200);
    });

    it('answers 500 for a function that throws, 503 for one that does not load, 404 for none', async () => {
        expect((await call('/echo/throw')).status).toBe(500);
        expect((await call('/broken')).status).toBe(503);
        expect((await call('/nobody')).status).toBe(404);
    });

    it('is there again after it was killed', async () => {
        const before = await runtime.url();
        runtime.kill();
        await eventually(async () => ((await runtime.url()) === before ? undefined : true));
        expect((await call('/echo')).status).toBe(200);
    });
});
