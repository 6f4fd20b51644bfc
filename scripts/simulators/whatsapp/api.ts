import { type Answer, type Call, jsonBody } from '../serve.ts';
import { type Refusal, refusalAnswer } from './errors.ts';
import type { RequestFault } from './faults.ts';
import { mediaDigest, sampleMedia } from './media.ts';
import type { TokenedAccount, WhatsAppNetwork } from './network.ts';
import { digitsOf, newMessageId } from './people.ts';
import { policyRefusal } from './policy.ts';
import { readRequest, refusalOf, type SendRequest, sendRequest } from './requests.ts';

const typingMs = 25_000;
const hangMs = 120_000;

/**
 * The Graph API as the desk sees it: `POST /v26.0/{phone_number_id}/messages`, `GET /v26.0/{media_id}` and the
 * download that the latter names. Order of judgement: planned faults, path, token, body, Meta's limits.
 */
export class WhatsAppApi {
    readonly #network: WhatsAppNetwork;

    constructor(network: WhatsAppNetwork) {
        this.#network = network;
    }

    async handle(call: Call, baseUrl: string): Promise<Answer | undefined> {
        const [version = '', object = '', edge, ...rest] = call.path.slice(1).split('/');
        if (version === 'media' && object !== '' && edge === undefined) return this.#download(call, object);
        const known = /^v\d{1,2}\.\d$/.test(version) && object !== '' && rest.length === 0;
        if (!known || (edge !== undefined && edge !== 'messages')) {
            return refusalAnswer({ code: 2500, message: `Unknown path components: ${call.path}` });
        }
        if (edge === undefined && call.method === 'GET') return this.#media(call, object, baseUrl);
        if (edge === undefined || call.method !== 'POST') {
            const message = 'Unsupported request method.';
            return refusalAnswer({ code: 100, type: 'GraphMethodException', message });
        }
        const body = jsonBody(call);
        return field(body, 'status') === undefined
            ? this.#send(call, object, body)
            : this.#read(call, object, body);
    }

    async #send(call: Call, accountId: string, body: unknown): Promise<Answer | undefined> {
        const address = field(body, 'to') ?? field(body, 'recipient');
        const fault = this.#network.faults.strikeRequest('send', this.#addressesOf(address));
        const about = { to: address, body };
        const struck = await this.#strike(fault, call, about);
        if (struck !== undefined) return struck.answer;

