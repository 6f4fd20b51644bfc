import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { startGuard } from './guard.ts';
import { migrate } from './migrate.ts';
import { freePort } from './ports.ts';
import { startPostgres } from './postgres.ts';

/**
 * Runs `use` with the URL of a fresh, migrated and seeded database of its own, which is gone afterwards. For
 * checks that look at the schema and for benchmarks; nothing else of the platform runs beside it. `durable` waits
 * for the disk, as a benchmark of writes must.
 */
export async function withScratchDatabase<T>(
    use: (databaseUrl: string, adminUrl: string) => Promise<T>,
    { durable = false } = {},
): Promise<T> {
    const platformDir = mkdtempSync(`${tmpdir()}/frostdesk-scratch-`);
    const guard = startGuard();
    try {
        const port = await freePort();
        const postgres = await startPostgres({ platformDir, port, guard, durable });
        try {
            const vault = {
                functions_url: 'http://127.0.0.1:9/functions/v1',
                bell_token: 'scratch-bell-token',
            };
            await migrate({
                databaseUrl: postgres.url,
                vault,
                env: {
                    FROSTDESK_FUNCTIONS_URL: vault.functions_url,
                    FROSTDESK_BELL_TOKEN: vault.bell_token,
                },
                stateDir: `${platformDir}/cli`,
                guard,
                log: () => {},
            });
            return await use(postgres.url, postgres.adminUrl);
        } finally {
            await postgres.stop();
        }
    } finally {
        await guard.release();
        rmSync(platformDir, { recursive: true, force: true });
    }
}
