import { setTimeout as sleep } from 'node:timers/promises';
import { dataDirectory, functionsEnvironment, withEnvFile } from './local/local-env.ts';
import { inProject } from './local/paths.ts';
import { type Platform, startPlatform } from './local/platform.ts';
import { readPorts } from './local/ports.ts';
import { stopRequests } from './local/stop-requests.ts';
import { watchFunctions } from './local/watch-functions.ts';
import { startVendorSimulators } from './simulators/vendors.ts';
import { startWeb } from './simulators/web.ts';

/**
 * `npm start`: the embedded platform, the vendor simulators and the pages, until Ctrl-C. Prints what it does, then
 * where everything is. Whatever goes wrong, what was started is stopped again.
 */
export default async function main(): Promise<void> {
    const startedAt = Date.now();
    const log = (line: string) => console.log(line);
    const shell = withEnvFile(inProject('.env'), process.env);
    const ports = readPorts(shell);
    const vendorsUrl = `http://127.0.0.1:${ports.vendors}`;
    const env = functionsEnvironment(shell, vendorsUrl);
    const dataDir = dataDirectory(shell);
    const stop = stopRequests();
    const running: { stop(): Promise<void> }[] = [];
    try {
        log('Starting FrostDesk ...');
        const platform = await startPlatform({ ports, dataDir, env, log, signal: stop.signal });
        running.push(platform);
        const simulators = await startVendorSimulators({
            port: ports.vendors,
            appSecret: env.META_APP_SECRET ?? '',
            webhookUrl: `${platform.gatewayUrl}/functions/v1/inbound/whatsapp`,
            log,
        });
        running.push(simulators);
        const web = await startWeb({
            port: ports.web,
            simulatorUrl: simulators.url,
            databaseUrl: platform.adminDatabaseUrl,
            log,
        });
        running.push(web);
        running.push(watchFunctions(() => platform.restartFunctions(), log));
        log(`Ready in ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops it.\n`);
        log(addresses(platform, web.url));
        const reason = await Promise.race([stop.requested, platform.failed]);
        if (reason) {
            process.exitCode = 1;
            console.error(`${reason}; stopping the rest.`);
        } else {
            log('Stopping ...');
        }
    } catch (error) {
        if (!stop.signal.aborted) {
            throw error;
        }
    } finally {
        for (const part of running.reverse()) {
            // One part that will not stop must not keep the others running.
            await Promise.race([
                part.stop().catch((error) => console.error(error)),
                sleep(30_000, undefined, { ref: false }),
            ]);
        }
        stop.done();
    }
}

function addresses(platform: Platform, webUrl: string): string {
    const rows = [
        ['Dashboard', webUrl],
        ['Customer simulator', `${webUrl}/simulator`],
        ['API gateway', platform.gatewayUrl],
        ['Database', platform.databaseUrl],
        ['Demo login', 'owner@frostdesk.local / frostdesk-demo'],
    ];
    return rows.map(([name = '', where]) => `  ${name.padEnd(20)}${where}`).join('\n');
}