        const account = this.#authorise(call, accountId);
        if ('code' in account) return this.#refuse(account, about);
        const parsed = sendRequest.safeParse(withType(body), { reportInput: true });
        if (!parsed.success) return this.#refuse(refusalOf(parsed.error), about);
        const request = parsed.data;
        if (request.to === undefined && request.recipient === undefined) {
            return this.#refuse({ code: 100, message: '(#100) The parameter to is required.' }, about);
        }
        if (request.to !== undefined && digitsOf(request.to) === account.displayPhoneNumber) {
            return this.#refuse({ code: 131021 }, about);
        }
        // `to` wins when both are given.
        const person = this.#network.people.add(
            request.to === undefined ? { userId: request.recipient ?? '' } : { phone: request.to },
        );
        const chat = this.#network.chats.between(person, accountId);
        const refusal = policyRefusal(this.#network.settings, chat, request, Date.now());
        if (refusal !== undefined && !refusal.later) return this.#refuse(refusal, about);

        const id = newMessageId();
        this.#network.accept({ chat, account, request, id }, fault, refusal?.code);
        if (fault?.line === 'after') return cut(call);
        if (fault?.line === 'hang') {
            const giveUp = () => void cut(call);
            const forget = this.#network.timers.later(hangMs, giveUp, () => undefined);
            call.response.once('close', forget);
            return undefined;
        }
        const messages = fault?.omit_id ? [] : [sentMessage(id, request)];
        return {
            status: 200,
            json: { messaging_product: 'whatsapp', contacts: [contactOf(request)], messages },
        };
    }

    async #read(call: Call, accountId: string, body: unknown): Promise<Answer | undefined> {
        const id = field(body, 'message_id');
        const found = id === undefined ? undefined : this.#network.chats.find(id);
        const person = found?.chat.person;
        const fault = this.#network.faults.strikeRequest('read', [person?.phone, person?.userId]);
        const struck = await this.#strike(fault, call, { body });
        if (struck !== undefined) return struck.answer;
        const account = this.#authorise(call, accountId);
        if ('code' in account) return this.#refuse(account, { body });
        const parsed = readRequest.safeParse(body, { reportInput: true });
        if (!parsed.success) return this.#refuse(refusalOf(parsed.error), { body });

        const typing = parsed.data.typing_indicator !== undefined;
        // A message may have reached the desk without this simulator: Meta knows it, so it counts as known here.
        if (found !== undefined) {
            const upTo = found.chat.items.indexOf(found.item);
            for (const item of found.chat.items.slice(0, upTo + 1)) {
                if (item.from === 'customer') item.ticks = 'read';
            }
            if (typing) found.chat.typingUntil = Date.now() + typingMs;
        }
        const who = found === undefined ? {} : this.#network.who(found.chat);
        this.#network.events.add('read', { id, typing, ...who });
        return { status: 200, json: { success: true } };
    }

    async #media(call: Call, mediaId: string, baseUrl: string): Promise<Answer | undefined> {
        const refused = await this.#guardMedia(call, mediaId);
        if (refused !== undefined) return refused.answer;
        const mimeType = this.#network.mimeTypes.get(mediaId) ?? 'application/octet-stream';
        return {
            status: 200,
            json: {
                url: `${baseUrl}/media/${mediaId}`,
                mime_type: mimeType,
                sha256: mediaDigest(mimeType, 'hex'),
                file_size: sampleMedia(mimeType).length,
                id: mediaId,
                messaging_product: 'whatsapp',
            },
        };
    }

    async #download(call: Call, mediaId: string): Promise<Answer | undefined> {
        const refused = await this.#guardMedia(call, mediaId);
        if (refused !== undefined) return refused.answer;
        const mimeType = this.#network.mimeTypes.get(mediaId) ?? 'application/octet-stream';
        return { status: 200, body: sampleMedia(mimeType), headers: { 'content-type': mimeType } };
    }

    async #guardMedia(call: Call, mediaId: string): Promise<{ answer: Answer | undefined } | undefined> {
        const struck = await this.#strike(this.#network.faults.strikeRequest('media', []), call, {
            media: mediaId,
        });
        if (struck !== undefined) return struck;
        if (this.#tokensAccounts(call).length === 0)
            return { answer: this.#refuse({ code: 190 }, { media: mediaId }) };
        if (!this.#network.mimeTypes.has(mediaId)) return { answer: this.#refuse(noSuchObject(mediaId), {}) };
        this.#network.events.add('media', { media: mediaId, path: call.path });
        return undefined;
    }

    /** What a planned fault does before anything is accepted; `undefined`: go on. */
    async #strike(
        fault: RequestFault | undefined,
        call: Call,
        about: Record<string, unknown>,
    ): Promise<{ answer: Answer | undefined } | undefined> {
        await this.#network.timers.pause(this.#network.settings.answer_delay_ms + (fault?.delay_ms ?? 0));
        if (fault?.line === 'before') {
            this.#network.events.add('cut', about);
            return { answer: cut(call) };
        }
        if (fault?.fail !== undefined) {
            const { http_status, retry_after_s, ...rest } = fault.fail;
            return {
                answer: this.#refuse(
                    { ...rest, httpStatus: http_status, retryAfterSec: retry_after_s },
                    about,
                ),
            };
        }
        if (fault?.answer !== undefined) {
            const { status, body, type } = fault.answer;
            this.#network.events.add('refused', { ...about, http_status: status });
            return { answer: { status, body, headers: { 'content-type': type } } };
        }
        return undefined;
    }

    #refuse(refusal: Refusal, about: Record<string, unknown>): Answer {
        const answer = refusalAnswer(refusal);
        this.#network.events.add('refused', { ...about, http_status: answer.status, code: refusal.code });
        return answer;
    }

    #authorise(call: Call, accountId: string): TokenedAccount | Refusal {
        const accounts = this.#tokensAccounts(call);
        if (accounts.length === 0) return { code: 190 };
        return accounts.find(({ phoneNumberId }) => phoneNumberId === accountId) ?? noSuchObject(accountId);
    }

    #tokensAccounts(call: Call): TokenedAccount[] {
        const token = /^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1];
        return [...this.#network.accounts.values()].filter((account) => account.token === token);
    }

    #addressesOf(address: string | undefined): (string | undefined)[] {
        if (address === undefined) return [];
        const person = this.#network.people.find(address);
        return [address, digitsOf(address), person?.phone, person?.userId];
    }
}

/** Cuts the connection: the caller sees a reset, whatever was done before. */
function cut(call: Call): undefined {
    call.response.destroy();
    return undefined;
}

function field(body: unknown, name: string): string | undefined {
    const value =
        typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
    return typeof value === 'string' ? value : undefined;
}

/** Without a type Meta takes a message for text. */
function withType(body: unknown): unknown {
    return typeof body === 'object' && body !== null ? { type: 'text', ...body } : body;
}

function contactOf(request: SendRequest): Record<string, unknown> {
    if (request.to === undefined) return { input: request.recipient, user_id: request.recipient };
    return { input: request.to, wa_id: digitsOf(request.to) };
}

function sentMessage(id: string, request: SendRequest): Record<string, unknown> {
    return request.type === 'template' ? { id, message_status: 'accepted' } : { id };
}

function noSuchObject(id: string): Refusal {
    return {
        code: 100,
        subcode: 33,
        type: 'GraphMethodException',
        message: `Unsupported post request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    };
}
