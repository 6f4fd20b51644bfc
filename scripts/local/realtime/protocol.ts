/** A Phoenix message as realtime-js speaks it (vsn 2.0.0): a JSON array of five, or a binary broadcast. */
export interface Message {
    joinRef: string | null;
    ref: string | null;
    topic: string;
    event: string;
    payload: Record<string, unknown>;
}

const binaryPush = 3;
const binaryBroadcast = 4;
const rawBytes = 0;

/** Reads a frame; undefined when it is none of ours. */
export function decodeFrame(data: Buffer, isBinary: boolean): Message | undefined {
    return isBinary ? decodeBinaryPush(data) : decodeText(data.toString('utf8'));
}

function decodeText(text: string): Message | undefined {
    let parts: unknown;
    try {
        parts = JSON.parse(text);
    } catch {
        return undefined;
    }
    if (!Array.isArray(parts) || typeof parts[2] !== 'string' || typeof parts[3] !== 'string') {
        return undefined;
    }
    const [joinRef, ref, topic, event, payload] = parts;
    return { joinRef, ref, topic, event, payload: payload ?? {} };
}

/** `[3, lengths of join ref, ref, topic, event and meta, encoding]`, those strings, then the payload. */
function decodeBinaryPush(data: Buffer): Message | undefined {
    if (data.length < 7 || data[0] !== binaryPush) {
        return undefined;
    }
    let offset = 7;
    const [joinRef, ref, topic, event] = [1, 2, 3, 4, 5].map((index) => {
        const length = data[index] ?? 0;
        const text = data.toString('utf8', offset, offset + length);
        offset += length;
        return text;
    }) as [string, string, string, string, string];
    const body = data.subarray(offset);
    const payload = data[6] === rawBytes ? body : JSON.parse(body.toString('utf8'));
    return { joinRef, ref, topic, event: 'broadcast', payload: { type: 'broadcast', event, payload } };
}

export function encodeText(message: Message): string {
    return JSON.stringify([message.joinRef, message.ref, message.topic, message.event, message.payload]);
}

/** A broadcast on its way down: text for JSON, a binary frame for bytes. */
export function encodeBroadcast(
    topic: string,
    event: string,
    payload: unknown,
    id?: string,
): string | Buffer {
    const meta = id === undefined ? undefined : { id };
    if (!Buffer.isBuffer(payload)) {
        const body = { type: 'broadcast', event, payload, ...(meta && { meta }) };
        return encodeText({ joinRef: null, ref: null, topic, event: 'broadcast', payload: body });
    }
    const strings = [topic, event, meta ? JSON.stringify(meta) : ''].map((text) => Buffer.from(text));
    const lengths = strings.map((bytes) => bytes.length);
    return Buffer.concat([Buffer.from([binaryBroadcast, ...lengths, rawBytes]), ...strings, payload]);
}
