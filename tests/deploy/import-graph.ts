import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const importFrom = /\b(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|\bimport\s*'([^']+)'/g;

/** Every file of the repository that a module reaches by relative imports, itself included, and every package. */
export function importGraph(root: string, entry: string): { files: Set<string>; packages: Set<string> } {
    const files = new Set<string>();
    const packages = new Set<string>();
    const visit = (file: string) => {
        if (files.has(file)) return;
        files.add(file);
        const source = readFileSync(join(root, file), 'utf8');
        for (const [, from, bare] of source.matchAll(importFrom)) {
            const target = from ?? bare ?? '';
            if (target.startsWith('.')) visit(normalize(join(dirname(file), target)));
            else packages.add(target);
        }
    };
    visit(entry);
    return { files, packages };
}
