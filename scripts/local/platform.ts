import { existsSync } from 'node:fs';
import { createAuthService } from './auth/service.ts';
import { startCronWorker } from './cron-worker.ts';
import { type FunctionsRuntime, startFunctions } from './functions.ts';
import { publishableKey, secretKey, startGateway } from './gateway.ts';
import { startGuard } from './guard.ts';
import { migrate } from './migrate.ts';
import { startNetWorker } from './net-worker.ts';
import { defaultPorts, type Ports, requireFreePorts } from './ports.ts';
import { startPostgres, stopOrphan } from './postgres.ts';
import { startPostgrest } from './postgrest.ts';
import { startRealtime } from './realtime/server.ts';
import { claimDataDir } from './run-lock.ts';
import { loadSigningKeys } from './signing-keys.ts';
import { readSupabaseConfig } from './supabase-config.ts';

export interface PlatformOptions {
    ports?: Partial<Ports>;
    /** Everything the platform keeps; made when it is not there. */
    dataDir: string;
    /** Variables for the functions, over those that Supabase sets. */
    env?: Record<string, string>;
    /** Progress, warnings and mails, a line each. */
    log: (line: string) => void;
    /** False leaves out Deno and the functions. */
    functions?: boolean;
    /** Where functions and database find the gateway when something stands in front of it; for tests. */
    publicUrl?: string;
    /** False trades safety in a power cut for speed; for tests. */
    durable?: boolean;
    /** Called for each line that the functions print; all go to functions.log. */
    onFunctionLine?: (line: string) => void;
    /** Aborting it stops a start half way. */
    signal?: AbortSignal;
}

export interface PlatformProcess {
    pid(): number;
    /** Ends it by a signal and starts it again; resolves when it is ready. */
    restart(signal: NodeJS.Signals): Promise<void>;
}

export interface Platform {
    ports: Ports;
    gatewayUrl: string;
    /** As the role postgres. */
    databaseUrl: string;
    /** As the superuser supabase_admin. */
    adminDatabaseUrl: string;
    publishableKey: string;
    secretKey: string;
    /** What the functions see. */
    env: Record<string, string>;
    /** Settles, with the reason, when a part that cannot be replaced has ended. */
    failed: Promise<string>;
    restartFunctions(): Promise<void>;
    /** SIGKILLs the functions' process; it is started again. */
    killFunctions(): void;
    /** The processes themselves, for tests that stop one in the middle of its work. */
    processes: Record<'postgres' | 'postgrest' | 'functions', PlatformProcess>;
    stop(): Promise<void>;
}

