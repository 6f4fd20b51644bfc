import { createHmac } from 'node:crypto';
import { type CustomerMessage, wireMessage } from './customer-messages.ts';

/** A business number as Meta names it; `phoneNumberId` is what the desk routes by. */
export interface Account {
    phoneNumberId: string;
    displayPhoneNumber: string;
    wabaId: string;
}

/**
 * A person on WhatsApp. `phone` is digits without `+`; somebody with a username may hide it, and then Meta
 * leaves `from` and `wa_id` out altogether instead of sending them empty.
 */
export interface Person {
    userId: string;
    parentUserId?: string | undefined;
    phone?: string | undefined;
    name?: string | undefined;
    username?: string | undefined;
}

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface StatusEvent {
    id: string;
    status: DeliveryStatus;
    at: Date;
    to: Person;
    /** What the send named: a BSUID send to somebody who hides the phone is reported without it. */
    addressedBy: 'phone' | 'user_id';
    callbackData?: string | undefined;
    error?: { code: number; title: string; details: string } | undefined;
}

type Json = Record<string, unknown>;

/** One `changes[].value`, the unit that can be batched. */
export type Value = Json;

/** Seconds since 1970 as a string: how Meta writes every time in a webhook. */
export const unixSeconds = (at: Date): string => String(Math.floor(at.getTime() / 1000));

function metadata(account: Account): Json {
    return { display_phone_number: account.displayPhoneNumber, phone_number_id: account.phoneNumberId };
}

function contactOf(person: Person): Json {
    return {
        profile: {
            ...(person.name === undefined ? {} : { name: person.name }),
            ...(person.username === undefined ? {} : { username: person.username }),
        },
        ...(person.phone === undefined ? {} : { wa_id: person.phone }),
        user_id: person.userId,
        ...(person.parentUserId === undefined ? {} : { parent_user_id: person.parentUserId }),
    };
}

/** The value that carries one message of a customer to a business number. */
export function messageValue(
    account: Account,
    from: Person,
    message: CustomerMessage,
    sent: { id: string; at: Date },
): Value {
    const body = wireMessage(message, account);
    const isSystem = body.type === 'system';
    return {
        messaging_product: 'whatsapp',
        metadata: metadata(account),
        ...(isSystem ? {} : { contacts: [contactOf(from)] }),
        messages: [
            {
                ...(from.phone === undefined ? {} : { from: from.phone }),
                ...(isSystem ? {} : { from_user_id: from.userId }),
                ...(isSystem || from.parentUserId === undefined
                    ? {}
                    : { from_parent_user_id: from.parentUserId }),
                id: sent.id,
                timestamp: unixSeconds(sent.at),
                ...body,
            },
        ],
    };
}

/** The value that reports what became of one message of the business. */
export function statusValue(account: Account, event: StatusEvent): Value {
    const failed = event.status === 'failed';
    const showsPhone = event.to.phone !== undefined && event.addressedBy === 'phone';
    return {
        messaging_product: 'whatsapp',
        metadata: metadata(account),
        ...(failed ? {} : { contacts: [contactOf({ ...event.to, username: undefined })] }),
        statuses: [
            {
                id: event.id,
                status: event.status,
                timestamp: unixSeconds(event.at),
                ...(showsPhone ? { recipient_id: event.to.phone } : {}),
                // Meta leaves the user id out of a failure that was addressed to a phone.
                ...(failed && showsPhone ? {} : { recipient_user_id: event.to.userId }),
                ...(event.callbackData === undefined ? {} : { biz_opaque_callback_data: event.callbackData }),
                ...(failed ? { errors: [statusError(event)] } : { pricing }),
            },
        ],
    };
}

const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' };

function statusError(event: StatusEvent): Json {
    const { code, title, details } = event.error ?? {
        code: 131026,
        title: 'Message undeliverable',
        details: 'Message Undeliverable.',
    };
    return {
        code,
        title,
        message: title,
        error_data: { details },
        href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
    };
}

/** Wraps values of one WhatsApp Business Account; several make a batch in one entry. */
export function envelope(wabaId: string, values: Value[]): Json {
    return {
        object: 'whatsapp_business_account',
        entry: [{ id: wabaId, changes: values.map((value) => ({ field: 'messages', value })) }],
    };
}

/**
 * The bytes as Meta sends and signs them: unicode escaped with lowercase hex, slashes escaped. A desk that
 * parses and prints the body again before it checks the signature passes in ASCII and fails on "é".
 */
export function encodeAsMeta(payload: unknown): string {
    return JSON.stringify(payload)
        .replace(/\//g, '\\/')
        .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The `X-Hub-Signature-256` of these exact bytes. */
export function sign(rawBody: string | Buffer, appSecret: string): string {
    return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`;
}
