import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));

const manifest = read('package.json') as Record<'dependencies' | 'devDependencies', Record<string, string>>;
const deno = read('deno.json') as { imports: Record<string, string> };
const lock = read('package-lock.json') as {
    packages: Record<
        string,
        { version?: string; resolved?: string; optionalDependencies?: Record<string, string> }
    >;
};

describe('packages', () => {
    it('are pinned to one exact version each', () => {
        for (const [name, version] of Object.entries({
            ...manifest.dependencies,
            ...manifest.devDependencies,
        })) {
            expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
        }
    });

    it('are the same for the Edge Functions and for Node', () => {
        const forDeno = Object.entries(manifest.dependencies).map(([name, version]) => [
            name,
            `npm:${name}@${version}`,
        ]);
        expect(deno.imports).toEqual(Object.fromEntries(forDeno));
    });

    // npm leaves out of the lockfile what it could not fetch here, and then refuses its own lockfile.
    it('are locked for every platform, and by no host', () => {
        for (const [path, entry] of Object.entries(lock.packages)) {
            for (const name of Object.keys(entry.optionalDependencies ?? {})) {
                const locked =
                    lock.packages[`node_modules/${name}`] ?? lock.packages[`${path}/node_modules/${name}`];
                expect(locked?.version, `${name} of ${path}`).toBeTruthy();
            }
            expect(entry.resolved, path).toBeUndefined();
        }
    });
});
