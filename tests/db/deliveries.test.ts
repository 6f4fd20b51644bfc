import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    type Claimed,
    claimDeliveries,
    claimTurns,
    contextOf,
    deliverAll,
    failJob,
    finishDelivery,
    finishTurn,
    newId,
    only,
    quiet,
    receiveOne,
    theDelivery,
    theTurn,
} from './support/desk.ts';
import { answer, type Customer, expectDone, newCustomer, says, turnOf } from './support/story.ts';
import { newTenant, type Tenant } from './support/tenant.ts';
import { as } from './support/voices.ts';

// Sending, and promise 6: the desk never talks over a person.

const db = ownDatabase();
let tenant: Tenant;
let customer: Customer;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
    customer = await newCustomer(db, tenant);
});

const messageOf = async (id: string) =>
    only(await db.sql('select * from public.messages where id = $1', [id]));
const answered = async () => (await expectDone(answer(db, customer))).message_id;
const leaseRunsOut = () => db.sql(`update private.jobs set leased_until = now() - interval '1 second'`);
const setMode = (mode: string) =>
    as(db, tenant.manager, () =>
        db.sql('update public.conversations set mode = $2 where id = $1', [customer.conversationId, mode]),
    );
const outcomes = async () =>
    (
        await db.sql(
            `select outcome from public.messages where conversation_id = $1 and role = 'user' order by seq`,
            [customer.conversationId],
        )
    ).map(({ outcome }) => outcome);

describe('a delivery', () => {
    it('brings what the channel needs, and marks the message as being sent', async () => {
        const id = await answered();
        expect(await theDelivery(db)).toMatchObject({
            attempt: 1,
            message_id: id,
            content: { type: 'text', text: 'answer' },
            channel_kind: 'whatsapp',
            account: tenant.account,
            recipient: { phone: customer.sender.phone, user_id: customer.sender.user_id },
        });
        expect(await messageOf(id)).toMatchObject({ status: 'sending', send_started_at: expect.any(Date) });
    });

    it('keeps the order of a conversation, even when the first has to wait', async () => {
        const first = await answered();
        await says(db, customer, 'and?');
        const second = await answered();
        await failJob(db, await theDelivery(db), 60_000);
        expect(await claimDeliveries(db)).toEqual([]);
        await db.sql('update private.jobs set run_at = now()');
        const delivery = await theDelivery(db);
        expect(delivery.message_id).toBe(first);
        await finishDelivery(db, delivery, newId());
        expect((await theDelivery(db)).message_id).toBe(second);
    });

    it('whose worker was lost is not sent again while its status may still come', async () => {
        const id = await answered();
        await theDelivery(db);
        await leaseRunsOut();
        expect(await claimDeliveries(db)).toEqual([]);
        await db.sql(
            `update public.messages set send_started_at = now() - interval '31 seconds' where id = $1`,
            [id],
        );
        expect(await theDelivery(db)).toMatchObject({ message_id: id, attempt: 2 });
    });

    it('whose worker was lost is not sent again when its status has come', async () => {
        const id = await answered();
        const lost = await theDelivery(db);
        await leaseRunsOut();
        await receiveOne(db, {
            kind: 'status',
            account: tenant.account,
            provider_id: newId(),
            message_id: id,
            status: 'delivered',
            at: new Date().toISOString(),
        });
        expect(await claimDeliveries(db)).toEqual([]);
        expect(await db.sql('select from private.jobs')).toEqual([]);
        await expect(finishDelivery(db, lost, newId())).rejects.toMatchObject({ code: 'D0002' });
        expect(await messageOf(id)).toMatchObject({ status: 'delivered' });
    });

    it('that failed before anything was sent is tried again without waiting for a status', async () => {
        const id = await answered();
        await failJob(db, await theDelivery(db));
        await db.sql('update private.jobs set run_at = now()');
        expect(await theDelivery(db)).toMatchObject({ message_id: id, attempt: 2 });
    });

    it('that is refused for good, or fails too often, is a failed message the owner can see', async () => {
        const refused = await answered();
        const { job_id, lease } = await theDelivery(db);
        await db.sql(`select public.refuse_delivery($1, $2, '131047', 'more than 24 hours')`, [
            job_id,
            lease,
        ]);
        expect(await messageOf(refused)).toMatchObject({
            status: 'failed',
            error_code: '131047',
            error_detail: 'more than 24 hours',
        });
        await says(db, customer, 'again');
        const dead = await answered();
        await db.sql('update private.jobs set attempts = 3');
        expect(await failJob(db, await theDelivery(db))).toMatchObject({ state: 'dead' });
        expect(await messageOf(dead)).toMatchObject({ status: 'failed', error_detail: 'it broke' });
        await says(db, customer, 'and now?');
        const next = await answered();
        expect((await theDelivery(db)).message_id).toBe(next);
    });
});

