import { HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createChannels } from '../../shared/channels/channels.ts';
import { createDeliverWork } from '../../shared/deliver.ts';
import type { ClaimedDelivery } from '../../shared/desk/deliveries.ts';
import { createDesk } from '../../shared/desk/desk.ts';
import { accessToken, account, graphUrl, graphVersion, metaError, metaGraph } from '../mocks/meta.ts';
import { postgrest, raised } from '../mocks/postgrest.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { recordingLog } from '../support/log-lines.ts';
import { ids } from '../support/turn-context.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const job: ClaimedDelivery = {
    job_id: 8,
    lease: ids.lease,
    attempt: 1,
    waits: 0,
    business_id: ids.business,
    conversation_id: ids.conversation,
    message_id: ids.message,
    content: { type: 'text', text: 'Booked.' },
    channel_kind: 'whatsapp',
    account,
    access_token: accessToken,
    recipient: { phone: '+41790000001' },
};
const never = new AbortController().signal;

/** A delivery worker; `finishes` are the answers of `finish_delivery`, one after the other. */
function bench(finishes: unknown[] = [{ result: 'done' }], refusals: unknown[] = []) {
    const left = [...finishes];
    const database = postgrest({
        finish_delivery: () => left.shift(),
        refuse_delivery: () => refusals.shift() ?? { result: 'done' },
        defer_delivery: { state: 'queued', run_at: null },
        fail_job: { state: 'queued', run_at: null },
        claim_deliveries: [],
    });
    const graph = metaGraph();
    server.use(database.handler, graph.handler);
    const { log, lines, raw } = recordingLog();
    const clock = new FakeClock();
    const channels = createChannels({ META_GRAPH_URL: graphUrl, META_GRAPH_VERSION: graphVersion });
    const work = createDeliverWork({ desk: createDesk(database.client), channels, clock, log });
    return { work, graph, database, lines, raw, clock };
}

describe('a delivery', () => {
    it('sends the message once and writes down under which id', async () => {
        const { work, graph, database, lines, raw } = bench();
        await work.handle(job, never);
        expect(graph.sends).toMatchObject([{ to: '41790000001', biz_opaque_callback_data: ids.message }]);
        expect(database.calls).toEqual([
            {
                name: 'finish_delivery',
                args: { p_job_id: 8, p_lease: ids.lease, p_provider_id: 'wamid.OUT1' },
            },
        ]);
        expect(lines).toMatchObject([{ event: 'message sent', message_id: ids.message, job_id: 8 }]);
        expect(raw.join()).not.toMatch(/4179|Booked|wamid|EAA/);
    });

    it('insists on writing it down, because sending again would repeat it', async () => {
        const { work, graph, database, clock, lines } = bench([
            raised('PGRST001', 'away', 503),
            raised('PGRST001', 'away', 503),
            { result: 'done' },
        ]);
        let ended = false;
        const handled = work.handle(job, never).then(() => (ended = true));
        await expect.poll(() => clock.pass(1000).then(() => ended)).toBe(true);
        await handled;
        expect([graph.sends.length, database.calls.length]).toEqual([1, 3]);
        expect(lines.filter(({ event }) => event === 'acceptance not written down')).toHaveLength(2);
    });

    it('leaves it to the statuses when the database stays away, and waits for them', async () => {
        const { work, graph, database, clock } = bench(Array(4).fill(raised('PGRST001', 'away', 503)));
        let failure: unknown;
        const handled = work.handle(job, never).catch((error) => (failure = error));
        await expect
            .poll(() => clock.pass(3000).then(() => failure))
            .toMatchObject({ code: 'database_unreachable' });
        await handled;
        await work.fail(job, failure);
        expect(graph.sends).toHaveLength(1);
        expect(database.calls.at(-1)).toMatchObject({ name: 'fail_job', args: { p_retry_after_ms: 30_000 } });
    });

    it('stops at once when the job belongs to somebody else by now', async () => {
        const { work, database } = bench([raised('D0002', 'lost')]);
        await expect(work.handle(job, never)).rejects.toMatchObject({ code: 'lease_lost' });
        await settle();
        expect(database.calls).toHaveLength(1);
    });
});

