import { describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import { newId, newSender, receive, receiveOne, textFrom } from './support/desk.ts';
import { newTenant } from './support/tenant.ts';

const db = ownDatabase();

describe('a message', () => {
    it('makes customer, conversation, message and turn', async () => {
        const tenant = await newTenant(db, { quietMs: 2000 });
        const sender = newSender();
        const result = await receiveOne(db, textFrom(tenant.account, sender, 'Hi'));
        expect(result).toMatchObject({
            kind: 'message',
            outcome: 'stored',
            duplicate: false,
            business_id: tenant.businessId,
        });
        const rows = await db.sql(
            `select message.seq, message.role, message.status, message.outcome, message.content,
                conversation.mode, conversation.last_seq, customer.name, customer.phone, job.kind, job.state,
                extract(epoch from job.run_at - message.created_at)::float as waits
             from public.messages as message
             join public.conversations as conversation on conversation.id = message.conversation_id
             join public.customers as customer on customer.id = conversation.customer_id
             join private.jobs as job on job.conversation_id = conversation.id
             where message.id = $1`,
            [result.message_id],
        );
        expect(rows).toEqual([
            {
                seq: 1,
                role: 'user',
                status: 'received',
                outcome: null,
                content: { type: 'text', text: 'Hi' },
                mode: 'ai',
                last_seq: 1,
                name: 'Ana',
                phone: sender.phone,
                kind: 'reply',
                state: 'queued',
                waits: 2,
            },
        ]);
    });

    it('that comes again is answered with the first ids and takes no number', async () => {
        const { account } = await newTenant(db);
        const sender = newSender();
        const first = textFrom(account, sender);
        const stored = await receiveOne(db, first);
        const again = await receive(db, [first, { ...first, content: { type: 'text', text: 'changed' } }]);
        for (const result of again) {
            expect(result).toEqual({ ...stored, outcome: 'duplicate', duplicate: true });
        }
        await receiveOne(db, textFrom(account, sender, 'next'));
        const rows = await db.sql(
            'select seq, content from public.messages where conversation_id = $1 order by seq',
            [stored.conversation_id],
        );
        expect(rows.map(({ seq }) => seq)).toEqual([1, 2]);
        expect(rows[0]?.content).toEqual({ type: 'text', text: 'hello' });
    });

    it('is deduplicated by id, not by its words: "yes" twice is two messages', async () => {
        const { account } = await newTenant(db);
        const sender = newSender();
        const results = await receive(db, [
            textFrom(account, sender, 'yes'),
            textFrom(account, sender, 'yes'),
        ]);
        expect(new Set(results.map((result) => result.message_id)).size).toBe(2);
    });

    it('to a conversation that a person has is stored as handed over, without a turn', async () => {
        const { account } = await newTenant(db);
        const sender = newSender();
        const first = await receiveOne(db, textFrom(account, sender));
        await db.sql('delete from private.jobs where conversation_id = $1', [first.conversation_id]);
        await db.sql(`update public.conversations set mode = 'human' where id = $1`, [first.conversation_id]);
        const second = await receiveOne(db, textFrom(account, sender));
        const [message] = await db.sql('select outcome from public.messages where id = $1', [
            second.message_id,
        ]);
        expect(message).toEqual({ outcome: 'handed_over' });
        expect(
            await db.sql('select from private.jobs where conversation_id = $1', [first.conversation_id]),
        ).toEqual([]);
    });

    it('postpones the turn by the quiet time, but never beyond three times that', async () => {
        const { account } = await newTenant(db, { quietMs: 10_000 });
        const sender = newSender();
        const { conversation_id } = await receiveOne(db, textFrom(account, sender));
        const wait = async () => {
            await receiveOne(db, textFrom(account, sender));
            const [job] = await db.sql<{ from_first: number; from_now: number }>(
                `select extract(epoch from run_at - created_at)::float as from_first,
                    extract(epoch from run_at - now())::float as from_now
                 from private.jobs where conversation_id = $1`,
                [conversation_id],
            );
            return job;
        };
        expect((await wait())?.from_now).toBeGreaterThan(9.5);
        await db.sql(
            `update private.jobs set created_at = now() - interval '25 seconds' where conversation_id = $1`,
            [conversation_id],
        );
        await db.sql('update private.jobs set run_at = now() where conversation_id = $1', [conversation_id]);
        expect((await wait())?.from_first).toBe(30);
        await db.sql(
            `update private.jobs set created_at = now() - interval '1 minute' where conversation_id = $1`,
            [conversation_id],
        );
        await db.sql('update private.jobs set run_at = now() where conversation_id = $1', [conversation_id]);
        expect((await wait())?.from_now).toBeLessThanOrEqual(0);
    });

    it('of any known or unknown kind is stored as it is', async () => {
        const { account } = await newTenant(db);
        const sender = newSender();
        const contents = [
            { type: 'image', media: { id: '9', mime_type: 'image/jpeg', caption: 'my boots' } },
            { type: 'choice', id: 'yes:1', text: 'Yes' },
            { type: 'unsupported', detail: 'poll_creation' },
        ];
        const results = await receive(
            db,
            contents.map((content) => ({ ...textFrom(account, sender), content })),
        );
        const rows = await db.sql('select content from public.messages where id = any ($1) order by seq', [
            results.map((result) => result.message_id),
        ]);
        expect(rows.map((row) => row.content)).toEqual(contents);
    });
});

describe('a batch', () => {
    it('loses nothing to one bad element', async () => {
        const { account } = await newTenant(db);
        const sender = newSender();
        const bad = [
            { ...textFrom(account, sender), content: { no: 'type' } },
            { ...textFrom(account, sender), provider_at: 'yesterday-ish' },
            { ...textFrom(account, {}) },
            { ...textFrom(account, { phone: '0790000000' }) },
            { kind: 'nonsense', account },
            { kind: 'status', account, provider_id: newId(), status: 'teleported' },
            'not even an object' as unknown as Record<string, unknown>,
        ];
        const good = [textFrom(account, sender, 'before'), textFrom(account, sender, 'after')] as const;
        const [{ count } = { count: 0 }] = await db.sql<{ count: number }>(
            'select count(*) from private.raw_events',
        );
        const results = await receive(db, [good[0], ...bad, good[1]]);
        expect(results.map((result) => result.outcome)).toEqual([
            'stored',
            ...bad.map((_, place) => (place === 6 ? 'unknown_account' : 'unreadable')),
            'stored',
        ]);
        const [after] = await db.sql<{ count: number }>('select count(*) from private.raw_events');
        expect(after?.count).toBe(count + bad.length);
        const seqs = await db.sql('select seq from public.messages where conversation_id = $1 order by seq', [
            results[0]?.conversation_id,
        ]);
        expect(seqs.map(({ seq }) => seq)).toEqual([1, 2]);
    });

    it('keeps what is for an account that is not ours, or not active', async () => {
        const { account, channelId } = await newTenant(db);
        await db.sql('update public.channels set active = false where id = $1', [channelId]);
        const results = await receive(db, [textFrom('999', newSender()), textFrom(account, newSender())]);
        expect(results.map((result) => result.outcome)).toEqual(['unknown_account', 'unknown_account']);
        const [row] = await db.sql(`select body from private.raw_events order by id desc limit 1`);
        expect(row?.body).toMatchObject({ kind: 'message', account });
    });

    it('keeps an unreadable payload whole', async () => {
        const body = { strange: ['payload', 1] };
        const result = await receiveOne(db, { kind: 'unknown', reason: 'no entry', body });
        expect(result).toMatchObject({ kind: 'unknown', outcome: 'unreadable' });
        const [row] = await db.sql(`select reason, body from private.raw_events order by id desc limit 1`);
        expect(row).toEqual({ reason: 'no entry', body });
    });

    it('that is no list is refused', async () => {
        await expect(db.sql(`select public.receive_messages('whatsapp', '{}')`)).rejects.toMatchObject({
            code: 'D0009',
        });
    });
});