/**
 * Boots the embedded platform: real Postgres, PostgREST, Deno and Supabase CLI, and the stand-ins for the rest.
 * When any part fails to start, those that did are stopped before this throws.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
    const stops: (() => Promise<unknown> | unknown)[] = [];
    // The order of starting, backwards: nobody loses the ground under their feet.
    const stop = async () => {
        for (const stopPart of stops.splice(0).reverse()) {
            await Promise.resolve(stopPart()).catch((error) =>
                options.log(`While stopping: ${error.message}`),
            );
        }
    };
    try {
        return await start(options, stops, stop);
    } catch (error) {
        await stop();
        throw error;
    }
}

async function start(
    { dataDir, log, signal, ...options }: PlatformOptions,
    stops: (() => Promise<unknown> | unknown)[],
    stop: () => Promise<void>,
): Promise<Platform> {
    const ports = { ...defaultPorts, ...options.ports };
    const release = claimDataDir(dataDir);
    stops.push(release);
    // First, for it would hold our port.
    await stopOrphan(dataDir);
    await requireFreePorts(ports);
    const config = readSupabaseConfig();
    const keys = await loadSigningKeys(dataDir);
    const guard = startGuard();
    stops.push(() => guard.release());

    const gatewayUrl = `http://127.0.0.1:${ports.gateway}`;
    const publicUrl = options.publicUrl ?? gatewayUrl;
    const env: Record<string, string> = {
        FROSTDESK_BELL_TOKEN: keys.bellToken,
        ...options.env,
        SUPABASE_URL: publicUrl,
        SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: publishableKey }),
        SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey }),
        SUPABASE_JWKS: JSON.stringify(keys.jwks),
        SUPABASE_DB_URL: `postgresql://postgres:postgres@127.0.0.1:${ports.postgres}/postgres`,
    };

    log('Postgres ...');
    const durable = options.durable ?? true;
    const postgres = await startPostgres({ platformDir: dataDir, port: ports.postgres, guard, durable });
    stops.push(() => postgres.stop());
    signal?.throwIfAborted();

    // Deno needs no database to compile; it gets ready while the migrations run.
    const functionsStarting = options.functions === false ? undefined : bootFunctions();
    functionsStarting?.catch(() => {});

    log('Migrations ...');
    const vaultEnv: Record<string, string> = {
        ...env,
        FROSTDESK_FUNCTIONS_URL: `${publicUrl}/functions/v1`,
    };
    const vault = Object.fromEntries(
        Object.entries(config.vault).map(([name, variable]) => [name, vaultEnv[variable] ?? '']),
    );
    const migrating = migrate({
        databaseUrl: postgres.url,
        vault,
        env: Object.fromEntries(
            Object.values(config.vault).map((variable) => [variable, vaultEnv[variable] ?? '']),
        ),
        stateDir: `${dataDir}/cli`,
        guard,
        log: (line) => log(`  ${line}`),
    });
    await settleAll([migrating, functionsStarting]);
    const functions = await functionsStarting;
    signal?.throwIfAborted();

    log('Services ...');
    const [postgrest, realtime] = await settleAll([
        startPostgrest({ ...config, postgresPort: ports.postgres, keys, guard, log }).then((part) => {
            stops.push(() => part.stop());
            return part;
        }),
        startRealtime({ adminUrl: postgres.adminUrl, keys, log }).then((part) => {
            stops.push(() => part.stop());
            return part;
        }),
    ]);
    const auth = createAuthService({
        databaseUrl: `postgresql://supabase_auth_admin:postgres@127.0.0.1:${ports.postgres}/postgres`,
        keys,
        url: `${gatewayUrl}/auth/v1`,
        minimumPasswordLength: config.minimumPasswordLength,
        siteUrl: `http://127.0.0.1:${ports.web}`,
        sendMail: (to, subject, link) => log(`Mail to ${to}: ${subject}: ${link}`),
    });
    stops.push(() => auth.stop());
    const gateway = await startGateway({
        port: ports.gateway,
        keys,
        postgrestUrl: postgrest.url,
        auth,
        realtime,
        functions: functions && { runtime: functions, config: config.functions },
    });
    stops.push(() => gateway.stop());
    if (functions) {
        // Before the gateway, so that work in hand can still reach the database.
        stops.push(() => functions.stop());
    }
    const cron = await startCronWorker(postgres.adminUrl, log);
    stops.push(() => cron.stop());
    const net = await startNetWorker(postgres.adminUrl, log);
    stops.push(() => net.stop());
    signal?.throwIfAborted();

    return {
        ports,
        gatewayUrl,
        databaseUrl: postgres.url,
        adminDatabaseUrl: postgres.adminUrl,
        publishableKey,
        secretKey,
        env,
        failed: Promise.race([
            postgres.exited.then((how) => `Postgres ended (${how})`),
            postgrest.exited.then((how) => `PostgREST ended (${how})`),
        ]),
        restartFunctions: async () => functions?.restart(),
        killFunctions: () => functions?.kill(),
        processes: {
            postgres,
            postgrest,
            functions: {
                pid: () => functions?.pid() ?? 0,
                restart: async (signal) => functions?.restart(signal),
            },
        },
        stop,
    };

    async function bootFunctions(): Promise<FunctionsRuntime> {
        const runtime = await startFunctions({
            functions: config.functions.filter(({ entrypoint }) => existsSync(entrypoint)),
            env,
            cacheDir: `${dataDir}/deno`,
            logFile: `${dataDir}/functions.log`,
            guard,
            log,
            onLine: options.onFunctionLine,
        });
        stops.push(() => runtime.stop());
        return runtime;
    }
}

/** Like Promise.all, but it waits for all of them also when one fails, so that none is left half started. */
async function settleAll<T extends readonly unknown[]>(
    parts: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
    const outcomes = await Promise.allSettled(parts);
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) {
        throw failure.reason;
    }
    return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as never;
}
