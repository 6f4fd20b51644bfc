import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ThinkDeps } from '../../shared/desk/turn-types.ts';
import type { ClaimedTurn } from '../../shared/desk/turns.ts';
import { metaError } from '../mocks/meta.ts';
import { settle } from '../support/fake-clock.ts';
import { ids, turnContextOf } from '../support/turn-context.ts';
import { answer, bench, job, never, notice } from './reply-bench.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('a turn', () => {
    it('is thought with what the desk knows and committed as it was thought', async () => {
        let given: ThinkDeps<string> | undefined;
        const { work, thoughts, finished, lines } = bench(server, {
            think: async (_input, deps) => {
                given = deps;
                return answer;
            },
        });
        await work.handle(job, never);
        expect(thoughts).toEqual([{ context: turnContextOf(), attempt: 1 }]);
        expect(given).toMatchObject({ brain: 'the brain', desk: { findFreeSlots: expect.any(Function) } });
        expect(given?.newId()).toBe(ids.proposal);
        expect(finished()).toEqual([
            expect.objectContaining({
                p_up_to_seq: 3,
                p_revision: 0,
                p_reply: answer.reply,
                p_actions: answer.actions,
                p_final: false,
            }),
        ]);
        expect(lines).toContainEqual(
            expect.objectContaining({
                event: 'turn finished',
                outcome: 'done',
                message_id: ids.message,
                job_id: 7,
            }),
        );
    });

    it('shows the customer that it is read and being answered', async () => {
        const { work, graph } = bench(server);
        await work.handle(job, never);
        await settle();
        expect(graph.reads).toMatchObject([{ message_id: 'wamid.IN', typing_indicator: { type: 'text' } }]);
    });

    it('does not wait for that, nor mind when it fails', async () => {
        const { work, graph, finished, lines } = bench(server);
        graph.instead.push(() => metaError(131000, 'down', 500));
        await work.handle(job, never);
        expect(finished()).toHaveLength(1);
        await expect.poll(() => lines.map(({ event }) => event)).toContain('not marked as read');
    });

    it.each<[string, Partial<ClaimedTurn>]>([
        ['there is no token', { access_token: null }],
        ['there is no message of the customer', { last_inbound_provider_id: null }],
        ['the channel is unknown', { channel_kind: 'pigeon' }],
    ])('shows nothing when %s', async (_why, more) => {
        const { work, graph, finished } = bench(server);
        await work.handle({ ...job, ...more }, never);
        await settle();
        expect([graph.reads.length, finished().length]).toEqual([0, 1]);
    });

    it('is not thought at all when a person has the conversation: the desk settles it', async () => {
        const conversation = { ...turnContextOf().conversation, mode: 'human' as const };
        const { work, thoughts, graph, finished } = bench(server, {
            context: { conversation },
            finishes: [{ result: 'taken_over' }],
        });
        await work.handle(job, never);
        await settle();
        expect([thoughts.length, graph.reads.length]).toEqual([0, 0]);
        expect(finished()).toMatchObject([
            { p_reply: null, p_actions: [], p_state: { stage: 'collecting', draft: { day: 'x' } } },
        ]);
    });
});

describe('when the world moved meanwhile', () => {
    it('thinks again with what the desk said of the last try', async () => {
        const { work, thoughts, finished, database } = bench(server, {
            finishes: [
                { result: 'superseded' },
                { result: 'refused', action: 0, code: 'D0006', message: 'x' },
                { result: 'done', message_id: ids.message },
            ],
        });
        await work.handle(job, never);
        expect(thoughts.map(({ attempt, hint }) => [attempt, hint])).toEqual([
            [1, undefined],
            [2, { result: 'superseded' }],
            [3, { result: 'refused', code: 'D0006' }],
        ]);
        expect(finished().map(({ p_final }) => p_final)).toEqual([false, false, true]);
        expect(database.calls.filter(({ name }) => name === 'get_turn_context')).toHaveLength(3);
    });

    it('apologises honestly and calls a person after three tries in vain', async () => {
        const { work, thoughts, finished } = bench(server, {
            finishes: [
                { result: 'slot_taken', action: 0 },
                { result: 'slot_taken', action: 0 },
                { result: 'slot_taken', action: 0 },
                { result: 'done', message_id: ids.message },
            ],
        });
        await work.handle(job, never);
        expect(thoughts).toHaveLength(3);
        expect(finished()[3]).toMatchObject({
            p_reply: { type: 'text', text: expect.stringContaining('nothing has been booked') },
            p_actions: [{ type: 'hand_off', reason: 'thought_in_vain' }],
            p_state: { stage: 'idle', draft: {} },
            p_final: true,
        });
    });

    it('fails the job if not even that can be committed', async () => {
        const { work } = bench(server, { finishes: Array(4).fill({ result: 'slot_taken', action: 0 }) });
        await expect(work.handle(job, never)).rejects.toMatchObject({ code: 'unexpected_answer' });
    });

    it('stops without a word when a person took over during the thinking', async () => {
        const { work, thoughts, lines } = bench(server, { finishes: [{ result: 'taken_over' }] });
        await work.handle(job, never);
        expect(thoughts).toHaveLength(1);
        expect(lines).toContainEqual(
            expect.objectContaining({ event: 'turn finished', outcome: 'taken_over' }),
        );
    });
});

describe('a notice', () => {
    it('tells what a person decided, whoever has the conversation', async () => {
        const { work, database, thoughts, lines } = bench(server);
        await work.handle({ ...job, kind: 'notice' }, never);
        expect(thoughts).toEqual([]);
        expect(database.calls.at(-1)).toMatchObject({
            name: 'finish_notice',
            args: { p_reply: notice.reply },
        });
        expect(lines).toContainEqual(
            expect.objectContaining({ event: 'turn finished', kind: 'notice', outcome: 'done' }),
        );
    });
});

describe('the queue', () => {
    it('is spoken to with the calls of turns', async () => {
        const { work, database } = bench(server);
        await work.claim(ids.lease, 4, 60_000);
        await work.renew(job, 60_000);
        await work.rest(ids.lease);
        await work.fail(job, new Error('could not tell +41 79 000 00 01'));
        expect(database.calls.map(({ name }) => name)).toEqual([
            'claim_turns',
            'renew_lease',
            'rest_worker',
            'fail_job',
        ]);
        expect(database.calls[3]?.args).toEqual({
            p_job_id: 7,
            p_lease: ids.lease,
            p_error: 'Error: could not tell [number]',
        });
    });
});
