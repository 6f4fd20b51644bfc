import { z } from 'zod';
import { type Answer, type Call, jsonBody } from '../serve.ts';
import { customerMessage } from './customer-messages.ts';
import { faultRule } from './faults.ts';
import type { WhatsAppNetwork } from './network.ts';
import { settingsShape } from './policy.ts';

const personShape = z.strictObject({
    phone: z
        .string()
        .regex(/^\+?[\d\s()-]{7,20}$/)
        .optional(),
    user_id: z
        .string()
        .regex(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/)
        .optional(),
    name: z.string().min(1).max(100).optional(),
    username: z.string().min(1).max(60).optional(),
});

const messageShape = z.strictObject({
    /** Phone or user id; somebody unknown is met on the way when it is a phone. */
    from: z.string().min(1),
    name: z.string().min(1).max(100).optional(),
    account: z.string().optional(),
    message: customerMessage,
    /** When the customer wrote, for messages that come late. */
    sent_at: z.iso.datetime({ offset: true }).optional(),
    /** To send the very same message again. */
    id: z.string().startsWith('wamid.').optional(),
});

const accountShape = z.strictObject({
    phone_number_id: z.string().regex(/^\d+$/),
    display_phone_number: z.string().regex(/^\d+$/),
    waba_id: z.string().regex(/^\d+$/),
    token: z.string().min(1),
});

const maxWaitMs = 60_000;

/** `/_control/whatsapp/…`: what tests, `npm run say` and the simulator page use; Meta has nothing like it. */
export async function whatsappControl(network: WhatsAppNetwork, call: Call, what: string): Promise<Answer> {
    const route = `${call.method} ${what}`;
    switch (route) {
        case 'GET settings':
            return { status: 200, json: network.settings };
        case 'PATCH settings':
            network.settings = { ...network.settings, ...settingsShape.partial().parse(jsonBody(call)) };
            return { status: 200, json: network.settings };
        case 'GET faults':
            return { status: 200, json: network.faults.list() };
        case 'POST faults':
            return { status: 201, json: { id: network.faults.add(faultRule.parse(jsonBody(call))) } };
        case 'DELETE faults':
            network.faults.clear();
            return { status: 200, json: [] };
        case 'GET log':
            return log(network, call);
        case 'GET chat':
            return chat(network, call);
        case 'GET people':
            return { status: 200, json: peopleWithLastMessage(network) };
        case 'POST people': {
            const { user_id, ...rest } = personShape.parse(jsonBody(call));
            return { status: 201, json: network.people.add({ userId: user_id, ...rest }) };
        }
        case 'POST messages':
            return message(network, call);
        case 'POST raw':
            return { status: 200, json: await network.customerSendsRaw(jsonBody(call)) };
        case 'POST accounts': {
            const given = z.array(accountShape).parse(jsonBody(call));
            for (const account of given) {
                network.accounts.set(account.phone_number_id, {
                    phoneNumberId: account.phone_number_id,
                    displayPhoneNumber: account.display_phone_number,
                    wabaId: account.waba_id,
                    token: account.token,
                });
            }
            return { status: 201, json: { accounts: network.accounts.size } };
        }
        case 'POST reset':
            network.reset();
            return { status: 200, json: { reset: true } };
        default:
            return { status: 404, json: { error: `no control "${route}"` } };
    }
}

/** Everybody, whoever wrote or was written to last first. */
function peopleWithLastMessage(network: WhatsAppNetwork): object[] {
    return network.people
        .list()
        .map((person) => ({ ...person, last_at: network.chats.lastAt(person) }))
        .sort((one, other) => (other.last_at ?? '').localeCompare(one.last_at ?? ''));
}

/** `?after=<seq>&wait_ms=<n>&type=send,status&customer=<phone or user id>`: entries, oldest first. */
async function log(network: WhatsAppNetwork, call: Call): Promise<Answer> {
    const after = Number(call.query.get('after') ?? 0);
    const waitMs = Math.min(Number(call.query.get('wait_ms') ?? 0), maxWaitMs);
    const types = call.query.get('type')?.split(',');
    const customer = call.query.get('customer');
    const digits = customer?.replace(/\D/g, '');
    const { entries, lastSeq } = await network.events.next(after, waitMs, (entry) => {
        if (types !== undefined && !types.includes(entry.type)) return false;
        return customer === null || entry.customer === customer || entry.phone === digits;
    });
    return { status: 200, json: { entries, last_seq: lastSeq } };
}

/** `?with=<phone or user id>[&account=…]`: the chat as the phone shows it. */
function chat(network: WhatsAppNetwork, call: Call): Answer {
    const person = network.people.find(call.query.get('with') ?? '');
    if (person === undefined) return { status: 404, json: { error: 'nobody has this address' } };
    const accountId = call.query.get('account') ?? network.accounts.keys().next().value ?? '';
    const { items, typingUntil } = network.chats.between(person, accountId);
    return { status: 200, json: { person, account: accountId, items, typing_until: typingUntil } };
}

async function message(network: WhatsAppNetwork, call: Call): Promise<Answer> {
    const given = messageShape.parse(jsonBody(call));
    const known = network.people.find(given.from);
    if (known === undefined && !/^\+?[\d\s()-]{7,20}$/.test(given.from)) {
        return { status: 404, json: { error: 'nobody has this address' } };
    }
    const person = network.people.add({
        ...(known === undefined ? { phone: given.from } : { userId: known.userId }),
        name: given.name,
    });
    const sent = await network.customerSends(person, given.message, {
        accountId: given.account,
        at: given.sent_at === undefined ? undefined : new Date(given.sent_at),
        id: given.id,
    });
    return {
        status: 200,
        json: {
            id: sent.id,
            http_status: sent.delivery.httpStatus,
            body: sent.delivery.body,
            error: sent.delivery.error,
        },
    };
}
