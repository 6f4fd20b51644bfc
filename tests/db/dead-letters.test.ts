import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    type Claimed,
    claimDeliveries,
    claimTurns,
    contextOf,
    failJob,
    finishDelivery,
    finishTurn,
    newId,
    only,
    quiet,
    theDelivery,
    theTurn,
} from './support/desk.ts';
import { answer, booked, type Customer, confirm, expectDone, newCustomer, says } from './support/story.ts';
import { ahead, newPerson, newTenant, type Tenant } from './support/tenant.ts';
import { anonymous, as, refusal, trying, type Voice } from './support/voices.ts';

// What failed for good: seen, sounded, and run again by whom it concerns.

const db = ownDatabase();
let tenant: Tenant;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db, { business: { dead_letter_threshold: 2 } });
});

const dies = async (job: Claimed) => {
    await db.sql('update private.jobs set attempts = max_attempts where id = $1', [job.job_id]);
    expect(await failJob(db, job)).toMatchObject({ state: 'dead' });
};
const deadTurn = async (of = tenant): Promise<Customer> => {
    const customer = await newCustomer(db, of);
    await dies(await theTurn(db));
    return customer;
};
const list = (voice: Voice, { businessId } = tenant) =>
    as(db, voice, () => db.sql('select * from public.list_dead_letters($1)', [businessId]));
const rerun = (voice: Voice, kind: string | null = null, { businessId } = tenant) =>
    as(db, voice, async () =>
        only(await db.sql('select public.rerun_dead_letters($1, $2) as runs', [businessId, kind])),
    );
const outcomes = async ({ conversationId }: Customer) =>
    (
        await db.sql(
            `select outcome from public.messages where conversation_id = $1 and role = 'user' order by seq`,
            [conversationId],
        )
    ).map(({ outcome }) => outcome);
const alarms = (of = tenant) =>
    db.sql(
        `select severity, payload from public.notifications where business_id = $1 and kind = 'dead_letters'`,
        [of.businessId],
    );

describe('dead letters', () => {
    it('are listed for owner and manager, newest first, and for nobody else', async () => {
        const [first, second] = [await deadTurn(), await deadTurn()];
        await deadTurn(await newTenant(db));
        for (const voice of [tenant.owner, tenant.manager]) {
            const letters = await list(voice);
            expect(letters).toMatchObject([
                {
                    kind: 'reply',
                    conversation_id: second.conversationId,
                    attempts: 4,
                    last_error: 'it broke',
                },
                { kind: 'reply', conversation_id: first.conversationId, message_id: null },
            ]);
        }
        expect(await refusal(list(tenant.instructor))).toBe('D0011');
        expect(await refusal(list(await newPerson(db)))).toBe('D0001');
        expect(await refusal(list(anonymous))).toBe('42501');
    });

    it('are an alarm when there are too many of them in a short time', async () => {
        await deadTurn();
        expect(await alarms()).toEqual([]);
        await db.sql(`update private.jobs set died_at = now() - interval '11 minutes'`);
        await deadTurn();
        expect(await alarms()).toEqual([]);
        await deadTurn();
        expect(await alarms()).toEqual([
            { severity: 'critical', payload: { dead_letters: 2, window_min: 10 } },
        ]);
        const calm = await newTenant(db);
        for (const _ of [1, 2, 3, 4]) await deadTurn(calm);
        expect(await alarms(calm)).toEqual([]);
        await deadTurn(calm);
        expect(await alarms(calm)).toHaveLength(1);
    });

    it('of workers that never came back are an alarm too', async () => {
        for (const _ of [1, 2]) {
            await newCustomer(db, tenant);
            await claimTurns(db);
            await db.sql(
                `update private.jobs set attempts = 4, leased_until = now() - interval '1 second'
                 where state = 'running'`,
            );
            await claimTurns(db);
        }
        expect(await alarms()).toHaveLength(1);
    });
});

describe('a turn that is run again', () => {
    it('has its messages open again and is answered', async () => {
        const customer = await deadTurn();
        expect(await outcomes(customer)).toEqual(['failed']);
        expect(await rerun(tenant.manager)).toEqual({ runs: 1 });
        expect(await outcomes(customer)).toEqual([null]);
        const turn = await theTurn(db);
        expect(turn).toMatchObject({ attempt: 1, conversation_id: customer.conversationId });
        expect(await contextOf(db, turn)).toMatchObject({ unanswered: [1] });
        expect(await list(tenant.owner)).toEqual([]);
    });

    it('joins the turn that waits already', async () => {
        const customer = await deadTurn();
        await says(db, customer, 'hello?');
        await rerun(tenant.owner);
        expect(await contextOf(db, await theTurn(db))).toMatchObject({ unanswered: [1, 2] });
        expect(await db.sql('select from private.jobs')).toHaveLength(1);
    });

    it('of a conversation that a person has is left to that person', async () => {
        const customer = await deadTurn();
        await db.sql(`update public.conversations set mode = 'human' where id = $1`, [
            customer.conversationId,
        ]);
        await rerun(tenant.owner);
        expect(await finishTurn(db, await theTurn(db), { upTo: 1 })).toEqual({ result: 'taken_over' });
        expect(await outcomes(customer)).toEqual(['handed_over']);
    });

    it('is in the audit log with who did it', async () => {
        await deadTurn();
        await rerun(tenant.owner);
        const log = await db.sql(
            `select actor_id, before, after from public.audit_log
             where business_id = $1 and table_name = 'jobs'`,
            [tenant.businessId],
        );
        expect(log).toEqual([
            {
                actor_id: tenant.owner.userId,
                before: { state: 'dead', kind: 'reply', last_error: 'it broke' },
                after: { state: 'queued', kind: 'reply' },
            },
        ]);
    });
});

