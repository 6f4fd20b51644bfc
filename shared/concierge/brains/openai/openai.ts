import type OpenAI from 'openai';
import { z } from 'zod';
import type { Usage } from '../../../desk/turn-types.ts';
import { type Answer, type Brain, BrainFailure } from '../../brain.ts';
import { falseClaim, noMoreTools, version } from '../../prompts/v1.ts';
import { runTool, tools } from '../../tools/toolbox.ts';
import type { Turn } from '../../turn-state.ts';
import { claimsTooMuch, leadOf } from './claims.ts';
import { fenceWith } from './fence.ts';
import { inputFor, instructionsFor } from './input.ts';
import {
    checkResponse,
    type OpenAiSettings,
    openAiWire,
    type Request,
    type Response,
    textOf,
    type Wire,
} from './wire.ts';

type InputItem = OpenAI.Responses.ResponseInputItem;

const toolCallLimit = 8;
const outputTokenLimit = 2000;

/**
 * A model behind OpenAI's Responses API. Nothing is stored with the vendor: the history is ours, and within a turn
 * every output item goes back in order, reasoning included. Gives up with a BrainFailure on anything the vendor
 * does wrong.
 */
export function openAiBrain(settings: OpenAiSettings): Brain {
    const wire = openAiWire(settings);
    return {
        name: 'openai',
        async answer(turn) {
            const limit = AbortSignal.timeout(settings.turnMs ?? 25_000);
            const signal = turn.signal ? AbortSignal.any([turn.signal, limit]) : limit;
            const spent = new Spent(settings.model);
            try {
                return await talk(turn, wire, spent, signal);
            } catch (error) {
                // A lost lease or a stopping worker is no failure of the brain: nobody waits for this answer.
                turn.signal?.throwIfAborted();
                if (!(error instanceof BrainFailure)) throw error;
                throw new BrainFailure(error.reason, spent.usage(), error.cause);
            }
        },
    };
}

async function talk(turn: Turn, wire: Wire, spent: Spent, signal: AbortSignal): Promise<Answer> {
    const request = requestFor(turn, spent.model);
    const input: InputItem[] = [...inputFor(turn, fenceWith(turn.newId()))];
    let calls = 0;
    let warned = false;
    for (;;) {
        const last = calls >= toolCallLimit;
        const response = await wire.ask(
            { ...request, input, ...(last ? { tool_choice: 'none' } : {}) },
            signal,
        );
        spent.add(response);
        checkResponse(response);
        // Output items are valid input items: the package types them apart, the wire does not.
        input.push(...(response.output as InputItem[]));
        const wanted = response.output.filter((item) => item.type === 'function_call');
        if (wanted.length === 0) {
            const text = textOf(response);
            if (text === '' && turn.staged.spoken.length === 0) throw new BrainFailure('empty_answer');
            if (!claimsTooMuch(text, turn)) return { text: leadOf(text, turn), usage: spent.usage() };
            if (warned) throw new BrainFailure('false_claim');
            warned = true;
            input.push({ role: 'developer', content: falseClaim });
            continue;
        }
        if (last) throw new BrainFailure('too_many_tool_calls');
        for (const { call_id, name, arguments: json } of wanted) {
            calls += 1;
            const result = await runTool(name, json, turn);
            input.push({ type: 'function_call_output', call_id, output: JSON.stringify(result) });
        }
        if (calls >= toolCallLimit) input.push({ role: 'developer', content: noMoreTools });
    }
}

function requestFor(turn: Turn, model: string): Omit<Request, 'input'> {
    const { business, customer } = turn.context;
    return {
        model,
        instructions: instructionsFor(turn),
        tools: functionTools,
        tool_choice: 'auto',
        parallel_tool_calls: false,
        max_output_tokens: outputTokenLimit,
        store: false,
        safety_identifier: customer.id,
        prompt_cache_key: `${business.id}:${version}`,
        ...(reasons(model) ? { reasoning: { effort: 'low' }, include: ['reasoning.encrypted_content'] } : {}),
    };
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

/** What a turn has cost so far, over all its requests. */
class Spent {
    readonly model: string;
    #input = 0;
    #output = 0;
    #cached = 0;
    #requests = 0;

    constructor(model: string) {
        this.model = model;
    }

    add({ usage }: Response) {
        this.#requests += 1;
        this.#input += usage?.input_tokens ?? 0;
        this.#output += usage?.output_tokens ?? 0;
        this.#cached += usage?.input_tokens_details?.cached_tokens ?? 0;
    }

    usage(): Usage {
        return {
            brain: 'openai',
            model: this.model,
            prompt_version: version,
            input_tokens: this.#input,
            output_tokens: this.#output,
            cached_tokens: this.#cached,
            requests: this.#requests,
        };
    }
}
