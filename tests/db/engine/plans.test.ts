import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { receiveOne, textFrom } from '../support/desk.ts';
import { type Customer, newCustomer, turnOf } from '../support/story.ts';
import { ahead, newTenant, type Tenant } from '../support/tenant.ts';

// The plans of the hot queries, inside their functions, on tables with rows enough to make a wrong plan hurt.

const db = ownDatabase();
let admin: pg.Client;
let tenant: Tenant;
let customer: Customer;
let plans: string[] = [];
const large = 30_000;

beforeAll(async () => {
    tenant = await newTenant(db);
    customer = await newCustomer(db, tenant);
    const [row] = await db.sql<{ name: string }>('select current_database() as name');
    const url = new URL(inject('platform').adminDatabaseUrl);
    url.pathname = row?.name ?? '';
    admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await furnish();
    await admin.query(`load 'auto_explain'`);
    await admin.query(`
        set auto_explain.log_min_duration = 0;
        set auto_explain.log_nested_statements = on;
        set client_min_messages = log`);
    admin.on('notice', ({ message }) => {
        if (message) plans.push(message);
    });
}, 60_000);

afterAll(() => admin.end());

/** Years of bookings on the same two calendars, and long conversations of others; no trigger runs. */
async function furnish(): Promise<void> {
    const ids = [tenant.businessId, tenant.serviceId, tenant.instructors];
    await admin.query('set session_replication_role = replica');
    await admin.query(
        `with fresh as (
             select gen_random_uuid() as id, ($3::uuid[])[1 + place % 2] as instructor_id,
                 now() - make_interval(hours => 24 + place / 2) as starts_at
             from generate_series(1, ${large}) as place
         ),
         booked as (
             insert into public.bookings (id, business_id, service_id, instructor_id, customer_id, starts_at, ends_at,
                 time_zone, price_minor, currency, reference)
             select id, $1, $2, instructor_id, gen_random_uuid(), starts_at, starts_at + interval '30 minutes', 'Europe/Zurich', 1, 'CHF',
                 id::text
             from fresh
         )
         insert into public.time_claims (business_id, instructor_id, during, kind, service_id, starts_at, ends_at,
             booking_id)
         select $1, instructor_id, tstzrange(starts_at, starts_at + interval '30 minutes'), 'booking', $2, starts_at,
             starts_at + interval '30 minutes', id
         from fresh`,
        ids,
    );
    await admin.query(
        `insert into public.messages (business_id, channel_id, conversation_id, seq, role, content, status, outcome)
         select $1, $2, gen_random_uuid(), 1, 'user', '{"type": "text"}', 'received', 'answered'
         from generate_series(1, ${large})`,
        [tenant.businessId, tenant.channelId],
    );
    await admin.query('set session_replication_role = origin');
    await admin.query('analyze');
}

/** The plans of all statements that ran in the course of this one, in a transaction that is rolled back. */
async function plansOf(text: string, values: unknown[], warmUp = 0): Promise<string> {
    await admin.query('begin');
    // Postgres settles on the plans of a session after a few runs; the one after that is looked at.
    for (let run = 0; run < warmUp; run += 1) await admin.query(text, values);
    plans = [];
    await admin.query(text, values);
    await admin.query('rollback');
    return plans.join('\n');
}

function expectIndexed(plan: string) {
    expect(plan).toContain('Query Text');
    const scans = plan
        .split('\n')
        .filter((line) => /Seq Scan on (time_claims|bookings|messages)\b/.test(line));
    expect(scans).toEqual([]);
}

describe('no sequential scan over claims, bookings or messages', () => {
    it('when free times are looked for', async () => {
        for (const customerId of [customer.customerId, null]) {
            const plan = await plansOf(
                `select * from public.find_free_slots($1, $2, now(), now() + interval '14 days', p_customer_id => $3)`,
                [tenant.businessId, tenant.serviceId, customerId],
                8,
            );
            expectIndexed(plan);
            expect(plan).toMatch(/Index Scan (using|on) time_claims_never_overlap/);
        }
    });

    it('when somebody books, moves and cancels', async () => {
        const line = {
            service_id: tenant.serviceId,
            instructor_id: tenant.instructors[0],
            starts_at: await ahead(db, 3, '10:00'),
        };
        const plan = await plansOf(
            `with booked as (select id from public.book($1, $2, $3))
             select public.move_bookings($1, jsonb_build_array(jsonb_build_object(
                 'booking_id', booked.id, 'starts_at', $4::text
             ))),
                 public.cancel_bookings($1, array[booked.id])
             from booked`,
            [tenant.businessId, customer.customerId, JSON.stringify([line]), await ahead(db, 4, '10:00')],
        );
        expectIndexed(plan);
        expect(plan).toContain('Insert on time_claims');
    });

    it('when a turn is claimed and reads what it is about', async () => {
        await receiveOne(db, textFrom(tenant.account, customer.sender, 'at ten?'));
        await db.sql('update private.jobs set run_at = now()');
        const claimed = await plansOf(`select * from public.claim_turns($1, 10, 60000)`, [randomUUID()]);
        expectIndexed(claimed);
        const turn = await turnOf(db, customer);
        const read = await plansOf('select public.get_turn_context($1, $2)', [turn.job_id, turn.lease]);
        expectIndexed(read);
    });
});
