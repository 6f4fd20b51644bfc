import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process apart from a later one with the same id: the moment it started, as the system counts it.
 * Undefined when there is no such process (or only its remains).
 */
export function processIdentity(pid: number): string | undefined {
    if (process.platform !== 'linux') {
        return fromPs(pid, 'lstart=');
    }
    const fields = statFields(pid);
    return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

/** The process that started this one, where the system tells; it is another one once that has ended. */
export function parentOf(pid: number): number | undefined {
    const parent = statFields(pid)?.[1];
    return parent === undefined ? undefined : Number(parent);
}

/** Linux' /proc/<pid>/stat from the third field on: state, parent, ... and as the twentieth the start time. */
function statFields(pid: number): string[] | undefined {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The name in brackets may hold spaces.
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    } catch {
        return undefined;
    }
}

/** The command line of a process, or undefined when there is no such process. */
export function processCommand(pid: number): string | undefined {
    if (process.platform !== 'linux') {
        return fromPs(pid, 'command=');
    }
    try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
        return undefined;
    }
}

function fromPs(pid: number, column: string): string | undefined {
    try {
        return (
            execFileSync('ps', ['-p', String(pid), '-o', column], { encoding: 'utf8' }).trim() || undefined
        );
    } catch {
        return undefined;
    }
}

/** Waits until a process is gone; false when it is still there after `timeoutMs`. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    while (processIdentity(pid) !== undefined) {
        if (Date.now() > deadline) {
            return false;
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return true;
}
