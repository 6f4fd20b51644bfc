import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    type Claimed,
    claimDeliveries,
    finishDelivery,
    type Json,
    newId,
    only,
    quiet,
    receiveOne,
    theDelivery,
} from './support/desk.ts';
import { type Customer, newCustomer, says } from './support/story.ts';
import { newPerson, newTenant, type Tenant } from './support/tenant.ts';
import { anonymous, refusal, trying, type Voice } from './support/voices.ts';

// The 24-hour window, and what can be said outside it.

const db = ownDatabase();
let tenant: Tenant;
let customer: Customer;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
    customer = await newCustomer(db, tenant);
    await quiet(db);
});

const closeWindow = () =>
    db.sql(`update public.conversations set window_until = now() - interval '1 minute' where id = $1`, [
        customer.conversationId,
    ]);
const news: Json = {
    purpose: 'booking_confirmed',
    parameters: { service: 'Lesson', date: 'Friday', time: '10:00' },
};
const say = async (template: Json | null = news) =>
    only(
        await db.sql<{ id: string }>(
            `insert into public.messages (business_id, conversation_id, role, content)
             values ($1, $2, 'owner', $3) returning id`,
            [
                tenant.businessId,
                customer.conversationId,
                { type: 'text', text: 'see you', ...(template && { template }) },
            ],
        ),
    ).id;
const template = (more: Json = {}) => {
    const row: Json = { language: 'en', name: 'confirmed_1', status: 'approved', ...more };
    return db.sql(
        `insert into public.templates (business_id, channel_id, purpose, language, name, parameters, status)
         values ($1, $2, 'booking_confirmed', $3, $4, $5, $6)`,
        [
            tenant.businessId,
            tenant.channelId,
            row.language,
            row.name,
            row.parameters ?? ['service', 'time'],
            row.status,
        ],
    );
};
const messageOf = async (id: string) =>
    only(await db.sql('select status, error_code, template_name from public.messages where id = $1', [id]));
const told = () =>
    db.sql(
        `select kind, severity, conversation_id, payload from public.notifications
         where business_id = $1 order by created_at`,
        [tenant.businessId],
    );
const refuse = async ({ job_id, lease }: Claimed, code: string, alert = false) =>
    only(
        await db.sql<{ answer: Json }>(`select public.refuse_delivery($1, $2, $3, 'no', $4) as answer`, [
            job_id,
            lease,
            code,
            alert,
        ]),
    ).answer;
const failed = (message_id: string, code: string, more: Json = {}) =>
    receiveOne(db, {
        kind: 'status',
        account: tenant.account,
        provider_id: newId(),
        message_id,
        status: 'failed',
        at: new Date().toISOString(),
        error: { code, title: 'no', detail: 'no', ...more },
    });

describe('the window', () => {
    const untilIn = async () =>
        only(
            await db.sql(
                `select round(extract(epoch from window_until - now()) / 3600)::int as hours
                 from public.conversations where id = $1`,
                [customer.conversationId],
            ),
        ).hours;

    it('is open for a day after the customer last wrote, by the provider’s clock', async () => {
        expect(await untilIn()).toBe(24);
        await closeWindow();
        const written = new Date(Date.now() - 5 * 3_600_000).toISOString();
        await says(db, customer, 'late', { provider_at: written });
        expect(await untilIn()).toBe(19);
        await says(db, customer, 'later still', { provider_at: new Date(0).toISOString() });
        expect(await untilIn()).toBe(19);
        await say();
        expect(await untilIn()).toBe(19);
    });

    it('lets free words through while it is open, template or not', async () => {
        await template();
        await say();
        expect(await theDelivery(db)).toMatchObject({ content: { type: 'text', text: 'see you' } });
    });

    it('once closed turns what has particulars into a template', async () => {
        await template();
        await closeWindow();
        const id = await say();
        const delivery = await theDelivery(db);
        expect(delivery.content).toEqual({
            type: 'template',
            name: 'confirmed_1',
            language: 'en',
            parameters: ['Lesson', '10:00'],
        });
        await finishDelivery(db, delivery, newId());
        expect(await messageOf(id)).toMatchObject({ status: 'accepted', template_name: 'confirmed_1' });
        expect(await told()).toEqual([]);
    });

    it('once closed keeps free words in, where the owner sees it', async () => {
        await template();
        await closeWindow();
        const id = await say(null);
        expect(await claimDeliveries(db)).toEqual([]);
        expect(await messageOf(id)).toMatchObject({ status: 'failed', error_code: 'window_closed' });
        expect(await told()).toMatchObject([
            { kind: 'window_closed', conversation_id: customer.conversationId, payload: { message_id: id } },
        ]);
        expect(await db.sql('select from private.jobs')).toEqual([]);
    });

    it('does not stop the next message of the lane', async () => {
        await template();
        await closeWindow();
        await say(null);
        const id = await say();
        const claimed = [...(await claimDeliveries(db)), ...(await claimDeliveries(db))];
        expect(claimed.map(({ message_id }) => message_id)).toEqual([id]);
    });
});

