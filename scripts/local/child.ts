import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Guard } from './guard.ts';

export interface Child {
    pid: number;
    process: ChildProcess;
    /** Settles when the process has ended, with how it ended. */
    exited: Promise<string>;
    /** True once it has ended. */
    ended(): boolean;
    /** Sends the stop signal, waits, and after `patienceMs` ends it for good. */
    stop(patienceMs?: number): Promise<void>;
}

export interface ChildOptions {
    name: string;
    command: string;
    args: string[];
    env: Record<string, string>;
    guard: Guard;
    stopSignal: 'TERM' | 'INT';
    cwd?: string;
    identity?: { uid: number; gid: number };
    stdio?: SpawnOptions['stdio'];
    /** Called for each line of output; omit it when stdio goes to a file. */
    onLine?: (line: string) => void;
}

/**
 * Starts a process in a session of its own, so that Ctrl-C reaches only us and we stop the parts in their order,
 * and puts it under the guard, so that it does not outlive us.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
    const child = spawn(options.command, options.args, {
        cwd: options.cwd ?? '/',
        env: options.env,
        detached: true,
        stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
        ...options.identity,
    });
    await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (cause) =>
            reject(new Error(`${options.name} could not be started: ${cause.message}`, { cause })),
        );
    });
    const pid = child.pid as number;
    options.guard.watch(pid, options.stopSignal);
    let ended = false;
    const exited = new Promise<string>((resolve) => {
        child.once('exit', (code, signal) => {
            ended = true;
            options.guard.forget(pid);
            resolve(signal ? `ended by ${signal}` : `exit code ${code}`);
        });
    });
    if (options.onLine) {
        splitLines(child, options.onLine);
    }
    return {
        pid,
        process: child,
        exited,
        ended: () => ended,
        async stop(patienceMs = 5000) {
            if (ended) {
                return;
            }
            child.kill(`SIG${options.stopSignal}`);
            const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
            await exited;
            clearTimeout(timer);
        },
    };
}

function splitLines(child: ChildProcess, onLine: (line: string) => void): void {
    for (const stream of [child.stdout, child.stderr]) {
        let rest = '';
        stream?.setEncoding('utf8');
        stream?.on('data', (chunk: string) => {
            const lines = (rest + chunk).split('\n');
            rest = lines.pop() ?? '';
            for (const line of lines) {
                onLine(line);
            }
        });
        stream?.on('end', () => rest && onLine(rest));
    }
}
