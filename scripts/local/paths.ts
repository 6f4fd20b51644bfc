import { fileURLToPath } from 'node:url';

/** The repository's root folder, without a slash at the end. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Absolute path of something in the repository, such as `supabase/config.toml`. */
export function inProject(path: string): string {
    return `${projectRoot}/${path}`;
}
