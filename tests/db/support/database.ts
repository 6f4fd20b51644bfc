import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';

// The platform's own database has live workers: whatever a test commits there, they pick up. So the suites
// here get copies of a template without workers, in the same Postgres, one copy for each test file.

const template = 'frostdesk_template';
const project = new URL('../../../', import.meta.url);

/** Numbers stay numbers: no test comes near 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export type Row = Record<string, unknown>;

/** A session that can be asked; `sql` throws what Postgres throws, with its `code`. */
export interface Session {
    sql<T extends Row = Row>(text: string, values?: unknown[]): Promise<T[]>;
    end(): Promise<void>;
}

export interface TestDatabase extends Session {
    /** A connection of its own, as the role postgres, for races. */
    connect(): Promise<Session>;
}

/** A fresh copy of the migrated and seeded database for this test file, dropped when the file is done. */
export function ownDatabase(): TestDatabase {
    const name = `frostdesk_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
    const open: Session[] = [];
    let main: Session | undefined;
    const connect = async () => {
        const session = await openSession(urlOf(name, 'postgres'));
        open.push(session);
        return session;
    };
    beforeAll(async () => {
        await makeTemplate();
        await inMaintenance(`create database ${name} template ${template} owner postgres`);
        main = await connect();
    });
    afterAll(async () => {
        await Promise.all(open.map((session) => session.end()));
        await inMaintenance(`drop database if exists ${name} with (force)`);
    });
    return {
        connect,
        sql: (text, values) => {
            if (!main) throw new Error('The database is there once the tests of the file run.');
            return main.sql(text, values);
        },
        end: async () => {},
    };
}

function urlOf(database: string, role: 'postgres' | 'supabase_admin'): string {
    const { adminDatabaseUrl, databaseUrl } = inject('platform');
    const url = new URL(role === 'postgres' ? databaseUrl : adminDatabaseUrl);
    url.pathname = database;
    return url.href;
}

async function openSession(url: string): Promise<Session> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    let ended: Promise<void> | undefined;
    return {
        sql: async <T extends Row>(text: string, values: unknown[] = []) =>
            (await client.query<T>(text, values.map(asParameter))).rows,
        end: () => {
            ended ??= client.end();
            return ended;
        },
    };
}

/** Objects and arrays of objects go in as JSON; arrays of anything else as Postgres arrays. */
function asParameter(value: unknown): unknown {
    const isJson = Array.isArray(value)
        ? value.length === 0 || value.some((item) => typeof item === 'object')
        : typeof value === 'object' && value !== null && !(value instanceof Date);
    return isJson ? JSON.stringify(value) : value;
}

async function inMaintenance(statement: string): Promise<void> {
    const session = await openSession(urlOf('postgres', 'supabase_admin'));
    try {
        await session.sql(statement);
    } finally {
        await session.end();
    }
}

/** Made once for all files; whoever comes second waits, and a half-made one never gets the name. */
async function makeTemplate(): Promise<void> {
    const admin = await openSession(urlOf('postgres', 'supabase_admin'));
    try {
        await admin.sql(`select pg_advisory_lock(hashtext('${template}'))`);
        const [known] = await admin.sql('select from pg_database where datname = $1', [template]);
        if (known) return;
        const draft = `${template}_draft`;
        await admin.sql(`drop database if exists ${draft} with (force)`);
        await admin.sql(`create database ${draft} owner postgres`);
        await run(urlOf(draft, 'supabase_admin'), platformFiles(draft));
        await run(urlOf(draft, 'postgres'), [
            `select vault.create_secret('http://127.0.0.1:9/functions/v1', 'functions_url'),
                    vault.create_secret('bell-token-of-the-database-tests', 'bell_token')`,
            ...migrations().map(({ text }) => text),
            readFileSync(new URL('supabase/seed.sql', project), 'utf8'),
        ]);
        await admin.sql(`alter database ${draft} rename to ${template}`);
    } finally {
        await admin.end();
    }
}

/** What the platform puts into a database before the first migration; the roles are there already. */
function platformFiles(database: string): string[] {
    const folder = new URL('scripts/local/sql/', project);
    return readdirSync(folder)
        .sort()
        .map((name) => readFileSync(new URL(name, folder), 'utf8'))
        .map((text) => text.replaceAll(/^create role .*$/gm, ''))
        .map((text) => text.replaceAll(/^alter database postgres /gm, `alter database ${database} `));
}

async function run(url: string, scripts: string[]): Promise<void> {
    const session = await openSession(url);
    try {
        for (const script of scripts) await session.sql(script);
    } finally {
        await session.end();
    }
}

/** Every migration, in order. */
export function migrations(): { name: string; text: string }[] {
    const folder = new URL('supabase/migrations/', project);
    return readdirSync(folder)
        .sort()
        .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
}
