import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inProject } from './paths.ts';

export interface FunctionConfig {
    name: string;
    /** Absolute path of the entry file. */
    entrypoint: string;
    verifyJwt: boolean;
}

/** What the platform needs to know of supabase/config.toml. */
export interface SupabaseConfig {
    schemas: string[];
    maxRows: number;
    minimumPasswordLength: number;
    functions: FunctionConfig[];
    /** Names of the `[db.vault]` table with the environment variable that each takes its value from. */
    vault: Record<string, string>;
}

type Value = string | number | boolean | string[];
type Tables = Map<string, Map<string, Value>>;

export function readSupabaseConfig(path = inProject('supabase/config.toml')): SupabaseConfig {
    const tables = parseTables(readFileSync(path, 'utf8'));
    const api = tables.get('api');
    const functions: FunctionConfig[] = [];
    for (const [table, values] of tables) {
        const name = /^functions\.([\w-]+)$/.exec(table)?.[1];
        if (name && values.get('enabled') !== false) {
            const entrypoint = String(values.get('entrypoint') ?? `./functions/${name}/index.ts`);
            functions.push({
                name,
                entrypoint: resolve(dirname(path), entrypoint),
                verifyJwt: values.get('verify_jwt') !== false,
            });
        }
    }
    const vault: Record<string, string> = {};
    for (const [name, value] of tables.get('db.vault') ?? []) {
        vault[name] = /^env\((\w+)\)$/.exec(String(value))?.[1] ?? '';
    }
    return {
        schemas: (api?.get('schemas') as string[] | undefined) ?? ['public'],
        maxRows: Number(api?.get('max_rows') ?? 1000),
        minimumPasswordLength: Number(tables.get('auth')?.get('minimum_password_length') ?? 6),
        functions,
        vault,
    };
}

/**
 * The part of TOML that a config.toml of the CLI uses: tables, and keys with a string, number, boolean or array of
 * strings, which may span lines. Throws at what it cannot read rather than skip it.
 */
function parseTables(text: string): Tables {
    const tables: Tables = new Map();
    let table = new Map<string, Value>();
    tables.set('', table);
    const lines = text.split('\n').map(withoutComment);
    for (let index = 0; index < lines.length; index += 1) {
        let line = lines[index] ?? '';
        const header = /^\[{1,2}([^[\]]+)\]{1,2}$/.exec(line);
        if (header) {
            const name = (header[1] ?? '').replaceAll('"', '').trim();
            table = tables.get(name) ?? new Map();
            tables.set(name, table);
            continue;
        }
        while (/=\s*\[/.test(line) && !line.endsWith(']') && index + 1 < lines.length) {
            index += 1;
            line += lines[index];
        }
        const pair = /^([\w.-]+|"[^"]+")\s*=\s*(.+)$/.exec(line);
        if (pair) {
            table.set((pair[1] ?? '').replaceAll('"', ''), parseValue(pair[2] ?? '', index + 1));
        } else if (line) {
            throw new Error(
                `supabase/config.toml, line ${index + 1}: the local platform cannot read "${line}".`,
            );
        }
    }
    return tables;
}

function withoutComment(line: string): string {
    const uncommented = /^(?:[^#"']|"(?:[^"\\]|\\.)*"|'[^']*')*/.exec(line)?.[0] ?? '';
    return uncommented.trim();
}

function parseValue(text: string, line: number): Value {
    if (/^"(?:[^"\\]|\\.)*"$/.test(text)) {
        return JSON.parse(text);
    }
    if (/^'[^']*'$/.test(text)) {
        return text.slice(1, -1);
    }
    if (text === 'true' || text === 'false') {
        return text === 'true';
    }
    if (/^[+-]?[\d_]+(\.\d+)?$/.test(text)) {
        return Number(text.replaceAll('_', ''));
    }
    if (text.startsWith('[') && text.endsWith(']')) {
        const items = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,]+/g) ?? [];
        return items.map((item) => String(parseValue(item, line)));
    }
    if (text.startsWith('{')) {
        // Inline tables (hooks, secrets) say nothing that the platform reads.
        return text;
    }
    throw new Error(`supabase/config.toml, line ${line}: the local platform cannot read "${text}".`);
}
