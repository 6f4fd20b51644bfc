import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EnvironmentError, platformVariables, readEnv, variableNames } from '../../shared/env.ts';

const complete = {
    META_APP_SECRET: 'frostdesk-local-app-secret',
    META_VERIFY_TOKEN: 'frostdesk-local-verify-token',
    FROSTDESK_BELL_TOKEN: 'frostdesk-local-bell-token',
    SUPABASE_URL: 'http://127.0.0.1:54321',
    SUPABASE_PUBLISHABLE_KEYS: '{"default":"sb_publishable_local"}',
    SUPABASE_SECRET_KEYS: '{"default":"sb_secret_local"}',
};

/** Read by the CLI or by scripts/, not by the functions. */
const ofScripts = [
    'FROSTDESK_FUNCTIONS_URL',
    'FROSTDESK_GATEWAY_PORT',
    'FROSTDESK_POSTGRES_PORT',
    'FROSTDESK_WEB_PORT',
    'FROSTDESK_VENDORS_PORT',
    'FROSTDESK_DATA_DIR',
];

function problemsOf(source: Record<string, string | undefined>): EnvironmentError {
    try {
        readEnv(source);
    } catch (error) {
        if (error instanceof EnvironmentError) return error;
    }
    throw new Error('The environment was accepted.');
}

describe('the environment', () => {
    it('has a default for everything that is not a secret', () => {
        expect(readEnv(complete)).toMatchObject({
            META_GRAPH_URL: 'https://graph.facebook.com',
            META_GRAPH_VERSION: 'v26.0',
            OPENAI_BASE_URL: 'https://api.openai.com/v1',
            OPENAI_MODEL: 'gpt-6-luna',
            FROSTDESK_BRAIN: 'rules',
            FROSTDESK_LOG_LEVEL: 'info',
        });
    });

    it('takes an empty value as unset and cuts the slashes of an address', () => {
        const env = readEnv({
            ...complete,
            OPENAI_API_KEY: ' ',
            META_GRAPH_VERSION: '',
            META_GRAPH_URL: 'http://127.0.0.1:54330//',
        });
        expect(env.OPENAI_API_KEY).toBeUndefined();
        expect(env.META_GRAPH_VERSION).toBe('v26.0');
        expect(env.META_GRAPH_URL).toBe('http://127.0.0.1:54330');
    });

    it('thinks with the model when there is a key, unless told otherwise', () => {
        expect(readEnv({ ...complete, OPENAI_API_KEY: 'sk-test-key' }).FROSTDESK_BRAIN).toBe('openai');
        expect(
            readEnv({ ...complete, OPENAI_API_KEY: 'sk-test-key', FROSTDESK_BRAIN: 'rules' }).FROSTDESK_BRAIN,
        ).toBe('rules');
        expect(problemsOf({ ...complete, FROSTDESK_BRAIN: 'openai' }).message).toContain(
            '- OPENAI_API_KEY is needed when FROSTDESK_BRAIN is "openai".',
        );
    });

    it('names every variable that is missing and what it should be, all at once', () => {
        const problems = problemsOf({});
        expect(problems.variables).toEqual([
            'META_APP_SECRET',
            'META_VERIFY_TOKEN',
            'FROSTDESK_BELL_TOKEN',
            ...platformVariables,
        ]);
        expect(problems.message).toContain(
            '- META_APP_SECRET is missing; it must be the App Secret of the Meta app',
        );
    });

    it.each([
        ['META_APP_SECRET', 'short'],
        ['META_APP_SECRET', 'has a space in the middle'],
        ['META_VERIFY_TOKEN', 'short'],
        ['META_GRAPH_URL', 'graph.facebook.com'],
        ['META_GRAPH_URL', 'http://graph.facebook.com'],
        ['META_GRAPH_VERSION', '26'],
        ['OPENAI_API_KEY', 'a key with spaces'],
        ['OPENAI_BASE_URL', 'ftp://example.com'],
        ['FROSTDESK_BRAIN', 'clever'],
        ['FROSTDESK_COMPATIBLE_URL', 'ftp://example.com'],
        ['FROSTDESK_COMPATIBLE_KEY', 'a key with spaces'],
        ['FROSTDESK_COMPATIBLE_MODEL', 'two words'],
        ['FROSTDESK_BELL_TOKEN', 'short'],
        ['FROSTDESK_LOG_LEVEL', 'loud'],
        ['SUPABASE_URL', 'localhost'],
        ['SUPABASE_SECRET_KEYS', 'sb_secret_local'],
        ['SUPABASE_SECRET_KEYS', '{"other":"sb_secret_local"}'],
        ['SUPABASE_PUBLISHABLE_KEYS', '[]'],
    ])('refuses %s=%s by its name and never quotes the value', (name, value) => {
        const problems = problemsOf({ ...complete, [name]: value });
        expect(problems.variables).toEqual([name]);
        expect(problems.message).toContain(`- ${name} must be `);
        if (value.includes('secret') || value.includes('key')) expect(problems.message).not.toContain(value);
    });

    it('is explained in .env.example, every variable with a comment', () => {
        const lines = readFileSync('.env.example', 'utf8').split('\n');
        const named = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
        expect(new Set(named)).toEqual(new Set([...variableNames, ...ofScripts]));
        for (const paragraph of lines.join('\n').split('\n\n')) {
            if (/^[A-Z_]+=/m.test(paragraph)) expect(paragraph).toMatch(/^# /);
        }
    });
});

describe('loading it', () => {
    afterEach(() => vi.unstubAllEnvs());

    it('reads the environment of the process once', async () => {
        vi.resetModules();
        const { loadEnv } = await import('../../shared/env.ts');
        for (const [name, value] of Object.entries(complete)) vi.stubEnv(name, value);
        const env = loadEnv();
        vi.stubEnv('META_APP_SECRET', 'another-app-secret-later');
        expect(loadEnv()).toBe(env);
    });

    it('reads it from Deno where there is one', async () => {
        vi.stubGlobal('Deno', { env: { toObject: () => ({ FROM: 'deno' }) } });
        const { runtimeEnvironment } = await import('../../shared/env.ts');
        expect(runtimeEnvironment()).toEqual({ FROM: 'deno' });
        vi.unstubAllGlobals();
    });
});
