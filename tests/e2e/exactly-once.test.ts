import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Desk } from './desk.ts';
import { eventually } from './patience.ts';

let desk: Desk;
beforeAll(async () => {
    desk = await Desk.open(inject('platform'));
});
afterAll(() => desk.close());

const everything = `
    select
        (select count(*)::int from public.messages where business_id = $1) as messages,
        (select count(*)::int from public.customers where business_id = $1) as customers,
        (select count(*)::int from public.conversations where business_id = $1) as conversations,
        (select count(*)::int from public.bookings where business_id = $1) as bookings,
        (select count(*)::int from public.time_claims where business_id = $1) as claims,
        (select count(*)::int from private.jobs where business_id = $1) as jobs`;

const lastAnswer = `
    select status, error_code, send_started_at is not null as started
    from public.messages
    where business_id = $1 and role = 'assistant' and conversation_id = $2
    order by seq desc
    limit 1`;

async function answerStatus(conversationId: unknown, wanted: string) {
    return eventually(`the answer is ${wanted}`, async () => {
        const [row] = await desk.rows<{ status: string; error_code: string | null }>(
            lastAnswer,
            conversationId,
        );
        return row?.status === wanted ? row : undefined;
    });
}

describe('exactly once', { timeout: 60_000 }, () => {
    it('changes nothing when the same webhook comes again', async () => {
        const ana = desk.customer();
        const text = { kind: 'text', body: 'How much is a snowboard lesson?' } as const;
        let first: unknown;
        await ana.hears(async () => {
            first = (await ana.sends(text, { id: `wamid.once.${desk.account}` })).body;
        });
        await desk.settled();
        const before = await desk.rows(everything);

        const again = await ana.sends(text, { id: `wamid.once.${desk.account}` });
        expect(again.http_status).toBe(200);
        const { conversation_id, message_id } = first as Record<string, string>;
        expect(again.body).toMatchObject({ conversation_id, message_id, duplicate: true });
        expect(await desk.rows(everything)).toEqual(before);
        expect(await ana.sentToMe()).toHaveLength(1);
    });

    it('answers a burst of copies and fragments with one message', async () => {
        const bo = desk.customer('Bo Lund');
        await desk.control.fault({ on: 'message_webhook', to: bo.address, duplicate: 4, times: 2 });
        await bo.hears(() =>
            Promise.all([
                bo.sends({ kind: 'text', body: 'How much is' }),
                bo.sends({ kind: 'text', body: 'a kids ski lesson?' }),
            ]),
        );
        await desk.settled();
        expect(await bo.sentToMe()).toHaveLength(1);
        const stored = `
            select outcome from public.messages as message
            where business_id = $1 and role = 'user' and conversation_id = (
                select conversation.id from public.conversations as conversation
                join public.customers as customer on customer.id = conversation.customer_id
                where customer.phone = $2
            )`;
        expect(await desk.rows(stored, `+${bo.address}`)).toEqual([
            { outcome: 'answered' },
            { outcome: 'answered' },
        ]);
    });

    it('carries sent, delivered and read back onto the message', async () => {
        const cy = desk.customer('Cy Young');
        const { body } = await cy.sends({ kind: 'text', body: 'When are you open?' });
        await answerStatus((body as { conversation_id: string }).conversation_id, 'read');
    });

    it('shows a failure that WhatsApp reports after accepting', async () => {
        const di = desk.customer('Di Marti');
        await desk.control.fault({ on: 'send', to: di.address, statuses: ['failed'], status_code: 131026 });
        const { body } = await di.sends({ kind: 'text', body: 'When are you open?' });
        const conversation = (body as { conversation_id: string }).conversation_id;
        expect(await answerStatus(conversation, 'failed')).toMatchObject({ error_code: '131026' });
    });

    it('lets a status settle a send whose answer was lost, instead of sending again', async () => {
        const ed = desk.customer('Ed Vogel');
        await desk.control.fault({ on: 'send', to: ed.address, line: 'after' });
        const { body } = await ed.sends({ kind: 'text', body: 'When are you open?' });
        await answerStatus((body as { conversation_id: string }).conversation_id, 'read');
        expect(await ed.sentToMe()).toHaveLength(1);
    });

    it('stores every element of a batch beside one that nobody can read', async () => {
        const sample = readFileSync(new URL('../fixtures/whatsapp/batch.json', import.meta.url), 'utf8');
        const payload = sample
            .replaceAll('100000000000001', desk.account)
            .replaceAll('wamid.FIXTURE', `wamid.${desk.account}`);
        const told = await desk.control.sendRaw(JSON.parse(payload));
        expect(told.http_status).toBe(200);
        const stored = await desk.rows<{ id: string; type: string }>(
            `select split_part(provider_id, '.', 3) as id, content ->> 'type' as type
             from public.messages
             where business_id = $1 and provider_id like $2
             order by 1`,
            `wamid.${desk.account}.BATCH%`,
        );
        expect(stored).toEqual([
            { id: 'BATCH1', type: 'text' },
            { id: 'BATCH2', type: 'text' },
            { id: 'BATCH3', type: 'unsupported' },
            { id: 'BATCH4', type: 'text' },
            { id: 'BATCH5', type: 'text' },
        ]);
    });
});
