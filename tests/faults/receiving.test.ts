import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './support/lab.ts';
import { type Scenario, scenario } from './support/scenario.ts';
import { expectOneAnswer, expectOneBooking, proposedTo, question, saysYes } from './support/stories.ts';

/** Webhooks that come twice, late, together, backwards, unsigned, or while nobody listens. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab();
});
afterAll(() => lab.stop());
const inLab = (play: (s: Scenario) => Promise<void>) => scenario(() => lab, play);

const outcomes = async (s: Scenario) =>
    (await s.said()).filter(({ role }) => role === 'user').map(({ outcome }) => outcome);

describe('a webhook', () => {
    it(
        'comes fifty times at once',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({ on: 'message_webhook', to: ana.address, duplicate: 49 });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'comes again at every step of its turn',
        inLab(async (s) => {
            const ana = s.customer();
            const id = `wamid.again.${s.desk.account}`;
            const steps = ['get_turn_context', 'finish_turn', 'send', 'finish_delivery'];
            const points = steps.map((step) => s.wire.hold(step, 'before'));
            s.writes(ana, question, id);
            for (const point of points) {
                await point.reached;
                await ana.sends({ kind: 'text', body: question }, { id });
                point.release();
            }
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'that carries the YES comes five times at once',
        inLab(async (s) => {
            const bo = s.customer('Bo Lund');
            const proposal = await proposedTo(bo);
            await s.control.fault({ on: 'message_webhook', to: bo.address, duplicate: 5 });
            saysYes(s, bo, proposal);
            await expectOneBooking(s, bo);
        }),
    );

    it(
        'brings ten messages of one thought together',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({
                on: 'message_webhook',
                to: ana.address,
                hold: { count: 10, release: 'batch' },
            });
            for (let part = 1; part <= 10; part++) s.writes(ana, `${question} (${part})`);
            await s.settles();
            expect(await outcomes(s)).toEqual(Array(10).fill('answered'));
            expect(await ana.sentToMe()).toHaveLength(1);
        }),
    );

    it(
        'brings three messages backwards',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({
                on: 'message_webhook',
                to: ana.address,
                hold: { count: 3, release: 'reverse' },
            });
            for (const part of ['Hello', 'I have a question', question]) s.writes(ana, part);
            await s.settles();
            expect(await outcomes(s)).toEqual(Array(3).fill('answered'));
        }),
    );

    it(
        'brings twenty people at once, each in a conversation of their own',
        inLab(async (s) => {
            const people = Array.from({ length: 20 }, (_, index) => s.customer(`Person ${index}`));
            for (const person of people) {
                await s.control.fault({
                    on: 'message_webhook',
                    to: person.address,
                    duplicate: 2,
                });
                s.writes(person, question);
            }
            await s.settles();
            for (const person of people) expect(await person.sentToMe()).toHaveLength(1);
        }),
    );

    it(
        'brings an edit before the message it edits, and a deletion of another',
        inLab(async (s) => {
            const ana = s.customer();
            await ana.says('Hello');
            const id = `wamid.edited.${s.desk.account}`;
            const gone = `wamid.gone.${s.desk.account}`;
            await ana.sends({ kind: 'edit', message_id: id, body: question });
            await ana.sends({ kind: 'text', body: 'How much is it?' }, { id });
            await ana.sends({ kind: 'text', body: 'Never mind' }, { id: gone });
            await ana.sends({ kind: 'revoke', message_id: gone });
            await s.settles();
            expect((await s.said(ana)).filter(({ text }) => text === question)).toHaveLength(1);
        }),
    );

    it(
        'is signed by somebody else, and nothing comes of it',
        inLab(async (s) => {
            const ana = s.customer();
            await s.control.fault({
                on: 'message_webhook',
                to: ana.address,
                signature: 'wrong',
            });
            const told = await ana.sends({ kind: 'text', body: question });
            expect(told.http_status).toBe(401);
            // It would try for days.
            lab.vendors.whatsapp.timers.clear();
        }),
    );

    it(
        'is answered with an error for a while, and the provider goes on trying',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan('webhook', 'before', 'refuse', { times: 3 });
            s.wire.plan('webhook', 'after', 'cut', { times: 2 });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'brings a message an hour late: stored and shown, and not answered as if it were news',
        inLab(async (s) => {
            const ana = s.customer();
            const sent_at = new Date(Date.now() - 3_600_000).toISOString();
            await s.control.send(
                ana.address,
                { kind: 'text', body: question },
                { name: ana.name, account: s.desk.account, sent_at },
            );
            await s.settles();
            expect(await outcomes(s)).toEqual(['stale']);
            expect(await ana.sentToMe()).toHaveLength(0);
        }),
    );

    it(
        'is one of a flood: the customer is blocked, and everybody else is answered',
        inLab(async (s) => {
            await s.rows('update public.businesses set customer_messages_per_hour = 5 where id = $1');
            const ana = s.customer();
            const bo = s.customer('Bo Lund');
            for (let part = 1; part <= 12; part++) {
                await ana.sends({ kind: 'text', body: `${question} (${part})` });
            }
            await bo.says(question);
            await s.settles();
            const told = (await s.said(ana)).filter(({ role }) => role === 'user');
            expect(told.filter(({ outcome }) => outcome === 'blocked')).toHaveLength(7);
        }),
    );
});