describe('a takeover', () => {
    it('before the turn starts leaves the messages to the person', async () => {
        await setMode('human');
        const turn = await theTurn(db);
        expect(await contextOf(db, turn)).toMatchObject({ conversation: { mode: 'human' } });
        expect(await finishTurn(db, turn, { upTo: 1, reply: null })).toEqual({ result: 'taken_over' });
        expect(await outcomes()).toEqual(['handed_over']);
        expect(await db.sql('select from private.jobs')).toEqual([]);
    });

    it('is what a person does who just writes: nothing the AI thought of meanwhile is said', async () => {
        const sent = await answered();
        await says(db, customer, 'and the price?');
        const turn = await theTurn(db);
        await as(db, tenant.owner, () =>
            db.sql(
                `insert into public.messages (business_id, conversation_id, role, content)
                 values ($1, $2, 'owner', '{"type": "text", "text": "Luca here, I will sort this out"}')`,
                [tenant.businessId, customer.conversationId],
            ),
        );
        expect(await finishTurn(db, turn, { upTo: customer.seq })).toEqual({ result: 'taken_over' });
        // The first look drops what stands before it.
        expect(await claimDeliveries(db)).toEqual([]);
        await deliverAll(db);
        expect(await messageOf(sent)).toMatchObject({ status: 'dropped' });
        const said = await db.sql(
            `select status from public.messages where conversation_id = $1 and role = 'owner'`,
            [customer.conversationId],
        );
        expect(said).toEqual([{ status: 'accepted' }]);
        expect(await outcomes()).toEqual(['handed_over', 'handed_over']);
    });

    it('while the turn thinks keeps it from committing', async () => {
        const turn = await theTurn(db);
        await setMode('paused');
        const ending = { upTo: 1, actions: [{ type: 'remember_customer', name: 'Changed' }] };
        expect(await finishTurn(db, turn, ending)).toEqual({ result: 'taken_over' });
        expect(await outcomes()).toEqual(['handed_over']);
        const said = await db.sql(
            `select from public.messages where role = 'assistant' and conversation_id = $1`,
            [customer.conversationId],
        );
        expect(said).toEqual([]);
        expect(await db.sql('select from private.jobs')).toEqual([]);
    });

    it('before the send drops the queued answer; the question is the person’s', async () => {
        const id = await answered();
        expect(await outcomes()).toEqual(['answered']);
        await setMode('human');
        expect(await claimDeliveries(db)).toEqual([]);
        expect(await messageOf(id)).toMatchObject({ status: 'dropped' });
        expect(await outcomes()).toEqual(['handed_over']);
        expect(await db.sql('select from private.jobs')).toEqual([]);
    });

    it('that was given back meanwhile still drops what was composed before it', async () => {
        const id = await answered();
        await setMode('human');
        await setMode('ai');
        expect(await claimDeliveries(db)).toEqual([]);
        expect(await messageOf(id)).toMatchObject({ status: 'dropped' });
        expect(await outcomes()).toEqual([null]);
        const again = await answered();
        expect(await outcomes()).toEqual(['answered']);
        expect((await theDelivery(db)).message_id).toBe(again);
    });

    it('of a send whose end nobody knows neither repeats nor disowns it', async () => {
        const id = await answered();
        await theDelivery(db);
        await setMode('human');
        await db.sql(`update private.jobs set leased_until = now() - interval '1 second'`);
        await db.sql(
            `update public.messages set send_started_at = now() - interval '31 seconds' where id = $1`,
            [id],
        );
        expect(await claimDeliveries(db)).toEqual([]);
        expect(await messageOf(id)).toMatchObject({ status: 'failed', error_code: 'taken_over' });
        expect(await outcomes()).toEqual(['handed_over']);
        const provider_id = newId();
        for (const status of ['sent', 'delivered']) {
            const at = new Date().toISOString();
            await receiveOne(db, {
                kind: 'status',
                account: tenant.account,
                provider_id,
                message_id: id,
                status,
                at,
            });
            expect(await messageOf(id)).toMatchObject({ provider_id });
        }
        expect(await messageOf(id)).toMatchObject({ status: 'delivered' });
    });

    it('of a send that has to be repeated drops it too', async () => {
        const id = await answered();
        await failJob(db, await theDelivery(db));
        await setMode('human');
        await db.sql('update private.jobs set run_at = now()');
        expect(await claimDeliveries(db)).toEqual([]);
        expect(await messageOf(id)).toMatchObject({ status: 'dropped' });
    });

    it('lets what a person writes go out', async () => {
        await setMode('human');
        await as(db, tenant.owner, () =>
            db.sql(
                `insert into public.messages (business_id, conversation_id, role, content)
                 values ($1, $2, 'owner', '{"type": "text", "text": "I am on my way"}')`,
                [tenant.businessId, customer.conversationId],
            ),
        );
        await claimTurns(db);
        expect(await theDelivery(db)).toMatchObject({ content: { text: 'I am on my way' } });
    });

    it('racing the send comes before it or after it, and never in between', async () => {
        const [person, worker] = [await db.connect(), await db.connect()];
        for (let round = 0; round < 20; round++) {
            const id = await answered();
            await person.sql('begin');
            await person.sql(`update public.conversations set mode = 'human' where id = $1`, [
                customer.conversationId,
            ]);
            const claiming = claimDeliveries(worker);
            await new Promise((resolve) => setTimeout(resolve, 5));
            await person.sql('commit');
            expect(await claiming).toEqual([]);
            expect(await messageOf(id)).toMatchObject({ status: 'dropped' });
            await setMode('ai');
            await says(db, customer, `round ${round}`);
        }
    });

    it('is counted and dated, and ends with the reason it was for', async () => {
        const state = async () =>
            only(
                await db.sql(
                    `select mode, mode_epoch, handed_over_at is not null as dated, handoff_reason
                     from public.conversations where id = $1`,
                    [customer.conversationId],
                ),
            );
        await answer(db, customer, [{ type: 'hand_off', reason: 'angry', summary: '' }]);
        expect(await state()).toEqual({ mode: 'human', mode_epoch: 1, dated: true, handoff_reason: 'angry' });
        await setMode('human');
        expect(await state()).toMatchObject({ mode_epoch: 1 });
        await setMode('ai');
        expect(await state()).toEqual({ mode: 'ai', mode_epoch: 2, dated: false, handoff_reason: null });
        const log = await db.sql(
            `select actor_id, after from public.audit_log where table_name = 'conversations' and row_id = $1`,
            [customer.conversationId],
        );
        expect(log.map(({ actor_id }) => actor_id)).toEqual([null, tenant.manager.userId]);
        const turns: Claimed[] = await claimTurns(db);
        expect(turns).toEqual([]);
        await says(db, customer, 'hello');
        expect(await turnOf(db, customer)).toMatchObject({ kind: 'reply' });
    });
});
