import { describe, expect, it } from 'vitest';
import { encodeAsMeta, sign } from '../../../scripts/simulators/whatsapp/webhooks.ts';
import { createWhatsApp, verificationChallenge } from '../../../shared/channels/whatsapp/whatsapp.ts';
import { sameSecret } from '../../../shared/secure-compare.ts';

const channel = createWhatsApp({ graphUrl: 'https://graph.facebook.com', graphVersion: 'v26.0' });
const secret = 'frostdesk-test-secret';
const body = String.raw`{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"type":"text","text":{"body":"Caf\u00e9 \ud83d\ude42 a\/b"}}]}}]}]}`;
const known = 'sha256=3ac40970f9ad4e2eddcf311588bdb565fd9f83f11f17c6a7c6002174ff7959d6';
const verify = (text: string, signature: string | null, key = secret) =>
    channel.verify(
        new TextEncoder().encode(text),
        new Headers(signature === null ? {} : { 'x-hub-signature-256': signature }),
        key,
    );

describe('the signature of a webhook', () => {
    it('is the HMAC of the bytes as they came', async () => {
        expect(await verify(body, known)).toBe(true);
        expect(await verify(body, known.toUpperCase().replace('SHA256', 'sha256'))).toBe(true);
    });

    it('does not survive parsing and printing the body again', async () => {
        expect(await verify(JSON.stringify(JSON.parse(body)), known)).toBe(false);
    });

    it('fits what the simulator signs, accents, emoji and slashes included', async () => {
        const text = encodeAsMeta({ text: 'é 🙂 a/b' });
        expect(await verify(text, sign(text, secret))).toBe(true);
    });

    it.each([
        ['no signature', null],
        ['an empty one', ''],
        ['the old SHA-1', 'sha1=8c7d'],
        ['one without its name', known.slice(7)],
        ['one that is cut', known.slice(0, -1)],
        ['one that is too long', `${known}0`],
        ['one that is not hex', `sha256=${'g'.repeat(64)}`],
        ['one bit too many', `${known.slice(0, -1)}7`],
        ['two at once', `${known}, ${known}`],
    ])('%s is refused', async (_name, signature) => {
        expect(await verify(body, signature)).toBe(false);
    });

    it('of another body, or with another secret, is refused', async () => {
        expect(await verify(`${body} `, known)).toBe(false);
        expect(await verify(body, known, 'another-secret')).toBe(false);
    });

    it('never fits when the secret is not set', async () => {
        const signedWithNothing = sign(body, '');
        expect(await verify(body, signedWithNothing, '')).toBe(false);
    });
});

describe('the verification of the address', () => {
    const query = (more: Record<string, string> = {}) =>
        new URLSearchParams({
            'hub.mode': 'subscribe',
            'hub.challenge': '1158201444',
            'hub.verify_token': 'token-1',
            ...more,
        });

    it('answers the challenge word for word', async () => {
        expect(await verificationChallenge(query(), 'token-1')).toBe('1158201444');
        expect(await verificationChallenge(query({ 'hub.challenge': '<b>&' }), 'token-1')).toBe('<b>&');
    });

    it.each([
        [{ 'hub.verify_token': 'token-2' }, 'token-1'],
        [{ 'hub.verify_token': '' }, 'token-1'],
        [{ 'hub.mode': 'unsubscribe' }, 'token-1'],
        [{ 'hub.verify_token': '' }, ''],
    ])('refuses %j', async (more, token) => {
        expect(await verificationChallenge(query(more), token)).toBeNull();
    });

    it('refuses a question without a challenge or a token', async () => {
        expect(
            await verificationChallenge(new URLSearchParams({ 'hub.mode': 'subscribe' }), 'token-1'),
        ).toBeNull();
        const noToken = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.challenge': '1' });
        expect(await verificationChallenge(noToken, 'token-1')).toBeNull();
    });
});

describe('comparing secrets', () => {
    it.each([
        ['abc', 'abc', true],
        ['abc', 'abd', false],
        ['abc', 'abcd', false],
        ['', 'abc', false],
    ])('%j and %j: %s', async (left, right, same) => {
        expect(await sameSecret(left, right)).toBe(same);
    });
});
