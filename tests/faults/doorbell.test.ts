import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './support/lab.ts';
import { type Scenario, scenario } from './support/scenario.ts';
import { expectOneAnswer, question } from './support/stories.ts';

/** Bells that nobody hears, that ring too often, or that ring while a worker falls asleep. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab();
});
afterAll(() => lab.stop());

const inLab = (play: (s: Scenario) => Promise<void>) =>
    scenario(
        () => lab,
        async (s) => {
            await s.everybodyAsleep();
            await play(s);
        },
    );

const bells = (s: Scenario) => s.wire.log.filter(({ step }) => step.startsWith('bell:')).length;

describe('the doorbell', () => {
    it(
        'is lost, both of it, and the sweep finds the work',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan(/^bell:/, 'before', 'cut', { times: 2 });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'waits in a queue that a crash has emptied',
        inLab(async (s) => {
            const ana = s.customer();
            const watch = await s.lab.pool.connect();
            // Whoever empties the queue holds it, as a crash does: no bell gets out in between.
            await watch.query('begin; lock table net.http_request_queue in share row exclusive mode');
            s.writes(ana, question);
            await watch.query('delete from net.http_request_queue; commit');
            watch.release();
            await s.lab.pool.query('truncate net.http_request_queue');
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'is answered with an error every time but the last',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan('bell:reply', 'before', 'refuse', { times: 3 });
            s.wire.plan('bell:deliver', 'before', 'refuse', { times: 3 });
            s.writes(ana, question);
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'rings many times at once, and one worker answers once',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan(/^bell:/, 'before', 'repeat', { times: 10 });
            s.writes(ana, question);
            const ring = `select private.ring(name) from unnest(array['reply', 'deliver']) as name, generate_series(1, 20)`;
            await s.lab.pool.query(ring);
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'is slow to be answered, and the customer waits no longer than that',
        inLab(async (s) => {
            const ana = s.customer();
            s.wire.plan(/^bell:/, 'after', 1500, { times: 2 });
            const before = Date.now();
            await ana.says(question);
            expect(Date.now() - before).toBeLessThan(6000);
            await s.settles();
        }),
    );

    it(
        'rings a few times for a crowd, not once for each',
        inLab(async (s) => {
            const before = bells(s);
            const people = Array.from({ length: 25 }, (_, index) => s.customer(`Person ${index}`));
            for (const person of people) s.writes(person, question);
            await s.settles();
            for (const person of people) expect(await person.sentToMe()).toHaveLength(1);
            expect(bells(s) - before).toBeLessThan(12);
        }),
    );

    it(
        'is not needed for what comes while a worker falls asleep',
        inLab(async (s) => {
            const ana = s.customer();
            const bo = s.customer('Bo Lund');
            await ana.says(question);
            await s.settles();
            // The database has let it rest, and it does not know yet.
            const asleep = s.wire.hold('rest_worker', 'after', ({ answer }) => answer === true);
            await asleep.reached;
            const answered = bo.hears(async () => s.writes(bo, question), 8000);
            await s.wire.hold(/^bell:/, 'before').reached.catch(() => {});
            asleep.release();
            s.wire.heal();
            await answered;
            await expectOneAnswer(s, bo);
        }),
    );

    it(
        'opens to nobody who has not its token, and nothing comes of it',
        inLab(async (s) => {
            const ring = (token: string) =>
                fetch(`${s.wire.url}/functions/v1/reply`, {
                    method: 'POST',
                    headers: { 'x-bell-token': token },
                });
            expect((await ring('guessed')).status).toBe(401);
            expect((await ring('')).status).toBe(401);
            expect(await s.lab.pool.query('select from private.workers')).toMatchObject({ rowCount: 0 });
        }),
    );
});
