import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './support/lab.ts';
import type { Moment } from './support/plans.ts';
import { type Scenario, scenario } from './support/scenario.ts';
import { expectOneAnswer, expectOneBooking, proposedTo, question, saysYes } from './support/stories.ts';

/** Postgres and PostgREST are ended, stopped, cut off or kept waiting in the middle of a message's way. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab();
});
afterAll(() => lab.stop());
const inLab = (play: (s: Scenario) => Promise<void>) => scenario(() => lab, play);

/** Keeps everybody out of a table until released, or until Postgres is gone. */
async function locked(table: string) {
    const client = await lab.pool.connect();
    await client.query(`begin; lock table ${table} in access exclusive mode`);
    const waiting = async () => {
        const blocked = `select from pg_stat_activity where wait_event_type = 'Lock' and usename = 'authenticator'`;
        while ((await lab.pool.query(blocked)).rowCount === 0)
            await new Promise((next) => setTimeout(next, 20));
    };
    const release = async () => {
        await client.query('rollback').catch(() => {});
        client.release(true);
    };
    return { waiting, release };
}

const moments: [string, Moment, string, NodeJS.Signals][] = [
    ['a message is at the door', 'before', 'receive_messages', 'SIGQUIT'],
    ['a message was just committed', 'after', 'receive_messages', 'SIGQUIT'],
    ['a turn was claimed', 'after', 'claim_turns', 'SIGINT'],
    ['a turn was thought', 'before', 'finish_turn', 'SIGQUIT'],
    ['an answer was just committed', 'after', 'finish_turn', 'SIGQUIT'],
    ['a send is under way', 'before', 'send', 'SIGINT'],
    ['a send was accepted', 'after', 'send', 'SIGQUIT'],
];

describe('Postgres', () => {
    it.each(moments)(
        'restarts when %s (%s %s, by %s), and the customer gets one answer',
        (...[, at, step, by]) =>
            inLab(async (s) => {
                const ana = s.customer();
                const point = s.wire.hold(step, at);
                s.writes(ana, question);
                await point.reached;
                await lab.kill('postgres', by);
                point.release();
                await expectOneAnswer(s, ana);
            })(),
    );

    it(
        'crashes inside the transaction that books, and the YES is booked once',
        inLab(async (s) => {
            const bo = s.customer('Bo Lund');
            const proposal = await proposedTo(bo);
            await s.settles();
            const { waiting, release } = await locked('public.booking_events');
            saysYes(s, bo, proposal);
            await waiting();
            await lab.kill('postgres', 'SIGQUIT');
            await release();
            await expectOneBooking(s, bo);
        }),
    );

    it(
        'loses one server process by kill -9 and recovers by itself',
        inLab(async (s) => {
            const ana = s.customer();
            const { waiting, release } = await locked('public.services');
            s.writes(ana, question);
            await waiting();
            const pids = await s.rows<{ pid: number }>(
                `select pid from pg_stat_activity where wait_event_type = 'Lock' and $1::uuid is not null`,
            );
            for (const { pid } of pids) process.kill(pid, 'SIGKILL');
            await release();
            await expectOneAnswer(s, ana);
        }),
    );

    it.each(['receive_messages', 'get_turn_context', 'finish_turn', 'finish_delivery'])(
        'throws every caller out just before %s',
        (step) =>
            inLab(async (s) => {
                const ana = s.customer();
                const point = s.wire.hold(step, 'before');
                s.writes(ana, question);
                await point.reached;
                await lab.pool.query(
                    `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'authenticator'`,
                );
                point.release();
                await expectOneAnswer(s, ana);
            })(),
    );

    it(
        "keeps one customer's turn waiting behind a long transaction, and nobody else's",
        inLab(async (s) => {
            const ana = s.customer();
            const bo = s.customer('Bo Lund');
            await ana.says('Hello');
            await s.settles();
            const long = await lab.pool.connect();
            await long.query('begin');
            await long.query('select from public.conversations where business_id = $1 for update', [
                s.desk.businessId,
            ]);
            s.writes(ana, question);
            await bo.says(question);
            await long.query('rollback');
            long.release();
            await s.settles();
            expect(await ana.sentToMe()).toHaveLength(2);
        }),
    );
});

describe('PostgREST', () => {
    it.each([
        ['receive_messages', 'a message is being stored', 'public.messages'],
        ['finish_turn', 'a turn is being committed', 'public.messages'],
    ])('is killed while %s waits in the database: %s', (step, _what, table) =>
        inLab(async (s) => {
            const ana = s.customer();
            const point = s.wire.hold(step, 'before');
            s.writes(ana, question);
            await point.reached;
            const { waiting, release } = await locked(table);
            point.release();
            await waiting();
            // Another one reads the schema first, and cannot as long as the table is locked.
            const back = lab.kill('postgrest');
            await release();
            await back;
            await expectOneAnswer(s, ana);
        })(),
    );

    it(
        'stands still for longer than a lease, and whoever comes late changes nothing',
        inLab(async (s) => {
            const ana = s.customer();
            const point = s.wire.hold('finish_turn', 'before');
            s.writes(ana, question);
            await point.reached;
            await lab.frozen('postgrest', async () => {
                point.release();
                await s.rows(
                    `update private.jobs set leased_until = now() where business_id = $1 and state = 'running'`,
                );
            });
            await expectOneAnswer(s, ana);
        }),
    );

    it(
        'is out of reach for a while, whoever asks for what',
        inLab(async (s) => {
            const ana = s.customer();
            s.writes(ana, question);
            s.wire.plan(/^(?!bell|webhook|send|mark_read)/, 'before', 'refuse', { times: 20 });
            await expectOneAnswer(s, ana);
        }),
    );
});
