// The one door to every script: `node scripts/run.mjs <verb>`. It runs before anything is installed, so it
// uses Node alone until the packages of the lockfile are there; then the verb runs in this very process,
// so that Ctrl-C and SIGTERM reach it and not a shell around it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.frostdesk-lockfile`;
const lockHash = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');

const [major, minor] = process.versions.node.split('.').map(Number);
if (!(major === 20 && minor >= 19) && !(major === 22 && minor >= 12) && major < 24) {
    console.error(`FrostDesk needs Node 20.19+, 22.12+ or 24; this is ${process.versions.node}.`);
    process.exit(1);
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash) {
    console.error('Installing the packages of package-lock.json (once) ...');
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
        cwd: root,
        stdio: 'inherit',
    });
    if (npm.status !== 0) {
        console.error('npm ci failed; see its message above. Nothing was started.');
        process.exit(npm.status ?? 1);
    }
    writeFileSync(stamp, lockHash);
    offerHooks();
}

/** The quick checks before each commit, unless this clone has hooks of its own or is no clone at all. */
function offerHooks() {
    const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
    if (existsSync(`${root}.git`) && git('config', 'core.hooksPath').status === 1) {
        git('config', 'core.hooksPath', '.githooks');
    }
}

const verb = process.argv[2];
// Without a verb it only installs, which is all that CI wants first.
if (verb === undefined) process.exit(0);
if (!/^[a-z-]+$/.test(verb) || !existsSync(`${root}scripts/${verb}.ts`)) {
    console.error(`There is no script "${verb}"; see "scripts" in package.json.`);
    process.exit(1);
}
// A reader that closes early (`| head`) ends the printing, not the work: `npm start` still has to stop its children.
process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
});
const { register } = await import('tsx/esm/api');
register();
const { default: main } = await import(new URL(`./${verb}.ts`, import.meta.url).href);
try {
    await main(process.argv.slice(3));
} catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
}
