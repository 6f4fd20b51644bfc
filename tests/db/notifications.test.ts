import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import { quiet } from './support/desk.ts';
import { answer, newCustomer, says } from './support/story.ts';
import { newPerson, newTenant, type Tenant } from './support/tenant.ts';
import { anonymous, as, refusal, trying, type Voice } from './support/voices.ts';

// What the owner should know without looking for it.

const db = ownDatabase();
let tenant: Tenant;
let stranger: Voice;

beforeAll(async () => {
    stranger = await newPerson(db);
});

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
});

const handOff = (reason: string) => ({ type: 'hand_off', reason, summary: 'wants a person' });
const newsOf = (voice: Voice) =>
    as(db, voice, () =>
        db.sql('select * from public.notifications where business_id = $1 order by created_at', [
            tenant.businessId,
        ]),
    );
const handedOff = async () => {
    const customer = await newCustomer(db, tenant);
    await answer(db, customer, [handOff('angry')]);
    return customer;
};

describe('a hand-off', () => {
    it('tells the owner, with reason and conversation', async () => {
        const { conversationId } = await handedOff();
        expect(await newsOf(tenant.owner)).toMatchObject([
            {
                kind: 'hand_off',
                severity: 'warning',
                conversation_id: conversationId,
                payload: { reason: 'angry', summary: 'wants a person' },
                read_at: null,
            },
        ]);
    });

    it('by the person who takes over is no news', async () => {
        const customer = await newCustomer(db, tenant);
        await as(db, tenant.owner, () =>
            db.sql(`update public.conversations set mode = 'human' where id = $1`, [customer.conversationId]),
        );
        expect(await newsOf(tenant.owner)).toEqual([]);
    });

    it('that happens again renews the news as long as it is unread, and is news once it was read', async () => {
        const customer = await handedOff();
        const again = async (reason: string) => {
            await db.sql(`update public.conversations set mode = 'ai' where id = $1`, [
                customer.conversationId,
            ]);
            await says(db, customer, 'hello');
            await answer(db, customer, [handOff(reason)]);
            return (await newsOf(tenant.owner)).map(({ payload }) => (payload as { reason: string }).reason);
        };
        expect(await again('furious')).toEqual(['furious']);
        await db.sql('update public.notifications set read_at = now()');
        expect(await again('resigned')).toEqual(['furious', 'resigned']);
    });
});

describe('a notification', () => {
    it('is seen and marked as read by members, and by nobody else', async () => {
        await handedOff();
        const mark = (voice: Voice) =>
            trying(db, voice, () =>
                db.sql(
                    'update public.notifications set read_at = now() where business_id = $1 returning id',
                    [tenant.businessId],
                ),
            );
        for (const voice of [tenant.owner, tenant.manager, tenant.instructor]) {
            expect(await newsOf(voice)).toHaveLength(1);
            expect(await mark(voice)).toHaveLength(1);
        }
        for (const voice of [stranger, (await newTenant(db)).owner]) {
            expect(await newsOf(voice)).toEqual([]);
            expect(await mark(voice)).toEqual([]);
        }
        expect(await refusal(newsOf(anonymous))).toBe('42501');
        expect(await refusal(mark(anonymous))).toBe('42501');
    });

    it('is written by the desk alone', async () => {
        await handedOff();
        for (const statement of [
            `update public.notifications set kind = 'other'`,
            'delete from public.notifications',
            `insert into public.notifications (business_id, kind, severity) values ('${tenant.businessId}', 'x', 'info')`,
        ])
            expect(await refusal(trying(db, tenant.owner, () => db.sql(statement)))).toBe('42501');
    });

    it('is told to the dashboard, when it comes and when it is read', async () => {
        await handedOff();
        await db.sql('update public.notifications set read_at = now() where business_id = $1', [
            tenant.businessId,
        ]);
        const told = await db.sql(
            `select payload ->> 'op' as op from realtime.messages
             where topic = $1 and event = 'notifications' order by inserted_at`,
            [`business:${tenant.businessId}`],
        );
        expect(told.map(({ op }) => op).sort()).toEqual(['INSERT', 'UPDATE']);
    });

    it('once read, goes away after ninety days', async () => {
        await handedOff();
        await handedOff();
        await db.sql(
            `update public.notifications set read_at = now() - interval '91 days'
             where id = (select id from public.notifications where business_id = $1 limit 1)`,
            [tenant.businessId],
        );
        await db.sql('select private.tidy()');
        expect(await newsOf(tenant.owner)).toHaveLength(1);
    });
});
