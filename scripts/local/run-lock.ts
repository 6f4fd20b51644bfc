import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { processIdentity } from './process-identity.ts';

interface Holder {
    pid: number;
    identity?: string;
}

/** The process that runs a platform on this data directory, if one does. */
export function runningProcess(platformDir: string): number | undefined {
    const path = lockPath(platformDir);
    if (!existsSync(path)) {
        return undefined;
    }
    const { pid, identity } = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    // The same id may belong to another process by now; the moment it started tells.
    return processIdentity(pid) === identity ? pid : undefined;
}

/** Claims a data directory for this process, or throws when another one that is alive has it. */
export function claimDataDir(platformDir: string): () => void {
    const pid = runningProcess(platformDir);
    if (pid !== undefined) {
        throw new Error(
            `FrostDesk is running on ${platformDir} already (process ${pid}); stop that one first.`,
        );
    }
    mkdirSync(platformDir, { recursive: true });
    const holder: Holder = { pid: process.pid, identity: processIdentity(process.pid) };
    writeFileSync(lockPath(platformDir), JSON.stringify(holder));
    return () => rmSync(lockPath(platformDir), { force: true });
}

function lockPath(platformDir: string): string {
    return `${platformDir}/running.json`;
}
