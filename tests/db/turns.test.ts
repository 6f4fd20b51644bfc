import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    claimTurns,
    contextOf,
    deliverAll,
    finishTurn,
    only,
    quiet,
    receiveOne,
    textFrom,
    theTurn,
} from './support/desk.ts';
import { answer, booked, newCustomer, offer, says, turnOf } from './support/story.ts';
import { ahead, newTenant, type Tenant } from './support/tenant.ts';

// A turn: what it may know, and how it ends.

const db = ownDatabase();
let tenant: Tenant;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
});

const conversation = async (id: string) =>
    only(await db.sql('select * from public.conversations where id = $1', [id]));
const said = (id: string) =>
    db.sql('select seq, role, outcome, status from public.messages where conversation_id = $1 order by seq', [
        id,
    ]);

describe('the context', () => {
    it('has the whole of what a concierge may know', async () => {
        const customer = await newCustomer(db, tenant);
        const bookingId = await booked(db, customer, { startsAt: await ahead(db, 5, '09:00') });
        const startsAt = await ahead(db, 6, '10:00');
        await says(db, customer, 'and another one?');
        await answer(db, customer, [offer(customer, { startsAt })], {
            state: { stage: 'collecting', draft: { day: 'friday' }, language: 'de' },
        });
        await says(db, customer, 'ten');
        const context = await contextOf(db, await turnOf(db, customer));
        expect(Object.keys(context).sort()).toEqual([
            'business',
            'channel',
            'conversation',
            'customer',
            'event',
            'instructors',
            'knowledge',
            'messages',
            'now',
            'offers',
            'proposal',
            'revision',
            'services',
            'unanswered',
            'up_to_seq',
            'upcoming_bookings',
            'weekly_hours',
        ]);
        expect(context).toMatchObject({
            up_to_seq: customer.seq,
            unanswered: [customer.seq],
            business: {
                id: tenant.businessId,
                name: 'Test School',
                time_zone: 'Europe/Zurich',
                currency: 'CHF',
            },
            channel: { id: tenant.channelId, kind: 'whatsapp' },
            conversation: { mode: 'ai', stage: 'collecting', draft: { day: 'friday' }, language: 'de' },
            customer: { id: customer.customerId, name: 'Ana', bookings_before: 1 },
            services: [
                { id: tenant.serviceId, aliases: [], price_minor: 9000, instructor_ids: tenant.instructors },
            ],
            instructors: [{ name: 'Ida' }, { name: 'Jon' }],
            proposal: null,
            event: null,
            upcoming_bookings: [
                {
                    id: bookingId,
                    status: 'pending',
                    service_name: 'Lesson',
                    instructor_name: 'Ida',
                    price_minor: 9000,
                },
            ],
        });
        expect(context.offers).toEqual([
            expect.objectContaining({ service_id: tenant.serviceId, instructor_id: tenant.instructors[0] }),
        ]);
        expect(context.weekly_hours).toContainEqual({
            instructor_id: tenant.instructors[1],
            weekday: 7,
            starts: '08:00',
            ends: '18:00',
        });
    });

    it('forgets a stage half an hour after it was reached', async () => {
        const customer = await newCustomer(db, tenant);
        await answer(db, customer, [], { state: { stage: 'confirming', draft: { a: 1 } } });
        await says(db, customer, 'hm');
        await db.sql(`update public.conversations set stage_expires_at = now() where id = $1`, [
            customer.conversationId,
        ]);
        const context = await contextOf(db, await turnOf(db, customer));
        expect(context.conversation).toMatchObject({ stage: 'idle', draft: {} });
    });

    it('ends with the last ten messages, but leaves out none that waits', async () => {
        const customer = await newCustomer(db, tenant);
        await answer(db, customer);
        for (let count = 0; count < 14; count++) await says(db, customer, `fragment ${count}`);
        const { messages, unanswered } = await contextOf(db, await turnOf(db, customer));
        expect(unanswered).toHaveLength(14);
        expect((messages as { seq: number }[]).map(({ seq }) => seq)).toEqual(unanswered);
    });

    it('shows ten when fewer wait', async () => {
        const customer = await newCustomer(db, tenant);
        for (let count = 0; count < 8; count++) {
            await answer(db, customer);
            await says(db, customer, 'go on');
        }
        const { messages } = await contextOf(db, await turnOf(db, customer));
        expect((messages as { seq: number }[]).map(({ seq }) => seq)).toEqual([
            8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
        ]);
    });
});

