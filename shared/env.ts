import { z } from 'zod';
import { logLevels } from './log.ts';

/**
 * The environment of the Edge Functions, validated once. Every variable is described in `.env.example`; the
 * descriptions here finish the sentence "NAME must be ..." in the error a person reads.
 */

const vendorUrl = z
    .string()
    .refine(isSafeUrl)
    .transform((url) => url.replace(/\/+$/, ''));

/** https anywhere; plain http only towards this machine or a container's host (the simulators). */
function isSafeUrl(text: string): boolean {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname } = new URL(text);
    const local = ['localhost', '127.0.0.1', '[::1]', 'host.docker.internal'].includes(hostname);
    return protocol === 'https:' || (protocol === 'http:' && local);
}

const secret = z.string().min(16).regex(/^\S+$/);

type Variable = { schema: z.ZodType; mustBe: string };
const variable = <S extends z.ZodType>(schema: S, mustBe: string) => ({ schema, mustBe }) satisfies Variable;

const variables = {
    META_APP_SECRET: variable(
        secret,
        'the App Secret of the Meta app (App settings, Basic), at least 16 characters',
    ),
    META_VERIFY_TOKEN: variable(
        z.string().min(8).regex(/^\S+$/),
        'the Verify token typed into the webhook settings of the Meta app, at least 8 characters',
    ),
    META_GRAPH_URL: variable(
        vendorUrl.default('https://graph.facebook.com'),
        'the address of the Graph API: https, or http on this machine',
    ),
    META_GRAPH_VERSION: variable(
        z
            .string()
            .regex(/^v\d+\.\d+$/)
            .default('v26.0'),
        'a Graph API version such as v26.0',
    ),
    OPENAI_API_KEY: variable(
        z.string().min(8).regex(/^\S+$/).optional(),
        'an API key without spaces, or empty for the rules brain',
    ),
    OPENAI_BASE_URL: variable(
        vendorUrl.default('https://api.openai.com/v1'),
        'the address of the OpenAI API: https, or http on this machine',
    ),
    OPENAI_MODEL: variable(
        z.string().min(1).regex(/^\S+$/).default('gpt-6-luna'),
        'the name of a model such as gpt-6-luna',
    ),
    FROSTDESK_COMPATIBLE_URL: variable(
        vendorUrl.optional(),
        'the address of a server that speaks Chat Completions, with its /v1: https, or http on this machine',
    ),
    FROSTDESK_COMPATIBLE_KEY: variable(
        z.string().min(1).regex(/^\S+$/).optional(),
        'the API key of that server without spaces, or empty when it asks for none',
    ),
    FROSTDESK_COMPATIBLE_MODEL: variable(
        z.string().min(1).regex(/^\S+$/).optional(),
        'the name of a model of that server',
    ),
    FROSTDESK_BRAIN: variable(
        z.enum(['openai', 'compatible', 'rules']).optional(),
        '"openai", "compatible", "rules", or empty: openai when OPENAI_API_KEY is set, else rules',
    ),
    FROSTDESK_BELL_TOKEN: variable(
        secret,
        'the token that opens the doorbell, the same as bell_token in the Vault, at least 16 characters',
    ),
    FROSTDESK_LOG_LEVEL: variable(
        z.enum(logLevels).default('info'),
        `one of ${logLevels.join(', ')}; empty means info`,
    ),
    SUPABASE_URL: variable(
        z.url({ protocol: /^https?$/ }),
        'the URL of the Supabase project (set by the platform)',
    ),
    SUPABASE_PUBLISHABLE_KEYS: variable(
        namedKeys(),
        'JSON like {"default":"sb_publishable_..."} (set by the platform)',
    ),
    SUPABASE_SECRET_KEYS: variable(
        namedKeys(),
        'JSON like {"default":"sb_secret_..."} (set by the platform)',
    ),
} satisfies Record<string, Variable>;

/** The platform sets API keys as a JSON object of named keys; we need the one named `default`. */
function namedKeys() {
    return z.string().refine((text) => {
        try {
            return z.looseObject({ default: z.string().min(1) }).safeParse(JSON.parse(text)).success;
        } catch {
            return false;
        }
    });
}

export type VariableName = keyof typeof variables;
export const variableNames = Object.keys(variables) as VariableName[];
/** Set by Supabase (or the embedded platform) for every function; not for a person to fill in. */
export const platformVariables: VariableName[] = [
    'SUPABASE_URL',
    'SUPABASE_PUBLISHABLE_KEYS',
    'SUPABASE_SECRET_KEYS',
];

type Values = { [name in VariableName]: z.output<(typeof variables)[name]['schema']> };
export type Env = Omit<Values, 'FROSTDESK_BRAIN'> & { FROSTDESK_BRAIN: 'openai' | 'compatible' | 'rules' };

/** Names every variable that is wrong and what it should be; never quotes a value, for it may be a key. */
export class EnvironmentError extends Error {
    override readonly name = 'EnvironmentError';
    readonly variables: VariableName[];

    constructor(problems: { name: VariableName; problem: string }[]) {
        super(`The environment is not right:\n${problems.map((p) => `- ${p.name} ${p.problem}`).join('\n')}`);
        this.variables = problems.map((p) => p.name);
    }
}

/** Validates an environment; an empty value counts as unset. Throws EnvironmentError. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
    const values: Record<string, unknown> = {};
    const problems: { name: VariableName; problem: string }[] = [];
    for (const name of variableNames) {
        const { schema, mustBe } = variables[name];
        const given = source[name]?.trim() || undefined;
        const read = schema.safeParse(given);
        if (read.success) values[name] = read.data;
        else problems.push({ name, problem: `${given ? 'must be' : 'is missing; it must be'} ${mustBe}.` });
    }
    const env = values as Values;
    if (env.FROSTDESK_BRAIN === 'openai' && !env.OPENAI_API_KEY) {
        problems.push({ name: 'OPENAI_API_KEY', problem: 'is needed when FROSTDESK_BRAIN is "openai".' });
    }
    if (env.FROSTDESK_BRAIN === 'compatible') {
        for (const name of ['FROSTDESK_COMPATIBLE_URL', 'FROSTDESK_COMPATIBLE_MODEL'] as const) {
            if (env[name]) continue;
            problems.push({ name, problem: 'is needed when FROSTDESK_BRAIN is "compatible".' });
        }
    }
    if (problems.length > 0) throw new EnvironmentError(problems);
    return { ...env, FROSTDESK_BRAIN: env.FROSTDESK_BRAIN ?? (env.OPENAI_API_KEY ? 'openai' : 'rules') };
}

type Runtime = typeof globalThis & {
    Deno?: { env: { toObject(): Record<string, string> } };
    process?: { env: Record<string, string | undefined> };
};

/** The environment of the runtime we are in: Deno in production and locally, Node in tests. */
export function runtimeEnvironment(): Record<string, string | undefined> {
    const runtime = globalThis as Runtime;
    return runtime.Deno?.env.toObject() ?? runtime.process?.env ?? {};
}

let loaded: Env | undefined;

/** The environment of this isolate, read and validated at the first call. */
export function loadEnv(): Env {
    loaded ??= readEnv(runtimeEnvironment());
    return loaded;
}
