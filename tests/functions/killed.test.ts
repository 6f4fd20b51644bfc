import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
    conversationOfPeople,
    message,
    messagesOf,
    ownerWrites,
    sendsTo,
    simulators,
    write,
} from './bells.ts';
import { newCustomer, platform, sql } from './doorway.ts';

/** Here the deployed functions do the work, in their own process, and are killed in the middle of it. */

afterEach(() => vi.unstubAllEnvs());
const patience = { timeout: 25_000, interval: 200 };

const kill = () => fetch(`${platform.controlUrl}/kill-functions`, { method: 'POST' });
const jobs = (conversation: string | null) =>
    sql<{ state: string; attempts: number }>(
        'select state, attempts from private.jobs where conversation_id = $1',
        [conversation],
    );

/** The lease of a lost worker runs out: nobody waits for it in a test. */
const timePasses = (conversation: string | null) =>
    sql("update private.jobs set leased_until = now() where conversation_id = $1 and state = 'running'", [
        conversation,
    ]);

/** Makes every turn wait where it reads what it needs, until the returned function is called. */
async function holdTurns(): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: platform.adminDatabaseUrl });
    await client.connect();
    await client.query('begin; lock table public.services in access exclusive mode');
    return async () => {
        await client.query('rollback');
        await client.end();
    };
}

describe('killed with SIGKILL', () => {
    it('in the middle of a turn, the desk still gives one answer', async () => {
        const customer = newCustomer();
        const { conversation_id: conversation } = await write(customer, 'What does a private lesson cost?');
        const release = await holdTurns();
        await expect
            .poll(() => jobs(conversation), patience)
            .toMatchObject([{ state: 'running', attempts: 1 }]);
        await kill();
        await release();
        await timePasses(conversation);
        await expect.poll(async () => (await sendsTo(customer)).length, patience).toBe(1);
        await expect.poll(() => jobs(conversation), patience).toEqual([]);
        const replies = await messagesOf(conversation, 'assistant');
        expect(replies).toHaveLength(1);
        expect(await messagesOf(conversation, 'user')).toMatchObject([
            { outcome: 'answered', answered_by: replies[0]?.id },
        ]);
        expect(await sendsTo(customer)).toMatchObject([{ callback_data: replies[0]?.id }]);
    }, 60_000);

    it('between a send and its answer, the message does not go out again', async () => {
        const customer = newCustomer();
        const conversation = await conversationOfPeople(customer);
        await simulators.fault({ on: 'send', to: customer.phone, line: 'hang' });
        const id = await ownerWrites(conversation, { type: 'text', text: 'Hello, this is Heidi.' });
        await expect.poll(async () => (await sendsTo(customer)).length, patience).toBe(1);
        await kill();
        await expect.poll(async () => (await message(id))?.status, patience).toBe('read');
        await timePasses(conversation);
        await expect.poll(() => jobs(conversation), patience).toEqual([]);
        expect(await sendsTo(customer)).toHaveLength(1);
        expect((await message(id))?.provider_id).toMatch(/^wamid\./);
    }, 60_000);
});
