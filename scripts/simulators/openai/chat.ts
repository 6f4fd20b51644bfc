import { z } from 'zod';
import { type InputItem, type ResponsesRequest, responsesRequest } from './requests.ts';

/**
 * Chat Completions, as far as a desk without the Responses API needs them. The request becomes one of the
 * Responses API, so that there is one script and one set of checks.
 */

const toolCall = z.looseObject({
    id: z.string(),
    type: z.literal('function'),
    function: z.object({ name: z.string(), arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
    z.looseObject({ role: z.enum(['system', 'developer', 'user']), content: z.string() }),
    z.looseObject({
        role: z.literal('assistant'),
        content: z.string().nullish(),
        tool_calls: z.array(toolCall).optional(),
    }),
    z.looseObject({ role: z.literal('tool'), tool_call_id: z.string(), content: z.string() }),
]);

export const chatRequest = z.looseObject({
    model: z.string(),
    messages: z.array(message).min(1),
    tools: z
        .array(
            z.strictObject({
                type: z.literal('function'),
                function: z.strictObject({
                    name: z.string(),
                    description: z.string().optional(),
                    parameters: z.record(z.string(), z.unknown()),
                    strict: z.boolean().optional(),
                }),
            }),
        )
        .default([]),
    max_completion_tokens: z.number().int().nullish(),
});

export function responsesFromChat(chat: z.output<typeof chatRequest>): ResponsesRequest {
    return responsesRequest.parse({
        model: chat.model,
        input: chat.messages.flatMap(itemsOf),
        tools: chat.tools.map(({ function: tool }) => ({
            type: 'function',
            ...tool,
            strict: tool.strict ?? false,
        })),
        reasoning: { effort: 'none' },
        max_output_tokens: chat.max_completion_tokens,
    });
}

function itemsOf(given: z.output<typeof message>): InputItem[] {
    if (given.role === 'tool') {
        return [{ type: 'function_call_output', call_id: given.tool_call_id, output: given.content }];
    }
    if (given.role !== 'assistant') return [{ role: given.role, content: given.content }];
    const calls = (given.tool_calls ?? []).map(
        ({ id, function: called }): InputItem => ({ type: 'function_call', call_id: id, ...called }),
    );
    return given.content ? [{ role: 'assistant', content: given.content }, ...calls] : calls;
}
