import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bookingsOf, booksALesson } from './booking-a-lesson.ts';
import { Desk } from './desk.ts';
import { eventually } from './patience.ts';

const platform = inject('platform');
let desk: Desk;
let owner: SupabaseClient;
beforeAll(async () => {
    desk = await Desk.open(platform);
    owner = createClient(platform.gatewayUrl, platform.publishableKey, {
        auth: { persistSession: false, autoRefreshToken: false },
    });
    const { error } = await owner.auth.signInWithPassword({
        email: 'owner@frostdesk.local',
        password: 'frostdesk-demo',
    });
    if (error) throw error;
});
afterAll(() => desk.close());

describe('a person at the desk', { timeout: 60_000 }, () => {
    it('confirms a booking and then cancels it, and the customer hears of both', async () => {
        const ana = desk.customer('Ana Lima');
        const { booked } = await booksALesson(desk, ana);
        const decide = (decision: string, note: string) => async () => {
            const { data, error } = await owner.rpc('decide_booking', {
                p_booking_id: booked.id,
                p_decision: decision,
                p_note: note,
            });
            expect(error).toBeNull();
            expect(data).toMatchObject({ id: booked.id });
        };
        const confirmed = await ana.hears(decide('confirm', 'Bring your own helmet'));
        expect(confirmed.text).toMatch(/confirmed/i);
        expect(confirmed.text).toContain('Bring your own helmet');
        const cancelled = await ana.hears(decide('cancel', 'The lift is closed'));
        expect(cancelled.text).toMatch(/cancel/i);
        expect(cancelled.text).toContain('The lift is closed');
        expect(await bookingsOf(desk)).toMatchObject([{ status: 'cancelled', claims: 0 }]);
    });

    it('is handed the conversation, and then the desk is silent', async () => {
        const bo = desk.customer('Bo Lund');
        expect((await bo.says('Can I talk to a person please?')).text).not.toBe('');
        const [conversation] = await desk.rows<{ id: string; mode: string }>(
            `select conversation.id, conversation.mode from public.conversations as conversation
             join public.customers as customer on customer.id = conversation.customer_id
             where conversation.business_id = $1 and customer.phone = $2`,
            `+${bo.address}`,
        );
        expect(conversation?.mode).toBe('human');
        await desk.settled();
        const before = (await bo.sentToMe()).length;
        const { body } = await bo.sends({ kind: 'text', body: 'A ski lesson tomorrow at 10?' });
        // Stored as handed over and with no job to answer it: nothing is left that could speak.
        expect(body).toMatchObject({ conversation_id: conversation?.id });
        const [message] = await desk.rows<{ outcome: string }>(
            'select outcome from public.messages where business_id = $1 and id = $2',
            (body as { message_id: string }).message_id,
        );
        expect(message?.outcome).toBe('handed_over');
        await desk.settled();
        expect(await bo.sentToMe()).toHaveLength(before);

        // The owner's own words do go out.
        const answered = await bo.hears(async () => {
            const { error } = await owner.from('messages').insert({
                business_id: desk.businessId,
                conversation_id: conversation?.id,
                role: 'owner',
                content: { type: 'text', text: 'Heidi here. Ten is fine!' },
            });
            expect(error).toBeNull();
        });
        expect(answered.text).toBe('Heidi here. Ten is fine!');
    });

    it('takes over while the desk is thinking, and the thought is not sent', async () => {
        const cy = desk.customer('Cy Young');
        await desk.rows('update public.businesses set quiet_ms = 1500 where id = $1');
        const { body } = await cy.sends({ kind: 'text', body: 'When are you open?' });
        await desk.rows('update public.businesses set quiet_ms = 100 where id = $1');
        const { conversation_id, message_id } = body as { conversation_id: string; message_id: string };
        const { error } = await owner
            .from('conversations')
            .update({ mode: 'human' })
            .eq('id', conversation_id);
        expect(error).toBeNull();
        await eventually('the message is left to the person', async () => {
            const [row] = await desk.rows<{ outcome: string | null }>(
                'select outcome from public.messages where business_id = $1 and id = $2',
                message_id,
            );
            return row?.outcome === 'handed_over' ? true : undefined;
        });
        await desk.settled();
        expect(await cy.sentToMe()).toEqual([]);
    });
});
