import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Child, startChild } from './child.ts';
import { withClient } from './database.ts';
import { type Engine, emptyDataDir, prepareEngine, refugeFor } from './engine.ts';
import type { Guard } from './guard.ts';
import { inProject } from './paths.ts';
import { processCommand, waitForExit } from './process-identity.ts';

export interface Postgres {
    port: number;
    /** As the role that runs migrations: no superuser, as on Supabase. */
    url: string;
    /** As supabase_admin, the superuser. */
    adminUrl: string;
    /** True when this start made the database. */
    fresh: boolean;
    /** Settles when the server ended without being told to. */
    exited: Promise<string>;
    pid(): number;
    /** Ends the server by a signal (SIGINT: fast, SIGQUIT: immediate) and starts it on the same data. */
    restart(signal: NodeJS.Signals): Promise<void>;
    stop(): Promise<void>;
}

export interface PostgresOptions {
    platformDir: string;
    port: number;
    guard: Guard;
    /** False skips waiting for the disk: for tests, whose data no power cut can hurt. */
    durable: boolean;
}

const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/**
 * Boots the embedded Postgres 17 in `<platformDir>/postgres`, making it first when there is none: Supabase's
 * roles, schemas and helper functions, and the stand-in extensions. Listens on 127.0.0.1 only.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
    const engine = prepareEngine(options.platformDir);
    // Written last, so that a bootstrap that broke off is done again from the start.
    const mark = `${engine.home}/bootstrap`;
    const fresh = !existsSync(mark);
    if (fresh) {
        await initialise(engine);
    } else if (readFileSync(mark, 'utf8') !== bootstrapHash()) {
        throw new Error(
            'The local database was made by another version of the stand-ins; "npm run reset" clears the way.',
        );
    }
    let server = await startServer(engine, options);
    const urlOf = (role: string) => `postgresql://${role}:postgres@127.0.0.1:${options.port}/postgres`;
    try {
        await untilReady(urlOf('supabase_admin'), server, `${engine.home}/postgres.log`);
        if (fresh) {
            await bootstrap(urlOf('supabase_admin'));
            writeFileSync(mark, bootstrapHash());
        }
    } catch (error) {
        await server.stop();
        throw error;
    }
    let restarting = false;
    let report: (how: string) => void = () => {};
    const exited = new Promise<string>((resolve) => {
        report = resolve;
    });
    const watch = () => void server.exited.then((how) => restarting || report(how));
    watch();
    return {
        port: options.port,
        url: urlOf('postgres'),
        adminUrl: urlOf('supabase_admin'),
        fresh,
        exited,
        pid: () => server.pid,
        async restart(signal) {
            restarting = true;
            server.process.kill(signal);
            await server.exited;
            server = await startServer(engine, options);
            restarting = false;
            watch();
            await untilReady(urlOf('supabase_admin'), server, `${engine.home}/postgres.log`);
        },
        // SIGINT is Postgres' fast shutdown: it ends the sessions and leaves a clean data directory.
        stop: () => server.stop(20_000),
    };
}

async function initialise(engine: Engine): Promise<void> {
    emptyDataDir(engine);
    const args = ['-D', engine.dataDir, '-U', 'supabase_admin', '--no-sync', '--auth=trust', ...locale];
    await promisify(execFile)(engine.bin('initdb'), args, {
        cwd: engine.dataDir,
        env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
        ...engine.identity,
    }).catch((cause) => {
        throw new Error(`initdb failed: ${cause.stderr || cause.message}`, { cause });
    });
}

function startServer(engine: Engine, options: PostgresOptions): Promise<Child> {
    const settings: Record<string, string> = {
        listen_addresses: '127.0.0.1',
        port: String(options.port),
        // No socket file: it would need a folder with a short path that two users share.
        unix_socket_directories: '',
        // Races are run with a connection for each of 200 racers, beside those of the platform.
        max_connections: '300',
        wal_level: 'logical',
        max_wal_senders: '5',
        max_replication_slots: '5',
        // A slot left by a crash must not fill the disk.
        max_slot_wal_keep_size: '1GB',
        timezone: 'UTC',
        log_timezone: 'UTC',
        jit: 'off',
        fsync: options.durable ? 'on' : 'off',
        full_page_writes: options.durable ? 'on' : 'off',
        log_line_prefix: '%m [%p] %q%u ',
    };
    const log = openSync(`${engine.home}/postgres.log`, 'w', 0o600);
    return startChild({
        name: 'Postgres',
        command: engine.bin('postgres'),
        args: ['-D', engine.dataDir, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
        env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
        cwd: engine.dataDir,
        identity: engine.identity,
        guard: options.guard,
        stopSignal: 'INT',
        stdio: ['ignore', log, log],
    }).finally(() => closeSync(log));
}

async function untilReady(url: string, server: Child, logFile: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
        try {
            return await withClient(url, async () => {});
        } catch (cause) {
            if (server.ended() || Date.now() > deadline) {
                const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n');
                throw new Error(`Postgres did not start:\n${tail}`, { cause });
            }
            await new Promise((resolve) => setTimeout(resolve, 25));
        }
    }
}

async function bootstrap(adminUrl: string): Promise<void> {
    await withClient(adminUrl, async (client) => {
        for (const file of bootstrapFiles()) {
            await client.query(readFileSync(file, 'utf8'));
        }
    });
}

function bootstrapFiles(): string[] {
    const folder = inProject('scripts/local/sql');
    return readdirSync(folder)
        .sort()
        .map((name) => `${folder}/${name}`);
}

function bootstrapHash(): string {
    const hash = createHash('sha256');
    const extensions = inProject('scripts/local/extensions');
    for (const file of [
        ...bootstrapFiles(),
        ...readdirSync(extensions).map((name) => `${extensions}/${name}`),
    ]) {
        hash.update(readFileSync(file));
    }
    return hash.digest('hex');
}

/**
 * Shuts down, in good order, a Postgres that a crash of ours left running on the data of this platform. The caller
 * holds the claim on `platformDir`, so nobody is using it.
 */
export async function stopOrphan(platformDir: string): Promise<void> {
    for (const home of [platformDir, refugeFor(platformDir)]) {
        await stopServerOf(`${home}/postgres`);
    }
}

async function stopServerOf(dataDir: string): Promise<void> {
    const pidFile = `${dataDir}/postmaster.pid`;
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
    if (!pid || !processCommand(pid)?.includes(dataDir)) {
        return;
    }
    process.kill(pid, 'SIGINT');
    if (!(await waitForExit(pid, 20_000))) {
        throw new Error(`An earlier Postgres (process ${pid}) still runs in ${dataDir} and does not stop.`);
    }
}
