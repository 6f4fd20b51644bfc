import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guard, startGuard } from '../../scripts/local/guard.ts';
import { freePort } from '../../scripts/local/ports.ts';
import { startPostgres, stopOrphan } from '../../scripts/local/postgres.ts';
import { sql } from './clients.ts';

let platformDir: string;
let guard: Guard;

beforeAll(() => {
    platformDir = mkdtempSync(`${tmpdir()}/frostdesk-postgres-`);
    guard = startGuard();
});

afterAll(async () => {
    await guard.release();
    rmSync(platformDir, { recursive: true, force: true });
});

describe('the embedded Postgres', () => {
    it('keeps its data and gives up its port when a crash has left it running without anybody', async () => {
        const options = { platformDir, port: await freePort(), guard, durable: false };
        const orphan = await startPostgres(options);
        expect(orphan.fresh).toBe(true);
        await sql('create table public.kept ()', [], orphan.url);

        await stopOrphan(platformDir);
        expect(await orphan.exited).toBe('exit code 0');
        const next = await startPostgres(options);
        expect(next.fresh).toBe(false);
        expect(await sql("select to_regclass('public.kept') is not null as kept", [], next.url)).toEqual([
            { kept: true },
        ]);
        await next.stop();
    });
});

describe('the database', () => {
    it('gives the migration role what it has on Supabase, and no more', async () => {
        const [role] = await sql(
            'select rolsuper, rolbypassrls, rolreplication, rolcreaterole from pg_roles where rolname = current_user',
        );
        expect(role).toEqual({
            rolsuper: false,
            rolbypassrls: true,
            rolreplication: true,
            rolcreaterole: true,
        });
    });

    it('grants nothing on a new table to the roles of the API', async () => {
        await expect(
            sql(
                `begin; create table public.contract_fresh (); set local role anon; select from public.contract_fresh`,
            ),
        ).rejects.toMatchObject({ code: '42501' });
    });

    it('reads the caller of a policy from the claims of the request', async () => {
        const claims = JSON.stringify({ sub: 'a1000000-0000-4000-8000-000000000001', role: 'authenticated' });
        const [row] = await sql(
            `with claimed as materialized (select set_config('request.jwt.claims', $1, true))
             select auth.uid() as uid, auth.role() as role, auth.jwt() ->> 'sub' as sub from claimed`,
            [claims],
        );
        expect(row).toEqual({
            uid: JSON.parse(claims).sub,
            role: 'authenticated',
            sub: JSON.parse(claims).sub,
        });
    });
});
