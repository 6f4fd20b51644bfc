import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type pg from 'pg';
import { openPool } from '../../../scripts/local/database.ts';
import { functionsEnvironment } from '../../../scripts/local/local-env.ts';
import { type Platform, startPlatform } from '../../../scripts/local/platform.ts';
import { freePort, type Ports } from '../../../scripts/local/ports.ts';
import { simulatorApiKey } from '../../../scripts/simulators/openai/server.ts';
import { startVendorSimulators, type VendorSimulators } from '../../../scripts/simulators/vendors.ts';
import { installObservers } from './observers.ts';
import { Wire } from './wire.ts';

type ProcessName = keyof Platform['processes'];

/** The whole desk in a place of its own, with every line between its parts in our hands. */
export interface Lab {
    platform: Platform;
    wire: Wire;
    vendors: VendorSimulators;
    pool: pg.Pool;
    /** The end of what the functions and the platform have printed. */
    printed(): string;
    /** When the functions' process was last ended, in ms since 1970: older leases are orphans. */
    functionsEndedAt(): number;
    /** SIGKILL unless told otherwise; resolves when the process is up again. */
    kill(name: ProcessName, signal?: NodeJS.Signals): Promise<void>;
    /** SIGSTOP while `doing` runs. */
    frozen<T>(name: ProcessName, doing: () => Promise<T>): Promise<T>;
    stop(): Promise<void>;
}

export type BrainName = 'rules' | 'openai';

/** Boots the real path with a wire in the middle; takes two seconds or three. */
export async function startLab(brain: BrainName = 'rules'): Promise<Lab> {
    const dataDir = mkdtempSync(`${tmpdir()}/frostdesk-faults-`);
    const stops: (() => Promise<unknown> | unknown)[] = [
        () => rmSync(dataDir, { recursive: true, force: true }),
    ];
    const stop = async () => {
        for (const each of stops.splice(0).reverse()) await each();
    };
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    try {
        const wire = await Wire.start();
        stops.push(() => wire.stop());
        const [gateway, postgres, web, vendorsPort] = await Promise.all([0, 1, 2, 3].map(freePort));
        const ports = { gateway, postgres, web, vendors: vendorsPort } as Ports;
        const given = {
            META_GRAPH_URL: `${wire.url}/graph`,
            OPENAI_BASE_URL: `${wire.url}/openai/v1`,
            FROSTDESK_BRAIN: brain,
            ...(brain === 'openai' && { OPENAI_API_KEY: simulatorApiKey }),
        };
        const env = functionsEnvironment(given, wire.url);
        const vendorsUrl = `http://127.0.0.1:${vendorsPort}`;
        wire.connect({ gateway: `http://127.0.0.1:${gateway}`, vendors: vendorsUrl });
        const platform = await startPlatform({
            dataDir,
            ports,
            env,
            durable: false,
            publicUrl: wire.url,
            log,
        });
        stops.push(() => platform.stop());
        const vendors = await startVendorSimulators({
            port: ports.vendors,
            appSecret: env.META_APP_SECRET ?? '',
            webhookUrl: `${wire.url}/functions/v1/inbound/whatsapp`,
            // Statuses come soon, and a desk that is down for a moment is tried again soon: Meta's days in seconds.
            whatsapp: { status_delays_ms: { sent: 10, delivered: 25, read: 50 } },
            webhookRetryDelaysMs: [100, 100, 200, 200, 400, 800, 800, 1600, 1600, 3200, 3200, 3200],
            log,
        });
        stops.push(() => vendors.stop());
        const pool = openPool(platform.adminDatabaseUrl, 'faults', 3);
        stops.push(() => pool.end());
        await installObservers(pool);
        let functionsEndedAt = 0;
        return {
            platform,
            wire,
            vendors,
            pool,
            printed: () =>
                [
                    ...lines.slice(-10),
                    ...readFileSync(`${dataDir}/functions.log`, 'utf8').split('\n').slice(-25),
                ].join('\n'),
            functionsEndedAt: () => functionsEndedAt,
            async kill(name, signal = 'SIGKILL') {
                await platform.processes[name].restart(signal);
                if (name === 'functions') functionsEndedAt = Date.now();
            },
            async frozen(name, doing) {
                const pid = platform.processes[name].pid();
                process.kill(pid, 'SIGSTOP');
                return doing().finally(() => process.kill(pid, 'SIGCONT'));
            },
            stop,
        };
    } catch (cause) {
        await stop();
        throw new Error(`The lab did not start:\n${lines.join('\n')}`, { cause });
    }
}
