import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { TestProject } from 'vitest/node';
import { functionsEnvironment } from '../../scripts/local/local-env.ts';
import { type Platform, startPlatform } from '../../scripts/local/platform.ts';
import { freePort, type Ports } from '../../scripts/local/ports.ts';
import { runningProcess } from '../../scripts/local/run-lock.ts';
import { startVendorSimulators } from '../../scripts/simulators/vendors.ts';

const folderPrefix = 'frostdesk-test-';

/** What tests get by `inject('platform')`. */
export interface TestPlatform {
    gatewayUrl: string;
    /** As the role postgres, which migrations run as. */
    databaseUrl: string;
    /** As the superuser supabase_admin. */
    adminDatabaseUrl: string;
    publishableKey: string;
    secretKey: string;
    /** The vendor simulators: WhatsApp at `/`, OpenAI at `/openai/v1`, controls under `/_control`. */
    simulatorUrl: string;
    /** What the functions see. */
    env: Record<string, string>;
    /** The functions' output so far. */
    functionsLog: string;
    /** `POST /kill-functions` (SIGKILL in the middle of it all) and `POST /restart-functions`. */
    controlUrl: string;
}

declare module 'vitest' {
    interface ProvidedContext {
        platform: TestPlatform;
    }
}

/** Starts one platform for the whole run, on free ports and in a folder that is gone afterwards. */
export default async function setup(project: TestProject) {
    removeLeftovers();
    const dataDir = mkdtempSync(`${tmpdir()}/${folderPrefix}`);
    const [gateway, postgres, web, vendors] = await Promise.all([0, 1, 2, 3].map(freePort));
    const ports = { gateway, postgres, web, vendors } as Ports;
    const env = functionsEnvironment({}, `http://127.0.0.1:${ports.vendors}`);
    const lines: string[] = [];
    const platform = await startPlatform({
        dataDir,
        ports,
        env,
        durable: false,
        log: (line) => lines.push(line),
    }).catch((error) => {
        rmSync(dataDir, { recursive: true, force: true });
        throw new Error(`The platform did not start:\n${lines.join('\n')}\n${error.message}`, {
            cause: error,
        });
    });
    const simulators = await startVendorSimulators({
        port: ports.vendors,
        appSecret: env.META_APP_SECRET ?? '',
        webhookUrl: `${platform.gatewayUrl}/functions/v1/inbound/whatsapp`,
        log: () => {},
    });
    const control = await startControl(platform);
    project.provide('platform', {
        gatewayUrl: platform.gatewayUrl,
        databaseUrl: platform.databaseUrl,
        adminDatabaseUrl: platform.adminDatabaseUrl,
        publishableKey: platform.publishableKey,
        secretKey: platform.secretKey,
        simulatorUrl: simulators.url,
        env: platform.env,
        functionsLog: `${dataDir}/functions.log`,
        controlUrl: control.url,
    });
    return async () => {
        await control.stop();
        await simulators.stop();
        await platform.stop();
        rmSync(dataDir, { recursive: true, force: true });
    };
}

/** A run that was killed has left its folder; its processes are gone, the guard saw to that. */
function removeLeftovers(): void {
    for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
        const folder = `${tmpdir()}/${name}`;
        const abandoned = existsSync(`${folder}/running.json`) && runningProcess(folder) === undefined;
        if (abandoned) {
            rmSync(folder, { recursive: true, force: true });
        }
    }
}

/** Tests run in processes of their own; what they may do to the platform's, they ask for here. */
async function startControl(platform: Platform) {
    const server = createServer((req, res) => {
        const done =
            req.url === '/restart-functions' ? platform.restartFunctions() : platform.killFunctions();
        Promise.resolve(done).then(() => res.writeHead(204).end());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const stop = async () => {
        server.close();
        server.closeAllConnections();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}
