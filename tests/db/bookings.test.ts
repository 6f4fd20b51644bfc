import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase, type Session } from './support/database.ts';
import { contextOf, failJob, type Json, only, quiet, theTurn } from './support/desk.ts';
import {
    answer,
    asked,
    booked,
    type Customer,
    confirm,
    newCustomer,
    offer,
    propose,
    says,
    turnOf,
} from './support/story.ts';
import { ahead, newPerson, newTenant, type Tenant } from './support/tenant.ts';
import { anonymous, as, refusal, service, trying, type Voice } from './support/voices.ts';

// What becomes of a booking: moves, cancellations, and what a person decides.

const db = ownDatabase();
let tenant: Tenant;
let customer: Customer;
let bookingId: string;
let startsAt: string;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db, { service: { buffer_after_min: 15 } });
    customer = await newCustomer(db, tenant);
    startsAt = await ahead(db, 3, '10:00');
    bookingId = await booked(db, customer, { startsAt });
    await db.sql('delete from private.jobs');
});

const booking = async () => only(await db.sql('select * from public.bookings where id = $1', [bookingId]));
const claims = () =>
    db.sql<{ kind: string; instructor_id: string; from: Date; to: Date }>(
        `select kind, instructor_id, lower(during) as from, upper(during) as to
         from public.time_claims where business_id = $1 order by lower(during)`,
        [tenant.businessId],
    );
const events = async () =>
    (
        await db.sql('select event, actor_id from public.booking_events where booking_id = $1 order by id', [
            bookingId,
        ])
    ).map(({ event, actor_id }) => (actor_id ? `${event} by a person` : event));
const minutesLater = (instant: string, minutes: number) => new Date(Date.parse(instant) + minutes * 60_000);

const move = async (to: string, instructorId = tenant.instructors[0]) => {
    await says(db, customer, 'another time?');
    const id = await asked(db, customer, { kind: 'reschedule', bookingId, startsAt: to, instructorId });
    return answer(db, customer, [confirm(id)]);
};

const decide = (voice: Voice, decision: string, note: string | null = null, id = bookingId) =>
    as(db, voice, () => db.sql('select * from public.decide_booking($1, $2, $3)', [id, decision, note]));

