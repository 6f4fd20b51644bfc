import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doorway, envelope, newCustomer, newWamid, type Receipt, sql, text, webhook } from './doorway.ts';

let inbound: (request: Request) => Promise<Response>;
beforeEach(async () => {
    inbound = await doorway('inbound');
});
afterEach(() => {
    vi.unstubAllEnvs();
});

async function received(body: unknown, headers: Record<string, string> = {}): Promise<Receipt> {
    const response = await inbound(webhook(body, headers));
    expect(response.status).toBe(200);
    return (await response.json()) as Receipt;
}
const storedMessages = (conversationId: string | null) =>
    sql<{ seq: number; content: { text: string }; outcome: string | null; status: string }>(
        'select seq, content, outcome, status from public.messages where conversation_id = $1 and role = $2 order by seq',
        [conversationId, 'user'],
    );

describe('a signed webhook', () => {
    it('is stored before it is answered, with the ids in the answer', async () => {
        const customer = newCustomer();
        const receipt = await received(envelope([text(customer, 'Hi, a lesson tomorrow?')]));
        expect(receipt).toMatchObject({ duplicate: false, results: [{ outcome: 'stored' }] });
        expect(await storedMessages(receipt.conversation_id)).toMatchObject([
            { seq: 1, status: 'received', content: { text: 'Hi, a lesson tomorrow?' } },
        ]);
        const [identity] = await sql<{ value: string }>(
            'select value from public.customer_identities where value = $1',
            [`+${customer.phone}`],
        );
        expect(identity?.value).toBe(`+${customer.phone}`);
    });

    it('changes nothing when it comes again, and is answered with the first ids', async () => {
        const body = envelope([text(newCustomer(), 'Hello')]);
        const first = await received(body);
        const [second, third] = await Promise.all([received(body), received(body)]);
        for (const again of [second, third]) {
            expect(again).toMatchObject({
                duplicate: true,
                message_id: first.message_id,
                conversation_id: first.conversation_id,
            });
        }
        expect(await storedMessages(first.conversation_id)).toHaveLength(1);
    });

    it('is stored once even when it comes twelve times at the same moment', async () => {
        const body = envelope([text(newCustomer(), 'Hello')]);
        const receipts = await Promise.all(Array.from({ length: 12 }, () => received(body)));
        expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
        expect(new Set(receipts.map(({ message_id }) => message_id)).size).toBe(1);
    });

    it('with many messages of many customers loses none of them, bad ones beside good ones', async () => {
        const [ana, ben] = [newCustomer(), newCustomer()];
        const body = envelope([text(ana, 'one'), null, { id: 'x' }, text(ben, 'two'), text(ana, 'three')]);
        body.entry.push({ id: '2', changes: envelope([text(ben, 'four')]).entry[0]?.changes ?? [] });
        const receipt = await received(body);
        expect(receipt.results.map(({ outcome }) => outcome)).toEqual([
            'stored',
            'unreadable',
            'unreadable',
            'stored',
            'stored',
            'stored',
        ]);
        const [, , , second, third, fourth] = receipt.results;
        expect(third?.conversation_id).toBe(receipt.conversation_id);
        expect(fourth?.conversation_id).toBe(second?.conversation_id);
        const said = await storedMessages(receipt.conversation_id);
        expect(said.map(({ seq, content }) => [seq, content.text])).toEqual([
            [1, 'one'],
            [2, 'three'],
        ]);
    });

    it('of somebody without a phone finds the same conversation again', async () => {
        const customer = newCustomer();
        const hidden = (body: string) => ({ ...text(customer, body), from: undefined });
        const first = await received(envelope([hidden('hi')]));
        const second = await received(envelope([hidden('me again')]));
        expect(second.conversation_id).toBe(first.conversation_id);
        const withPhone = await received(envelope([text(customer, 'and now with my number')]));
        expect(withPhone.conversation_id).toBe(first.conversation_id);
    });

    it('with characters that Postgres refuses is stored without them', async () => {
        const receipt = await received(
            JSON.stringify(envelope([text(newCustomer(), 'PLACE')])).replace(
                'PLACE',
                String.raw`a\u0000b\ud83d`,
            ),
        );
        expect(await storedMessages(receipt.conversation_id)).toMatchObject([
            { content: { text: 'ab\ufffd' } },
        ]);
    });

    it('in the escapes of Meta is verified as it came', async () => {
        const said = String.raw`Caf\u00e9 \ud83d\ude42 a\/b`;
        const receipt = await received(
            JSON.stringify(envelope([text(newCustomer(), 'PLACE')])).replace('PLACE', said),
        );
        expect(await storedMessages(receipt.conversation_id)).toMatchObject([
            { content: { text: 'Café 🙂 a/b' } },
        ]);
    });
});

