import type { FaultRule } from '../../../scripts/simulators/whatsapp/faults.ts';
import { type Customer, choicesOf } from '../../e2e/customer.ts';
import { Dice } from './dice.ts';
import type { Lab } from './lab.ts';
import type { Act, Moment } from './plans.ts';
import { Scenario } from './scenario.ts';

/** What customers say when nobody has written them a script. */
const words = [
    'Hello',
    'How much is a snowboard lesson?',
    'A private ski lesson (1 hour) tomorrow at 10, please',
    'A snowboard lesson the day after tomorrow in the morning?',
    'Kids ski lesson on Saturday at 11?',
    'yes',
    'no',
    'What have I booked?',
    'Please cancel my lesson',
    'Can we move it to 14:00?',
    'two people',
    'asdf qwer',
    '🙂',
];

const steps = [
    'receive_messages',
    'claim_turns',
    'get_turn_context',
    'find_free_slots',
    'finish_turn',
    'fail_job',
    'claim_deliveries',
    'finish_delivery',
    'refuse_delivery',
    'rest_worker',
    'webhook',
    'bell:reply',
    'bell:deliver',
    'mark_read',
];

type RequestRule = Extract<FaultRule, { on: 'send' | 'read' | 'media' }>;

const sendFaults: Omit<RequestRule, 'on' | 'to'>[] = [
    { fail: { code: 131000 } },
    { fail: { code: 130429 } },
    { fail: { code: 131056 } },
    { fail: { code: 131047 } },
    { fail: { code: 190 } },
    { line: 'before' },
    { line: 'after' },
    { omit_id: true },
    { answer: { status: 502, body: '<html>' } },
    { delay_ms: 300 },
    { statuses: ['read', 'sent', 'delivered'] },
    { statuses: ['sent', 'failed', 'delivered'] },
];

const webhookFaults = [
    { duplicate: 4 },
    { delay_ms: 200 },
    { hold: { count: 3, release: 'reverse' }, hold_ms: 200 },
    { hold: { count: 3, release: 'batch' }, hold_ms: 200 },
] as const;

export interface RandomOptions {
    seed: number;
    steps: number;
    customers: number;
    /** Stops early, between two steps. */
    until?: number;
}

type Play = { lab: Lab; s: Scenario; dice: Dice; people: Customer[]; told: string[] };

/**
 * A town of customers who write whatever comes to their mind, an owner who meddles, and something that breaks
 * every other moment; in the end everything is healed and every invariant asked. The seed decides who does what
 * and what breaks when; which of two racing parts is first is still up to the machine.
 */
export async function playRandomly(
    lab: Lab,
    options: RandomOptions,
): Promise<{ steps: number; messages: number }> {
    const s = await Scenario.open(lab);
    const dice = new Dice(options.seed);
    const people = Array.from({ length: options.customers }, (_, index) => s.customer(`Person ${index}`));
    const play: Play = { lab, s, dice, people, told: [] };
    try {
        await s.rows(
            `update public.businesses set customer_messages_per_hour = 100000, messages_per_hour = 1000000 where id = $1`,
        );
        let done = 0;
        while (done < options.steps && Date.now() < (options.until ?? Number.POSITIVE_INFINITY)) {
            const [name, doing] = dice.weighted(deeds);
            play.told.push(`${done} ${name}`);
            await doing(play);
            await new Promise((next) => setTimeout(next, dice.between(0, 60)));
            done += 1;
        }
        await s.control.clearFaults();
        await s.stands();
        const [row] = await s.rows<{ messages: number }>(
            'select count(*)::int as messages from public.messages where business_id = $1',
        );
        return { steps: done, messages: row?.messages ?? 0 };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(
            `Seed ${options.seed} (${options.steps} steps, ${options.customers} customers): ${reason}\n${play.told.slice(-40).join('\n')}`,
            { cause: error },
        );
    } finally {
        s.wire.heal();
        await s.close();
    }
}

type Deed = readonly [string, (play: Play) => Promise<void>];

const deeds: readonly (readonly [number, Deed])[] = [
    [50, ['somebody writes', somebodyWrites]],
    [18, ['somebody taps', somebodyTaps]],
    [3, ['a person takes over or gives back', somebodyDecides]],
    [3, ['the owner writes', ownerWrites]],
    [12, ['the wire breaks', wireBreaks]],
    [6, ['a send fails', sendFails]],
    [5, ['webhooks go astray', webhooksGoAstray]],
    [3, ['a lease runs out under its worker', leasesRunOut]],
    [1.2, ['the functions are killed', ({ lab }) => lab.kill('functions')]],
    [0.5, ['the functions end in good order', ({ lab }) => lab.kill('functions', 'SIGTERM')]],
    [0.6, ['PostgREST is killed', ({ lab }) => lab.kill('postgrest')]],
    [0.4, ['Postgres crashes', ({ lab }) => lab.kill('postgres', 'SIGQUIT')]],
    [1, ['every caller is thrown out', everybodyOut]],
];

async function somebodyWrites({ s, dice, people }: Play): Promise<void> {
    const person = dice.pick(people);
    const times = dice.weighted([
        [8, 1],
        [2, 3],
    ]);
    for (let time = 0; time < times; time++) s.writes(person, dice.pick(words));
}

async function somebodyTaps({ s, dice, people }: Play): Promise<void> {
    const person = dice.pick(people);
    const which = dice.roll();
    const chat = await person.chat().catch(() => []);
    const reply = chat.filter((bubble) => bubble.from === 'business' && choicesOf(bubble).length > 0).at(-1);
    if (reply === undefined) return;
    const choices = choicesOf(reply);
    const choice = choices[Math.floor(which * choices.length)];
    const kind = reply.list === undefined ? 'button_reply' : 'list_reply';
    if (choice) s.writes(person, { kind, ...choice, reply_to: reply.id });
}

async function somebodyDecides({ s, dice, people }: Play): Promise<void> {
    const mode = dice.weighted([
        [4, 'human'],
        [5, 'ai'],
        [1, 'paused'],
    ] as const);
    await s.setMode(dice.pick(people), mode).catch(() => {});
}

async function ownerWrites({ s, dice, people }: Play): Promise<void> {
    await s.ownerWrites(dice.pick(people), 'Heidi here!').catch(() => {});
}

async function wireBreaks({ s, dice }: Play): Promise<void> {
    const step = dice.pick(steps);
    const [moment, act] = dice.pick([
        ['before', 'cut'],
        ['before', 'refuse'],
        ['before', 'repeat'],
        ['before', 300],
        ['after', 'cut'],
        ['after', 'refuse'],
        ['after', 300],
    ] as [Moment, Act][]);
    s.wire.plan(step, moment, act, { times: dice.between(1, 3) });
}

async function sendFails({ s, dice, people }: Play): Promise<void> {
    await s.control.fault({ on: 'send', to: dice.pick(people).address, ...dice.pick(sendFaults) });
}

async function webhooksGoAstray({ s, dice, people }: Play): Promise<void> {
    const on = dice.pick(['message_webhook', 'status_webhook'] as const);
    await s.control.fault({ on, to: dice.pick(people).address, ...dice.pick(webhookFaults) });
}

async function leasesRunOut({ s }: Play): Promise<void> {
    await s
        .rows("update private.jobs set leased_until = now() where business_id = $1 and state = 'running'")
        .catch(() => {});
}

async function everybodyOut({ lab }: Play): Promise<void> {
    await lab.pool
        .query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'authenticator'`)
        .catch(() => {});
}
