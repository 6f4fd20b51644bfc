import { delay, HttpResponse, http } from 'msw';
import { z } from 'zod';

/**
 * OpenAI's Responses API as the concierge uses it. It parses like the vendor: an unknown parameter, a schema that
 * is not strict, a tool call without its output or without the reasoning before it is answered with a 400, so a
 * test cannot pass with what the vendor would refuse. What the model "thinks" is a queue of moves.
 */

export const baseUrl = 'https://api.openai.com/v1';
export const apiKey = 'sk-test-0123456789';

const message = z.strictObject({
    type: z.literal('message').optional(),
    id: z.string().optional(),
    status: z.string().optional(),
    role: z.enum(['developer', 'user', 'assistant', 'system']),
    content: z.union([z.string().min(1), z.array(z.looseObject({ type: z.string() }))]),
});
const reasoning = z.strictObject({
    type: z.literal('reasoning'),
    id: z.string(),
    summary: z.array(z.unknown()),
    encrypted_content: z.string().optional(),
});
const functionCall = z.strictObject({
    type: z.literal('function_call'),
    id: z.string().optional(),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
    status: z.string().optional(),
});
const functionOutput = z.strictObject({
    type: z.literal('function_call_output'),
    call_id: z.string(),
    output: z.string(),
});
const inputItem = z.union([functionOutput, functionCall, reasoning, message]);

const functionTool = z.strictObject({
    type: z.literal('function'),
    name: z.string().regex(/^[a-z][a-z_]{1,63}$/),
    description: z.string().min(10),
    strict: z.literal(true),
    parameters: z.looseObject({
        type: z.literal('object'),
        properties: z.record(z.string(), z.unknown()),
        required: z.array(z.string()),
        additionalProperties: z.literal(false),
    }),
});

const request = z.strictObject({
    model: z.string(),
    instructions: z.string().min(1),
    input: z.array(inputItem).min(1),
    tools: z.array(functionTool),
    tool_choice: z.enum(['auto', 'none']),
    parallel_tool_calls: z.literal(false),
    max_output_tokens: z.number().int().min(16),
    store: z.literal(false),
    include: z.array(z.literal('reasoning.encrypted_content')).optional(),
    reasoning: z.strictObject({ effort: z.enum(['none', 'minimal', 'low', 'medium', 'high']) }).optional(),
    safety_identifier: z.string().regex(/^[0-9a-f]{64}$/),
    prompt_cache_key: z.string(),
});
export type ModelRequest = z.infer<typeof request>;

export type Move =
    | { say: string }
    | { call: string; args: Record<string, unknown> | string }
    | { calls: { call: string; args: Record<string, unknown> }[] }
    | { refuse: string }
    | { failed: string }
    | { incomplete: string }
    /** `bodiless` for an answer that is to be retried: the package first cancels its body, and msw's never ends. */
    | { http: number; code?: string; headers?: Record<string, string>; bodiless?: true }
    | { raw: unknown }
    | 'disconnect'
    | 'hang';

const apiError = (status: number, code: string | null, words: string, headers: Record<string, string> = {}) =>
    HttpResponse.json({ error: { message: words, type: code, code, param: null } }, { status, headers });

/** What the vendor checks beyond shapes; undefined when all is well. */
function complaint({ input, tools }: ModelRequest): string | undefined {
    const calls = new Map<string, boolean>();
    for (const [index, item] of input.entries()) {
        const { type } = item;
        if (type === 'function_call') {
            const before = input[index - 1];
            if (before?.type !== 'reasoning' && before?.type !== 'function_call') {
                return `Item '${item.id}' of type 'function_call' was provided without its required 'reasoning' item.`;
            }
            calls.set(item.call_id, false);
        }
        if (type === 'function_call_output') {
            if (!calls.has(item.call_id))
                return `No tool call found for function call output ${item.call_id}.`;
            calls.set(item.call_id, true);
        }
    }
    for (const [id, answered] of calls) if (!answered) return `No tool output found for function call ${id}.`;
    for (const { name, parameters } of tools) {
        const keys = Object.keys(parameters.properties);
        if (keys.some((key) => !parameters.required.includes(key))) {
            return `Invalid schema for function '${name}': 'required' is required to include every key.`;
        }
    }
    return undefined;
}

