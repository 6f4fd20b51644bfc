import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { chooseBrain } from '../../../../shared/concierge/brains/choose.ts';
import { think } from '../../../../shared/concierge/turn.ts';
import { apiKey, baseUrl, type Move } from '../../../mocks/openai.ts';
import { Chat, silentLog } from '../support/chat.ts';
import { find, modelAlone, vendor, withRules } from '../support/model.ts';

const api = vendor();

describe('when the model fails, rules answer in the same turn', () => {
    const soon = { 'retry-after-ms': '1' };
    const twice = (http: number, code?: string): Move[] => [
        { http, headers: soon, bodiless: true },
        { http, ...(code ? { code } : {}) },
    ];

    it.each<[string, Move[], string]>([
        ['no answer at all', ['disconnect', 'disconnect'], 'unreachable'],
        ['the wrong key', [{ http: 401, code: 'invalid_api_key' }], 'bad_key'],
        ['a forbidden country', [{ http: 403 }], 'forbidden'],
        ['a model that is gone', [{ http: 404, code: 'model_not_found' }], 'unknown_model'],
        ['a request refused', [{ http: 400, code: 'invalid_prompt' }], 'bad_request'],
        ['too many requests', twice(429), 'rate_limited'],
        ['an empty purse', twice(429, 'insufficient_quota'), 'insufficient_quota'],
        ['a broken server', twice(503), 'server_error'],
        ['a failed response', [{ failed: 'server_error' }], 'failed:server_error'],
        ['an unfinished response', [{ incomplete: 'max_output_tokens' }], 'incomplete:max_output_tokens'],
        ['a refusal', [{ refuse: 'I cannot help with that.' }], 'refusal'],
        ['an empty answer', [{ say: '' }], 'empty_answer'],
        ['an answer of another shape', [{ raw: { hello: 'world' } }], 'unexpected_answer'],
        ['an answer that is a page', [{ raw: '<html></html>' }], 'unexpected_answer'],
    ])('%s', async (_name, moves, failure) => {
        api.model.thinks(...moves);
        const said = await new Chat(withRules()).say('Hi, a ski lesson tomorrow at 10?');
        expect(said.text).toMatch(/Shall I book this/);
        expect(said.turn.actions.map(({ type }) => type)).toEqual(['propose']);
        expect(said.turn.usage).toMatchObject({
            brain: 'rules',
            model: null,
            failed_brain: 'openai',
            failure,
        });
        expect(api.model.moves).toEqual([]);
    });

    it('forgets what the model had staged, and says what both cost', async () => {
        api.model.thinks(find, { failed: 'server_error' });
        const said = await new Chat(withRules()).say('what are your prices?');
        expect(said.turn.actions).toEqual([]);
        expect(said.turn.usage).toMatchObject({ input_tokens: 1800, output_tokens: 80, requests: 2 });
    });

    it('logs the reason and nothing a vendor may have quoted', async () => {
        api.server.use(
            http.post(`${baseUrl}/responses`, () =>
                HttpResponse.json({ error: { message: `bad key ${apiKey}` } }, { status: 401 }),
            ),
        );
        const warn = vi.fn();
        await new Chat(withRules()).say('hello');
        const log = { ...silentLog, warn };
        const chat = new Chat(withRules(log));
        chat.desk.receive({ type: 'text', text: 'secret words' });
        await think(
            { context: chat.desk.context(), attempt: 1 },
            { desk: chat.desk, brain: withRules(log), now: () => new Date(), newId: chat.newId, log },
        );
        expect(warn.mock.calls).toEqual([['brain failed', { brain: 'openai', reason: 'bad_key' }]]);
    });

    it('stops waiting when the time of a turn is over', async () => {
        api.model.thinks('hang');
        const brain = modelAlone({ turnMs: 60 });
        await expect(new Chat(brain).say('hello')).rejects.toMatchObject({
            name: 'BrainFailure',
            reason: 'timeout',
        });
    });

    it('stops waiting when one request takes too long, after one more try', async () => {
        api.model.thinks('hang', 'hang');
        const brain = modelAlone({ requestMs: 30, turnMs: 10_000 });
        await expect(new Chat(brain).say('hello')).rejects.toMatchObject({ reason: 'timeout' });
        expect(api.model.moves).toEqual([]);
    });

    it('does not sleep as long as the vendor tells it to', async () => {
        api.model.thinks({ http: 429, headers: { 'retry-after': '50' }, bodiless: true });
        const started = Date.now();
        const brain = modelAlone({ turnMs: 8000 });
        await expect(new Chat(brain).say('hello')).rejects.toMatchObject({ reason: 'rate_limited' });
        expect(Date.now() - started).toBeLessThan(2000);
    });

    it('does not try twice with an empty purse', async () => {
        api.model.thinks({ http: 429, code: 'insufficient_quota' });
        const brain = modelAlone();
        await expect(new Chat(brain).say('hello')).rejects.toMatchObject({ reason: 'insufficient_quota' });
        expect(api.model.requests).toHaveLength(1);
    });

    it('gives up on a model that only ever calls tools', async () => {
        api.model.thinks(...Array.from({ length: 9 }, () => find));
        const said = await new Chat(withRules()).say('ski lesson tomorrow at 10');
        expect(said.turn.usage).toMatchObject({ failure: 'too_many_tool_calls', requests: 9 });
        expect(api.model.requests.at(-1)?.tool_choice).toBe('none');
    });

    it('asks once more without tools after the eighth call', async () => {
        api.model.thinks(...Array.from({ length: 8 }, () => find), { say: 'Which one suits you?' });
        const said = await new Chat(withRules()).say('ski lesson tomorrow at 10');
        expect(said.turn.usage.brain).toBe('openai');
        expect(JSON.stringify(api.model.requests.at(-1)?.input.at(-1))).toMatch(/No more tools/);
    });
});

