import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bookingsOf, booksALesson, untilProposed } from './booking-a-lesson.ts';
import { choicesOf } from './customer.ts';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
    desk = await Desk.open(inject('platform'));
});
afterAll(() => desk.close());

describe('a customer on WhatsApp, with the rules', { timeout: 60_000 }, () => {
    it('gets a lesson booked, sees it, moves it and cancels it', async () => {
        const ana = desk.customer('Ana Lima');
        const { booked } = await booksALesson(desk, ana);

        expect((await ana.says('What have I booked?')).text).toContain(booked.reference);

        const move = await untilProposed(ana, await ana.says('Can we move it to 11:00?'));
        expect((await ana.taps(move, /yes/i)).text).toMatch(/11:00/);
        expect(await bookingsOf(desk)).toMatchObject([
            { id: booked.id, status: 'pending', local_time: '11:00:00' },
        ]);

        const cancel = await untilProposed(ana, await ana.says('Please cancel my lesson'));
        expect((await ana.taps(cancel, /yes/i)).text).toMatch(/cancelled/i);
        expect(await bookingsOf(desk)).toMatchObject([{ id: booked.id, status: 'cancelled', claims: 0 }]);
    });

    it('is offered free times as buttons when the wished one is not to be had', async () => {
        const marco = desk.customer('Marco Conti');
        const reply = await marco.says('A snowboard lesson tomorrow at 3 in the morning?');
        const slots = choicesOf(reply).filter(({ id }) => id.startsWith('slot:'));
        expect(slots.length).toBeGreaterThan(0);
        const held = await desk.rows(
            `select from public.time_claims where business_id = $1 and kind = 'hold'`,
        );
        expect(held).toHaveLength(slots.length);
    });

    it('is answered by user id when the phone is hidden', async () => {
        const bea = await desk.hiddenCustomer();
        expect((await bea.says('How much is a kids ski lesson?')).text).toContain('110');
        const [sent] = await bea.sentToMe();
        expect(sent?.body).toMatchObject({ recipient: bea.address });
        expect(sent?.body).not.toHaveProperty('to');
    });

    it('gets a polite word about what the desk cannot read', async () => {
        const tom = desk.customer('Tom Berg');
        expect((await tom.hears(() => tom.sends({ kind: 'voice' }))).text).not.toBe('');
        expect((await tom.hears(() => tom.sends({ kind: 'unsupported' }))).text).not.toBe('');
    });

    it('sees the ticks turn and the dots while the desk thinks', async () => {
        const eva = desk.customer('Eva Roth');
        const { id } = await eva.sends({ kind: 'text', body: 'When are you open?' });
        const read = await desk.control.log({ waitMs: 10_000, types: ['read'], customer: eva.address });
        expect(read.entries[0]).toMatchObject({ id, typing: true });
    });
});
