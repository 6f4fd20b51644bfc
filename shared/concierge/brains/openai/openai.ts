import type OpenAI from 'openai';
import { z } from 'zod';
import type { Brain } from '../../brain.ts';
import { version } from '../../prompts/v1.ts';
import { tools } from '../../tools/toolbox.ts';
import type { Turn } from '../../turn-state.ts';
import type { Dialogue } from '../models/dialogue.ts';
import { modelBrain } from '../models/model-brain.ts';
import { askPatiently, type ModelSettings, modelClient } from '../models/patience.ts';
import { fenceWith } from './fence.ts';
import { inputFor, instructionsFor } from './input.ts';
import { checkResponse, textOf } from './wire.ts';

type InputItem = OpenAI.Responses.ResponseInputItem;
type Request = OpenAI.Responses.ResponseCreateParamsNonStreaming;

const outputTokenLimit = 2000;

/**
 * A model behind OpenAI's Responses API. Nothing is stored with the vendor: the history is ours, and within a turn
 * every output item goes back in order, reasoning included.
 */
export function openAiBrain(settings: ModelSettings): Brain {
    const client = modelClient(settings);
    return modelBrain({
        name: 'openai',
        model: settings.model,
        turnMs: settings.turnMs,
        open: async (turn, model) => openDialogue(client, await requestFor(turn, model), turn),
    });
}

function openDialogue(client: OpenAI, request: Omit<Request, 'input'>, turn: Turn): Dialogue {
    const input: InputItem[] = [...inputFor(turn, fenceWith(turn.newId()))];
    return {
        async ask({ tools: allowed, signal, onTokens }) {
            const body = { ...request, input, ...(allowed ? {} : { tool_choice: 'none' as const }) };
            const response = await askPatiently(() => client.responses.create(body, { signal }), signal);
            const { usage } = response ?? {};
            onTokens({
                input: usage?.input_tokens ?? 0,
                output: usage?.output_tokens ?? 0,
                cached: usage?.input_tokens_details?.cached_tokens ?? 0,
            });
            checkResponse(response);
            // Output items are valid input items: the package types them apart, the wire does not.
            input.push(...(response.output as InputItem[]));
            const calls = response.output
                .filter((item) => item.type === 'function_call')
                .map(({ call_id: id, name, arguments: json }) => ({ id, name, json }));
            return { text: textOf(response), calls };
        },
        result({ id }, result) {
            input.push({ type: 'function_call_output', call_id: id, output: JSON.stringify(result) });
        },
        note(content) {
            input.push({ role: 'developer', content });
        },
    };
}

async function requestFor(turn: Turn, model: string): Promise<Omit<Request, 'input'>> {
    const { business } = turn.context;
    return {
        model,
        instructions: instructionsFor(turn),
        tools: functionTools,
        tool_choice: 'auto',
        parallel_tool_calls: false,
        max_output_tokens: outputTokenLimit,
        store: false,
        safety_identifier: await hashedCustomer(turn),
        prompt_cache_key: `${business.id}:${version}`,
        ...(reasons(model) ? { reasoning: { effort: 'low' }, include: ['reasoning.encrypted_content'] } : {}),
    };
}

/** Who writes, as the vendor may know it: the same for one customer, and telling nothing of them. */
async function hashedCustomer({ context }: Turn): Promise<string> {
    const bytes = new TextEncoder().encode(`${context.business.id}:${context.customer.id}`);
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Models that do not reason refuse the reasoning parameters. */
const reasons = (model: string) => /^(?:gpt-(?:[5-9]|\d{2})|o\d)/.test(model);

/** The toolbox in the vendor's words: flat function tools with strict schemas. */
export const functionTools: OpenAI.Responses.FunctionTool[] = tools.map(
    ({ name, description, parameters }) => {
        const { $schema: _, ...schema } = z.toJSONSchema(parameters);
        return { type: 'function', name, description, strict: true, parameters: { required: [], ...schema } };
    },
);
