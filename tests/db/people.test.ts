import { describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import { newSender, type Received, receive, receiveOne, textFrom } from './support/desk.ts';
import { newTenant, type Tenant } from './support/tenant.ts';

// One person, many addresses: user ids and phone numbers, either of which may be missing.

const db = ownDatabase();

const addresses = async (tenant: Tenant, received: Received) => {
    const rows = await db.sql(
        `select identity.identity_kind || ':' || identity.value as address
         from public.conversations as conversation
         join public.customer_identities as identity on identity.customer_id = conversation.customer_id
         where conversation.id = $1 and conversation.business_id = $2
         order by 1`,
        [received.conversation_id, tenant.businessId],
    );
    return rows.map((row) => row.address);
};

describe('a customer', () => {
    it('without a phone number is one by user id alone', async () => {
        const tenant = await newTenant(db);
        const { user_id } = newSender();
        const first = await receiveOne(db, textFrom(tenant.account, { user_id, username: 'ana.lima' }));
        const second = await receiveOne(db, textFrom(tenant.account, { user_id }));
        expect(second.conversation_id).toBe(first.conversation_id);
        expect(await addresses(tenant, first)).toEqual([`user_id:${user_id}`]);
        const [customer] = await db.sql('select name, phone from public.customers where business_id = $1', [
            tenant.businessId,
        ]);
        expect(customer).toEqual({ name: 'ana.lima', phone: null });
    });

    it('known by phone is the same when the user id comes with it, and then alone', async () => {
        const tenant = await newTenant(db);
        const { user_id, phone } = newSender();
        const results = [
            await receiveOne(db, textFrom(tenant.account, { phone })),
            await receiveOne(db, textFrom(tenant.account, { phone, user_id, name: 'Ana' })),
            await receiveOne(db, textFrom(tenant.account, { user_id })),
        ];
        expect(new Set(results.map((result) => result.conversation_id)).size).toBe(1);
        expect(await addresses(tenant, results[0] as Received)).toEqual([
            `phone:${phone}`,
            `user_id:${user_id}`,
        ]);
        const customers = await db.sql('select name, phone from public.customers where business_id = $1', [
            tenant.businessId,
        ]);
        expect(customers).toEqual([{ name: 'Ana', phone }]);
    });

    it('that the owner wrote down by phone is met again', async () => {
        const tenant = await newTenant(db);
        const { phone, user_id } = newSender();
        await db.sql(`insert into public.customers (business_id, name, phone) values ($1, 'Mrs Lima', $2)`, [
            tenant.businessId,
            phone,
        ]);
        await receiveOne(db, textFrom(tenant.account, { phone, user_id, name: 'ana' }));
        const customers = await db.sql('select name from public.customers where business_id = $1', [
            tenant.businessId,
        ]);
        expect(customers).toEqual([{ name: 'Mrs Lima' }]);
    });

    it('is another one in another business', async () => {
        const [one, two] = [await newTenant(db), await newTenant(db)];
        const sender = newSender();
        const first = await receiveOne(db, textFrom(one.account, sender));
        const second = await receiveOne(db, textFrom(two.account, sender));
        expect(second.conversation_id).not.toBe(first.conversation_id);
    });

    it('who got a number that somebody else had is a new one, with the number; the other keeps the rest', async () => {
        const tenant = await newTenant(db);
        const [ana, zoe] = [newSender(), newSender()];
        const anas = await receiveOne(db, textFrom(tenant.account, ana));
        const zoes = await receiveOne(
            db,
            textFrom(tenant.account, { user_id: zoe.user_id, phone: ana.phone, name: 'Zoe' }),
        );
        expect(zoes.conversation_id).not.toBe(anas.conversation_id);
        expect(await addresses(tenant, zoes)).toEqual([`phone:${ana.phone}`, `user_id:${zoe.user_id}`]);
        expect(await addresses(tenant, anas)).toEqual([`user_id:${ana.user_id}`]);
        const again = await receiveOne(db, textFrom(tenant.account, { user_id: ana.user_id }));
        expect(again.conversation_id).toBe(anas.conversation_id);
        const byPhone = await receiveOne(db, textFrom(tenant.account, { phone: ana.phone }));
        expect(byPhone.conversation_id).toBe(zoes.conversation_id);
        const phones = await db.sql(
            'select phone from public.customers where business_id = $1 order by created_at',
            [tenant.businessId],
        );
        expect(phones).toEqual([{ phone: null }, { phone: ana.phone }]);
    });

    it.each(['+0041 79', '12', '+1234567890123456789', 'call me', ''])(
        'with a user id is heard whatever their phone is ("%s")',
        async (phone) => {
            const tenant = await newTenant(db);
            const { user_id } = newSender();
            const received = await receiveOne(db, textFrom(tenant.account, { user_id, phone }));
            expect(received).toMatchObject({ outcome: 'stored' });
        },
    );

    it('whose phone is written otherwise is known by the same number', async () => {
        const tenant = await newTenant(db);
        const first = await receiveOne(db, textFrom(tenant.account, { phone: '+41790000001' }));
        const second = await receiveOne(db, textFrom(tenant.account, { phone: '0041 79 000 00 01' }));
        expect(second.conversation_id).toBe(first.conversation_id);
    });

    it('keeps an address that two people claim with whoever had it first', async () => {
        const tenant = await newTenant(db);
        const [ana, ben] = [newSender(), newSender()];
        const anas = await receiveOne(db, textFrom(tenant.account, { phone: ana.phone }));
        const bens = await receiveOne(db, textFrom(tenant.account, { user_id: ben.user_id }));
        const both = await receiveOne(
            db,
            textFrom(tenant.account, { phone: ana.phone, user_id: ben.user_id }),
        );
        expect(both.conversation_id).toBe(bens.conversation_id);
        expect(await addresses(tenant, anas)).toEqual([`phone:${ana.phone}`]);
        expect(await addresses(tenant, bens)).toEqual([`user_id:${ben.user_id}`]);
    });
});

describe('a change of address', () => {
    const change = (account: string, previous: object, next: object) => ({
        kind: 'identity',
        account,
        provider_id: 'wamid.S1',
        sender: previous,
        previous,
        new: next,
    });

    it('leads to the same customer, who is written to at the new address', async () => {
        const tenant = await newTenant(db);
        const [old, now] = [newSender(), newSender()];
        const before = await receiveOne(db, textFrom(tenant.account, old));
        const change1 = change(
            tenant.account,
            { user_id: old.user_id, phone: old.phone },
            { user_id: now.user_id, phone: now.phone },
        );
        expect(await receive(db, [change1, change1])).toMatchObject([
            { outcome: 'applied', duplicate: false },
            { outcome: 'applied', duplicate: true },
        ]);
        const after = await receiveOne(db, textFrom(tenant.account, now));
        expect(after.conversation_id).toBe(before.conversation_id);
        // A late message under the old user id is still theirs; the old number may be somebody else's one day.
        const late = await receiveOne(db, textFrom(tenant.account, { user_id: old.user_id }));
        expect(late.conversation_id).toBe(before.conversation_id);
        const reused = await receiveOne(db, textFrom(tenant.account, { phone: old.phone }));
        expect(reused.conversation_id).not.toBe(before.conversation_id);
        const [row] = await db.sql(
            `select private.recipient(business_id, customer_id, 'whatsapp') as recipient
             from public.conversations where id = $1`,
            [before.conversation_id],
        );
        expect(row?.recipient).toEqual({ user_id: now.user_id, phone: now.phone });
    });

    it('of somebody unknown is set aside', async () => {
        const tenant = await newTenant(db);
        const [old, now] = [newSender(), newSender()];
        const [result] = await receive(db, [
            change(tenant.account, { user_id: old.user_id }, { user_id: now.user_id }),
        ]);
        expect(result).toMatchObject({ outcome: 'ignored' });
        const [row] = await db.sql('select reason from private.raw_events order by id desc limit 1');
        expect(row?.reason).toBe('changes the address of somebody we do not know');
    });
});
