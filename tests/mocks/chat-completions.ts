import { HttpResponse, http } from 'msw';
import { z } from 'zod';

/**
 * A server that speaks Chat Completions, as strict as the strictest of those the desk is meant for: one system
 * message, user and assistant in turn, and a 400 for any parameter that not all of them know.
 */

export const baseUrl = 'https://api.groq.com/openai/v1';
export const apiKey = 'gsk-test-0123456789';

const call = z.strictObject({
    id: z.string(),
    type: z.literal('function'),
    function: z.strictObject({ name: z.string(), arguments: z.string() }),
});
const message = z.discriminatedUnion('role', [
    z.strictObject({ role: z.literal('system'), content: z.string().min(1) }),
    z.strictObject({ role: z.literal('user'), content: z.string().min(1) }),
    z.strictObject({
        role: z.literal('assistant'),
        content: z.string(),
        tool_calls: z.array(call).optional(),
    }),
    z.strictObject({ role: z.literal('tool'), tool_call_id: z.string(), content: z.string() }),
]);
const request = z.strictObject({
    model: z.string(),
    messages: z.array(message).min(2),
    tools: z.array(
        z.strictObject({
            type: z.literal('function'),
            function: z.strictObject({
                name: z.string(),
                description: z.string(),
                parameters: z.looseObject({ type: z.literal('object') }),
            }),
        }),
    ),
    max_tokens: z.number().int(),
    tool_choice: z.literal('none').optional(),
});
export type ChatRequest = z.infer<typeof request>;

export type ChatMove =
    | { say: string }
    | { call: string; args: unknown }
    | { refuse: string }
    | { ends: string }
    | { http: number; code?: string }
    | { raw: unknown };

function complaint({ messages }: ChatRequest): string | undefined {
    const open = new Set<string>();
    for (const [place, given] of messages.entries()) {
        const before = messages[place - 1];
        if ((given.role === 'system') !== (place === 0)) return 'System message must be at the beginning.';
        if (given.role === 'assistant') for (const { id } of given.tool_calls ?? []) open.add(id);
        if (given.role === 'tool' && !open.delete(given.tool_call_id)) return 'No tool call for this result.';
        if (given.role === before?.role && given.role !== 'tool') return 'Roles must alternate.';
        if (given.role === 'assistant' && before?.role === 'system')
            return 'The first message must be of the user.';
    }
    return open.size > 0 ? 'A tool call has no result.' : undefined;
}

/** A fresh server: its handler for msw, what it was asked, and what it is to do next. */
export function chatCompletions() {
    const requests: ChatRequest[] = [];
    const moves: ChatMove[] = [];
    const error = (status: number, code: string | null, words: string) =>
        HttpResponse.json({ error: { message: words, type: code, code } }, { status });
    const answer = (move: Exclude<ChatMove, { http: number } | { raw: unknown }>, model: string) => {
        const id = `call_${requests.length}`;
        const written = 'args' in move && typeof move.args !== 'string' ? JSON.stringify(move.args) : '';
        const [said, ended] =
            'say' in move
                ? [{ content: move.say }, 'stop']
                : 'refuse' in move
                  ? [{ content: null, refusal: move.refuse }, 'stop']
                  : 'ends' in move
                    ? [{ content: 'Half an answ' }, move.ends]
                    : [
                          {
                              content: null,
                              tool_calls: [
                                  {
                                      id,
                                      type: 'function',
                                      function: { name: move.call, arguments: written || move.args },
                                  },
                              ],
                          },
                          'tool_calls',
                      ];
        return HttpResponse.json({
            id: 'chatcmpl-1',
            object: 'chat.completion',
            created: 1_795_000_000,
            model,
            choices: [
                { index: 0, message: { role: 'assistant', ...(said as object) }, finish_reason: ended },
            ],
            usage: { prompt_tokens: 800, completion_tokens: 30, total_tokens: 830 },
        });
    };

    const handler = http.post(`${baseUrl}/chat/completions`, async ({ request: received }) => {
        if (received.headers.get('authorization') !== `Bearer ${apiKey}`) {
            return error(401, 'invalid_api_key', 'Invalid API Key');
        }
        const read = request.safeParse(await received.json());
        if (!read.success) return error(400, 'invalid_request_error', z.prettifyError(read.error));
        const wrong = complaint(read.data);
        if (wrong) return error(400, 'invalid_request_error', wrong);
        requests.push(read.data);
        const move = moves.shift();
        if (move === undefined) return error(400, 'test_error', 'The model has no move left.');
        if ('http' in move) return error(move.http, move.code ?? null, 'The vendor says no.');
        if ('raw' in move) return HttpResponse.json(move.raw as object);
        return answer(move, read.data.model);
    });

    return { handler, requests, moves, thinks: (...next: ChatMove[]) => void moves.push(...next) };
}
