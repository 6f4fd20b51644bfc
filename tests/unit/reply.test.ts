import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createChannels } from '../../shared/channels/channels.ts';
import { createDesk } from '../../shared/desk/desk.ts';
import type { ThinkDeps, ThinkInput, TurnContext, TurnResult } from '../../shared/desk/turn-types.ts';
import type { ClaimedTurn } from '../../shared/desk/turns.ts';
import { DeskError } from '../../shared/errors.ts';
import { createReplyWork } from '../../shared/reply.ts';
import { accessToken, account, graphUrl, graphVersion, metaError, metaGraph } from '../mocks/meta.ts';
import { postgrest } from '../mocks/postgrest.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { recordingLog } from '../support/log-lines.ts';
import { ids, turnContextOf } from '../support/turn-context.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const job: ClaimedTurn = {
    job_id: 7,
    lease: ids.lease,
    kind: 'reply',
    attempt: 1,
    business_id: ids.business,
    conversation_id: ids.conversation,
    payload: {},
    channel_kind: 'whatsapp',
    account,
    access_token: accessToken,
    recipient: { phone: '+41790000001' },
    last_inbound_provider_id: 'wamid.IN',
};
const never = new AbortController().signal;

const answer: TurnResult = {
    reply: { type: 'text', text: 'Booked.' },
    actions: [{ type: 'confirm', proposal_id: ids.proposal }],
    state: { stage: 'idle', draft: {} },
    usage: { brain: 'rules', model: null, prompt_version: null },
};
const notice = { reply: { type: 'text' as const, text: 'Confirmed.' }, usage: answer.usage };

type Think = (input: ThinkInput, deps: ThinkDeps<string>) => Promise<TurnResult>;

/** A reply worker whose database answers `finish_turn` with the given results, one after the other. */
function bench(options: { finishes?: unknown[]; context?: Partial<TurnContext>; think?: Think } = {}) {
    const finishes = [
        ...(options.finishes ?? [{ result: 'done', message_id: ids.message, booking_ids: [] }]),
    ];
    const database = postgrest({
        get_turn_context: () => turnContextOf(options.context),
        finish_turn: () => finishes.shift(),
        finish_notice: { result: 'done', message_id: ids.message },
        claim_turns: [],
        renew_lease: true,
        rest_worker: true,
        fail_job: { state: 'queued', run_at: null },
    });
    const graph = metaGraph();
    server.use(database.handler, graph.handler);
    const thoughts: ThinkInput[] = [];
    const { log, lines } = recordingLog();
    const clock = new FakeClock();
    const work = createReplyWork<string>({
        desk: createDesk(database.client),
        channels: createChannels({ META_GRAPH_URL: graphUrl, META_GRAPH_VERSION: graphVersion }),
        brain: 'the brain',
        think: async (input, deps) => {
            thoughts.push(input);
            return options.think ? await options.think(input, deps) : answer;
        },
        composeNotice: () => notice,
        clock,
        newId: () => ids.proposal,
        log,
    });
    const finished = () =>
        database.calls.filter(({ name }) => name === 'finish_turn').map(({ args }) => args);
    return { work, graph, database, thoughts, lines, clock, finished };
}

describe('a turn', () => {
    it('is thought with what the desk knows and committed as it was thought', async () => {
        let given: ThinkDeps<string> | undefined;
        const { work, thoughts, finished, lines } = bench({
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
        const { work, graph } = bench();
        await work.handle(job, never);
        await settle();
        expect(graph.reads).toMatchObject([{ message_id: 'wamid.IN', typing_indicator: { type: 'text' } }]);
    });

    it('does not wait for that, nor mind when it fails', async () => {
        const { work, graph, finished, lines } = bench();
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
        const { work, graph, finished } = bench();
        await work.handle({ ...job, ...more }, never);
        await settle();
        expect([graph.reads.length, finished().length]).toEqual([0, 1]);
    });

    it('is not thought at all when a person has the conversation: the desk settles it', async () => {
        const conversation = { ...turnContextOf().conversation, mode: 'human' as const };
        const { work, thoughts, graph, finished } = bench({
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
        const { work, thoughts, finished, database } = bench({
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
        const { work, thoughts, finished } = bench({
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
        const { work } = bench({ finishes: Array(4).fill({ result: 'slot_taken', action: 0 }) });
        await expect(work.handle(job, never)).rejects.toMatchObject({ code: 'unexpected_answer' });
    });

    it('stops without a word when a person took over during the thinking', async () => {
        const { work, thoughts, lines } = bench({ finishes: [{ result: 'taken_over' }] });
        await work.handle(job, never);
        expect(thoughts).toHaveLength(1);
        expect(lines).toContainEqual(
            expect.objectContaining({ event: 'turn finished', outcome: 'taken_over' }),
        );
    });
});

describe('when thinking fails', () => {
    const stumble: Think = async () => {
        throw new TypeError('cannot read undefined');
    };

    it('tries once more later, as one may stumble', async () => {
        const { work, finished } = bench({ think: stumble });
        await expect(work.handle(job, never)).rejects.toThrow('cannot read undefined');
        expect(finished()).toEqual([]);
    });

    it('apologises at the second try, so that the customer is not left without an answer', async () => {
        const { work, finished, lines } = bench({ think: stumble });
        await work.handle({ ...job, attempt: 2 }, never);
        expect(finished()).toMatchObject([{ p_actions: [{ type: 'hand_off', reason: 'thinking_failed' }] }]);
        expect(lines).toContainEqual(expect.objectContaining({ event: 'thinking failed', level: 'error' }));
    });

    it('does not apologise for the database: it comes back', async () => {
        const { work } = bench({
            think: async () => {
                throw new DeskError('database_unreachable', 503, 'away');
            },
        });
        await expect(work.handle({ ...job, attempt: 3 }, never)).rejects.toMatchObject({
            code: 'database_unreachable',
        });
    });

    it('apologises for a database that refuses to answer a question, as that does not pass', async () => {
        const { work, finished } = bench({
            think: async () => {
                throw new DeskError('database_error', 500, 'refused');
            },
        });
        await work.handle({ ...job, attempt: 2 }, never);
        expect(finished()).toHaveLength(1);
    });

    it('does not wait for ever, even for somebody who does not listen', async () => {
        const { work, clock, thoughts } = bench({ think: () => new Promise(() => undefined) });
        const handled = expect(work.handle(job, never)).rejects.toThrow('took too long');
        await expect.poll(() => thoughts.length).toBe(1);
        await clock.pass(45_000);
        await handled;
    });

    it('stops at once when the lease is lost, and commits nothing', async () => {
        const lost = new AbortController();
        const { work, finished, thoughts } = bench({ think: () => new Promise(() => undefined) });
        const handled = work.handle(job, lost.signal);
        const outcome = expect(handled).rejects.toMatchObject({ code: 'lease_lost' });
        await expect.poll(() => thoughts.length).toBe(1);
        lost.abort(new DeskError('lease_lost', 409, 'gone'));
        await outcome;
        expect(finished()).toEqual([]);
    });

    it('commits nothing when the lease is lost just as the thought is ready', async () => {
        const lost = new AbortController();
        const { work, finished } = bench({
            think: async () => {
                lost.abort(new DeskError('lease_lost', 409, 'gone'));
                return answer;
            },
        });
        await expect(work.handle(job, lost.signal)).rejects.toMatchObject({ code: 'lease_lost' });
        expect(finished()).toEqual([]);
    });
});

describe('a notice', () => {
    it('tells what a person decided, whoever has the conversation', async () => {
        const { work, database, thoughts, lines } = bench();
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
        const { work, database } = bench();
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
