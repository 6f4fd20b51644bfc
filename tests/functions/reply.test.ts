import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { everybodyAsleep, isolate, messagesOf, sendsTo, write } from './bells.ts';
import { newCustomer, newWamid, sql } from './doorway.ts';

afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
});
afterAll(everybodyAsleep);

const answers = (conversation: string | null) =>
    expect.poll(async () => (await messagesOf(conversation, 'assistant')).length, {
        timeout: 15_000,
        interval: 100,
    });

describe('the bell of reply', () => {
    it('answers what the customer wrote, once, whoever else is rung', async () => {
        const customer = newCustomer();
        const [one, two] = [await isolate('reply'), await isolate('reply')];
        const { conversation_id: conversation } = await write(
            customer,
            'Hi, what does a private lesson cost?',
        );
        expect((await Promise.all([one(), two()])).map(({ status }) => status)).toEqual([202, 202]);
        await answers(conversation).toBe(1);
        const [question] = await messagesOf(conversation, 'user');
        const replies = await messagesOf(conversation, 'assistant');
        expect(replies).toHaveLength(1);
        expect(question).toMatchObject({ outcome: 'answered', answered_by: replies[0]?.id });
        await expect.poll(async () => (await sendsTo(customer)).length).toBe(1);
    });

    it('answers fragments of one thought together', async () => {
        const customer = newCustomer();
        const ring = await isolate('reply');
        const { conversation_id: conversation } = await write(customer, 'Hi');
        await write(customer, 'a lesson please');
        await write(customer, 'tomorrow at 10');
        await ring();
        await answers(conversation).toBe(1);
        const asked = await messagesOf(conversation, 'user');
        const replies = await messagesOf(conversation, 'assistant');
        expect(asked.map(({ outcome, answered_by }) => [outcome, answered_by])).toEqual(
            Array(3).fill(['answered', replies[0]?.id]),
        );
        expect(replies).toHaveLength(1);
    });

    it('stays silent in a conversation that a person took over before it was answered', async () => {
        const customer = newCustomer();
        const ring = await isolate('reply');
        const { conversation_id: conversation } = await write(customer, 'Hi');
        await sql("update public.conversations set mode = 'human' where id = $1", [conversation]);
        await ring();
        const outcome = async () => (await messagesOf(conversation, 'user'))[0]?.outcome;
        await expect.poll(outcome, { timeout: 10_000 }).toBe('handed_over');
        expect(await messagesOf(conversation, 'assistant')).toEqual([]);
    });

    it('calls a person when the customer wants one, and says so once', async () => {
        const customer = newCustomer();
        const ring = await isolate('reply');
        const { conversation_id: conversation } = await write(
            customer,
            'I want to talk to a person',
            newWamid(),
        );
        await ring();
        await answers(conversation).toBe(1);
        await ring();
        expect(await messagesOf(conversation, 'assistant')).toHaveLength(1);
        const [state] = await sql<{ mode: string }>('select mode from public.conversations where id = $1', [
            conversation,
        ]);
        expect(state?.mode).toBe('human');
    });
});