describe('a send that is run again', () => {
    const messages = async ({ conversationId }: Customer) =>
        db.sql(
            `select id, status, content ->> 'text' as text from public.messages
             where conversation_id = $1 and role <> 'user' order by seq`,
            [conversationId],
        );

    it('says the same in a new message; the old one stays failed', async () => {
        const customer = await newCustomer(db, tenant);
        const { message_id } = await expectDone(answer(db, customer));
        await dies(await theDelivery(db));
        await rerun(tenant.owner);
        const delivery = await theDelivery(db);
        expect(delivery.message_id).not.toBe(message_id);
        await finishDelivery(db, delivery, newId());
        expect(await messages(customer)).toEqual([
            { id: message_id, status: 'failed', text: 'answer' },
            { id: delivery.message_id, status: 'accepted', text: 'answer' },
        ]);
        const [question] = await db.sql(
            `select answered_by from public.messages where conversation_id = $1 and role = 'user'`,
            [customer.conversationId],
        );
        expect(question).toEqual({ answered_by: delivery.message_id });
    });

    it('shows a proposal that can be agreed to', async () => {
        const customer = await newCustomer(db, tenant);
        const wish = { startsAt: await ahead(db, 3, '10:00') };
        const id = crypto.randomUUID();
        const proposal = {
            id,
            kind: 'book',
            service_id: tenant.serviceId,
            instructor_id: tenant.instructors[0],
            starts_at: wish.startsAt,
            participants: 1,
        };
        await expectDone(answer(db, customer, [{ type: 'propose', proposal }]));
        await dies(await theDelivery(db));
        await rerun(tenant.owner);
        await finishDelivery(db, await theDelivery(db), newId());
        await says(db, customer, 'yes');
        expect((await expectDone(answer(db, customer, [confirm(id)]))).booking_ids).toHaveLength(1);
    });

    it('is dropped when a person took over since', async () => {
        const customer = await newCustomer(db, tenant);
        await expectDone(answer(db, customer));
        await dies(await theDelivery(db));
        await db.sql(`update public.conversations set mode = 'human' where id = $1`, [
            customer.conversationId,
        ]);
        await rerun(tenant.owner);
        expect(await claimDeliveries(db)).toEqual([]);
        expect((await messages(customer)).map(({ status }) => status)).toEqual(['failed', 'dropped']);
    });

    it('is not needed when it has arrived after all', async () => {
        const customer = await newCustomer(db, tenant);
        const { message_id } = await expectDone(answer(db, customer));
        await dies(await theDelivery(db));
        await db.sql(`update public.messages set status = 'delivered' where id = $1`, [message_id]);
        expect(await rerun(tenant.owner)).toEqual({ runs: 1 });
        expect(await messages(customer)).toHaveLength(1);
        expect(await db.sql('select from private.jobs')).toEqual([]);
    });
});

describe('running again', () => {
    it('takes one, those of a kind, or all', async () => {
        const wish = { startsAt: await ahead(db, 3, '10:00') };
        const customer = await newCustomer(db, tenant);
        const bookingId = await booked(db, customer, wish);
        await quiet(db);
        await as(db, tenant.owner, () => db.sql(`select public.decide_booking($1, 'confirm')`, [bookingId]));
        await dies(await theTurn(db));
        for (const _ of [1, 2, 3]) await deadTurn();
        const [letter] = await list(tenant.owner);
        const one = () =>
            as(db, tenant.owner, async () =>
                only(await db.sql('select public.rerun_dead_letter($1) as ran', [letter?.job_id])),
            );
        expect(await one()).toEqual({ ran: true });
        expect(await refusal(one())).toBe('D0001');
        expect(await rerun(tenant.owner, 'notice')).toEqual({ runs: 1 });
        expect(await rerun(tenant.owner)).toEqual({ runs: 2 });
        const kinds = (await claimTurns(db)).map(({ kind }) => kind).sort();
        expect(kinds).toEqual(['notice', 'reply', 'reply', 'reply']);
    });

    it('is for owner and manager alone, and within their business', async () => {
        await deadTurn();
        const [letter] = await list(tenant.owner);
        const other = await newTenant(db);
        const calls: [string, unknown][] = [
            ['rerun_dead_letter', letter?.job_id],
            ['rerun_dead_letters', tenant.businessId],
        ];
        for (const [name, id] of calls) {
            const answers = [];
            const voices = [
                tenant.owner,
                tenant.manager,
                tenant.instructor,
                other.owner,
                await newPerson(db),
                anonymous,
            ];
            for (const voice of voices)
                answers.push(
                    await refusal(trying(db, voice, () => db.sql(`select public.${name}($1)`, [id]))),
                );
            expect(answers).toEqual([null, null, 'D0011', 'D0001', 'D0001', '42501']);
        }
    });
});
