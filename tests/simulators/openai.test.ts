import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SimulatorControl } from '../../scripts/simulators/control-client.ts';
import { startVendorSimulators, type VendorSimulators } from '../../scripts/simulators/vendors.ts';

type Input = OpenAI.Responses.ResponseInputItem[];
type Request = OpenAI.Responses.ResponseCreateParamsNonStreaming;

let vendors: VendorSimulators;
let control: SimulatorControl;
let client: OpenAI;

beforeAll(async () => {
    vendors = await startVendorSimulators({
        port: 0,
        appSecret: 's',
        webhookUrl: 'http://127.0.0.1:9',
        log: () => undefined,
    });
    control = new SimulatorControl(vendors.url);
    client = new OpenAI({ apiKey: 'sk-frostdesk-local', baseURL: `${vendors.url}/openai/v1`, maxRetries: 0 });
});
afterAll(() => vendors.stop());
beforeEach(() => vendors.openai.reset());

const nullable = (type: string) => ({ type: [type, 'null'] });
const tool = (name: string, properties: Record<string, unknown>): OpenAI.Responses.FunctionTool => ({
    type: 'function',
    name,
    strict: true,
    parameters: {
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
    },
});
const tools = [
    tool('get_service_info', { service: nullable('string') }),
    tool('find_times', {
        service: { type: 'string' },
        date: nullable('string'),
        time: nullable('string'),
        limit: { type: 'integer' },
    }),
    tool('propose_booking', {
        service: { type: 'string' },
        date: { type: 'string' },
        time: { type: 'string' },
        instructor: nullable('string'),
        participants: { type: 'integer' },
        customer_name: nullable('string'),
    }),
    tool('reschedule_booking', {
        booking: { type: 'string' },
        date: { type: 'string' },
        time: { type: 'string' },
    }),
    tool('cancel_booking', { booking: nullable('string') }),
    tool('list_bookings', {}),
    tool('confirm_booking', {}),
    tool('hand_off', {
        reason: { type: 'string', enum: ['angry', 'asked_for_person'] },
        summary: { type: 'string' },
    }),
];
const services = [{ name: 'Private ski lesson' }, { name: 'Snowboard lesson' }];
const outputs: Record<string, (args: Record<string, unknown>) => unknown> = {
    get_service_info: () => ({ services }),
    find_times: ({ service, date, time }) =>
        /ski|snowboard/i.test(String(service))
            ? {
                  asked_time_free: time === null ? null : time === '10:00',
                  times: [
                      {
                          date,
                          weekday: 'Saturday',
                          time: time === '10:00' ? '10:00' : '11:00',
                          instructor: 'Anna',
                      },
                  ],
              }
            : { error: 'unknown_service', guidance: 'There is no such service.' },
    propose_booking: (args) => ({ proposed: args }),
    reschedule_booking: (args) => ({ proposed: args }),
    cancel_booking: ({ booking }) => (booking === null ? { withdrawn: true } : { proposed: booking }),
    list_bookings: () => ({
        bookings: [{ reference: 'K7QM', service: 'Private ski lesson', date: '2026-11-21' }],
    }),
    confirm_booking: () => ({ accepted: 'book' }),
    hand_off: () => ({ handed_off: true }),
};

const request = (input: Input): Request => ({
    model: 'gpt-6-luna',
    instructions: 'You are the front desk. Today is 2026-11-20 (Friday).',
    input,
    tools,
    store: false,
    include: ['reasoning.encrypted_content'],
    parallel_tool_calls: false,
});

/** Says lines as a customer, plays the desk's tools, and returns what was called and said in the last turn. */
async function talk(...lines: string[]) {
    const history: Input = [];
    let calls: { name: string; args: Record<string, unknown> }[] = [];
    let text = '';
    for (const line of lines) {
        calls = [];
        history.push({ role: 'user', content: `<customer-1a2b3c4d>${line}</customer-1a2b3c4d>` });
        const turn: Input = [];
        for (;;) {
            const response = await client.responses.create(request([...history, ...turn]));
            expect(response.status).toBe('completed');
            turn.push(...(response.output as Input));
            const called = response.output.filter((item) => item.type === 'function_call');
            if (called.length === 0) {
                text = response.output_text;
                break;
            }
            for (const { name, call_id, arguments: json } of called) {
                const args = JSON.parse(json);
                calls.push({ name, args });
                turn.push({
                    type: 'function_call_output',
                    call_id,
                    output: JSON.stringify(outputs[name]?.(args)),
                });
            }
        }
        history.push({ role: 'assistant', content: text });
    }
    return { calls, text, names: calls.map(({ name }) => name) };
}

