import { randomBytes } from 'node:crypto';
import type { ResponsesRequest } from './requests.ts';

export interface ToolCall {
    name: string;
    arguments: string;
}

/** What the model does next: speak, call, or both nothing. */
export interface Move {
    say?: string;
    refuse?: string;
    calls?: ToolCall[];
}

export interface Ending {
    status: 'completed' | 'incomplete' | 'failed';
    reason?: 'max_output_tokens' | 'content_filter';
}

const newId = (prefix: string): string => `${prefix}${randomBytes(12).toString('hex')}`;

/** About four characters a token: only proportions matter. */
const tokensIn = (text: string): number => Math.ceil(text.length / 4);

/** The body of `POST /responses`. A first call follows a reasoning item that has to be sent back with it. */
export function responseBody(request: ResponsesRequest, move: Move, ending: Ending): Record<string, unknown> {
    const output = outputItems(request, move, ending);
    const inputTokens = tokensIn(JSON.stringify([request.instructions, request.input, request.tools]));
    const outputTokens = tokensIn(JSON.stringify(output));
    return {
        id: newId('resp_'),
        object: 'response',
        created_at: Math.floor(Date.now() / 1000),
        status: ending.status,
        background: false,
        error: ending.status === 'failed' ? { code: 'server_error', message: 'The model failed.' } : null,
        incomplete_details: ending.reason === undefined ? null : { reason: ending.reason },
        instructions: request.instructions ?? null,
        max_output_tokens: request.max_output_tokens ?? null,
        model: request.model,
        output,
        parallel_tool_calls: request.parallel_tool_calls,
        previous_response_id: null,
        reasoning: { effort: request.reasoning?.effort ?? 'medium', summary: null },
        store: request.store,
        temperature: 1,
        text: { format: { type: 'text' }, verbosity: 'medium' },
        tool_choice: request.tool_choice,
        tools: request.tools,
        top_p: 1,
        truncation: 'disabled',
        usage: {
            input_tokens: inputTokens,
            input_tokens_details: { cached_tokens: 0 },
            output_tokens: outputTokens,
            output_tokens_details: { reasoning_tokens: 0 },
            total_tokens: inputTokens + outputTokens,
        },
        metadata: request.metadata ?? {},
    };
}

function outputItems(request: ResponsesRequest, move: Move, ending: Ending): Record<string, unknown>[] {
    const items: Record<string, unknown>[] = [];
    const status = ending.status === 'incomplete' ? 'incomplete' : 'completed';
    const thinks = request.reasoning?.effort !== 'none';
    for (const [at, call] of (move.calls ?? []).entries()) {
        const id = newId('');
        if (thinks && at === 0) {
            const encrypted = request.include.includes('reasoning.encrypted_content')
                ? { encrypted_content: Buffer.from(`thought ${id}`).toString('base64') }
                : {};
            items.push({ type: 'reasoning', id: `rs_r${id}`, summary: [], ...encrypted });
        }
        const callId = `${thinks && at === 0 ? 'fc_r' : 'fc_'}${id}`;
        items.push({ type: 'function_call', id: callId, call_id: newId('call_'), ...call, status });
    }
    if (move.refuse !== undefined) {
        const content = [{ type: 'refusal', refusal: move.refuse }];
        items.push({ type: 'message', id: newId('msg_'), role: 'assistant', status, content });
    }
    if (move.say !== undefined) {
        const content = [{ type: 'output_text', text: move.say, annotations: [], logprobs: [] }];
        items.push({ type: 'message', id: newId('msg_'), role: 'assistant', status, content });
    }
    return items;
}

/** The same move as a chat completion. */
export function completionBody(
    model: string,
    move: Move,
    ending: Ending,
    promptLength: number,
): Record<string, unknown> {
    const toolCalls = (move.calls ?? []).map((call) => ({
        id: newId('call_'),
        type: 'function',
        function: call,
    }));
    const content = move.say ?? null;
    const stop = toolCalls.length > 0 ? 'tool_calls' : 'stop';
    const reason = ending.reason === 'max_output_tokens' ? 'length' : (ending.reason ?? stop);
    const completionTokens = tokensIn(`${content ?? ''}${JSON.stringify(toolCalls)}`);
    return {
        id: newId('chatcmpl-'),
        object: 'chat.completion',
        created: Math.floor(Date.now() / 1000),
        model,
        choices: [
            {
                index: 0,
                message: {
                    role: 'assistant',
                    content,
                    refusal: move.refuse ?? null,
                    ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
                },
                finish_reason: reason,
                logprobs: null,
            },
        ],
        usage: {
            prompt_tokens: tokensIn(' '.repeat(promptLength)),
            completion_tokens: completionTokens,
            total_tokens: tokensIn(' '.repeat(promptLength)) + completionTokens,
        },
    };
}
