import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { migrations, ownDatabase } from './support/database.ts';
import { newPerson } from './support/tenant.ts';
import { anonymous, refusal, service, trying } from './support/voices.ts';

// Claims about all functions, triggers and errors at once.

const db = ownDatabase();
const found = async (query: string) => (await db.sql<{ name: string }>(query)).map((row) => row.name);

const functions = `
    pg_proc as function
    join pg_namespace as namespace
        on namespace.oid = function.pronamespace and namespace.nspname in ('public', 'private')`;

describe('every function', () => {
    it('pins its search_path', async () => {
        expect(
            await found(
                `select function.proname as name from ${functions}
                 where not coalesce(function.proconfig, '{}') @> array['search_path=""']`,
            ),
        ).toEqual([]);
    });

    it('states its volatility', () => {
        const silent = migrations().flatMap(({ text }) =>
            [...text.matchAll(/^create function ([\w.]+)[\s\S]*?\nas \$\$/gm)]
                .filter(([head]) => !/^(volatile|stable|immutable)$/m.test(head ?? ''))
                .map(([, name]) => name),
        );
        expect(silent).toEqual([]);
    });

    it('has a comment', async () => {
        expect(
            await found(
                `select function.proname as name from ${functions}
                 where obj_description(function.oid, 'pg_proc') is null`,
            ),
        ).toEqual([]);
    });

    it('that runs with its owner’s rights is private, or for functions with the secret key alone', async () => {
        expect(
            await found(
                `select function.proname as name from ${functions}
                 where namespace.nspname = 'public'
                     and function.prosecdef
                     and (
                         has_function_privilege('anon', function.oid, 'execute')
                         or has_function_privilege('authenticated', function.oid, 'execute')
                     )`,
            ),
        ).toEqual([]);
    });

    it('is executable by whom it is meant for', async () => {
        const rows = await db.sql(
            `select role, string_agg(
                 namespace.nspname || '.' || function.proname, ' ' order by namespace.nspname, function.proname
             ) as names
             from ${functions}
             cross join unnest(array['anon', 'authenticated', 'service_role']) as role
             where has_function_privilege(role, function.oid, 'execute')
             group by role
             order by role`,
        );
        expect(rows).toEqual([
            {
                role: 'authenticated',
                names:
                    'private.block_customer private.book_for private.businesses_i_manage private.cancel_for ' +
                    'private.check_i_manage private.check_i_see private.find_free_slots private.is_time_zone ' +
                    'private.list_dead_letters private.move_for private.my_businesses ' +
                    'private.rerun_dead_letter private.rerun_dead_letters private.unblock_customer ' +
                    'private.unpause_business public.block_customer public.book public.cancel_bookings ' +
                    'public.decide_booking public.find_free_slots public.list_dead_letters ' +
                    'public.move_bookings public.rerun_dead_letter public.rerun_dead_letters ' +
                    'public.unblock_customer public.unpause_business',
            },
            {
                role: 'service_role',
                names:
                    'private.book_for private.businesses_i_manage private.cancel_for private.check_i_manage ' +
                    'private.check_i_see private.find_free_slots private.move_for public.book ' +
                    'public.cancel_bookings public.claim_deliveries public.claim_turns public.defer_delivery ' +
                    'public.fail_job public.find_free_slots public.finish_delivery public.finish_notice ' +
                    'public.finish_turn public.get_turn_context public.health_report public.move_bookings ' +
                    'public.receive_messages public.refuse_delivery public.renew_lease public.rest_worker',
            },
        ]);
    });

    it('of the desk is refused to signed-in people and to the public key', async () => {
        const person = await newPerson(db);
        const call = `select public.receive_messages('whatsapp', '[]')`;
        for (const voice of [person, anonymous]) {
            expect(await refusal(trying(db, voice, () => db.sql(call)))).toBe('42501');
        }
        expect(await refusal(trying(db, service, () => db.sql(call)))).toBeNull();
    });
});

describe('every trigger', () => {
    it('says by its name when it runs, and calls a private function of its table', async () => {
        expect(
            await found(
                `select class.relname || '.' || trigger.tgname as name
                 from pg_trigger as trigger
                 join pg_class as class on class.oid = trigger.tgrelid
                 join pg_namespace as namespace on namespace.oid = class.relnamespace
                 join pg_proc as function on function.oid = trigger.tgfoid
                 where namespace.nspname in ('public', 'private')
                     and not trigger.tgisinternal
                     and (
                         trigger.tgname !~ '^_[0-9]{3}_[a-z_]+$'
                         or function.pronamespace <> 'private'::regnamespace
                         or function.proname !~ ('^tg(_' || class.relname || ')?__[a-z_]+$')
                     )`,
            ),
        ).toEqual([]);
    });
});

describe('every house error', () => {
    const page = readFileSync('supabase/ERRORS.md', 'utf8');
    const listed = [...page.matchAll(/^\| (D\d{4}) \|/gm)].map(([, code]) => code);

    it('that a migration raises is in ERRORS.md, and the other way round', () => {
        const raised = migrations().flatMap(({ text }) =>
            [...text.matchAll(/errcode = '(\w{5})'/g)].map(([, code]) => code),
        );
        expect([...new Set(raised)].sort()).toEqual(listed);
    });

    it('is caught by a number that exists', () => {
        const caught = migrations().flatMap(({ text }) =>
            [...text.matchAll(/sqlstate '(\w{5})'/g)].map(([, code]) => code),
        );
        expect(listed).toEqual(expect.arrayContaining(caught));
    });
});

describe('every migration', () => {
    it('says first what it is for, and keeps to one voice', () => {
        for (const { name, text } of migrations()) {
            expect(name).toMatch(/^\d{14}_[a-z_]+\.sql$/);
            expect(text, name).toMatch(/^-- /);
            expect(text, name).not.toMatch(/\t|[ \t]$/m);
            expect(text, name).not.toMatch(/^\s*(CREATE|SELECT|INSERT|UPDATE|DELETE|ALTER|GRANT|REVOKE)\b/m);
            expect(text.split('\n').length, name).toBeLessThan(300);
        }
    });
});
