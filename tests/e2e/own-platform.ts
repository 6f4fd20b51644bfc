import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { functionsEnvironment } from '../../scripts/local/local-env.ts';
import { type Platform, startPlatform } from '../../scripts/local/platform.ts';
import { freePort, type Ports } from '../../scripts/local/ports.ts';
import { startVendorSimulators } from '../../scripts/simulators/vendors.ts';
import type { Place } from './desk.ts';

export interface OwnPlatform {
    platform: Platform;
    place: Place;
    stop(): Promise<void>;
}

/**
 * A platform of the test's own: for functions with another environment, or to kill a process that the other
 * files need alive. Takes a few seconds.
 */
export async function startOwnPlatform(given: Record<string, string>): Promise<OwnPlatform> {
    const dataDir = mkdtempSync(`${tmpdir()}/frostdesk-own-`);
    const [gateway, postgres, web, vendors] = await Promise.all([0, 1, 2, 3].map(freePort));
    const ports = { gateway, postgres, web, vendors } as Ports;
    const vendorsUrl = `http://127.0.0.1:${ports.vendors}`;
    const wire = { OPENAI_BASE_URL: `${vendorsUrl}/openai/v1` };
    const env = functionsEnvironment({ ...wire, ...given }, vendorsUrl);
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const stops: (() => Promise<unknown>)[] = [async () => rmSync(dataDir, { recursive: true, force: true })];
    const stop = async () => {
        for (const each of stops.splice(0).reverse()) await each();
    };
    try {
        const platform = await startPlatform({ dataDir, ports, env, durable: false, log });
        stops.push(() => platform.stop());
        const simulators = await startVendorSimulators({
            port: ports.vendors,
            appSecret: env.META_APP_SECRET ?? '',
            webhookUrl: `${platform.gatewayUrl}/functions/v1/inbound/whatsapp`,
            log,
        });
        stops.push(() => simulators.stop());
        const place = { adminDatabaseUrl: platform.adminDatabaseUrl, simulatorUrl: simulators.url };
        return { platform, place, stop };
    } catch (cause) {
        await stop();
        throw new Error(`The platform did not start:\n${lines.join('\n')}`, { cause });
    }
}