/** A fresh model: its handler for msw, what it was asked, and what it is to do next. */
export function openAi() {
    const requests: ModelRequest[] = [];
    const moves: Move[] = [];
    let count = 0;

    function answer(move: Exclude<Move, string>, model: string) {
        count += 1;
        const base = {
            id: `resp_${count}`,
            object: 'response',
            created_at: 1_795_000_000,
            model,
            status: 'completed',
            error: null,
            incomplete_details: null,
            output: [] as unknown[],
            usage: {
                input_tokens: 900,
                input_tokens_details: { cached_tokens: 600 },
                output_tokens: 40,
                output_tokens_details: { reasoning_tokens: 10 },
                total_tokens: 940,
            },
        };
        const thought = {
            type: 'reasoning',
            id: `rs_${count}`,
            summary: [],
            encrypted_content: `enc${count}`,
        };
        const said = (content: object) => ({
            type: 'message',
            id: `msg_${count}`,
            role: 'assistant',
            status: 'completed',
            content: [content],
        });
        const called = (
            { call, args }: { call: string; args: Record<string, unknown> | string },
            n: number,
        ) => ({
            type: 'function_call',
            id: `fc_${count}_${n}`,
            call_id: `call_${count}_${n}`,
            name: call,
            arguments: typeof args === 'string' ? args : JSON.stringify(args),
            status: 'completed',
        });
        if ('http' in move) {
            if (move.bodiless)
                return new HttpResponse(null, { status: move.http, headers: move.headers ?? {} });
            return apiError(move.http, move.code ?? null, 'The vendor says no.', move.headers);
        }
        if ('raw' in move) {
            return typeof move.raw === 'string'
                ? HttpResponse.text(move.raw)
                : HttpResponse.json(move.raw as object);
        }
        if ('failed' in move) {
            return HttpResponse.json({
                ...base,
                status: 'failed',
                error: { code: move.failed, message: 'no' },
            });
        }
        if ('incomplete' in move) {
            const incomplete_details = { reason: move.incomplete };
            return HttpResponse.json({
                ...base,
                status: 'incomplete',
                incomplete_details,
                output: [thought],
            });
        }
        if ('refuse' in move) {
            return HttpResponse.json({
                ...base,
                output: [thought, said({ type: 'refusal', refusal: move.refuse })],
            });
        }
        if ('say' in move) {
            const part = { type: 'output_text', text: move.say, annotations: [] };
            return HttpResponse.json({ ...base, output: [thought, said(part)] });
        }
        const calls = 'calls' in move ? move.calls : [move];
        return HttpResponse.json({ ...base, output: [thought, ...calls.map(called)] });
    }

    const handler = http.post(`${baseUrl}/responses`, async ({ request: received }) => {
        if (received.headers.get('authorization') !== `Bearer ${apiKey}`) {
            return apiError(401, 'invalid_api_key', 'Incorrect API key provided.');
        }
        const read = request.safeParse(await received.json());
        if (!read.success) return apiError(400, 'invalid_request_error', z.prettifyError(read.error));
        const wrong = complaint(read.data);
        if (wrong) return apiError(400, 'invalid_request_error', wrong);
        requests.push(read.data);
        const move = moves.shift();
        if (move === undefined) return apiError(400, 'test_error', 'The model has no move left.');
        if (move === 'disconnect') return HttpResponse.error();
        if (move === 'hang') {
            await delay('infinite');
            return HttpResponse.error();
        }
        return answer(move, read.data.model);
    });

    return {
        handler,
        requests,
        /** What is left of the queue. */
        moves,
        thinks: (...next: Move[]) => {
            moves.push(...next);
        },
    };
}
