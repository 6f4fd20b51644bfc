import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { parentOf, processIdentity } from '../../scripts/local/process-identity.ts';

/** All processes below this one, children of children included. */
export function descendants(pid: number): number[] {
    const parents = new Map(everyProcess());
    const below = (parent: number): number[] =>
        [...parents].filter(([, above]) => above === parent).flatMap(([child]) => [child, ...below(child)]);
    return below(pid);
}

function everyProcess(): [pid: number, parent: number][] {
    if (process.platform === 'linux') {
        const pids = readdirSync('/proc').map(Number).filter(Boolean);
        return pids.map((pid) => [pid, parentOf(pid) ?? 0]);
    }
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return table
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

export const alive = (pids: number[]) => pids.filter((pid) => processIdentity(pid) !== undefined);

export interface Script {
    process: ChildProcess;
    pid: number;
    output: () => string;
    errors: () => string;
    /** Settles with the exit code; null when a signal ended it. */
    exited: Promise<number | null>;
    /** Settles when the output contains the text; fails when the process ends before. */
    says(text: string): Promise<void>;
}

/** Runs `npm run <verb>` without npm, as scripts/run.mjs does, with these variables over a bare environment. */
export function runScript(verb: string, env: Record<string, string>): Script {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, ['scripts/run.mjs', verb], { env: { PATH, HOME, ...env } });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
        output += chunk;
    });
    child.stderr.on('data', (chunk) => {
        errors += chunk;
    });
    const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
    let ended = false;
    exited.then(() => {
        ended = true;
    });
    return {
        process: child,
        pid: child.pid ?? 0,
        output: () => output,
        errors: () => errors,
        exited,
        async says(text) {
            while (!output.includes(text)) {
                if (ended) {
                    throw new Error(`"${verb}" ended without saying "${text}":\n${output}${errors}`);
                }
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
        },
    };
}
