import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { inProject, projectRoot } from './paths.ts';

/** The environment in which the Supabase CLI reaches nothing but the given database and nobody's home. */
export function cliEnvironment(stateDir: string): Record<string, string> {
    return {
        PATH: process.env.PATH ?? '',
        HOME: stateDir,
        SUPABASE_HOME: stateDir,
        SUPABASE_NO_KEYRING: '1',
        SUPABASE_NO_UPDATE_NOTIFIER: '1',
        SUPABASE_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
    };
}

/** The arguments of node that run the CLI of the lockfile on this project. */
export function cliCommand(args: string[], databaseUrl: string): string[] {
    return [
        inProject('node_modules/supabase/dist/supabase.js'),
        ...args,
        ...['--agent', 'no', '--workdir', projectRoot],
        `--remote=${databaseUrl}?sslmode=disable`,
    ];
}

/** Runs a CLI command against a database and returns what it printed; throws with its words when it fails. */
export function supabaseCli(args: string[], databaseUrl: string): string {
    const stateDir = mkdtempSync(`${tmpdir()}/frostdesk-cli-`);
    try {
        const done = spawnSync(process.execPath, cliCommand(args, databaseUrl), {
            env: cliEnvironment(stateDir),
            encoding: 'utf8',
            maxBuffer: 64 * 1024 * 1024,
        });
        if (done.status !== 0) {
            throw new Error(
                `supabase ${args.slice(0, 2).join(' ')} failed:\n${done.stdout}${done.stderr}`.trim(),
            );
        }
        return done.stdout;
    } finally {
        rmSync(stateDir, { recursive: true, force: true });
    }
}
