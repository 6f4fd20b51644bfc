import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    claimTurns,
    contextOf,
    failJob,
    finishTurn,
    only,
    quiet,
    receiveOne,
    textFrom,
    theTurn,
} from './support/desk.ts';
import { answer, booked, newCustomer } from './support/story.ts';
import { ahead, newTenant, type Tenant } from './support/tenant.ts';
import { as, refusal } from './support/voices.ts';

// What people and programs see of the desk: health, histories, broadcasts, and the demo business.

const db = ownDatabase();
let tenant: Tenant;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
});

const health = async () => only(await db.sql('select public.health_report() as report')).report;

describe('the health report', () => {
    it('counts what waits, runs and is dead', async () => {
        for (const _ of [1, 2, 3]) await newCustomer(db, tenant);
        await db.sql('update private.jobs set attempts = 3');
        const [turn] = await claimTurns(db, crypto.randomUUID(), 1);
        if (!turn) throw new Error('there are three');
        await failJob(db, turn);
        await claimTurns(db, crypto.randomUUID(), 1);
        await db.sql(`update private.jobs set run_at = now() - interval '7 seconds' where state = 'queued'`);
        const report = await health();
        expect(report).toMatchObject({
            database: 'ok',
            queue: { depth: 2, due: 1, running: 1, dead: 1 },
            doorbell: { configured: true, awake_workers: 2, last_error: null },
            sweep: { scheduled: true, last_run_at: null },
        });
        expect((report as { queue: { oldest_due_ms: number } }).queue.oldest_due_ms).toBeGreaterThanOrEqual(
            7000,
        );
    });

    it('finds nothing late behind what waits for a limit', async () => {
        const customer = await newCustomer(db, tenant);
        for (const text of ['one', 'two'])
            await db.sql(
                `insert into public.messages (business_id, conversation_id, role, content)
                 values ($1, $2, 'owner', jsonb_build_object('type', 'text', 'text', $3::text))`,
                [tenant.businessId, customer.conversationId, text],
            );
        await db.sql(`delete from private.jobs where kind = 'reply'`);
        await db.sql(
            `update private.jobs set run_at = now() + case
                 when id = (select min(id) from private.jobs) then interval '64 seconds'
                 else interval '-64 seconds'
             end`,
        );
        expect(await health()).toMatchObject({ queue: { depth: 2, due: 0, oldest_due_ms: 0 } });
    });

    it('counts the silence of the sweep from the start of the database at the earliest', async () => {
        const { sweep } = (await health()) as { sweep: { silent_ms: number } };
        const [{ up_ms } = { up_ms: 0 }] = await db.sql<{ up_ms: number }>(
            'select extract(epoch from now() - pg_postmaster_start_time())::float * 1000 as up_ms',
        );
        expect(Math.abs(sweep.silent_ms - up_ms)).toBeLessThan(1000);
    });

    const answered = (status: number | null, error: string | null, request = -1) =>
        db.sql(
            `insert into net._http_response (id, status_code, error_msg, created) values ($3, $1, $2, clock_timestamp())`,
            [status, error, request],
        );

    it('counts the bells in a row that nobody heard, and only our own', async () => {
        await db.sql('delete from net._http_response');
        await db.sql('insert into private.bells (request_id) values (-1) on conflict do nothing');
        await answered(202, null);
        for (const failures of [1, 2, 3, 3]) {
            await answered(401, null);
            await answered(500, null, -2);
            expect(await health()).toMatchObject({ doorbell: { failures, last_error: 'HTTP 401' } });
        }
        await answered(202, null);
        expect(await health()).toMatchObject({ doorbell: { failures: 2, last_error: null } });
        await db.sql('delete from net._http_response');
    });

    it('counts what was set aside until the broom comes, thirty days later', async () => {
        const before = (await health()) as { set_aside: number };
        await db.sql(
            `insert into private.raw_events (channel_kind, reason, received_at)
             values ('whatsapp', 'old', now() - interval '31 days'), ('whatsapp', 'new', now())`,
        );
        expect(await health()).toMatchObject({ set_aside: before.set_aside + 2 });
        await db.sql('select private.tidy()');
        expect(await health()).toMatchObject({ set_aside: before.set_aside + 1 });
    });

    it('names the last error of the bell, until a later one is answered', async () => {
        await db.sql('insert into private.bells (request_id) values (-1) on conflict do nothing');
        for (const [status, error, said] of [
            [null, 'Could not connect', 'Could not connect'],
            [503, null, 'HTTP 503'],
            [202, null, null],
        ] as const) {
            await answered(status, error);
            expect(await health()).toMatchObject({ doorbell: { last_error: said } });
        }
    });

    it('knows which channels can send', async () => {
        const { channels } = (await health()) as { channels: unknown[] };
        expect(channels).toContainEqual({
            kind: 'whatsapp',
            account: '100000000000001',
            active: true,
            has_token: true,
        });
        expect(channels).toContainEqual({
            kind: 'whatsapp',
            account: tenant.account,
            active: true,
            has_token: false,
        });
    });
});

