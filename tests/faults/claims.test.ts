import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { broken, claims } from './invariants.ts';
import { type Lab, startLab } from './support/lab.ts';
import { Scenario } from './support/scenario.ts';
import { proposedTo, question, saysYes } from './support/stories.ts';

/** The claims themselves: each must see the harm that it is there to see, or it proves nothing. */

let lab: Lab;
let s: Scenario;
beforeAll(async () => {
    lab = await startLab();
    s = await Scenario.open(lab);
    await s.customer('Ana Lima').says(question);
    const bo = s.customer('Bo Lund');
    const proposal = await proposedTo(bo);
    await s.settles();
    saysYes(s, bo, proposal);
    await s.settles();
});
afterAll(async () => {
    await s.close();
    await lab.stop();
});

const booking = `(select id from public.bookings where business_id = $1 limit 1)`;
const firstAnswer = `(select id from public.messages where business_id = $1 and role = 'assistant' order by created_at limit 1)`;

/** The product's own guards would refuse most of the harm. */
const behindTheirBack = `
    begin;
    set local session_replication_role = replica;
    alter table public.time_claims
        drop constraint time_claims_never_overlap,
        drop constraint time_claims_are_one_per_booking;
    alter table public.bookings drop constraint bookings_are_made_once_from_a_line`;

const harms: Record<string, string> = {
    '1. every accepted inbound message is stored exactly once': `update public.messages set provider_id = provider_id || 'x' where business_id = $1 and role = 'user'`,
    '1. every inbound message ends answered, handed over or visibly failed': `update public.messages set outcome = null where business_id = $1 and role = 'user'`,
    '1. what is called answered has an answer that left, or failed where the owner sees it': `update public.messages set status = 'queued' where id = ${firstAnswer} and business_id = $1`,
    '2. every answer of the desk answers something, so no turn was answered twice': `update public.messages set answered_by = null where business_id = $1`,
    '2. nothing was sent that the database does not know as sent': `update public.messages set status = 'dropped' where id = ${firstAnswer} and business_id = $1`,
    '2. no answer composed before a takeover began to be sent after it': `insert into faults.seen (id, what, business_id, conversation_id, after) overriding system value
        select 0, 'conversations update', business_id, id, '{"mode_epoch": 9}' from public.conversations where business_id = $1 limit 1`,
    '3. no answer precedes what it answers': `update public.messages set seq = seq + 100 where business_id = $1 and role = 'user'`,
    "4. no instructor's time is taken twice": `insert into public.time_claims select (jsonb_populate_record(claim, '{"id": "00000000-0000-4000-8000-000000000009"}')).* from public.time_claims as claim where business_id = $1 limit 1`,
    '4. what stands in the calendar is claimed, once and as long as it stands': `delete from public.time_claims where business_id = $1 and kind = 'booking'`,
    '4. no "booked" without its row': `delete from public.booking_events where business_id = $1`,
    '4. no row without its text: a booking and the answer that tells of it commit together': `update public.messages set content = jsonb_set(content, '{text}', '"Hm."') where business_id = $1`,
    '4. nothing was booked twice from one YES': `insert into public.bookings (id, business_id, reference, service_id, instructor_id, customer_id, conversation_id, proposal_id, proposal_line, starts_at, ends_at, time_zone, price_minor, currency)
        select gen_random_uuid(), business_id, 'TWICE2', service_id, instructor_id, customer_id, conversation_id, proposal_id, proposal_line, starts_at, ends_at, time_zone, price_minor, currency from public.bookings where id = ${booking} and business_id = $1`,
    '5. no status went back': `insert into faults.seen (what, business_id, conversation_id, before, after)
        select 'messages update', business_id, id, '{"status": "read"}', '{"status": "sent"}' from public.conversations where business_id = $1`,
    '5. every status that was told is remembered': `update public.messages set status = 'sent' where business_id = $1 and role = 'assistant'`,
    '5. nothing is left leased or queued, and nothing waits for a message that is there': `insert into private.jobs (business_id, kind, conversation_id) select business_id, 'reply', id from public.conversations where business_id = $1`,
    '5. a dead letter says why, and is seen where it was to be read': `insert into private.jobs (business_id, kind, conversation_id, state) select business_id, 'reply', id, 'dead' from public.conversations where business_id = $1`,
};

/** What only the vendors' side can show: their log is what is falsified. */
const falsified: Record<string, (told: ReturnType<Scenario['witness']['told']>) => void> = {
    '2. no message reached the customer twice': (told) => told.sends.push(...told.sends.slice(0, 1)),
    '3. the messages of a conversation left in order': (told) => {
        for (const send of told.sends) send.seq = -send.seq;
    },
};

describe('the claims', () => {
    it('hold for a desk that nobody harmed', async () => {
        expect(await broken(s.witness)).toEqual([]);
    });

    it.each(claims.map(({ name }) => name))('see it when this does not hold: %s', async (name) => {
        const claim = claims.filter((each) => each.name === name);
        const told = s.witness.told();
        falsified[name]?.(told);
        const client = await lab.pool.connect();
        try {
            await client.query(behindTheirBack);
            const harm = harms[name];
            if (harm !== undefined) await client.query(harm, [s.desk.businessId]);
            const rows = async <T extends object>(sql: string, ...values: unknown[]): Promise<T[]> =>
                (await client.query<T>(sql, [s.desk.businessId, ...values])).rows;
            const findings = await broken({ rows, told: () => told }, [], claim);
            expect(findings.map((finding) => finding.claim.name)).toEqual([name]);
        } finally {
            await client.query('rollback');
            client.release();
        }
    });
});
