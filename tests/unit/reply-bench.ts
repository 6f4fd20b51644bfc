import type { SetupServer } from 'msw/node';
import { createChannels } from '../../shared/channels/channels.ts';
import { createDesk } from '../../shared/desk/desk.ts';
import type { ThinkDeps, ThinkInput, TurnContext, TurnResult } from '../../shared/desk/turn-types.ts';
import type { ClaimedTurn } from '../../shared/desk/turns.ts';
import { createReplyWork } from '../../shared/reply.ts';
import { accessToken, account, graphUrl, graphVersion, metaGraph } from '../mocks/meta.ts';
import { postgrest } from '../mocks/postgrest.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/log-lines.ts';
import { ids, turnContextOf } from '../support/turn-context.ts';

export const job: ClaimedTurn = {
    job_id: 7,
    lease: ids.lease,
    kind: 'reply',
    attempt: 1,
    business_id: ids.business,
    conversation_id: ids.conversation,
    channel_kind: 'whatsapp',
    account,
    access_token: accessToken,
    last_inbound_provider_id: 'wamid.IN',
};
export const never = new AbortController().signal;

export const answer: TurnResult = {
    reply: { type: 'text', text: 'Booked.' },
    actions: [{ type: 'confirm', proposal_id: ids.proposal }],
    state: { stage: 'idle', draft: {} },
    usage: { brain: 'rules', model: null, prompt_version: null },
};
export const notice = { reply: { type: 'text' as const, text: 'Confirmed.' }, usage: answer.usage };

export type Think = (input: ThinkInput, deps: ThinkDeps<string>) => Promise<TurnResult>;

/** A reply worker whose database answers `finish_turn` with the given results, one after the other. */
export function bench(
    server: SetupServer,
    options: { finishes?: unknown[]; context?: Partial<TurnContext>; think?: Think } = {},
) {
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
