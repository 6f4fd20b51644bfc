import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataDirectory, functionsEnvironment } from '../../scripts/local/local-env.ts';
import { freePort, readPorts } from '../../scripts/local/ports.ts';
import { processCommand } from '../../scripts/local/process-identity.ts';
import { claimDataDir } from '../../scripts/local/run-lock.ts';
import { eventually, sql } from './clients.ts';
import { alive, descendants, runScript, type Script } from './processes.ts';

let dataDir: string;
let env: Record<string, string>;
let databaseUrl: string;
let started: Script[];

beforeEach(async () => {
    dataDir = mkdtempSync(`${tmpdir()}/frostdesk-start-`);
    const [gateway, postgres, web, vendors] = await Promise.all([0, 1, 2, 3].map(freePort));
    databaseUrl = `postgresql://postgres:postgres@127.0.0.1:${postgres}/postgres`;
    env = {
        FROSTDESK_DATA_DIR: dataDir,
        FROSTDESK_GATEWAY_PORT: String(gateway),
        FROSTDESK_POSTGRES_PORT: String(postgres),
        FROSTDESK_WEB_PORT: String(web),
        FROSTDESK_VENDORS_PORT: String(vendors),
    };
    started = [];
});

afterEach(async () => {
    for (const script of started) {
        script.process.kill('SIGTERM');
        await script.exited;
    }
    rmSync(dataDir, { recursive: true, force: true });
});

function start(changes: Record<string, string> = {}): Script {
    const script = runScript('start', { ...env, ...changes });
    started.push(script);
    return script;
}

async function ready(): Promise<{ script: Script; processes: number[] }> {
    const script = start();
    await script.says('Demo login');
    return { script, processes: descendants(script.pid) };
}

const noneAlive = (pids: number[]) =>
    eventually(async () => (alive(pids).length === 0 ? true : undefined), 10_000);

const businesses = () => sql('select name from public.businesses', [], databaseUrl);

// Whole starts, several of them, perhaps on a busy machine.
describe('npm start', { timeout: 90_000 }, () => {
    it('stops every process on SIGTERM, and the next start finds the data', async () => {
        const first = await ready();
        expect(first.script.output()).toContain(`http://127.0.0.1:${env.FROSTDESK_GATEWAY_PORT}`);
        expect(first.processes.length).toBeGreaterThanOrEqual(3);
        await sql("update public.businesses set name = 'Renamed by a test'", [], databaseUrl);
        first.script.process.kill('SIGTERM');
        expect(await first.script.exited).toBe(0);
        expect(alive(first.processes)).toEqual([]);

        const second = await ready();
        expect(await businesses()).toEqual([{ name: 'Renamed by a test' }]);
        const reset = runScript('reset', env);
        expect(await reset.exited).toBe(1);
        expect(reset.errors()).toContain(
            `FrostDesk is running (process ${second.script.pid}); stop it first`,
        );
        second.script.process.kill('SIGINT');
        expect(await second.script.exited).toBe(0);
        expect(alive(second.processes)).toEqual([]);
    });

    it('leaves nothing running when it is killed or Postgres is, and starts again all the same', async () => {
        const first = await ready();
        first.script.process.kill('SIGKILL');
        await first.script.exited;
        await noneAlive(first.processes);

        const second = await ready();
        expect(await businesses()).toHaveLength(1);
        // A crash of one session makes Postgres start over, and everything connect again.
        const [worker] = await sql(
            "select pid from pg_stat_activity where application_name like 'pg_net%'",
            [],
            databaseUrl,
        );
        process.kill(worker.pid, 'SIGKILL');
        const url = `http://127.0.0.1:${env.FROSTDESK_GATEWAY_PORT}/auth/v1/health`;
        const { id } = await eventually(() =>
            sql('select net.http_get($1) as id', [url], databaseUrl)
                .then(([row]) => row)
                .catch(() => undefined),
        );
        await eventually(async () => {
            const answer = 'select from net._http_response where id = $1 and status_code = 200';
            return (await sql(answer, [id], databaseUrl).catch(() => []))[0];
        });

        const postgres = second.processes.find((pid) =>
            processCommand(pid)?.includes(`${dataDir}/postgres -c`),
        );
        process.kill(postgres ?? 0, 'SIGKILL');
        expect(await second.script.exited).toBe(1);
        expect(second.script.errors()).toContain('Postgres ended (ended by SIGKILL); stopping the rest.');
        await noneAlive(second.processes);
    });

    it('leaves nothing running when it is stopped half way', async () => {
        const script = start();
        await script.says('Migrations');
        const processes = descendants(script.pid);
        script.process.kill('SIGTERM');
        await script.exited;
        expect(processes.length).toBeGreaterThan(0);
        expect(alive(processes)).toEqual([]);
    });
});

describe('a start that cannot be', () => {
    it('names a taken port in one line, with the way out', async () => {
        const server = createServer();
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const address = server.address();
        const port = typeof address === 'object' && address ? address.port : 0;
        const script = start({ FROSTDESK_GATEWAY_PORT: String(port) });
        expect(await script.exited).toBe(1);
        expect(script.errors().trim().split('\n')).toHaveLength(1);
        expect(script.errors()).toMatch(new RegExp(`Port ${port} .* FROSTDESK_GATEWAY_PORT=<port>`));
        server.close();
    });

    it('names a variable that is wrong and says what it should be, without a stack', async () => {
        const script = start({ FROSTDESK_BRAIN: 'mine' });
        expect(await script.exited).toBe(1);
        expect(script.errors()).toMatch(/FROSTDESK_BRAIN must be "openai"/);
        expect(script.errors()).not.toContain('    at ');
    });

    it.each([
        ['META_APP_SECRET', 'short'],
        ['META_GRAPH_URL', 'http://graph.example'],
        ['FROSTDESK_BELL_TOKEN', 'too short'],
    ])('would not take "%s" as %s', (name, value) => {
        const simulators = 'http://127.0.0.1:54330';
        expect(() => functionsEnvironment({ [name]: value }, simulators)).toThrow(`${name} must be`);
        expect(functionsEnvironment({ [name]: '' }, simulators)).toBeTruthy();
    });

    it('takes ports from 1 to 65535 and nothing else', () => {
        expect(() => readPorts({ FROSTDESK_GATEWAY_PORT: '54322' })).toThrow(
            'FROSTDESK_GATEWAY_PORT and FROSTDESK_POSTGRES_PORT must be two different ports',
        );
        expect(() => dataDirectory({ FROSTDESK_DATA_DIR: '/proc/nope' })).toThrow('FROSTDESK_DATA_DIR');
        expect(() => dataDirectory({ FROSTDESK_DATA_DIR: 'README.md' })).toThrow('FROSTDESK_DATA_DIR');
        expect(readPorts({ FROSTDESK_WEB_PORT: ' 8080 ' }).web).toBe(8080);
        for (const port of ['0', '65536', '80.5', 'ninety']) {
            expect(() => readPorts({ FROSTDESK_WEB_PORT: port })).toThrow(
                'FROSTDESK_WEB_PORT must be a port',
            );
        }
    });

    it('does not share a data directory', () => {
        const release = claimDataDir(dataDir);
        expect(() => claimDataDir(dataDir)).toThrow(`already (process ${process.pid})`);
        release();
        claimDataDir(dataDir)();
    });
});