describe('the audit log', () => {
    it('keeps who changed what, from what to what', async () => {
        await db.sql('begin');
        await db.sql(`select set_config('request.jwt.claims', $1, true)`, [
            JSON.stringify({ sub: tenant.owner.userId }),
        ]);
        await db.sql('update public.services set price_minor = 9900, updated_at = now() where id = $1', [
            tenant.serviceId,
        ]);
        await db.sql('commit');
        await db.sql('update public.services set price_minor = 9900 where id = $1', [tenant.serviceId]);
        await db.sql('delete from public.weekly_hours where business_id = $1 and weekday = 7', [
            tenant.businessId,
        ]);
        const rows = await db.sql(
            `select table_name, op, before, after, actor_id from public.audit_log
             where business_id = $1 and op <> 'INSERT' order by id`,
            [tenant.businessId],
        );
        expect(rows[0]).toEqual({
            table_name: 'services',
            op: 'UPDATE',
            before: { price_minor: 9000 },
            after: { price_minor: 9900 },
            actor_id: tenant.owner.userId,
        });
        expect(rows.slice(1)).toMatchObject([
            { table_name: 'weekly_hours', op: 'DELETE', before: { weekday: 7 }, after: {}, actor_id: null },
            { table_name: 'weekly_hours', op: 'DELETE' },
        ]);
    });

    it('goes with the business', async () => {
        await db.sql('delete from public.businesses where id = $1', [tenant.businessId]);
        expect(
            await db.sql('select from public.audit_log where business_id = $1', [tenant.businessId]),
        ).toEqual([]);
    });
});

describe('the history of a booking', () => {
    it('can be changed by nobody, and says what became of what', async () => {
        const customer = await newCustomer(db, tenant);
        const id = await booked(db, customer, { startsAt: await ahead(db, 3, '10:00') });
        await as(db, tenant.owner, () => db.sql(`select public.decide_booking($1, 'cancel', 'storm')`, [id]));
        const rows = await db.sql(
            'select event, before, after from public.booking_events where booking_id = $1 order by id',
            [id],
        );
        expect(rows).toMatchObject([
            { event: 'created', before: {}, after: { status: 'pending', price_minor: 9000 } },
            {
                event: 'cancelled',
                before: { status: 'pending', decision_note: null },
                after: { status: 'cancelled', decision_note: 'storm', decided_by: tenant.owner.userId },
            },
        ]);
    });
});

describe('a broadcast', () => {
    const heard = () =>
        db.sql(
            `delete from realtime.messages where topic = 'business:' || $1::text
             returning event, payload - 'id' as payload, private, extension`,
            [tenant.businessId],
        );

    it('tells ids to the business, and never what was said', async () => {
        await receiveOne(db, textFrom(tenant.account, { phone: '+41791112233' }, 'a secret'));
        const rows = await heard();
        expect(rows.map(({ event }) => event).sort()).toEqual(['conversations', 'messages']);
        for (const row of rows) {
            expect(row).toMatchObject({ private: true, extension: 'broadcast' });
            expect(Object.keys(row.payload as object).sort()).toEqual(['conversation_id', 'op', 'table']);
        }
        expect(JSON.stringify(rows)).not.toMatch(/secret|41791112233/);
    });

    it('tells a turn, a takeover and a booking once each', async () => {
        const customer = await newCustomer(db, tenant);
        await heard();
        await answer(db, customer, [], { state: { stage: 'collecting' } });
        const turn = (await heard()).map(
            ({ event, payload }) => `${(payload as { op: string }).op} ${event}`,
        );
        expect(turn.sort()).toEqual(['INSERT messages', 'UPDATE conversations', 'UPDATE messages']);
        await as(db, tenant.owner, () =>
            db.sql(`update public.conversations set mode = 'human' where id = $1`, [customer.conversationId]),
        );
        expect(await heard()).toMatchObject([{ event: 'conversations', payload: { op: 'UPDATE' } }]);
    });

    it('is for tables that plain subscriptions can follow too', async () => {
        const rows = await db.sql(
            `select tablename from pg_publication_tables where pubname = 'supabase_realtime' order by 1`,
        );
        expect(rows.map(({ tablename }) => tablename)).toEqual(['bookings', 'conversations', 'messages']);
    });
});

