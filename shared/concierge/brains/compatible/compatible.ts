import type OpenAI from 'openai';
import { type Brain, BrainFailure } from '../../brain.ts';
import type { Turn } from '../../turn-state.ts';
import type { Dialogue, ToolCall } from '../models/dialogue.ts';
import { modelBrain } from '../models/model-brain.ts';
import { askPatiently, type ModelSettings, modelClient } from '../models/patience.ts';
import { fenceWith } from '../openai/fence.ts';
import { inputFor, instructionsFor } from '../openai/input.ts';
import { functionTools } from '../openai/openai.ts';

type Message = OpenAI.Chat.ChatCompletionMessageParam;
type Completion = OpenAI.Chat.ChatCompletion;

const outputTokenLimit = 1500;

/**
 * A model behind Chat Completions as Groq, Ollama, vLLM and Together all understand it: one system message at the
 * beginning, user and assistant in turn, tools without `strict`, and none of OpenAI's own parameters.
 */
export function compatibleBrain(settings: ModelSettings): Brain {
    const client = modelClient(settings);
    return modelBrain({
        name: 'compatible',
        model: settings.model,
        turnMs: settings.turnMs,
        open: async (turn, model) => openDialogue(client, model, turn),
    });
}

function openDialogue(client: OpenAI, model: string, turn: Turn): Dialogue {
    const messages = messagesFor(turn);
    return {
        async ask({ tools: allowed, signal, onTokens }) {
            const body: OpenAI.Chat.ChatCompletionCreateParamsNonStreaming = {
                model,
                messages,
                tools: chatTools,
                max_tokens: outputTokenLimit,
                ...(allowed ? {} : { tool_choice: 'none' }),
            };
            const completion = await askPatiently(
                () => client.chat.completions.create(body, { signal }),
                signal,
            );
            onTokens({
                input: completion?.usage?.prompt_tokens ?? 0,
                output: completion?.usage?.completion_tokens ?? 0,
                cached: completion?.usage?.prompt_tokens_details?.cached_tokens ?? 0,
            });
            const { text, calls } = read(completion);
            messages.push({
                role: 'assistant',
                content: text,
                ...(calls.length > 0 ? { tool_calls: calls.map(asWritten) } : {}),
            });
            return { text, calls };
        },
        result({ id }, result) {
            messages.push({ role: 'tool', tool_call_id: id, content: JSON.stringify(result) });
        },
        note(text) {
            // A second system message is refused by some; the customer's own words are always fenced, this is not.
            messages.push({ role: 'user', content: `(From the desk, not from the customer:) ${text}` });
        },
    };
}

/** System first, then the talk, with neighbours of one role joined: some chat templates demand turns. */
function messagesFor(turn: Turn): Message[] {
    const [situation, ...history] = inputFor(turn, fenceWith(turn.newId()));
    const messages: { role: 'system' | 'user' | 'assistant'; content: string }[] = [
        { role: 'system', content: `${instructionsFor(turn)}\n\n${situation?.content ?? ''}` },
    ];
    for (const { role, content } of history) {
        const given = role === 'assistant' ? 'assistant' : 'user';
        const before = messages.at(-1);
        if (before?.role === given) before.content += `\n${content}`;
        // Nor may the talk begin with the assistant.
        else if (given === 'user' || messages.length > 1) messages.push({ role: given, content });
    }
    return messages;
}

const asWritten = ({ id, name, json }: ToolCall) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: json },
});

/** What came back, or a BrainFailure: HTTP 200 can carry an error, a refusal, half an answer or nothing. */
function read(completion: Completion): { text: string; calls: ToolCall[] } {
    const failed = (completion as { error?: { code?: unknown } } | null)?.error;
    if (failed) throw new BrainFailure(`failed:${typeof failed.code === 'string' ? failed.code : 'unknown'}`);
    const choice = completion?.choices?.[0];
    if (!choice?.message) throw new BrainFailure('unexpected_answer');
    const { message, finish_reason: ended } = choice;
    if (message.refusal) throw new BrainFailure('refusal');
    if (ended === 'length') throw new BrainFailure('incomplete:max_output_tokens');
    if (ended === 'content_filter') throw new BrainFailure('incomplete:content_filter');
    const calls = (message.tool_calls ?? []).flatMap((call, place) => {
        if (call.type !== 'function' && call.type !== undefined) return [];
        const { name, arguments: written } = call.function;
        // Some servers give no id, or the arguments as an object.
        const json = typeof written === 'string' ? written : JSON.stringify(written ?? {});
        return [{ id: call.id || `call_${place}`, name: name ?? '', json }];
    });
    return { text: spokenText(message.content), calls };
}

/** Open models think aloud between tags; that is not for the customer. */
function spokenText(content: unknown): string {
    const text = typeof content === 'string' ? content : '';
    return (
        text
            .replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/gi, '')
            // One that was cut open at either end.
            .replace(/^[\s\S]*<\/think(?:ing)?>/i, '')
            .replace(/<think(?:ing)?>[\s\S]*$/i, '')
            .trim()
    );
}

/** The same tools, nested and without `strict`: arguments are checked by us anyway. */
export const chatTools: OpenAI.Chat.ChatCompletionFunctionTool[] = functionTools.map(
    ({ name, description, parameters }) => ({
        type: 'function',
        function: { name, description: description ?? '', parameters: parameters ?? {} },
    }),
);
