import { type FSWatcher, watch } from 'node:fs';
import { inProject } from './paths.ts';

/** Starts the functions anew when their sources change, once per burst of changes. */
export function watchFunctions(restart: () => Promise<void>, log: (line: string) => void) {
    let timer: NodeJS.Timeout | undefined;
    const changed = (file: string | null) => {
        if (!file?.endsWith('.ts')) {
            return;
        }
        clearTimeout(timer);
        timer = setTimeout(() => {
            log(`${file} changed; restarting the functions.`);
            restart().catch((error) => log(`The functions did not restart: ${error.message}`));
        }, 200);
    };
    const watchers: FSWatcher[] = ['functions', 'shared'].map((folder) =>
        // Watching is a comfort: a machine that has no watches left can do without.
        watch(inProject(folder), { recursive: true }, (_event, file) => changed(file)).on('error', () => {}),
    );
    return {
        async stop() {
            clearTimeout(timer);
            for (const watcher of watchers) {
                watcher.close();
            }
        },
    };
}