describe('the daily broom', () => {
    it('throws away what nobody will ask for again, and nothing else', async () => {
        await db.sql(
            `insert into cron.job_run_details (runid, jobid, username, command, end_time)
             values (1, 1, current_user, 'old', now() - interval '3 days'), (2, 1, current_user, 'new', now())`,
        );
        await db.sql(
            `insert into private.pending_statuses (business_id, channel_id, provider_id, status, received_at)
             values ($1, $2, 'old', 'sent', now() - interval '31 days'), ($1, $2, 'new', 'sent', now())`,
            [tenant.businessId, tenant.channelId],
        );
        await db.sql('select private.tidy()');
        const rows = await db.sql('select provider_id from private.pending_statuses where business_id = $1', [
            tenant.businessId,
        ]);
        expect(rows).toEqual([{ provider_id: 'new' }]);
        expect(await db.sql('select command from cron.job_run_details')).toEqual([{ command: 'new' }]);
    });
});

describe('the seed', () => {
    const seed = readFileSync('supabase/seed.sql', 'utf8');
    const demo = 'b0000000-0000-4000-8000-000000000001';

    it('changes nothing when it runs again', async () => {
        const state = async () =>
            db.sql(
                `select (select count(*) from public.instructors where business_id = $1) as instructors,
                    (select count(*) from public.services where business_id = $1) as services,
                    (select count(*) from public.weekly_hours where business_id = $1) as hours,
                    (select count(*) from vault.secrets) as secrets,
                    (select count(*) from auth.users) as users`,
                [demo],
            );
        const before = await state();
        await db.sql(seed);
        expect(await state()).toEqual(before);
        expect(before).toMatchObject([{ instructors: 4, services: 5 }]);
    });

    it('has a login whose password is the demo’s, and tokens the Auth service can read', async () => {
        const [user] = await db.sql(
            `select encrypted_password = extensions.crypt('frostdesk-demo', encrypted_password) as fits,
                confirmation_token || recovery_token || email_change || email_change_token_new
                    || email_change_token_current || phone_change || phone_change_token || reauthentication_token as tokens
             from auth.users where email = 'owner@frostdesk.local'`,
        );
        expect(user).toEqual({ fits: true, tokens: '' });
    });

    it('is a desk that answers: open all week, with a channel that can send', async () => {
        await receiveOne(db, textFrom('100000000000001', { phone: '+41790000009' }, 'Hi'));
        await db.sql('update private.jobs set run_at = now()');
        const turn = await theTurn(db);
        expect(turn.access_token).toBe('frostdesk-local-whatsapp-token');
        const context = await contextOf(db, turn);
        expect((context.services as { name: string }[]).map(({ name }) => name)).toContain(
            'Snowboard lesson',
        );
        for (let day = 1; day <= 7; day++) {
            const slots = await db.sql(
                `select from public.find_free_slots($1, 'd0000000-0000-4000-8000-000000000001', $2, $3)`,
                [demo, await ahead(db, day, '00:00'), await ahead(db, day + 1, '00:00')],
            );
            expect(slots.length).toBe(3);
        }
        await finishTurn(db, turn, { upTo: 1 });
    });
});

describe('a business', () => {
    it('lives in a zone of the IANA database, by its full name', async () => {
        const set = (zone: string) =>
            refusal(
                db.sql('update public.businesses set time_zone = $2 where id = $1', [
                    tenant.businessId,
                    zone,
                ]),
            );
        for (const zone of ['UTC', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince'])
            expect(await set(zone)).toBeNull();
        for (const zone of ['CET-1', 'Mars/Olympus', 'europe/zurich', '+01:00', ''])
            expect(await set(zone)).toBe('D0016');
    });
});
