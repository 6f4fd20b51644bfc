import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import {
    conversationOfPeople,
    everybodyAsleep,
    isolate,
    message,
    ownerWrites,
    sendsTo,
    simulators,
    windowCloses,
} from './bells.ts';
import { newCustomer } from './doorway.ts';

afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
});
afterAll(everybodyAsleep);

const hello = { type: 'text', text: 'Hello, this is Heidi.' };
const status = (id: string) =>
    expect.poll(async () => (await message(id))?.status, { timeout: 15_000, interval: 100 });

describe('the bell of deliver', () => {
    it('needs its token, its method and its address', async () => {
        const ring = await isolate('deliver');
        const token = undefined;
        expect((await ring('wrong')).status).toBe(401);
        expect((await ring(token, 'GET')).status).toBe(405);
        expect((await ring(token, 'POST', '/deliver/more')).status).toBe(404);
    });

    it('answers 202 and brings the message to the customer, once, whoever else is rung', async () => {
        const customer = newCustomer();
        const conversation = await conversationOfPeople(customer);
        const [one, two] = [await isolate('deliver'), await isolate('deliver')];
        const id = await ownerWrites(conversation, hello);
        expect((await Promise.all([one(), two(), one()])).map(({ status }) => status)).toEqual([
            202, 202, 202,
        ]);
        await status(id).toBe('read');
        expect(await sendsTo(customer)).toMatchObject([
            { callback_data: id, body: { text: { body: hello.text } } },
        ]);
    });

    it('sends the messages of a conversation in their order', async () => {
        const customer = newCustomer();
        const conversation = await conversationOfPeople(customer);
        const ring = await isolate('deliver');
        const said: string[] = [];
        for (const number of [1, 2, 3, 4])
            said.push(await ownerWrites(conversation, { ...hello, text: `part ${number}` }));
        await ring();
        await status(said.at(-1) ?? '').toBe('read');
        expect((await sendsTo(customer)).map(({ callback_data }) => callback_data)).toEqual(said);
    });
});

describe('when WhatsApp does not take it', () => {
    it('a temporary failure is tried again until it arrives', async () => {
        const customer = newCustomer();
        const conversation = await conversationOfPeople(customer);
        await simulators.fault({ on: 'send', to: customer.phone, times: 2, fail: { code: 131000 } });
        const id = await ownerWrites(conversation, hello);
        const ring = await isolate('deliver');
        await ring();
        await status(id).toBe('read');
        expect(await sendsTo(customer)).toHaveLength(1);
    });

    it('a final refusal is written on the message with its code', async () => {
        const customer = newCustomer();
        const conversation = await conversationOfPeople(customer);
        await simulators.fault({ on: 'send', to: customer.phone, fail: { code: 131047 } });
        const id = await ownerWrites(conversation, hello);
        const ring = await isolate('deliver');
        await ring();
        await status(id).toBe('failed');
        expect(await message(id)).toMatchObject({ error_code: '131047' });
        expect(await sendsTo(customer)).toEqual([]);
    });

    it('outside the window what has particulars goes out as a template of the channel', async () => {
        const customer = newCustomer();
        const conversation = await conversationOfPeople(customer);
        await windowCloses(conversation);
        const parameters = {
            service: 'Ski lesson',
            instructor: 'Anna',
            date: 'Friday',
            time: '10:00',
            reference: 'AB01',
        };
        const kept = await ownerWrites(conversation, hello);
        const id = await ownerWrites(conversation, {
            ...hello,
            template: { purpose: 'booking_confirmed', parameters },
        });
        const ring = await isolate('deliver');
        await ring();
        await status(id).toBe('read');
        expect(await message(kept)).toMatchObject({ status: 'failed', error_code: 'window_closed' });
        expect(await sendsTo(customer)).toMatchObject([
            { callback_data: id, body: { type: 'template', template: { name: 'booking_confirmed_1' } } },
        ]);
    });

    it('a lost answer is not sent again: the status that names the message settles it', async () => {
        const customer = newCustomer();
        const conversation = await conversationOfPeople(customer);
        await simulators.fault({ on: 'send', to: customer.phone, line: 'after' });
        const id = await ownerWrites(conversation, hello);
        const ring = await isolate('deliver');
        await ring();
        await status(id).toBe('read');
        expect((await message(id))?.provider_id).toMatch(/^wamid\./);
        expect(await sendsTo(customer)).toHaveLength(1);
    });
});
