import { z } from 'zod';

/**
 * What the OpenAI wire takes, as strictly as OpenAI where a desk could go wrong: unknown parameters, nested
 * tools on the Responses API, schemas that are not strict, calls without outputs, reasoning items left out.
 */

/** An answer of OpenAI that is no answer. */
export interface WireError {
    status: number;
    message: string;
    type?: string;
    code?: string | null;
    param?: string | null;
}

const role = z.enum(['user', 'assistant', 'system', 'developer']);
const part = z.looseObject({
    type: z.enum(['input_text', 'output_text', 'refusal']),
    text: z.string().optional(),
});
const messageItem = z.looseObject({
    type: z.literal('message').optional(),
    role,
    content: z.union([z.string(), z.array(part)]),
});
const callItem = z.looseObject({
    type: z.literal('function_call'),
    id: z.string().optional(),
    call_id: z.string().min(1),
    name: z.string(),
    arguments: z.string(),
});
const outputItem = z.looseObject({
    type: z.literal('function_call_output'),
    call_id: z.string().min(1),
    output: z.string(),
});
const reasoningItem = z.looseObject({
    type: z.literal('reasoning'),
    id: z.string(),
    encrypted_content: z.string().nullish(),
});
const inputItem = z.union([callItem, outputItem, reasoningItem, messageItem]);
export type InputItem = z.output<typeof inputItem>;

const functionTool = z.strictObject({
    type: z.literal('function'),
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()),
    strict: z.boolean(),
});
export type FunctionTool = z.output<typeof functionTool>;

export const responsesRequest = z.strictObject({
    model: z.string(),
    instructions: z.string().nullish(),
    input: z.union([z.string(), z.array(inputItem)]),
    tools: z.array(functionTool).default([]),
    tool_choice: z.union([z.enum(['auto', 'none', 'required']), z.looseObject({})]).default('auto'),
    parallel_tool_calls: z.boolean().default(true),
    reasoning: z
        .strictObject({
            effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).nullish(),
            summary: z.string().nullish(),
        })
        .nullish(),
    text: z.looseObject({}).nullish(),
    max_output_tokens: z.number().int().min(16).nullish(),
    max_tool_calls: z.number().int().nullish(),
    store: z.boolean().default(true),
    include: z.array(z.string()).default([]),
    metadata: z.record(z.string(), z.string()).nullish(),
    safety_identifier: z.string().max(64).nullish(),
    prompt_cache_key: z.string().nullish(),
    prompt_cache_options: z.looseObject({}).nullish(),
    service_tier: z.string().nullish(),
    stream: z.literal(false).nullish(),
});
export type ResponsesRequest = z.output<typeof responsesRequest>;

/** OpenAI's words for the first thing wrong with a body. */
export function wireErrorOf(error: z.ZodError): WireError {
    const issue = error.issues[0];
    const path = (issue?.path ?? []).reduce<string>(
        (name, next) =>
            typeof next === 'number'
                ? `${name}[${next}]`
                : name === ''
                  ? String(next)
                  : `${name}.${String(next)}`,
        '',
    );
    const bad = { status: 400, type: 'invalid_request_error' };
    if (issue?.code === 'unrecognized_keys') {
        const param = path === '' ? String(issue.keys[0]) : `${path}.${issue.keys[0]}`;
        return { ...bad, message: `Unknown parameter: '${param}'.`, code: 'unknown_parameter', param };
    }
    if (issue?.code === 'invalid_type' && issue.input === undefined) {
        return {
            ...bad,
            message: `Missing required parameter: '${path}'.`,
            code: 'missing_required_parameter',
            param: path,
        };
    }
    return {
        ...bad,
        message: `Invalid value for '${path}': ${issue?.message ?? ''}`,
        code: 'invalid_value',
        param: path,
    };
}

/** What is wrong between the parts of a request that is right by shape; `undefined` when nothing is. */
export function inconsistency(request: ResponsesRequest): WireError | undefined {
    return (
        toolsProblem(request.tools) ??
        (typeof request.input === 'string' ? undefined : callsProblem(request.input, request.store))
    );
}

function toolsProblem(tools: FunctionTool[]): WireError | undefined {
    for (const [at, tool] of tools.entries()) {
        if (!tool.strict) continue;
        const problem = strictProblem(tool.parameters, []);
        if (problem !== undefined) {
            return {
                status: 400,
                type: 'invalid_request_error',
                message: `Invalid schema for function '${tool.name}': ${problem}`,
                code: 'invalid_function_parameters',
                param: `tools[${at}].parameters`,
            };
        }
    }
    return undefined;
}

const schemaNode = z.looseObject({
    type: z.unknown().optional(),
    properties: z.record(z.string(), z.unknown()).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.unknown().optional(),
    items: z.unknown().optional(),
    anyOf: z.array(z.unknown()).optional(),
});

/** Strict mode: every object is closed and requires all its properties, all the way down. */
function strictProblem(schema: unknown, context: string[]): string | undefined {
    const parsed = schemaNode.safeParse(schema);
    const where = `In context=(${context.map((name) => `'${name}'`).join(', ')})`;
    if (!parsed.success) return `${where}, schema must be an object.`;
    const { properties, required = [], additionalProperties, items, anyOf = [], type } = parsed.data;
    if (context.length === 0 && type !== 'object') return 'schema must be a JSON Schema of type "object".';
    if (type === 'object' || properties !== undefined) {
        if (additionalProperties !== false) {
            return `${where}, 'additionalProperties' is required to be supplied and to be false.`;
        }
        const missing = Object.keys(properties ?? {}).find((key) => !required.includes(key));
        if (missing !== undefined) {
            return `${where}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
        }
    }
    const children: [string, unknown][] = [
        ...Object.entries(properties ?? {}),
        ...(items === undefined ? [] : [['items', items] as [string, unknown]]),
        ...anyOf.map((each, at) => [`anyOf[${at}]`, each] as [string, unknown]),
    ];
    for (const [name, child] of children) {
        const problem = strictProblem(child, [...context, name]);
        if (problem !== undefined) return problem;
    }
    return undefined;
}

function callsProblem(input: InputItem[], stored: boolean): WireError | undefined {
    const bad = (message: string): WireError => ({
        status: 400,
        type: 'invalid_request_error',
        message,
        code: null,
        param: 'input',
    });
    const calls = new Set<string>();
    const outputs = new Set<string>();
    const reasoning = new Set<string>();
    for (const item of input) {
        if (item.type === 'reasoning') {
            reasoning.add(item.id);
            if (!stored && !item.encrypted_content) {
                return bad(
                    `Item with id '${item.id}' not found. Items are not persisted when \`store\` is set to false.`,
                );
            }
        }
        if (item.type === 'function_call') {
            // Calls that were thought about carry it in their id; see output.ts.
            const thought = item.id?.startsWith('fc_r') ? item.id.replace('fc_', 'rs_') : undefined;
            if (thought !== undefined && !reasoning.has(thought)) {
                return bad(
                    `Item '${item.id}' of type 'function_call' was provided without its required 'reasoning' item: '${thought}'.`,
                );
            }
            calls.add(item.call_id);
        }
        if (item.type === 'function_call_output') {
            if (!calls.has(item.call_id)) {
                return bad(`No tool call found for function call output with call_id ${item.call_id}.`);
            }
            outputs.add(item.call_id);
        }
    }
    const open = [...calls].find((call) => !outputs.has(call));
    return open === undefined ? undefined : bad(`No tool output found for function call ${open}.`);
}