describe('a booking', () => {
    it('stands in local time, with a name people can say, and takes the buffer too', async () => {
        expect(await booking()).toMatchObject({
            reference: expect.stringMatching(/^[A-HJKMNP-Z2-9]{6}$/),
            local_time: '10:00:00',
            duration_min: 60,
            time_zone: 'Europe/Zurich',
            status: 'pending',
        });
        expect(await claims()).toEqual([
            {
                kind: 'booking',
                instructor_id: tenant.instructors[0],
                from: new Date(startsAt),
                to: minutesLater(startsAt, 75),
            },
        ]);
    });

    it('that moves keeps its identity, takes the new time and gives up the old', async () => {
        const before = await booking();
        const to = await ahead(db, 4, '14:00');
        expect(await move(to, tenant.instructors[1])).toMatchObject({
            result: 'done',
            booking_ids: [bookingId],
        });
        expect(await booking()).toMatchObject({
            id: bookingId,
            reference: before.reference,
            starts_at: new Date(to),
            instructor_id: tenant.instructors[1],
            status: 'pending',
        });
        expect(await claims()).toMatchObject([
            { kind: 'booking', instructor_id: tenant.instructors[1], from: new Date(to) },
        ]);
        expect(await events()).toEqual(['created', 'moved']);
    });

    it('can move by half an hour, over its own time', async () => {
        for (const time of ['10:30', '09:30', '10:00']) {
            const to = await ahead(db, 3, time);
            expect(await move(to)).toMatchObject({ result: 'done' });
            expect(await claims()).toMatchObject([
                { kind: 'booking', from: new Date(to), to: minutesLater(to, 75) },
            ]);
        }
    });

    it('may be offered times that overlap its own, and nobody else may', async () => {
        const times = offer(customer, { startsAt: await ahead(db, 3, '10:30') });
        await says(db, customer, 'a bit later?');
        expect(await answer(db, customer, [{ ...times, booking_id: bookingId }])).toMatchObject({
            result: 'done',
        });
        await says(db, customer, 'or another one?');
        expect(await answer(db, customer, [times])).toMatchObject({ result: 'slot_taken' });
        const stranger = await newCustomer(db, tenant);
        expect(await answer(db, stranger, [{ ...times, booking_id: bookingId }])).toMatchObject({
            result: 'refused',
            code: 'D0001',
        });
    });

    it('cannot move where somebody else is, and stays where it was', async () => {
        const other = await newCustomer(db, tenant);
        const taken = await ahead(db, 3, '11:30');
        await booked(db, other, { startsAt: taken });
        await says(db, customer, 'half past eleven?');
        const wish = { kind: 'reschedule' as const, bookingId, startsAt: await ahead(db, 3, '11:00') };
        const finished = await answer(db, customer, [propose(customer, bookingId, wish)]);
        expect(finished).toEqual({ result: 'slot_taken', action: 0 });
        expect(await booking()).toMatchObject({ starts_at: new Date(startsAt) });
        expect(await claims()).toHaveLength(2);
    });

    it('that is cancelled frees its time at once', async () => {
        await says(db, customer, 'cancel please');
        const id = await asked(db, customer, { kind: 'cancel', bookingId, startsAt });
        await answer(db, customer, [confirm(id)]);
        expect(await booking()).toMatchObject({
            status: 'cancelled',
            decided_by: null,
            decided_at: expect.any(Date),
        });
        expect(await claims()).toEqual([]);
        expect(await events()).toEqual(['created', 'cancelled']);
        expect(await db.sql(`select from private.jobs where kind = 'notice'`)).toEqual([]);
        await booked(db, await newCustomer(db, tenant), { startsAt });
    });

    it('cannot be touched by another customer, nor when it is cancelled or has begun', async () => {
        const other = await newCustomer(db, tenant);
        const cancel = { kind: 'cancel' as const, bookingId, startsAt };
        const attempt = async (who: Customer) => {
            await says(db, who, 'cancel it');
            const turn = await answer(db, who, [propose(who, crypto.randomUUID(), cancel)]);
            await quiet(db);
            return turn;
        };
        expect(await attempt(other)).toMatchObject({ result: 'refused', code: 'D0001' });
        await decide(tenant.owner, 'cancel');
        await quiet(db);
        expect(await attempt(customer)).toMatchObject({ result: 'refused', code: 'D0007' });
    });

    it('moves between states only as it may, and says which move it refuses', async () => {
        const set = (status: string) =>
            db.sql('update public.bookings set status = $2 where id = $1', [bookingId, status]);
        await set('confirmed');
        await expect(set('pending')).rejects.toMatchObject({
            code: 'D0007',
            message: expect.stringMatching(/is confirmed and cannot become pending/),
        });
        await set('cancelled');
        for (const status of ['pending', 'confirmed']) expect(await refusal(set(status))).toBe('D0007');
    });

    it('is not made twice from one proposal, whoever writes', async () => {
        const copy = `insert into public.bookings (business_id, service_id, instructor_id, customer_id, proposal_id,
                proposal_line, starts_at, ends_at, time_zone, price_minor, currency)
             select business_id, service_id, instructor_id, customer_id, proposal_id, proposal_line,
                starts_at + interval '2 days', ends_at + interval '2 days', time_zone, price_minor, currency
             from public.bookings where id = $1`;
        expect(await refusal(db.sql(copy, [bookingId]))).toBe('23505');
    });

    it('written by hand takes its time like any other', async () => {
        const copy = (shift: string) =>
            db.sql(
                `insert into public.bookings (business_id, service_id, instructor_id, customer_id, starts_at, ends_at,
                    time_zone, price_minor, currency)
                 select business_id, service_id, instructor_id, customer_id, starts_at + $2::interval,
                    ends_at + $2::interval, time_zone, price_minor, currency
                 from public.bookings where id = $1`,
                [bookingId, shift],
            );
        expect(await refusal(copy('1 hour'))).toBe('D0003');
        expect(await refusal(copy('75 minutes'))).toBeNull();
    });
});

