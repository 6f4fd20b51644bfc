/**
 * Takes out of a text what must never be in a log. Error messages are written by others (Postgres, fetch,
 * a vendor) and quote what they were given: a phone number, half a message, a key.
 */

const secrets = [
    /\bsb_(?:secret|publishable)_[\w-]+/g,
    /\bBearer\s+[^\s"',]+/gi,
    /\bEAA[A-Za-z0-9]{8,}/g,
    /\bsk-[\w-]{8,}/g,
    /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g,
    /(?<=:\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g,
    /(?<=\b(?:access_token|apikey|token|secret|password|key)=)[^\s&"']+/gi,
];

// Kept as they are: a UUID and a date say which row and when, and would look like a phone number below.
const idOrDate = String.raw`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+)?`;
const digits = String.raw`\+?\d(?:[\s().-]{0,2}\d){6,}`;
const idOrDigits = new RegExp(`(${idOrDate})|${digits}`, 'gi');

/** Names of columns and functions help; anything else in quotes may be what a customer wrote. */
const identifier = /^[\w.]{1,63}$/;

/** Returns the text without secrets, phone-like numbers and quoted values. */
export function scrub(text: string): string {
    let clean = text;
    for (const secret of secrets) clean = clean.replace(secret, '[secret]');
    return clean
        .replace(idOrDigits, (_match, kept: string | undefined) => kept ?? '[number]')
        .replace(/\b[A-Za-z0-9_]{40,}\b/g, '[secret]')
        .replace(/"([^"\n]*)"/g, (quoted, inside: string, at: number, whole: string) => {
            const isValue = whole.slice(0, at).endsWith(': ') || !identifier.test(inside);
            return isValue ? '"[text]"' : quoted;
        });
}