describe('the end of a turn', () => {
    it('commits reply, state, outcome and delivery together', async () => {
        const customer = await newCustomer(db, tenant);
        const finished = await answer(
            db,
            customer,
            [{ type: 'remember_customer', name: 'Anna Lima', language: 'it' }],
            {
                reply: { type: 'text', text: 'Which day?' },
                state: { stage: 'collecting', draft: { service: 1 }, language: 'it' },
            },
        );
        expect(finished).toEqual({ result: 'done', message_id: expect.any(String), booking_ids: [] });
        expect(await said(customer.conversationId)).toEqual([
            { seq: 1, role: 'user', outcome: 'answered', status: 'received' },
            { seq: 2, role: 'assistant', outcome: null, status: 'queued' },
        ]);
        expect(await conversation(customer.conversationId)).toMatchObject({
            stage: 'collecting',
            draft: { service: 1 },
            language: 'it',
            stage_expires_at: expect.any(Date),
        });
        expect(
            only(
                await db.sql('select name, language from public.customers where id = $1', [
                    customer.customerId,
                ]),
            ),
        ).toEqual({
            name: 'Anna Lima',
            language: 'it',
        });
        expect(await db.sql('select kind, state from private.jobs')).toEqual([
            { kind: 'deliver', state: 'queued' },
        ]);
        expect(
            only(
                await db.sql(
                    `select brain, model, prompt_version, mode_epoch from public.messages where role = 'assistant' and business_id = $1`,
                    [tenant.businessId],
                ),
            ),
        ).toEqual({
            brain: 'rules',
            model: 'none',
            prompt_version: '1',
            mode_epoch: 0,
        });
    });

    it('is superseded by a message that came meanwhile, changes nothing, and may then answer both', async () => {
        const customer = await newCustomer(db, tenant);
        const turn = await theTurn(db);
        await says(db, customer, 'on Friday');
        const startsAt = await ahead(db, 3, '10:00');
        const ending = { upTo: 1, actions: [offer(customer, { startsAt })], state: { stage: 'confirming' } };
        expect(await finishTurn(db, turn, ending)).toEqual({ result: 'superseded' });
        expect(await said(customer.conversationId)).toHaveLength(2);
        expect(await conversation(customer.conversationId)).toMatchObject({ stage: 'idle' });
        expect(
            await db.sql('select from public.time_claims where business_id = $1', [tenant.businessId]),
        ).toEqual([]);
        expect(await finishTurn(db, turn, { upTo: 2 })).toMatchObject({ result: 'done' });
        expect((await said(customer.conversationId)).map(({ outcome }) => outcome)).toEqual([
            'answered',
            'answered',
            null,
        ]);
        // The turn that the second message had made has nothing left to do.
        expect(await claimTurns(db)).toEqual([]);
    });

    it('may insist, and leaves the newer message to its own turn', async () => {
        const customer = await newCustomer(db, tenant);
        const turn = await theTurn(db);
        await says(db, customer, 'on Friday');
        expect(await finishTurn(db, turn, { upTo: 1, final: true })).toMatchObject({ result: 'done' });
        expect((await said(customer.conversationId)).map(({ outcome }) => outcome)).toEqual([
            'answered',
            null,
            null,
        ]);
        expect(await contextOf(db, await theTurn(db))).toMatchObject({ unanswered: [2] });
    });

    it('is not superseded by a reaction', async () => {
        const customer = await newCustomer(db, tenant);
        const turn = await theTurn(db);
        await receiveOne(db, {
            ...textFrom(tenant.account, customer.sender),
            kind: 'reaction',
            emoji: '🎿',
            target: 'wamid.X',
        });
        expect(await finishTurn(db, turn, { upTo: 1 })).toMatchObject({ result: 'done' });
    });

    it('may have nothing to say', async () => {
        const customer = await newCustomer(db, tenant);
        expect(await answer(db, customer, [], { reply: null })).toEqual({
            result: 'done',
            message_id: null,
            booking_ids: [],
        });
        expect(await said(customer.conversationId)).toEqual([
            { seq: 1, role: 'user', outcome: 'ignored', status: 'received' },
        ]);
    });

    it('refuses what is malformed and changes nothing', async () => {
        const customer = await newCustomer(db, tenant);
        const turn = await theTurn(db);
        const refused = [
            { actions: [{ type: 'dance' }] },
            { actions: [{ type: 'offer', service_id: 'x', slots: [] }] },
            { actions: [{ type: 'remember_customer', language: 'Schwiizerdütsch' }] },
            { actions: [{ type: 'offer', service_id: tenant.serviceId, slots: 3 }] },
        ];
        for (const ending of refused) {
            expect(await finishTurn(db, turn, { upTo: 1, ...ending })).toMatchObject({
                result: 'refused',
                action: 0,
                code: 'D0009',
            });
        }
        const actions = [{ type: 'decline' }];
        for (const ending of [{ actions, state: { stage: 'daydreaming' } }, { reply: { text: 'no type' } }]) {
            expect(await finishTurn(db, turn, { upTo: 1, ...ending })).toMatchObject({
                result: 'refused',
                action: -1,
                code: 'D0009',
            });
        }
        expect(await said(customer.conversationId)).toHaveLength(1);
        expect(await finishTurn(db, turn, { upTo: 1 })).toMatchObject({ result: 'done' });
    });

    it('is all or nothing: a late action that fails takes the earlier ones with it', async () => {
        const customer = await newCustomer(db, tenant);
        const turn = await theTurn(db);
        const startsAt = await ahead(db, 3, '10:00');
        const finished = await finishTurn(db, turn, {
            upTo: 1,
            actions: [
                { type: 'remember_customer', name: 'Changed' },
                offer(customer, { startsAt }),
                { type: 'confirm', proposal_id: tenant.serviceId },
            ],
        });
        expect(finished).toMatchObject({ result: 'refused', action: 2, code: 'D0005' });
        expect(
            await db.sql('select from public.time_claims where business_id = $1', [tenant.businessId]),
        ).toEqual([]);
        expect(
            only(await db.sql('select name from public.customers where id = $1', [customer.customerId])),
        ).toEqual({
            name: 'Ana',
        });
    });
});

describe('a hand-off', () => {
    it('gives the conversation to a person; the last words still go out', async () => {
        const customer = await newCustomer(db, tenant);
        await answer(db, customer, [
            { type: 'hand_off', reason: 'asked for a person', summary: 'lost a glove' },
        ]);
        expect(await conversation(customer.conversationId)).toMatchObject({
            mode: 'human',
            mode_epoch: 1,
            handoff_reason: 'asked for a person',
            handoff_summary: 'lost a glove',
            handed_over_at: expect.any(Date),
        });
        await deliverAll(db);
        expect(await said(customer.conversationId)).toEqual([
            { seq: 1, role: 'user', outcome: 'handed_over', status: 'received' },
            { seq: 2, role: 'assistant', outcome: null, status: 'accepted' },
        ]);
        await says(db, customer, 'hello?');
        expect(await claimTurns(db)).toEqual([]);
    });
});
