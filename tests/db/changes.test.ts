import { describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    contextOf,
    finishTurn,
    type Json,
    newId,
    newSender,
    receive,
    receiveOne,
    textFrom,
} from './support/desk.ts';
import { newCustomer, says, turnOf } from './support/story.ts';
import { newTenant } from './support/tenant.ts';

// What a customer takes back, says differently, or only points at.

const db = ownDatabase();
const later = () => new Date(Date.now() + 1000).toISOString();
const textOf = (text: string): Json => ({ type: 'text', text });

const messageOf = async (id: string | undefined) => {
    const [row] = await db.sql('select * from public.messages where id = $1', [id]);
    if (!row) throw new Error('the message is not there');
    return row;
};

const edit = (account: string, sender: Json, target: unknown, text: string, at = later()): Json => ({
    kind: 'edit',
    account,
    provider_id: newId(),
    provider_at: at,
    sender,
    target,
    content: textOf(text),
});

describe('an edit', () => {
    it('of a message that still waits is what gets answered; the old words are kept', async () => {
        const tenant = await newTenant(db);
        const customer = await newCustomer(db, tenant);
        const event = textFrom(tenant.account, customer.sender, 'at nine');
        const { message_id } = await receiveOne(db, event);
        const change = edit(tenant.account, customer.sender, event.provider_id, 'at ten');
        expect(await receive(db, [change, change])).toMatchObject([
            { outcome: 'applied', duplicate: false, message_id },
            { outcome: 'applied', duplicate: true, message_id },
        ]);
        expect((await messageOf(message_id)).content).toEqual({
            ...textOf('at ten'),
            previous: { ...textOf('at nine'), replaced_by: change.provider_id },
        });
        const { messages } = await contextOf(db, await turnOf(db, customer));
        expect((messages as Json[]).at(-1)).toMatchObject({ content: textOf('at ten') });
        expect((messages as { content: Json }[]).at(-1)?.content).not.toHaveProperty('previous');
    });

    it('during a turn makes the turn think again, once', async () => {
        const tenant = await newTenant(db);
        const customer = await newCustomer(db, tenant);
        const event = textFrom(tenant.account, customer.sender, 'at nine');
        await receiveOne(db, event);
        const turn = await turnOf(db, customer);
        await receiveOne(db, edit(tenant.account, customer.sender, event.provider_id, 'at ten'));
        expect(await finishTurn(db, turn, { upTo: 2 })).toEqual({ result: 'superseded' });
        const { revision } = (await contextOf(db, turn)) as { revision: number };
        expect(await finishTurn(db, turn, { upTo: 2, revision })).toMatchObject({ result: 'done' });
        const waiting = await db.sql('select from private.jobs where lane = $1', [
            `reply:${customer.conversationId}`,
        ]);
        expect(waiting).toEqual([]);
    });

    it('that was under way when the turn was claimed is noticed too, and so is a deletion', async () => {
        const tenant = await newTenant(db);
        const customer = await newCustomer(db, tenant);
        const event = textFrom(tenant.account, customer.sender, 'at nine');
        await receiveOne(db, event);
        const door = await db.connect();
        // By its clock the edit is older than the claim.
        await door.sql('begin');
        await door.sql('select now()');
        const turn = await turnOf(db, customer);
        await receiveOne(door, edit(tenant.account, customer.sender, event.provider_id, 'at ten'));
        await contextOf(db, turn);
        await door.sql('commit');
        await door.end();
        expect(await finishTurn(db, turn, { upTo: 2 })).toEqual({ result: 'superseded' });
        const { revision } = (await contextOf(db, turn)) as { revision: number };
        await receiveOne(db, {
            kind: 'revoke',
            account: tenant.account,
            provider_id: `wamid.${crypto.randomUUID()}`,
            sender: customer.sender,
            target: event.provider_id,
        });
        expect(await finishTurn(db, turn, { upTo: 2, revision })).toEqual({ result: 'superseded' });
    });

    it('within the same second as another is not lost, and comes again without effect', async () => {
        const tenant = await newTenant(db);
        const sender = newSender();
        const event = textFrom(tenant.account, sender, 'one');
        const { message_id } = await receiveOne(db, event);
        const second = later();
        const changes = ['two', 'three'].map((text) =>
            edit(tenant.account, sender, event.provider_id, text, second),
        );
        await receive(db, [...changes, ...changes]);
        expect((await messageOf(message_id)).content).toMatchObject({
            ...textOf('three'),
            previous: { ...textOf('two'), previous: textOf('one') },
        });
    });

    it('that comes before an older one wins', async () => {
        const tenant = await newTenant(db);
        const sender = newSender();
        const event = textFrom(tenant.account, sender, 'one');
        const { message_id } = await receiveOne(db, event);
        const [first, second] = [later(), new Date(Date.now() + 9000).toISOString()];
        await receive(db, [
            edit(tenant.account, sender, event.provider_id, 'three', second),
            edit(tenant.account, sender, event.provider_id, 'two', first),
        ]);
        expect((await messageOf(message_id)).content).toMatchObject(textOf('three'));
    });

    it('that overtakes its message stands in for it', async () => {
        const tenant = await newTenant(db);
        const sender = newSender();
        const event = textFrom(tenant.account, sender, 'late');
        const early = await receiveOne(db, edit(tenant.account, sender, event.provider_id, 'edited'));
        expect(early.outcome).toBe('stored');
        expect(await receiveOne(db, event)).toMatchObject({ duplicate: true, message_id: early.message_id });
        expect((await messageOf(early.message_id)).content).toEqual(textOf('edited'));
    });
});

