import { existsSync, rmSync } from 'node:fs';
import { refugeFor } from './local/engine.ts';
import { dataDirectory, withEnvFile } from './local/local-env.ts';
import { inProject } from './local/paths.ts';
import { stopOrphan } from './local/postgres.ts';
import { runningProcess } from './local/run-lock.ts';

/** `npm run reset`: wipes what `npm start` keeps; refuses while it is running. */
export default async function main(): Promise<void> {
    const dataDir = dataDirectory(withEnvFile(inProject('.env'), process.env));
    const pid = runningProcess(dataDir);
    if (pid !== undefined) {
        throw new Error(`FrostDesk is running (process ${pid}); stop it first, then reset.`);
    }
    const folders = [dataDir, refugeFor(dataDir)].filter((folder) => existsSync(folder));
    await stopOrphan(dataDir);
    for (const folder of folders) {
        rmSync(folder, { recursive: true, force: true });
    }
    console.log(
        folders.length > 0
            ? 'The local data is gone; "npm start" makes it anew.'
            : 'There was no local data.',
    );
}
