import { UnreadableBody } from './channel.ts';

/** Deeper than any provider nests; beyond it a value would overflow the stack of whoever prints it again. */
const maxDepth = 64;

const nul = '\u0000';
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Parses JSON into values that Postgres can keep as jsonb, which refuses NUL characters and halves of
 * surrogate pairs: one such character in a batch would otherwise cost the whole batch.
 * Throws UnreadableBody when the bytes are not UTF-8 JSON.
 */
export function parseCleanJson(rawBody: Uint8Array): unknown {
    let value: unknown;
    try {
        value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
    } catch (cause) {
        throw new UnreadableBody('The body is not JSON in UTF-8.', { cause });
    }
    return clean(value, 0);
}

function clean(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return cleanText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= maxDepth) return '[nested too deep]';
    if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
    return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [cleanText(key), clean(item, depth + 1)]),
    );
}

function cleanText(text: string): string {
    return text.replaceAll(nul, '').replace(loneSurrogate, '\ufffd');
}
