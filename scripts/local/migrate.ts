import { mkdirSync } from 'node:fs';
import { startChild } from './child.ts';
import { cliCommand, cliEnvironment } from './cli.ts';
import { withClient } from './database.ts';
import type { Guard } from './guard.ts';

export interface MigrateOptions {
    databaseUrl: string;
    /** Values of the `[db.vault]` table of supabase/config.toml by their names there. */
    vault: Record<string, string>;
    /** Variables that config.toml names with `env(...)`. */
    env: Record<string, string>;
    /** Where the CLI keeps its own state, so that it touches nobody's home. */
    stateDir: string;
    guard: Guard;
    log: (line: string) => void;
}

/**
 * Applies supabase/migrations with the real CLI (`supabase db push`), which also writes the Vault secrets and
 * seeds once. It reaches nothing but the given database: telemetry and the search for updates are off.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
    mkdirSync(options.stateDir, { recursive: true });
    const lines: string[] = [];
    const cli = await startChild({
        name: 'The Supabase CLI',
        command: process.execPath,
        args: cliCommand(['db', 'push', '--include-seed', '--yes'], options.databaseUrl),
        env: { ...cliEnvironment(options.stateDir), ...options.env },
        guard: options.guard,
        stopSignal: 'TERM',
        onLine: (line) => {
            lines.push(line);
        },
    });
    const outcome = await cli.exited;
    if (outcome !== 'exit code 0') {
        const hint = lines.some((line) => line.includes('versions not found in local migrations'))
            ? '\nThe migrations were rewritten since this database was made: "npm run reset" makes a new one.'
            : '';
        throw new Error(`supabase db push failed (${outcome}):\n${lines.join('\n').trim()}${hint}`);
    }
    const applied = lines.filter((line) => line.startsWith('Applying migration')).length;
    if (applied > 0) {
        const seeded = lines.some((line) => line.startsWith('Seeding data'));
        options.log(`${applied} migrations applied${seeded ? ', demo data written' : ''}`);
    }
    await refreshVault(options.databaseUrl, options.vault);
}

/** The CLI leaves the secrets alone when no migration is new; ports and tokens may have changed all the same. */
async function refreshVault(databaseUrl: string, vault: Record<string, string>): Promise<void> {
    await withClient(databaseUrl, async (client) => {
        for (const [name, value] of Object.entries(vault)) {
            await client.query(
                `select vault.update_secret(id, $2)
                 from vault.decrypted_secrets
                 where name = $1 and decrypted_secret is distinct from $2`,
                [name, value],
            );
        }
    });
}