describe('a person’s decision', () => {
    it('is told to the customer once, with the note', async () => {
        const [decided] = await decide(tenant.manager, 'confirm', ' bring gloves ');
        expect(decided).toMatchObject({
            id: bookingId,
            status: 'confirmed',
            decided_by: tenant.manager.userId,
            decision_note: 'bring gloves',
        });
        expect(await decide(tenant.owner, 'confirm')).toMatchObject([{ decided_by: tenant.manager.userId }]);
        expect(await events()).toEqual(['created', 'confirmed by a person']);
        const notice = await theTurn(db);
        expect(notice).toMatchObject({ kind: 'notice', conversation_id: customer.conversationId });
        const { event } = await contextOf(db, notice);
        expect(event).toMatchObject({
            type: 'booking_confirmed',
            note: 'bring gloves',
            booking: { id: bookingId, status: 'confirmed' },
        });
        expect(await finishNotice(notice)).toEqual({ result: 'done', message_id: expect.any(String) });
        const [message] = await db.sql(
            `select mode_epoch, status from public.messages where content ->> 'text' = 'news'`,
        );
        expect(message).toEqual({ mode_epoch: null, status: 'queued' });
    });

    const finishNotice = async (notice: Json) => {
        const reply = { type: 'text', text: 'news' };
        const values = [notice.job_id, notice.lease, reply, { brain: 'rules' }];
        return only(await db.sql('select public.finish_notice($1, $2, $3, $4) as value', values)).value;
    };

    it('that was overtaken by another is not told', async () => {
        await decide(tenant.owner, 'confirm');
        const confirmed = await theTurn(db);
        await decide(tenant.owner, 'cancel', 'storm');
        expect(await finishNotice(confirmed)).toEqual({ result: 'stale' });
        const cancelled = await theTurn(db);
        expect((await contextOf(db, cancelled)).event).toMatchObject({
            type: 'booking_cancelled',
            note: 'storm',
        });
        expect(await finishNotice(cancelled)).toMatchObject({ result: 'done' });
    });

    it('is told even when a person has the conversation', async () => {
        await db.sql(`update public.conversations set mode = 'human' where id = $1`, [
            customer.conversationId,
        ]);
        await decide(tenant.owner, 'confirm');
        expect(await theTurn(db)).toMatchObject({ kind: 'notice' });
    });

    it('is made by owners and managers of the business alone', async () => {
        const stranger = await newPerson(db);
        const foreign = await newTenant(db);
        const attempts: [Voice, string][] = [
            [tenant.instructor, 'D0011'],
            [stranger, 'D0001'],
            [foreign.owner, 'D0001'],
            [anonymous, '42501'],
            [service, '42501'],
        ];
        for (const [voice, code] of attempts) expect(await refusal(decide(voice, 'confirm'))).toBe(code);
        expect(await booking()).toMatchObject({ status: 'pending' });
    });

    it('is confirm or cancel, of a booking that is there, and not against its state', async () => {
        expect(await refusal(decide(tenant.owner, 'postpone'))).toBe('D0009');
        expect(await refusal(decide(tenant.owner, 'confirm', null, crypto.randomUUID()))).toBe('D0001');
        await decide(tenant.owner, 'cancel');
        expect(await refusal(decide(tenant.owner, 'confirm'))).toBe('D0007');
        expect(await claims()).toEqual([]);
    });

    it('comes too late for a lesson that is over, and has a note that can be read', async () => {
        expect(await refusal(decide(tenant.owner, 'cancel', 'x'.repeat(1001)))).toBe('D0009');
        await db.sql(
            `update public.bookings
             set starts_at = now() - interval '5 days', ends_at = now() - interval '5 days' + interval '1 hour'
             where id = $1`,
            [bookingId],
        );
        expect(await refusal(decide(tenant.owner, 'confirm'))).toBe('D0007');
        expect(await booking()).toMatchObject({ status: 'pending' });
    });

    it('of two people who decide at once is the first one’s; the second hears whose', async () => {
        const seen = (voice: Voice, decision: string, session: Session = db) =>
            as(session, voice, () =>
                session.sql('select * from public.decide_booking($1, $2, null, $3)', [
                    bookingId,
                    decision,
                    'pending',
                ]),
            );
        const other = await db.connect();
        await db.sql('begin');
        await db.sql('select from public.bookings where id = $1 for update', [bookingId]);
        const late = seen(tenant.manager, 'cancel', other).catch((error) => error);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await db.sql(`update public.bookings set status = 'confirmed', decided_by = null where id = $1`, [
            bookingId,
        ]);
        await db.sql('commit');
        const refused = await late;
        expect(refused).toMatchObject({ code: 'D0007' });
        expect(JSON.parse(refused.detail)).toMatchObject({
            status: 'confirmed',
            decided_at: expect.any(String),
        });
        await other.end();
        expect(await booking()).toMatchObject({ status: 'confirmed' });
    });

    it('whose news cannot be told says so in the conversation and to the owner', async () => {
        await decide(tenant.owner, 'confirm');
        await db.sql('update private.jobs set attempts = 3');
        expect(await failJob(db, await theTurn(db))).toMatchObject({ state: 'dead' });
        const said = await db.sql(
            `select status, error_code, content from public.messages
             where conversation_id = $1 and role = 'system'`,
            [customer.conversationId],
        );
        expect(said).toMatchObject([
            {
                status: 'failed',
                error_code: 'dead_letter',
                content: { text: 'The customer has not been told that the booking is confirmed.' },
            },
        ]);
        const news = await db.sql(
            'select kind, severity, conversation_id from public.notifications where business_id = $1',
            [tenant.businessId],
        );
        expect(news).toContainEqual({
            kind: 'notice_failed',
            severity: 'critical',
            conversation_id: customer.conversationId,
        });
    });

    it('cannot rewrite what was promised', async () => {
        for (const change of [
            `price_minor = 1`,
            `starts_at = now()`,
            `decided_by = null`,
            `customer_id = id`,
        ]) {
            const attempt = trying(db, tenant.owner, () => db.sql(`update public.bookings set ${change}`));
            expect(await refusal(attempt)).toBe('42501');
        }
    });

    it('meets a turn of the customer without a deadlock, one after the other', async () => {
        await says(db, customer, 'cancel please');
        const id = await asked(db, customer, { kind: 'cancel', bookingId, startsAt });
        const turn = await turnOf(db, customer);
        const desk = await db.connect();
        await db.sql('begin');
        await db.sql(`select set_config('request.jwt.claims', $1, true)`, [
            JSON.stringify({ sub: tenant.owner.userId, role: 'authenticated' }),
        ]);
        await db.sql('set local role authenticated');
        await db.sql(`select public.decide_booking($1, 'confirm')`, [bookingId]);
        const cancelling = desk.sql<{ value: Json }>(
            `select public.finish_turn($1, $2, $3, '{"type": "text", "text": "done"}', $4, '{}', '{}') as value`,
            [turn.job_id, turn.lease, customer.seq, [confirm(id)]],
        );
        await new Promise((resolve) => setTimeout(resolve, 50));
        await db.sql('commit');
        expect(only(await cancelling).value).toMatchObject({ result: 'done' });
        expect(await booking()).toMatchObject({ status: 'cancelled' });
    });
});
