import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { withEnvFile } from './local/local-env.ts';
import { inProject } from './local/paths.ts';
import { readPorts } from './local/ports.ts';
import { SimulatorControl, SimulatorsUnreachable, type Told } from './simulators/control-client.ts';
import { type Bubble, bubblesOf } from './simulators/web/chat-view.ts';

const usage = `Writes to the running desk as a customer, by a signed webhook, and prints the replies.

  npm run say -- "Hi, a ski lesson tomorrow at 10?"
  npm run say -- --choose 2                  tap the second button or row of the last reply
  npm run say -- --payload tests/fixtures/whatsapp/image.json

  --from +41790000001   who writes (phone, or WhatsApp user id)
  --name "Ana Lima"     the name on the profile
  --wait 15             how many seconds to wait for the first reply`;

const options = {
    from: { type: 'string', default: '+41790000001' },
    name: { type: 'string' },
    choose: { type: 'string' },
    payload: { type: 'string' },
    wait: { type: 'string', default: '15' },
    help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The little that has to be understood of a payload to know whose replies to print. */
const sendersIn = z.object({
    entry: z.array(
        z.object({
            changes: z.array(
                z.object({
                    value: z.object({
                        messages: z
                            .array(
                                z.object({
                                    from: z.string().optional(),
                                    from_user_id: z.string().optional(),
                                }),
                            )
                            .default([]),
                    }),
                }),
            ),
        }),
    ),
});

/** A reply may be followed by another; this much silence ends the wait. */
const silenceMs = 1500;

/** `npm run say`: one message of a customer, and what the desk answers to it. */
export default async function main(args: string[]): Promise<void> {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const text = positionals.join(' ').trim();
    const given = [text, values.choose, values.payload].filter((part) => part !== undefined && part !== '');
    if (values.help || given.length !== 1) {
        console.log(usage);
        if (!values.help) process.exitCode = 1;
        return;
    }
    const waitMs = seconds(values.wait) * 1000;
    const ports = readPorts(withEnvFile(inProject('.env'), process.env));
    const control = new SimulatorControl(`http://127.0.0.1:${ports.vendors}`);
    try {
        const { last_seq: before } = await control.log({ after: Number.MAX_SAFE_INTEGER });
        if (values.payload !== undefined) {
            const senders = await sendPayload(control, values.payload);
            if (senders.length > 0)
                await printReplies(control, { after: before, waitMs, customers: senders });
            return;
        }
        const taken =
            values.choose === undefined
                ? await control.sendText(values.from, text, values.name)
                : await tap(control, values.from, values.choose);
        report(taken);
        await printReplies(control, { after: before, waitMs, customers: [values.from] });
    } catch (error) {
        if (!(error instanceof SimulatorsUnreachable)) throw error;
        throw new Error(
            `The desk is not running (nothing listens on port ${ports.vendors}). Start it with: npm start`,
        );
    }
}

function seconds(text: string): number {
    const value = Number(text);
    if (!(value > 0 && value <= 600)) throw new Error('--wait takes a number of seconds, up to 600.');
    return value;
}

/** Taps the nth button or row of the last message that had any. */
async function tap(control: SimulatorControl, from: string, nth: string): Promise<Told> {
    const chat = await control.chat(from).catch((error) => {
        if (error instanceof SimulatorsUnreachable) throw error;
        throw new Error(`${from} has not written yet: there is nothing to choose from.`);
    });
    const last = bubblesOf(chat).findLast((bubble) => choicesOf(bubble).length > 0);
    const choices = last === undefined ? [] : choicesOf(last);
    const choice = choices[Number(nth) - 1];
    if (last === undefined || choice === undefined) {
        const what =
            choices.length === 0 ? 'no reply had buttons yet' : `the last reply has 1 to ${choices.length}`;
        throw new Error(`There is no choice ${nth}: ${what}.`);
    }
    console.log(`You tap: ${choice.title}`);
    const kind = last.list === undefined ? 'button_reply' : 'list_reply';
    return control.send(from, { kind, ...choice, reply_to: last.id });
}

/** Posts the file signed, as it is; returns who may be answered: everybody whose message is in it. */
async function sendPayload(control: SimulatorControl, path: string): Promise<string[]> {
    // npm moves to the repository's root; the path was typed where the person stands.
    const json = await readFile(resolve(process.env.INIT_CWD ?? '.', path), 'utf8').catch(() => {
        throw new Error(`Cannot read ${path}.`);
    });
    let payload: unknown;
    try {
        payload = JSON.parse(json);
    } catch (error) {
        throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
    }
    const told = await control.sendRaw(payload);
    const answer = JSON.stringify(told.body ?? told.error);
    console.log(`The desk answered ${told.http_status ?? 'nothing'}: ${answer}`);
    const changes = sendersIn.safeParse(payload).data?.entry.flatMap((entry) => entry.changes) ?? [];
    const messages = changes.flatMap(({ value }) => value.messages);
    return messages.flatMap(({ from, from_user_id }) =>
        [from, from_user_id].filter((id) => id !== undefined),
    );
}

function report({ http_status: status, body, error }: Told): void {
    if (status === 200) return;
    if (status === undefined)
        throw new Error(`The desk could not be reached (${error}). Is npm start still running?`);
    throw new Error(`The desk answered ${status}: ${JSON.stringify(body)}`);
}

/** Prints what the desk sends, as it arrives, until it has said all it has to say. */
async function printReplies(
    control: SimulatorControl,
    { after, waitMs, customers }: { after: number; waitMs: number; customers: string[] },
): Promise<void> {
    const deadline = Date.now() + waitMs;
    const addresses = new Set(customers.flatMap((address) => [address, address.replace(/\D/g, '')]));
    const printed = new Set<string>();
    let quietSince = Date.now();
    let seq = after;
    for (;;) {
        const left = printed.size > 0 ? quietSince + silenceMs - Date.now() : deadline - Date.now();
        const types = ['send', 'refused'];
        const news = await control.log({ after: seq, waitMs: Math.max(0, left), types });
        seq = news.last_seq;
        const mine = news.entries.filter(({ customer, phone, to }) =>
            [customer, phone, to].some((address) => addresses.has(String(address))),
        );
        for (const entry of mine) {
            if (entry.type === 'refused') {
                console.log(`WhatsApp refused a message of the desk (${entry.code ?? entry.http_status}).`);
                continue;
            }
            printed.add(String(entry.id));
            quietSince = Date.now();
            const chat = await control.chat(String(entry.customer), String(entry.account));
            const bubble = bubblesOf(chat).find(({ id }) => id === entry.id);
            if (bubble !== undefined) print(bubble);
        }
        if (Date.now() >= (printed.size > 0 ? quietSince + silenceMs : deadline)) break;
    }
    if (printed.size === 0) {
        console.log(
            `No reply within ${waitMs / 1000} s. When a person has the conversation the desk is silent: the customer ` +
                'simulator shows who has it, and the README how to give it back. --from writes as somebody else.',
        );
    }
}

function print(bubble: Bubble): void {
    console.log(`\n${bubble.text}`);
    for (const [at, { title, description }] of choicesOf(bubble).entries()) {
        console.log(`  ${at + 1}. ${title}${description === undefined ? '' : ` (${description})`}`);
    }
}

function choicesOf(bubble: Bubble): { id: string; title: string; description?: string }[] {
    return bubble.buttons ?? bubble.list?.rows ?? [];
}
