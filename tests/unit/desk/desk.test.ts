import { HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDesk } from '../../../shared/desk/desk.ts';
import type { TurnResult } from '../../../shared/desk/turn-types.ts';
import { postgrest, raised } from '../../mocks/postgrest.ts';
import { ids, turnContextOf } from '../../support/turn-context.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function deskWith(functions: Record<string, unknown>) {
    const database = postgrest(functions);
    server.use(database.handler);
    return { desk: createDesk(database.client), calls: database.calls };
}

const worker = 'a5000000-0000-4000-8000-000000000001';
const job = { job_id: 7, lease: ids.lease };
const claimed = {
    ...job,
    attempt: 1,
    business_id: ids.business,
    conversation_id: ids.conversation,
    channel_kind: 'whatsapp',
    account: '100000000000001',
    access_token: null,
};

describe('the desk', () => {
    it('hands a webhook over in one call and reads a result for each event', async () => {
        const { desk, calls } = deskWith({
            receive_messages: [
                {
                    kind: 'message',
                    outcome: 'stored',
                    conversation_id: ids.conversation,
                    message_id: ids.message,
                    duplicate: false,
                },
                { kind: 'unknown', outcome: 'unreadable' },
            ],
        });
        const events = [{ kind: 'unknown' as const, reason: 'x', body: { a: 1 } }];
        expect(await desk.receiveMessages('whatsapp', events)).toMatchObject([
            { message_id: ids.message },
            { outcome: 'unreadable', duplicate: false },
        ]);
        expect(calls).toEqual([
            { name: 'receive_messages', args: { p_channel_kind: 'whatsapp', p_events: events } },
        ]);
    });

    it('claims turns and deliveries', async () => {
        const turn = { ...claimed, kind: 'reply', last_inbound_provider_id: 'wamid.1' };
        const delivery = {
            ...claimed,
            message_id: ids.message,
            recipient: { phone: '+41790000001' },
            waits: 0,
            content: { type: 'hologram' },
        };
        const { desk, calls } = deskWith({ claim_turns: [turn], claim_deliveries: [delivery] });
        expect(await desk.claimTurns(worker, 4, 60_000)).toEqual([turn]);
        expect(await desk.claimDeliveries(worker, 4, 60_000)).toEqual([delivery]);
        expect(calls.map(({ args }) => args)).toEqual(
            Array(2).fill({ p_worker: worker, p_limit: 4, p_lease_ms: 60_000 }),
        );
    });

    it('renews, gives back and rests', async () => {
        const { desk, calls } = deskWith({
            renew_lease: true,
            fail_job: { state: 'queued', run_at: '2026-11-20T09:00:01+00:00' },
            rest_worker: false,
        });
        expect(await desk.renewLease(job, 60_000)).toBe(true);
        expect(await desk.failJob(job, 'no luck')).toMatchObject({ state: 'queued' });
        expect(await desk.failJob(job, 'no luck', 30_000)).toMatchObject({ state: 'queued' });
        expect(await desk.restWorker(worker)).toBe(false);
        expect(calls.map(({ args }) => args)).toEqual([
            { p_job_id: 7, p_lease: ids.lease, p_lease_ms: 60_000 },
            { p_job_id: 7, p_lease: ids.lease, p_error: 'no luck' },
            { p_job_id: 7, p_lease: ids.lease, p_error: 'no luck', p_retry_after_ms: 30_000 },
            { p_worker: worker },
        ]);
    });

    it('reads the context of a turn, and forgives content of another time', async () => {
        const context = turnContextOf();
        const { desk } = deskWith({
            get_turn_context: {
                ...context,
                messages: [
                    ...context.messages,
                    { seq: 4, role: 'assistant', content: { type: 'hologram' }, at: context.now },
                ],
            },
        });
        const read = await desk.getTurnContext(job);
        expect(read.messages.map(({ content }) => content)).toEqual([
            { type: 'text', text: 'Hi' },
            { type: 'unsupported', detail: 'unreadable content' },
        ]);
    });

    it.each([
        { result: 'done', message_id: ids.message, booking_ids: [ids.booking] },
        { result: 'superseded' },
        { result: 'taken_over' },
        { result: 'slot_taken', action: 0 },
        { result: 'refused', action: 1, code: 'D0006', message: 'not seen' },
    ])('commits a turn and understands $result', async (answer) => {
        const { desk, calls } = deskWith({ finish_turn: answer });
        const turn: TurnResult = {
            reply: { type: 'text', text: 'ok' },
            actions: [{ type: 'confirm', proposal_id: ids.proposal }],
            state: { stage: 'idle', draft: {} },
            usage: { brain: 'rules', model: null, prompt_version: null },
        };
        expect(await desk.finishTurn(job, { up_to_seq: 3, revision: 1 }, turn, false)).toEqual(answer);
        expect(calls[0]?.args).toEqual({
            p_job_id: 7,
            p_lease: ids.lease,
            p_up_to_seq: 3,
            p_revision: 1,
            p_reply: turn.reply,
            p_actions: turn.actions,
            p_state: turn.state,
            p_usage: turn.usage,
            p_final: false,
        });
    });

    it('commits a notice', async () => {
        const { desk } = deskWith({ finish_notice: { result: 'stale' } });
        const notice = {
            reply: { type: 'text' as const, text: 'ok' },
            usage: { brain: 'notice', model: null, prompt_version: null },
        };
        expect(await desk.finishNotice(job, notice)).toEqual({ result: 'stale' });
    });

    it('finishes, defers and refuses deliveries', async () => {
        const { desk, calls } = deskWith({
            finish_delivery: { result: 'done' },
            defer_delivery: { state: 'queued' },
            refuse_delivery: { result: 'done' },
        });
        await desk.finishDelivery(job, 'wamid.OUT1');
        await desk.deferDelivery(job, '131056', 'too many', 4000);
        await desk.refuseDelivery(job, '131047', '24 hours', false);
        expect(calls.map(({ args }) => args)).toMatchObject([
            { p_provider_id: 'wamid.OUT1' },
            { p_code: '131056', p_detail: 'too many', p_retry_after_ms: 4000 },
            { p_code: '131047', p_detail: '24 hours', p_alert: false },
        ]);
    });

    it('asks for free times with what is given and nothing else', async () => {
        const slot = {
            instructor_id: ids.instructor,
            instructor_name: 'Lena',
            starts_at: '2026-11-21T09:00:00+00:00',
            ends_at: '2026-11-21T10:00:00+00:00',
            local_date: '2026-11-21',
            local_time: '10:00:00',
            price_minor: 9000,
            currency: 'CHF',
        };
        const { desk, calls } = deskWith({ find_free_slots: [slot] });
        const span = { from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' };
        const query = { businessId: ids.business, serviceId: ids.service, ...span };
        expect(await desk.findFreeSlots({ ...query, partOfDay: 'morning' })).toEqual([slot]);
        expect(calls[0]?.args).toEqual({
            p_business_id: ids.business,
            p_service_id: ids.service,
            p_from: span.from,
            p_to: span.to,
            p_part_of_day: 'morning',
        });
    });
});

describe('when the database does not do it', () => {
    it('says which house error it was', async () => {
        const { desk } = deskWith({ get_turn_context: raised('D0002', 'lease of job 7 is lost') });
        await expect(desk.getTurnContext(job)).rejects.toMatchObject({ code: 'lease_lost', status: 409 });
    });

    it.each([
        ['is down', () => HttpResponse.error(), 'database_unreachable'],
        ['is away behind PostgREST', () => raised('PGRST001', 'no connection', 503), 'database_unreachable'],
        ['does not know the function', () => raised('PGRST202', 'no function', 404), 'database_error'],
        ['answers something else', () => HttpResponse.json({ result: 'perhaps' }), 'unexpected_answer'],
        ['answers nothing', () => HttpResponse.json(null), 'unexpected_answer'],
    ])('because it %s, it throws %s', async (_why, answer, code) => {
        const { desk } = deskWith({ finish_delivery: answer, restWorker: true, finish_turn: answer });
        const turn: TurnResult = {
            reply: null,
            actions: [],
            state: { stage: 'idle', draft: {} },
            usage: { brain: 'x', model: null, prompt_version: null },
        };
        await expect(desk.finishTurn(job, { up_to_seq: 1, revision: 0 }, turn, true)).rejects.toMatchObject({
            name: 'DeskError',
            code,
        });
    });
});