describe('when the provider does not take it', () => {
    it.each([
        [
            'a temporary trouble is tried again soon',
            () => metaError(131000),
            { p_error: '131000: (#131000) refused' },
        ],
        [
            'an unknown end is left to the statuses',
            () => HttpResponse.error(),
            { p_error: 'no_answer: TypeError', p_retry_after_ms: 30_000 },
        ],
    ])('%s', async (_name, answer, args) => {
        const { work, graph, database, lines } = bench();
        graph.instead.push(answer);
        await work.handle(job, never);
        expect(database.calls).toMatchObject([{ name: 'fail_job', args }]);
        expect(lines).toMatchObject([{ event: 'message not sent yet', level: 'warn' }]);
    });

    it('a limit is waited for, which is no failed try', async () => {
        const { work, graph, database, lines } = bench();
        graph.instead.push(() => metaError(131056));
        await work.handle({ ...job, waits: 2 }, never);
        expect(database.calls).toMatchObject([
            { name: 'defer_delivery', args: { p_code: '131056', p_retry_after_ms: 16_000 } },
        ]);
        expect(lines).toMatchObject([{ event: 'message waits for a limit', retry_after_ms: 16_000 }]);
    });

    it('a final refusal is written on the message, where the owner sees it', async () => {
        const { work, graph, database, lines } = bench();
        graph.instead.push(() =>
            metaError(131047, 'Re-engagement message', 400, {
                error_data: { details: 'More than 24 hours.' },
            }),
        );
        await work.handle(job, never);
        expect(database.calls).toEqual([
            {
                name: 'refuse_delivery',
                args: {
                    p_job_id: 8,
                    p_lease: ids.lease,
                    p_code: '131047',
                    p_detail: 'More than 24 hours.',
                    p_alert: false,
                },
            },
        ]);
        expect(lines).toMatchObject([
            { event: 'message refused', level: 'warn', code: '131047', trace_id: 'Atrace1' },
        ]);
    });

    it('what the window keeps out goes out as a template, and is no refusal', async () => {
        const { work, graph, lines } = bench([{ result: 'done' }], [{ result: 'queued' }]);
        graph.instead.push(() => metaError(131047));
        await work.handle(job, never);
        expect(lines).toMatchObject([{ event: 'message goes out as a template', level: 'info' }]);
    });

    it('a filled template is sent as one', async () => {
        const { work, graph } = bench();
        const content = {
            type: 'template',
            name: 'booking_1',
            language: 'de',
            parameters: ['Ski', 'Mo\n 9:00'],
        };
        await work.handle({ ...job, content }, never);
        expect(graph.sends).toMatchObject([
            {
                type: 'template',
                template: {
                    name: 'booking_1',
                    language: { code: 'de' },
                    components: [
                        {
                            type: 'body',
                            parameters: [
                                { type: 'text', text: 'Ski' },
                                { type: 'text', text: 'Mo 9:00' },
                            ],
                        },
                    ],
                },
            },
        ]);
    });

    it('a broken account is an error that somebody must look at', async () => {
        const { work, database, lines } = bench();
        await work.handle({ ...job, access_token: 'EAAold' }, never);
        expect(database.calls).toMatchObject([
            { name: 'refuse_delivery', args: { p_code: '190', p_alert: true } },
        ]);
        expect(lines).toMatchObject([{ event: 'channel needs attention', level: 'error', code: '190' }]);
    });

    it.each<[string, Partial<ClaimedDelivery>]>([
        ['no_channel', { channel_kind: 'pigeon' }],
        ['no_token', { access_token: null }],
        ['bad_content', { content: { type: 'hologram' } }],
    ])('%s is refused without asking the provider', async (code, more) => {
        const { work, graph, database } = bench();
        await work.handle({ ...job, ...more }, never);
        expect(graph.sends).toEqual([]);
        expect(database.calls).toMatchObject([{ name: 'refuse_delivery', args: { p_code: code } }]);
    });
});
