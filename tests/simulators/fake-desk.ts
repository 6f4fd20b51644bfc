import { jsonBody, serve } from '../../scripts/simulators/serve.ts';

export interface Received {
    raw: string;
    signature: string | undefined;
    payload: unknown;
}

/** A desk that only takes webhooks, answering with the given statuses in turn and then with 200. */
export async function startFakeDesk(answers: number[] = []) {
    const received: Received[] = [];
    const server = await serve(
        async (call) => {
            received.push({
                raw: call.body.toString('latin1'),
                signature: call.headers['x-hub-signature-256']?.toString(),
                payload: jsonBody(call),
            });
            return { status: answers.shift() ?? 200, json: { conversation_id: 'c1' } };
        },
        { port: 0, onError: (error) => ({ status: 500, body: String(error) }) },
    );
    return { url: `${server.url}/inbound/whatsapp`, received, stop: server.stop };
}

type Change = { value: { statuses?: Record<string, unknown>[]; messages?: Record<string, unknown>[] } };

/** All `statuses[]` or `messages[]` elements of what was received, in order of arrival. */
export function elements(received: Received[], list: 'statuses' | 'messages'): Record<string, unknown>[] {
    return received.flatMap(({ payload }) =>
        (payload as { entry: { changes: Change[] }[] }).entry.flatMap((entry) =>
            entry.changes.flatMap(({ value }) => value[list] ?? []),
        ),
    );
}
