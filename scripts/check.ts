import { spawnSync } from 'node:child_process';
import { supabaseCli } from './local/cli.ts';
import { projectRoot } from './local/paths.ts';
import { withScratchDatabase } from './local/scratch-database.ts';
import { generateTypes, typesAreFresh } from './types.ts';

/** A check and the command of the lockfile that makes it. */
interface Check {
    name: string;
    command: string[];
    /** Quick enough to run before every commit; formatting and lint then look at the staged files alone. */
    onCommit: boolean;
}

const denoFlags = ['--quiet', '--config=deno.json', '--node-modules-dir=manual'];
const checks: Check[] = [
    { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings'], onCommit: true },
    { name: 'types', command: ['tsc', '--noEmit', '-p', '.'], onCommit: true },
    { name: 'types in Deno', command: ['deno', 'check', ...denoFlags, 'functions/'], onCommit: false },
];

/**
 * `npm run check`: format, lint and types; `--staged` only what is quick (the pre-commit hook); `--database`
 * what needs a migrated database: the generated types are fresh, and the advisors find nothing.
 */
export default async function main(args: string[]): Promise<void> {
    if (args.includes('--database')) {
        await checkDatabase();
        return;
    }
    const staged = args.includes('--staged');
    for (const { name, command, onCommit } of checks) {
        if (staged && !onCommit) continue;
        const [tool = '', ...rest] = command;
        const scope = staged && tool === 'biome' ? ['--staged', '--no-errors-on-unmatched'] : [];
        const done = spawnSync(`node_modules/.bin/${tool}`, [...rest, ...scope], {
            cwd: projectRoot,
            stdio: 'inherit',
        });
        if (done.status !== 0) throw new Error(`The check "${name}" failed; its findings are above.`);
    }
}

async function checkDatabase(): Promise<void> {
    await withScratchDatabase(async (databaseUrl) => {
        if (!typesAreFresh(generateTypes(databaseUrl))) {
            throw new Error('shared/database.types.ts is stale: run "npm run types" and commit it.');
        }
        supabaseCli(['db', 'advisors', '--type', 'all', '--level', 'warn', '--fail-on', 'warn'], databaseUrl);
    });
    console.log('The generated types are fresh, and the advisors find nothing.');
}