describe('a template', () => {
    it.each<[string, Json | null]>([
        ['is missing', null],
        ['is paused', { status: 'paused' }],
        ['is rejected', { status: 'rejected' }],
        ['wants what nobody said', { parameters: ['service', 'instructor'] }],
    ])('that %s is news for the owner, never silence', async (_why, more) => {
        if (more) await template(more);
        await closeWindow();
        const id = await say();
        expect(await claimDeliveries(db)).toEqual([]);
        expect(await messageOf(id)).toMatchObject({ status: 'failed', error_code: 'window_closed' });
        expect(await told()).toMatchObject([
            { kind: 'template_missing', payload: { purpose: 'booking_confirmed', message_id: id } },
        ]);
    });

    it('is taken in the language of the words, then of the business, then in any', async () => {
        await closeWindow();
        for (const [language, name] of [
            ['fr', 'french'],
            ['en_GB', 'english'],
            ['de', 'german'],
        ])
            await template({ language, name });
        for (const [language, name] of [
            ['de', 'german'],
            ['de-CH', 'german'],
            ['fr', 'french'],
            ['it', 'english'],
        ]) {
            await say({ ...news, language });
            const delivery = await theDelivery(db);
            expect(delivery.content).toMatchObject({ name });
            await finishDelivery(db, delivery, newId());
        }
    });

    it('of one channel is not for another', async () => {
        const other = await newTenant(db);
        await db.sql(
            `insert into public.templates (business_id, channel_id, purpose, language, name)
             values ($1, $2, 'booking_confirmed', 'en', 'theirs')`,
            [other.businessId, other.channelId],
        );
        await closeWindow();
        await say();
        expect(await claimDeliveries(db)).toEqual([]);
    });

    it('that Meta paused is not tried again, and the owner is told', async () => {
        await template();
        await closeWindow();
        const id = await say();
        expect(await refuse(await theDelivery(db), '132015')).toEqual({ result: 'done' });
        expect(await messageOf(id)).toMatchObject({ status: 'failed', error_code: '132015' });
        expect(await told()).toMatchObject([
            { kind: 'template_failed', payload: { template: 'confirmed_1', code: '132015' } },
        ]);
        expect(
            await db.sql('select status from public.templates where business_id = $1', [tenant.businessId]),
        ).toEqual([{ status: 'paused' }]);
    });

    it('is seen by members, written by owner and manager, and audited', async () => {
        await template();
        const read = (voice: Voice) =>
            trying(db, voice, () =>
                db.sql('select from public.templates where business_id = $1', [tenant.businessId]),
            );
        const write = (voice: Voice) =>
            refusal(
                trying(db, voice, () =>
                    db.sql(
                        `insert into public.templates (business_id, channel_id, purpose, language, name)
                         values ($1, $2, 'message_waiting', 'en', 'waiting_1')`,
                        [tenant.businessId, tenant.channelId],
                    ),
                ),
            );
        const change = (voice: Voice) =>
            trying(db, voice, () =>
                db.sql(`update public.templates set status = 'paused' where business_id = $1 returning id`, [
                    tenant.businessId,
                ]),
            );
        for (const voice of [tenant.owner, tenant.manager]) {
            expect(await read(voice)).toHaveLength(1);
            expect(await write(voice)).toBeNull();
            expect(await change(voice)).toHaveLength(1);
        }
        expect(await read(tenant.instructor)).toHaveLength(1);
        const stranger = await newPerson(db);
        expect(await read(stranger)).toEqual([]);
        expect(await refusal(read(anonymous))).toBe('42501');
        for (const voice of [tenant.instructor, stranger]) {
            expect(await write(voice)).toBe('42501');
            expect(await change(voice)).toEqual([]);
        }
        expect(
            await db.sql(
                `select op from public.audit_log where business_id = $1 and table_name = 'templates'`,
                [tenant.businessId],
            ),
        ).toEqual([{ op: 'INSERT' }]);
    });
});

