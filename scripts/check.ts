import { spawnSync } from 'node:child_process';

/** A check and the command that makes it; `changed` checks are quick enough to run before every commit. */
interface Check {
    name: string;
    command: string[];
    onCommit: boolean;
}

const CHECKS: Check[] = [
    { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings'], onCommit: true },
    { name: 'types', command: ['tsc', '--noEmit', '-p', '.'], onCommit: true },
    {
        name: 'edge functions in Deno',
        command: [
            'deno',
            'check',
            '--quiet',
            '--config=deno.json',
            '--node-modules-dir=manual',
            'functions/*/index.ts',
        ],
        onCommit: false,
    },
];

/**
 * `npm run check`: format, lint and types. With `--staged` only what the commit changes is formatted and
 * linted; types are always checked whole, because a change breaks files it does not touch.
 */
export default function main(args: string[]): void {
    const staged = args.includes('--staged');
    for (const check of CHECKS) {
        if (staged && !check.onCommit) continue;
        const [tool = '', ...rest] = check.command;
        const scope = staged && tool === 'biome' ? ['--staged', '--no-errors-on-unmatched'] : [];
        const done = spawnSync('npx', ['--no-install', tool, ...rest, ...scope], {
            stdio: 'inherit',
            shell: false,
        });
        if (done.status !== 0) {
            throw new Error(`The check "${check.name}" failed; its findings are above.`);
        }
    }
}
