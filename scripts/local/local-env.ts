import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { platformVariables, readEnv, variableNames } from '../../shared/env.ts';
import { projectRoot } from './paths.ts';

type Environment = Record<string, string | undefined>;

/** Fixed and public: with them a stranger can sign webhooks for a desk that listens on this machine alone. */
export const localSecrets = {
    META_APP_SECRET: 'frostdesk-local-app-secret',
    META_VERIFY_TOKEN: 'frostdesk-local-verify-token',
};

/** The shell's environment over the file's, as Node's own --env-file has it. */
export function withEnvFile(path: string, shell: Environment): Environment {
    return existsSync(path) ? { ...parseEnv(readFileSync(path, 'utf8')), ...shell } : shell;
}

/**
 * What the functions get besides Supabase's own variables: what was given, over defaults that point at the vendor
 * simulators. Throws an EnvironmentError that names each wrong variable and says what it should be.
 */
export function functionsEnvironment(given: Environment, vendorsUrl: string): Record<string, string> {
    const env: Record<string, string> = { ...localSecrets, META_GRAPH_URL: vendorsUrl };
    for (const name of variableNames) {
        const value = given[name]?.trim();
        if (value && !platformVariables.includes(name)) {
            env[name] = value;
        }
    }
    const keys = JSON.stringify({ default: 'set by the platform' });
    readEnv({
        FROSTDESK_BELL_TOKEN: 'one-for-each-data-directory',
        ...env,
        SUPABASE_URL: 'http://127.0.0.1',
        SUPABASE_PUBLISHABLE_KEYS: keys,
        SUPABASE_SECRET_KEYS: keys,
    });
    return env;
}

/**
 * Where `npm start` keeps its data: `.frostdesk` in the repository, or wherever FROSTDESK_DATA_DIR says. Throws when
 * that is no place for files; Node tries for ever to make a folder under /proc.
 */
export function dataDirectory(given: Environment): string {
    const path = resolve(projectRoot, given.FROSTDESK_DATA_DIR?.trim() || '.frostdesk');
    const isFile = existsSync(path) && !statSync(path).isDirectory();
    if (isFile || /^\/(proc|sys|dev)(\/|$)/.test(path)) {
        throw new Error(
            `FROSTDESK_DATA_DIR must be a folder for the local data, or a path where one can be made.`,
        );
    }
    return path;
}
