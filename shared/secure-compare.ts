const encoder = new TextEncoder();

/** Compares two secrets in a time that tells nothing of where they differ, nor of their length. */
export async function sameSecret(left: string, right: string): Promise<boolean> {
    const [a, b] = await Promise.all([left, right].map(digest));
    let difference = 0;
    for (let index = 0; index < 32; index += 1) difference |= (a?.[index] ?? 0) ^ (b?.[index] ?? 1);
    return difference === 0;
}

async function digest(text: string): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
}

/**
 * Verifies `sha256=<hex>` HMACs as Meta writes them, over the raw bytes. Parsing and printing the body first
 * would change the bytes: Meta escapes unicode and slashes. WebCrypto compares in constant time.
 */
export async function verifyHmacSha256(
    rawBody: Uint8Array<ArrayBuffer>,
    header: string | null,
    secret: string,
): Promise<boolean> {
    const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
    if (!hex || !secret) return false;
    const signature = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify']);
    return crypto.subtle.verify('HMAC', key, signature, rawBody);
}