describe('what is no failure of the brain', () => {
    it('passes a failing desk on: the turn is tried again later', async () => {
        api.model.thinks(find);
        const chat = new Chat(withRules());
        chat.desk.findFreeSlots = async () => {
            throw new Error('database down');
        };
        await expect(chat.say('ski lesson tomorrow at 10')).rejects.toThrow('database down');
    });

    it('stops at once, without another brain, when nobody waits any more', async () => {
        api.model.thinks('hang');
        const chat = new Chat(withRules());
        chat.desk.receive({ type: 'text', text: 'hello' });
        const stop = new AbortController();
        setTimeout(() => stop.abort(new Error('lease lost')), 30);
        const thinking = think(
            { context: chat.desk.context(), attempt: 1 },
            {
                desk: chat.desk,
                brain: withRules(),
                now: () => new Date(),
                newId: chat.newId,
                log: silentLog,
                signal: stop.signal,
            },
        );
        await expect(thinking).rejects.toThrow('lease lost');
    });
});

describe('the brain that is chosen', () => {
    const env = { FROSTDESK_BRAIN: 'rules' as const, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: 'gpt-6-luna' };

    it('is rules when the environment says so, or has no key', () => {
        const log = silentLog;
        expect(chooseBrain({ ...env, OPENAI_API_KEY: apiKey }, { log }).name).toBe('rules');
        expect(
            chooseBrain({ ...env, FROSTDESK_BRAIN: 'openai', OPENAI_API_KEY: undefined }, { log }).name,
        ).toBe('rules');
        expect(withRules().name).toBe('openai');
    });

    it('uses the fetch it is given', async () => {
        const fetched = vi.fn(async () => HttpResponse.json({ status: 'failed', output: [] }));
        const brain = chooseBrain(
            { ...env, FROSTDESK_BRAIN: 'openai', OPENAI_API_KEY: apiKey },
            { log: silentLog, fetch: fetched },
        );
        const said = await new Chat(brain).say('hello');
        expect(fetched).toHaveBeenCalledOnce();
        expect(said.turn.usage).toMatchObject({ failure: 'failed:unknown' });
    });
});