describe('reactions, edits and revokes', () => {
    it('a reaction is kept and asks for no answer', async () => {
        const customer = newCustomer();
        const reaction = {
            ...text(customer, ''),
            type: 'reaction',
            reaction: { message_id: newWamid(), emoji: '👍' },
        };
        const receipt = await received(envelope([reaction]));
        expect(await storedMessages(receipt.conversation_id)).toMatchObject([
            { outcome: 'ignored', content: { type: 'reaction', emoji: '👍' } },
        ]);
    });

    it('an edit changes what was said and keeps what was said before', async () => {
        const customer = newCustomer();
        const original = text(customer, 'tomorow at 10');
        const receipt = await received(envelope([original]));
        const edit = {
            original_message_id: original.id,
            message: { type: 'text', text: { body: 'tomorrow at 11' } },
        };
        const later = String(Number(original.timestamp) + 5);
        await received(envelope([{ ...text(customer, ''), timestamp: later, type: 'edit', edit }]));
        expect(await storedMessages(receipt.conversation_id)).toMatchObject([
            { content: { type: 'text', text: 'tomorrow at 11', previous: { text: 'tomorow at 10' } } },
        ]);
    });
});

describe('a customer who changes number', () => {
    it('stays the same customer in the same conversation', async () => {
        const [before, after] = [newCustomer(), newCustomer()];
        const first = await received(envelope([text(before, 'Hi')]));
        const system = {
            type: 'user_changed_number',
            wa_id: after.phone,
            user_id: after.userId,
            previous_user_id: before.userId,
        };
        const timestamp = String(Math.floor(Date.now() / 1000));
        const news = { from: before.phone, id: newWamid(), timestamp, type: 'system', system };
        expect(await received(envelope([news]))).toMatchObject({ results: [{ outcome: 'applied' }] });
        const second = await received(envelope([text(after, 'me again')]));
        expect(second.conversation_id).toBe(first.conversation_id);
    });
});

describe('statuses', () => {
    it('for messages we do not know wait for them instead of getting lost', async () => {
        const id = newWamid();
        const status = {
            id,
            status: 'delivered',
            timestamp: '1795160010',
            recipient_id: newCustomer().phone,
        };
        const receipt = await received(envelope([], { messages: undefined, statuses: [status] }));
        expect(receipt.results).toMatchObject([{ outcome: 'waiting' }]);
        const waiting = await sql('select from private.pending_statuses where provider_id = $1', [id]);
        expect(waiting).toHaveLength(1);
    });
});

describe('a late status', () => {
    it('never takes a message back to where it was', async () => {
        const { conversation_id: conversation } = await received(envelope([text(newCustomer(), 'Hi')]));
        // As a delivery leaves it, without one: nothing else works on this message.
        const [row] = await sql<{ id: string }>(
            `insert into public.messages (business_id, conversation_id, role, content, status)
             select business_id, id, 'owner', '{"type":"text","text":"Hello"}', 'sending'
             from public.conversations where id = $1 returning id`,
            [conversation],
        );
        const wamid = newWamid();
        const post = (status: string) =>
            received(
                envelope([], {
                    messages: undefined,
                    statuses: [
                        { id: wamid, status, timestamp: '1795160010', biz_opaque_callback_data: row?.id },
                    ],
                }),
            );
        for (const status of ['delivered', 'sent', 'read', 'delivered', 'failed']) await post(status);
        const [message] = await sql('select status, provider_id from public.messages where id = $1', [
            row?.id,
        ]);
        expect(message).toEqual({ status: 'read', provider_id: wamid });
    });
});

describe('what is not for us or not understood', () => {
    it('an unknown number is answered 200, and kept', async () => {
        const id = newWamid();
        const receipt = await received(envelope([text(newCustomer(), 'hello?', id)], {}, '999999999999999'));
        expect(receipt).toMatchObject({ message_id: null, results: [{ outcome: 'unknown_account' }] });
        expect(
            await sql('select from private.raw_events where body::text like $1', [`%${id}%`]),
        ).toHaveLength(1);
    });

    it('a signed payload of unknown shape is answered 200 and kept raw', async () => {
        const mark = newWamid();
        const receipt = await received({ object: 'page', entry: [{ mark }] });
        expect(receipt.results).toMatchObject([{ outcome: 'unreadable' }]);
        const [raw] = await sql<{ body: unknown }>(
            'select body from private.raw_events where body::text like $1',
            [`%${mark}%`],
        );
        expect(raw?.body).toEqual({ object: 'page', entry: [{ mark }] });
    });

    it.each(['location', 'voice', 'contacts', 'order', 'unsupported', 'template-button', 'button-reply'])(
        'fixture %s is stored without a loss',
        async (name) => {
            const fresh = readFileSync(`tests/fixtures/whatsapp/${name}.json`, 'utf8').replaceAll(
                'wamid.FIXTURE',
                newWamid(),
            );
            const receipt = await received(fresh);
            expect(receipt.results.length).toBeGreaterThan(0);
            for (const { outcome } of receipt.results)
                expect(['stored', 'waiting', 'applied', 'ignored']).toContain(outcome);
        },
    );
});
