import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatorControl } from '../control-client.ts';
import { bubblesOf } from './chat-view.ts';
import type { DeskReader } from './desk-state.ts';

export interface StreamSources {
    control: SimulatorControl;
    desk: DeskReader;
    log: (line: string) => void;
}

/** How often the desk's tables are looked at while a page is open. */
const deskEveryMs = 400;
/** A burst of events is drawn once. */
const phoneEveryMs = 60;
const longPollMs = 20_000;
const afterTroubleMs = 1000;

type Send = (event: string, data: unknown) => void;

/**
 * Server-sent events for one open page: `chat` and `people` as soon as something happens on the phones,
 * `desk` when the stored state has changed, `trouble` when either source does not answer. Ends with the page.
 */
export async function streamChat(
    response: ServerResponse,
    address: string,
    sources: StreamSources,
): Promise<void> {
    const closed = new AbortController();
    response.on('close', () => closed.abort());
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const lastSent = new Map<string, string>();
    const send: Send = (event, data) => {
        const json = JSON.stringify(data);
        if (closed.signal.aborted || lastSent.get(event) === json) return;
        lastSent.set(event, json);
        response.write(`event: ${event}\ndata: ${json}\n\n`);
    };
    await Promise.all([
        keepTrying(() => followPhone(sources.control, address, send, closed.signal)),
        keepTrying(() => followDesk(sources, address, send, closed.signal)),
    ]);

    async function keepTrying(follow: () => Promise<void>): Promise<void> {
        while (!closed.signal.aborted) {
            try {
                await follow();
            } catch (error) {
                if (closed.signal.aborted) return;
                sources.log(`simulator page: ${error instanceof Error ? error.message : String(error)}`);
                send('trouble', { message: 'The desk does not answer. Trying again.', at: Date.now() });
                // What comes after the trouble is news even when it looks like before.
                lastSent.clear();
                await pause(afterTroubleMs, closed.signal);
            }
        }
    }
}

async function followPhone(
    control: SimulatorControl,
    address: string,
    send: Send,
    signal: AbortSignal,
): Promise<void> {
    let after = (await control.log({ after: Number.MAX_SAFE_INTEGER })).last_seq;
    while (!signal.aborted) {
        const chat = await control.chat(address);
        send('chat', { person: chat.person, bubbles: bubblesOf(chat), typing_until: chat.typing_until });
        send('people', await control.people());
        after = (await control.log({ after, waitMs: longPollMs, signal })).last_seq;
        await pause(phoneEveryMs, signal);
    }
}

async function followDesk(
    { control, desk }: StreamSources,
    address: string,
    send: Send,
    signal: AbortSignal,
): Promise<void> {
    while (!signal.aborted) {
        // Asked again each time: somebody's number may have changed.
        const { person, account } = await control.chat(address);
        const addresses = [person.userId, ...(person.phone === undefined ? [] : [`+${person.phone}`])];
        send('desk', await desk.stateOf(account, addresses));
        await pause(deskEveryMs, signal);
    }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    sleep(ms, undefined, { signal }).catch(() => undefined);