describe('when Meta says that the window is closed', () => {
    it('to a send, the message goes out as a template, without using up an attempt', async () => {
        await template();
        const id = await say();
        expect(await refuse(await theDelivery(db), '131047')).toEqual({ result: 'queued' });
        expect(await theDelivery(db)).toMatchObject({
            message_id: id,
            attempt: 1,
            content: { type: 'template' },
        });
    });

    it('to a template too, the message has failed', async () => {
        await template();
        const id = await say();
        await refuse(await theDelivery(db), '131047');
        expect(await refuse(await theDelivery(db), '131047')).toEqual({ result: 'done' });
        expect(await messageOf(id)).toMatchObject({ status: 'failed', error_code: '131047' });
    });

    it('to free words, they have failed and the owner is told', async () => {
        const id = await say(null);
        expect(await refuse(await theDelivery(db), '131047')).toEqual({ result: 'done' });
        expect(await messageOf(id)).toMatchObject({ status: 'failed', error_code: '131047' });
        expect(await told()).toMatchObject([{ kind: 'window_closed', payload: { code: '131047' } }]);
    });

    it('only afterwards, by a status, the same is said again as a template, once', async () => {
        await template();
        const id = await say();
        await finishDelivery(db, await theDelivery(db), newId());
        await failed(id, '131047');
        await failed(id, '131047');
        const delivery = await theDelivery(db);
        expect(delivery).toMatchObject({ content: { type: 'template', name: 'confirmed_1' } });
        expect(delivery.message_id).not.toBe(id);
        expect(await messageOf(id)).toMatchObject({ status: 'failed', error_code: '131047' });
        await failed(delivery.message_id, '131047');
        expect(await claimDeliveries(db)).toEqual([]);
    });

    it('by a status that overtook the send, it is the same', async () => {
        await template();
        const id = await say();
        const delivery = await theDelivery(db);
        const provider_id = newId();
        await receiveOne(db, {
            kind: 'status',
            account: tenant.account,
            provider_id,
            status: 'failed',
            at: new Date().toISOString(),
            error: { code: '131047', title: '', detail: '' },
        });
        await finishDelivery(db, delivery, provider_id);
        expect(await messageOf(id)).toMatchObject({ status: 'failed' });
        expect(await theDelivery(db)).toMatchObject({ content: { type: 'template' } });
    });
});

describe('a channel that needs somebody', () => {
    it('is told to the owner once, and its sends can run again when it is well', async () => {
        const ids = [await say(null), await say(null)];
        for (const _ of ids)
            expect(await refuse(await theDelivery(db), '190', true)).toEqual({ result: 'done' });
        for (const id of ids)
            expect(await messageOf(id)).toMatchObject({ status: 'failed', error_code: '190' });
        expect(await told()).toMatchObject([
            {
                kind: 'channel_needs_attention',
                severity: 'critical',
                conversation_id: null,
                payload: { channel_id: tenant.channelId, code: '190' },
            },
        ]);
        expect(await db.sql(`select state, last_error from private.jobs order by id`)).toEqual(
            Array(2).fill({ state: 'dead', last_error: '190: no' }),
        );
    });

    it('by a status is told too', async () => {
        const id = await say(null);
        await finishDelivery(db, await theDelivery(db), newId());
        await failed(id, '131042', { alert: true });
        expect(await told()).toMatchObject([
            { kind: 'channel_needs_attention', payload: { code: '131042' } },
        ]);
    });
});