describe('a deletion', () => {
    const revoke = (account: string, sender: Json, target: unknown): Json => ({
        kind: 'revoke',
        account,
        provider_id: newId(),
        provider_at: later(),
        sender,
        target,
    });

    it('takes a message that still waits out of the turn', async () => {
        const tenant = await newTenant(db);
        const customer = await newCustomer(db, tenant);
        const event = textFrom(tenant.account, customer.sender, 'never mind');
        const { message_id } = await receiveOne(db, event);
        await receiveOne(db, revoke(tenant.account, customer.sender, event.provider_id));
        expect(await messageOf(message_id)).toMatchObject({
            outcome: 'ignored',
            deleted_at: expect.any(Date),
        });
        const { messages, unanswered } = await contextOf(db, await turnOf(db, customer));
        expect(unanswered).toEqual([1]);
        expect(messages).toHaveLength(1);
    });

    it('of a message we do not know is set aside', async () => {
        const tenant = await newTenant(db);
        expect(await receiveOne(db, revoke(tenant.account, newSender(), newId()))).toMatchObject({
            outcome: 'ignored',
        });
    });

    it('of a business’s own message is nobody’s to send', async () => {
        const tenant = await newTenant(db);
        const customer = await newCustomer(db, tenant);
        const done = await finishTurn(db, await turnOf(db, customer), { upTo: 1 });
        if (done.result !== 'done') throw new Error(done.result);
        await db.sql(`update public.messages set provider_id = 'wamid.ours' where id = $1`, [
            done.message_id,
        ]);
        await receiveOne(db, revoke(tenant.account, customer.sender, 'wamid.ours'));
        expect((await messageOf(done.message_id)).deleted_at).toBeNull();
    });
});

describe('a reaction', () => {
    it('is stored and answered by nobody', async () => {
        const tenant = await newTenant(db);
        const customer = await newCustomer(db, tenant);
        await finishTurn(db, await turnOf(db, customer), { upTo: 1 });
        const reaction: Json = {
            kind: 'reaction',
            account: tenant.account,
            provider_id: newId(),
            provider_at: later(),
            sender: customer.sender,
            target: 'wamid.X',
            emoji: '👍',
        };
        const { message_id } = await receiveOne(db, reaction);
        await receiveOne(db, { ...reaction, provider_id: newId(), emoji: null });
        expect(await messageOf(message_id)).toMatchObject({
            outcome: 'ignored',
            content: { type: 'reaction', emoji: '👍', target: 'wamid.X' },
        });
        const waiting = await db.sql('select from private.jobs where lane = $1', [
            `reply:${customer.conversationId}`,
        ]);
        expect(waiting).toEqual([]);
        await says(db, customer, 'now this');
        expect(customer.seq).toBe(5);
    });
});
