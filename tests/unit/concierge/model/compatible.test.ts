import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseBrain } from '../../../../shared/concierge/brains/choose.ts';
import { apiKey, baseUrl, type ChatMove, chatCompletions } from '../../../mocks/chat-completions.ts';
import { Chat, silentLog } from '../support/chat.ts';
import { find, propose } from '../support/model.ts';

const server = setupServer();
let model: ReturnType<typeof chatCompletions>;
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
    model = chatCompletions();
    server.use(model.handler);
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const compatible = () =>
    chooseBrain(
        {
            FROSTDESK_BRAIN: 'compatible',
            OPENAI_API_KEY: undefined,
            OPENAI_BASE_URL: 'https://api.openai.com/v1',
            OPENAI_MODEL: 'gpt-6-luna',
            FROSTDESK_COMPATIBLE_URL: baseUrl,
            FROSTDESK_COMPATIBLE_KEY: apiKey,
            FROSTDESK_COMPATIBLE_MODEL: 'llama-4',
        },
        { log: silentLog },
    );
const findIt = find as ChatMove;
const proposeIt = propose as ChatMove;

describe('a model behind Chat Completions', () => {
    it('books a lesson with the same tools, and a YES', async () => {
        const chat = new Chat(compatible());
        model.thinks(findIt, proposeIt, { say: 'Shall I?' });
        const asked = await chat.say('ski lesson tomorrow at 10');
        expect(asked.text).toMatch(/Shall I book this/);
        model.thinks({ call: 'confirm_booking', args: {} }, { say: 'Lovely.' });
        const said = await chat.say('yes please');
        expect(said.turn.actions.map(({ type }) => type)).toEqual(['confirm']);
        expect(chat.bookings).toHaveLength(1);
        expect(said.turn.usage).toMatchObject({
            brain: 'compatible',
            model: 'llama-4',
            input_tokens: 1600,
            output_tokens: 60,
            requests: 2,
        });
        expect(said.turn.usage).not.toHaveProperty('cost_micro_usd');
    });

    it('takes turns in the talk, with fragments joined and the customer fenced', async () => {
        const chat = new Chat(compatible());
        model.thinks({ say: 'Hello!' }, { say: 'Which day?' });
        await chat.say('hello');
        await chat.say('a lesson', 'for two');
        const [system, ...talk] = model.requests[1]?.messages ?? [];
        expect(system?.content).toMatch(/front desk of Alpine Ski School[\s\S]*Now: Fri 2026-11-20/);
        expect(talk.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
        expect(talk.at(-1)?.content).toMatch(
            /^<customer-\w+>a lesson<\/customer-\w+>\n<customer-\w+>for two</,
        );
    });

    it('keeps what a model thinks aloud to itself', async () => {
        model.thinks({ say: '<think>The customer wants… I must not tell.</think>\nHello there!' });
        expect((await new Chat(compatible()).say('hello')).text).toBe('Hello there!');
    });

    it('takes arguments as an object, too', async () => {
        const args = { service: null };
        model.thinks(
            {
                raw: {
                    choices: [
                        {
                            message: {
                                content: '',
                                tool_calls: [
                                    {
                                        type: 'function',
                                        function: { name: 'get_service_info', arguments: args },
                                    },
                                ],
                            },
                        },
                    ],
                },
            },
            { say: 'We have two lessons.' },
        );
        expect((await new Chat(compatible()).say('what do you offer?')).text).toMatch(/two lessons/);
    });

    it.each<[string, ChatMove, string]>([
        ['a refusal', { refuse: 'No.' }, 'refusal'],
        ['half an answer', { ends: 'length' }, 'incomplete:max_output_tokens'],
        ['a filtered answer', { ends: 'content_filter' }, 'incomplete:content_filter'],
        [
            'an error inside a 200',
            { raw: { error: { code: 'overloaded', message: 'x' } } },
            'failed:overloaded',
        ],
        ['no choice at all', { raw: { choices: [] } }, 'unexpected_answer'],
        ['an empty answer', { say: '' }, 'empty_answer'],
        ['nothing but thoughts', { say: '<think>hm' }, 'empty_answer'],
        ['the wrong key', { http: 401 }, 'bad_key'],
        ['an unknown model', { http: 404 }, 'unknown_model'],
        ['an empty purse', { http: 429, code: 'insufficient_quota' }, 'insufficient_quota'],
        ['a bill unpaid', { http: 402 }, 'insufficient_quota'],
    ])('%s lets rules answer', async (_name, move, failure) => {
        model.thinks(move);
        const said = await new Chat(compatible()).say('ski lesson tomorrow at 10');
        expect(said.turn.usage).toMatchObject({ brain: 'rules', failed_brain: 'compatible', failure });
        expect(said.text).toMatch(/Shall I book this/);
    });
});
