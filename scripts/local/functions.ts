import { createWriteStream, existsSync, mkdirSync, statSync, type WriteStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Child, startChild } from './child.ts';
import type { Guard } from './guard.ts';
import { inProject, projectRoot } from './paths.ts';
import type { FunctionConfig } from './supabase-config.ts';

export interface FunctionsOptions {
    functions: FunctionConfig[];
    /** All that the functions see of the environment, as on Supabase. */
    env: Record<string, string>;
    /** Deno's cache of compiled modules. */
    cacheDir: string;
    /** Where the functions' output goes. */
    logFile: string;
    guard: Guard;
    log: (line: string) => void;
    /** Called for each line that the functions print. */
    onLine?: (line: string) => void;
}

export interface FunctionsRuntime {
    /** Address of the running process; waits while one is being started. */
    url(): Promise<string>;
    pid(): number;
    /** Ends the process, in good order unless a signal is named; resolves when another one answers. */
    restart(signal?: NodeJS.Signals): Promise<void>;
    /** SIGKILL, in the middle of whatever it does; another is started at once. */
    kill(): void;
    stop(): Promise<void>;
}

/** Runs the Edge Functions in one real Deno process, and another whenever it ends. */
export async function startFunctions(options: FunctionsOptions): Promise<FunctionsRuntime> {
    mkdirSync(options.cacheDir, { recursive: true });
    const logFile = openLog(options.logFile);
    const entrypoints = options.functions.map(({ name, entrypoint }) => ({
        name,
        entrypoint: pathToFileURL(entrypoint).href,
    }));
    let stopping = false;
    let child: Child | undefined;
    let address: Promise<string>;

    async function launch(): Promise<string> {
        const startedAt = Date.now();
        let announce: (url: string) => void = () => {};
        const listening = new Promise<string>((resolve) => {
            announce = resolve;
        });
        child = await startChild({
            name: 'Deno',
            command: denoPath(),
            args: [...denoArguments, inProject('scripts/local/edge/main.ts'), JSON.stringify(entrypoints)],
            env: {
                ...options.env,
                DENO_DIR: options.cacheDir,
                DENO_NO_UPDATE_CHECK: '1',
                DENO_NO_PROMPT: '1',
                NO_COLOR: '1',
            },
            cwd: projectRoot,
            guard: options.guard,
            stopSignal: 'TERM',
            onLine: (line) => {
                const port = /^\{"listening":(\d+)\}$/.exec(line)?.[1];
                if (port) {
                    announce(`http://127.0.0.1:${port}`);
                    return;
                }
                logFile.write(`${line}\n`);
                options.onLine?.(line);
            },
        });
        const ended = child.exited.then((how) => {
            if (!stopping) {
                options.log(`The functions' process ended (${how}); starting another.`);
                const wait = Date.now() - startedAt < 1000 ? 1000 : 0;
                address = new Promise((resolve) => setTimeout(resolve, wait)).then(launch);
                address.catch((error) => options.log(error.message));
            }
            return undefined;
        });
        const url = await Promise.race([listening, ended]);
        if (url) {
            return url;
        }
        if (stopping) {
            throw new Error('The functions are being stopped.');
        }
        return address;
    }

    address = launch();
    await address;
    return {
        url: () => address,
        pid: () => child?.pid ?? 0,
        async restart(signal) {
            const former = child;
            if (signal) former?.process.kill(signal);
            else await former?.stop();
            await former?.exited;
            await address;
        },
        kill: () => void child?.process.kill('SIGKILL'),
        async stop() {
            stopping = true;
            await child?.stop(3000);
            logFile.end();
        },
    };
}

/** Goes on with the log of the last start, unless that has grown too long to be read. */
function openLog(path: string): WriteStream {
    const tooLong = existsSync(path) && statSync(path).size > 10_000_000;
    return createWriteStream(path, { flags: tooLong ? 'w' : 'a' }).on('error', () => {});
}

const denoArguments = [
    'run',
    '--quiet',
    '--no-prompt',
    '--no-lock',
    '--cached-only',
    '--node-modules-dir=manual',
    `--config=${inProject('deno.json')}`,
    '--allow-net',
    '--allow-env',
    '--allow-sys',
    `--allow-read=${projectRoot}`,
];

/** The binary itself: the package's launcher would stand between us and the process. */
function denoPath(): string {
    const name = process.platform === 'win32' ? 'deno.exe' : 'deno';
    const libc = process.platform === 'linux' ? '-glibc' : '';
    const path = inProject(`node_modules/@deno/${process.platform}-${process.arch}${libc}/${name}`);
    if (!existsSync(path)) {
        throw new Error(
            `There is no Deno for ${process.platform}-${process.arch} in node_modules; run npm ci.`,
        );
    }
    return path;
}
