import { spawn } from 'node:child_process';

/**
 * Reads `+<pid> <signal>` and `-<pid>` lines until its input ends, which happens when the platform's process is
 * gone for whatever reason, even kill -9; then it ends the children that are still on its list. Plain sh, so that
 * it needs nothing that a machine with npm lacks.
 */
const watch = `
list=""
while read -r pid signal; do
    case "$pid" in
        +*) list="$list \${pid#+}:$signal" ;;
        -*) kept=""; for one in $list; do [ "\${one%%:*}" = "\${pid#-}" ] || kept="$kept $one"; done; list="$kept" ;;
    esac
done
for one in $list; do kill -s "\${one##*:}" "\${one%%:*}" 2>/dev/null; done
exit 0
`;

export interface Guard {
    /** From now on the process `pid` gets `signal` when this process is gone. */
    watch(pid: number, signal: 'TERM' | 'INT' | 'KILL'): void;
    /** The process has ended; its id may belong to another one soon. */
    forget(pid: number): void;
    /** Ends the guard itself. Children still on its list get their signal. */
    release(): Promise<void>;
}

/** Starts the guard: one small shell in a session of its own, out of reach of the terminal's Ctrl-C. */
export function startGuard(): Guard {
    const shell = spawn('/bin/sh', ['-c', watch], {
        cwd: '/',
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
    });
    // A guard that has died takes nothing down with it; the next start finds what it would have ended.
    shell.on('error', () => {});
    shell.stdin.on('error', () => {});
    const exited = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
    shell.unref();
    return {
        watch: (pid, signal) => void shell.stdin.write(`+${pid} ${signal}\n`),
        forget: (pid) => void shell.stdin.write(`-${pid}\n`),
        async release() {
            // Waiting for it must keep this process alive, which `unref` above says the guard itself does not.
            shell.ref();
            shell.stdin.end();
            await exited;
        },
    };
}
