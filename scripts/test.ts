import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { inProject, projectRoot } from './local/paths.ts';
import { stopRequests } from './local/stop-requests.ts';

const patienceMs = 10_000;

interface Report {
    numPassedTests: number;
    numFailedTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
}

/**
 * `npm test [-- <vitest arguments>]`: runs the suites, with coverage when it is the whole of them, and says in the
 * last line how many tests passed and failed. A suite that does not load counts as failed.
 */
export default async function main(args: string[]): Promise<void> {
    const folder = mkdtempSync(`${tmpdir()}/frostdesk-report-`);
    try {
        const code = await vitest([
            ...(args.some((arg) => arg.startsWith('--project')) ? [] : ['--project=unit', '--project=desk']),
            ...(args.length === 0 ? ['--coverage'] : args),
            ...['--reporter=default', '--reporter=json', `--outputFile.json=${folder}/report.json`],
        ]);
        process.exitCode = code;
        console.log(closingLine(`${folder}/report.json`));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Settles with the exit code. Asked to stop, it passes that on; vitest then takes the platform down. */
async function vitest(args: string[]): Promise<number> {
    const stop = stopRequests();
    const child = spawn(process.execPath, [inProject('node_modules/vitest/vitest.mjs'), 'run', ...args], {
        cwd: projectRoot,
        stdio: 'inherit',
    });
    const exited = new Promise<number>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code) => resolve(code ?? 1));
    });
    stop.requested.then(() => {
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), patienceMs).unref();
    });
    return exited.finally(() => stop.done());
}

function closingLine(reportFile: string): string {
    let report: Report;
    try {
        report = JSON.parse(readFileSync(reportFile, 'utf8'));
    } catch {
        // Vitest ended before it could say anything: that is a failure, whatever its exit code was.
        process.exitCode ||= 1;
        return '0 passed, 1 failed';
    }
    const unloaded = report.testResults.filter(
        ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    );
    const failed = report.numFailedTests + unloaded.length;
    return `${report.numPassedTests} passed, ${failed} failed`;
}