describe('the scripted booking conversation', () => {
    it('looks the time up and proposes it when it is free', async () => {
        const asked = 'Hi, a private ski lesson tomorrow at 10 for two people?';
        const { names, calls, text } = await talk(asked);
        expect(names).toEqual(['find_times', 'propose_booking']);
        expect(calls[0]?.args).toEqual({ service: asked, date: '2026-11-21', time: '10:00', limit: 3 });
        expect(calls[1]?.args).toEqual({
            service: asked,
            date: '2026-11-21',
            time: '10:00',
            instructor: 'Anna',
            participants: 2,
            customer_name: null,
        });
        expect(text).toMatch(/shall i book/i);
    });

    it('offers other times when it is not, and proposes the tapped one', async () => {
        expect((await talk('a snowboard lesson on Saturday at 9')).names).toEqual(['find_times']);
        const tapped = await talk('a snowboard lesson on Saturday at 9', '[tapped: Sat 21 Nov 11:00]');
        expect(tapped.calls.at(-1)).toMatchObject({
            name: 'propose_booking',
            args: { date: '2026-11-21', time: '11:00' },
        });
    });

    it('shows what there is when no service is named, and goes on with the tapped one', async () => {
        const greeted = await talk('Hello!');
        expect(greeted.names).toEqual(['find_times', 'get_service_info']);
        expect(greeted.text).toBe('What would you like to book?');
        expect((await talk('Hello!', '[tapped: Snowboard lesson]')).names).toEqual(['find_times']);
    });

    it('confirms on YES, withdraws on NO', async () => {
        const first = 'a private ski lesson tomorrow at 10';
        expect((await talk(first, 'YES')).names).toEqual(['confirm_booking']);
        expect((await talk(first, '[tapped: Yes, book it]')).names).toEqual(['confirm_booking']);
        expect((await talk('Cancel my lesson', '[tapped: Yes, cancel it]')).names).toEqual([
            'confirm_booking',
        ]);
        const no = await talk(first, '[tapped: No]');
        expect(no.calls).toEqual([{ name: 'cancel_booking', args: { booking: null } }]);
    });

    it('moves, cancels and lists what is booked', async () => {
        const moved = await talk('Can I move my lesson to Sunday at 10?');
        expect(moved.names).toEqual(['list_bookings', 'find_times', 'reschedule_booking']);
        expect(moved.calls[2]?.args).toEqual({ booking: 'K7QM', date: '2026-11-22', time: '10:00' });
        expect((await talk('Please cancel my lesson')).calls[1]).toEqual({
            name: 'cancel_booking',
            args: { booking: 'K7QM' },
        });
        expect((await talk('What have I booked?')).names).toEqual(['list_bookings']);
    });

    it('hands off to a person with a reason of the desk’s own list', async () => {
        const { calls } = await talk('I want to talk to a person');
        expect(calls).toEqual([
            { name: 'hand_off', args: { reason: 'asked_for_person', summary: 'I want to talk to a person' } },
        ]);
    });
});

describe('what the wire refuses', () => {
    const user: Input = [{ role: 'user', content: 'Hi' }];
    const refused = async (body: Request) =>
        client.responses.create(body).then(
            () => undefined,
            (error) => ({ status: error.status, code: error.code, message: error.message }),
        );

    it('another key', async () => {
        const stranger = new OpenAI({ apiKey: 'sk-other', baseURL: client.baseURL, maxRetries: 0 });
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
        const { output } = await client.responses.create(request([{ role: 'user', content: 'Hello' }]));
        expect((await refused(request([...user, ...(output as Input)])))?.message).toContain(
            'No tool output found',
        );
        const orphan = { type: 'function_call_output', call_id: 'call_x', output: '{}' } as const;
        expect((await refused(request([...user, orphan])))?.message).toContain('No tool call found');
    });

    it('a call sent back without the reasoning before it', async () => {
        const { output } = await client.responses.create(request([{ role: 'user', content: 'Hello' }]));
        const call = output.find((item) => item.type === 'function_call');
        const answer = { type: 'function_call_output', call_id: call?.call_id ?? '', output: '{}' } as const;
        const problem = await refused(request([...user, call as Input[number], answer]));
        expect(problem?.message).toContain("without its required 'reasoning' item");
    });
});

describe('a model or a line gone wrong', () => {
    const ask = () =>
        client.responses.create(request([{ role: 'user', content: 'a snowboard lesson tomorrow' }]));

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
        await control.openaiFault({ respond });
        expect(await ask()).toMatchObject(expected);
        expect((await ask()).status).toBe('completed');
    });

    it('answers arguments that are no JSON, many calls, and the same call twice', async () => {
        await control.openaiFault({ respond: 'broken_arguments' });
        const broken = (await ask()).output.find((item) => item.type === 'function_call');
        expect(() => JSON.parse(broken?.arguments ?? '{}')).toThrow();
        await control.openaiFault({ respond: 'many_calls' });
        expect((await ask()).output.filter((item) => item.type === 'function_call')).toHaveLength(50);
        await control.openaiFault({ respond: 'same_call_twice' });
        expect((await ask()).output.filter((item) => item.type === 'function_call')).toHaveLength(2);
    });

    it('fails with a status, with OpenAI’s code, or with a cut line', async () => {
        await control.openaiFault({
            fail: { status: 429, code: 'insufficient_quota', type: 'insufficient_quota' },
        });
        await expect(ask()).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
        await control.openaiFault({ line: 'cut' });
        await expect(ask()).rejects.toThrow(/connection/i);
        await control.openaiFault({ delay_ms: 300 });
        await expect(
            client.responses.create(request([{ role: 'user', content: 'slow' }]), { timeout: 50 }),
        ).rejects.toThrow(/timed out/i);
    });

    it('strikes only the conversation it is meant for', async () => {
        await control.openaiFault({ containing: 'Zermatt', fail: { status: 500 } });
        expect((await ask()).status).toBe('completed');
        const meant = request([{ role: 'user', content: 'a lesson in Zermatt' }]);
        await expect(client.responses.create(meant)).rejects.toMatchObject({ status: 500 });
        const asked = await control.openaiLog('Zermatt');
        expect(asked.entries.map(({ type }) => type)).toEqual(['arrived', 'request']);
    });
});

describe('chat completions', () => {
    it('carry the same script', async () => {
        const completion = await client.chat.completions.create({
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
