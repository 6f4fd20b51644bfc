import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Input, type Request, request, startWire, tools } from './openai-wire.ts';

let wire: Awaited<ReturnType<typeof startWire>>;
beforeAll(async () => {
    wire = await startWire();
});
afterAll(() => wire.vendors.stop());
beforeEach(() => wire.vendors.openai.reset());

describe('what the wire refuses', () => {
    const user: Input = [{ role: 'user', content: 'Hi' }];
    const refused = async (body: Request) =>
        wire.client.responses.create(body).then(
            () => undefined,
            (error) => ({ status: error.status, code: error.code, message: error.message }),
        );

    it('another key', async () => {
        const stranger = new OpenAI({ apiKey: 'sk-other', baseURL: wire.client.baseURL, maxRetries: 0 });
        await expect(stranger.responses.create(request(user))).rejects.toMatchObject({
            status: 401,
            code: 'invalid_api_key',
        });
    });

    it.each([
        ['an unknown model', { model: 'llama-3' }, 404, 'model_not_found'],
        ['an unknown parameter', { colour: 'red' }, 400, 'unknown_parameter'],
        [
            'nested tools',
            { tools: [{ type: 'function', function: { name: 'x' } }] },
            400,
            'missing_required_parameter',
        ],
        [
            'a strict schema that is open',
            { tools: [{ ...tools[0], parameters: { type: 'object', properties: {}, required: [] } }] },
            400,
            'invalid_function_parameters',
        ],
        [
            'a strict schema with an optional property',
            {
                tools: [
                    {
                        ...tools[0],
                        parameters: {
                            type: 'object',
                            properties: { a: { type: 'string' } },
                            required: [],
                            additionalProperties: false,
                        },
                    },
                ],
            },
            400,
            'invalid_function_parameters',
        ],
    ])('%s', async (_name, change, status, code) => {
        expect(await refused({ ...request(user), ...change } as Request)).toMatchObject({ status, code });
    });

    it('a call without its output, and an output without its call', async () => {
        const { output } = await wire.client.responses.create(request([{ role: 'user', content: 'Hello' }]));
        expect((await refused(request([...user, ...(output as Input)])))?.message).toContain(
            'No tool output found',
        );
        const orphan = { type: 'function_call_output', call_id: 'call_x', output: '{}' } as const;
        expect((await refused(request([...user, orphan])))?.message).toContain('No tool call found');
    });

    it('a call sent back without the reasoning before it', async () => {
        const { output } = await wire.client.responses.create(request([{ role: 'user', content: 'Hello' }]));
        const call = output.find((item) => item.type === 'function_call');
        const answer = { type: 'function_call_output', call_id: call?.call_id ?? '', output: '{}' } as const;
        const problem = await refused(request([...user, call as Input[number], answer]));
        expect(problem?.message).toContain("without its required 'reasoning' item");
    });
});

describe('a model or a line gone wrong', () => {
    const ask = () =>
        wire.client.responses.create(request([{ role: 'user', content: 'a snowboard lesson tomorrow' }]));

    it.each([
        ['failed', { status: 'failed', error: { code: 'server_error' } }],
        ['incomplete', { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }],
        ['content_filter', { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }],
        ['empty', { status: 'completed', output: [] }],
        ['refusal', { output: [{ content: [{ type: 'refusal' }] }] }],
        ['unknown_tool', { output: [{ type: 'reasoning' }, { name: 'issue_refund' }] }],
        ['lies', { output_text: expect.stringContaining('booked') }],
        ['confirms_unasked', { output: [{ type: 'reasoning' }, { name: 'confirm_booking' }] }],
    ] as const)('answers %s', async (respond, expected) => {
        await wire.control.openaiFault({ respond });
        expect(await ask()).toMatchObject(expected);
        expect((await ask()).status).toBe('completed');
    });

    it('answers arguments that are no JSON, many calls, and the same call twice', async () => {
        await wire.control.openaiFault({ respond: 'broken_arguments' });
        const broken = (await ask()).output.find((item) => item.type === 'function_call');
        expect(() => JSON.parse(broken?.arguments ?? '{}')).toThrow();
        await wire.control.openaiFault({ respond: 'many_calls' });
        expect((await ask()).output.filter((item) => item.type === 'function_call')).toHaveLength(50);
        await wire.control.openaiFault({ respond: 'same_call_twice' });
        expect((await ask()).output.filter((item) => item.type === 'function_call')).toHaveLength(2);
    });

    it('fails with a status, with OpenAI’s code, or with a cut line', async () => {
        await wire.control.openaiFault({
            fail: { status: 429, code: 'insufficient_quota', type: 'insufficient_quota' },
        });
        await expect(ask()).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
        await wire.control.openaiFault({ line: 'cut' });
        await expect(ask()).rejects.toThrow(/connection/i);
        await wire.control.openaiFault({ delay_ms: 300 });
        await expect(
            wire.client.responses.create(request([{ role: 'user', content: 'slow' }]), { timeout: 50 }),
        ).rejects.toThrow(/timed out/i);
    });

    it('strikes only the conversation it is meant for', async () => {
        await wire.control.openaiFault({ containing: 'Zermatt', fail: { status: 500 } });
        expect((await ask()).status).toBe('completed');
        const meant = request([{ role: 'user', content: 'a lesson in Zermatt' }]);
        await expect(wire.client.responses.create(meant)).rejects.toMatchObject({ status: 500 });
        const asked = await wire.control.openaiLog('Zermatt');
        expect(asked.entries.map(({ type }) => type)).toEqual(['arrived', 'request']);
    });
});

describe('chat completions', () => {
    it('carry the same script', async () => {
        const completion = await wire.client.chat.completions.create({
            model: 'gpt-6-luna',
            messages: [{ role: 'user', content: 'What is the price of a lesson?' }],
            tools: [
                {
                    type: 'function',
                    function: { name: 'get_service_info', parameters: tools[0]?.parameters ?? {} },
                },
            ],
        });
        expect(completion.choices[0]).toMatchObject({
            finish_reason: 'tool_calls',
            message: {
                tool_calls: [{ function: { name: 'get_service_info' } }],
            },
        });
    });
});
