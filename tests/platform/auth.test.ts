import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { admin, anonymous, someone } from './clients.ts';

const { gatewayUrl, publishableKey } = inject('platform');

describe('signing in', () => {
    it('gives a session whose user is the one who signed in', async () => {
        const { client, email } = await someone();
        const { data } = await client.auth.getUser();
        expect(data.user).toMatchObject({
            email,
            role: 'authenticated',
            app_metadata: { provider: 'email' },
            identities: [{ provider: 'email' }],
        });
    });

    it('refuses a wrong password and an unknown address in the same words', async () => {
        const { email } = await someone();
        const wrong = await anonymous().auth.signInWithPassword({ email, password: 'not this one' });
        const unknown = await anonymous().auth.signInWithPassword({
            email: 'nobody@example.test',
            password: 'x',
        });
        expect(wrong.error).toMatchObject({ code: 'invalid_credentials', status: 400 });
        expect(unknown.error?.message).toBe(wrong.error?.message);
    });

    it('lets nobody sign up', async () => {
        const { error } = await anonymous().auth.signUp({
            email: 'me@example.test',
            password: 'long enough',
        });
        expect(error).toMatchObject({ code: 'signup_disabled' });
    });

    it('gives tokens that getClaims verifies against the JWKS', async () => {
        const { client, id } = await someone();
        const { data, error } = await client.auth.getClaims();
        expect(error).toBeNull();
        expect(data?.header).toMatchObject({ alg: 'ES256' });
        expect(data?.claims).toMatchObject({ sub: id, aud: 'authenticated', iss: `${gatewayUrl}/auth/v1` });
    });
});

describe('refreshing', () => {
    it('rotates the refresh token and keeps the user signed in', async () => {
        const { client } = await someone();
        const before = (await client.auth.getSession()).data.session;
        const { data, error } = await client.auth.refreshSession();
        expect(error).toBeNull();
        expect(data.session?.refresh_token).not.toBe(before?.refresh_token);
        expect((await client.auth.getUser()).error).toBeNull();
    });

    it('answers a token that was just used with its successor, for two tabs refresh at once', async () => {
        const { client } = await someone();
        const refresh_token = (await client.auth.getSession()).data.session?.refresh_token ?? '';
        const first = await anonymous().auth.refreshSession({ refresh_token });
        const second = await anonymous().auth.refreshSession({ refresh_token });
        expect(second.data.session?.refresh_token).toBe(first.data.session?.refresh_token);
    });

    it('refuses a token that it never gave', async () => {
        const { error } = await anonymous().auth.refreshSession({ refresh_token: 'made-up' });
        expect(error).toMatchObject({ code: 'refresh_token_not_found' });
    });
});

describe('signing out', () => {
    it('ends the session: neither its access token nor its refresh token opens anything', async () => {
        const { client, accessToken } = await someone();
        const refresh_token = (await client.auth.getSession()).data.session?.refresh_token ?? '';
        expect((await client.auth.signOut()).error).toBeNull();
        expect((await anonymous().auth.getUser(accessToken)).error?.name).toBe('AuthSessionMissingError');
        expect((await anonymous().auth.refreshSession({ refresh_token })).error).not.toBeNull();
    });

    it('ends only this session when asked to', async () => {
        const { client, email, password } = await someone();
        const other = anonymous();
        await other.auth.signInWithPassword({ email, password });
        await client.auth.signOut({ scope: 'local' });
        expect((await other.auth.getUser()).error).toBeNull();
    });
});

describe('accounts', () => {
    it('creates and invites only with the secret key', async () => {
        const { client } = await someone();
        const email = `${randomUUID()}@example.test`;
        for (const caller of [anonymous(), client]) {
            expect((await caller.auth.admin.createUser({ email })).error).toMatchObject({
                code: 'not_admin',
            });
            expect((await caller.auth.admin.inviteUserByEmail(email)).error).toMatchObject({ status: 403 });
        }
        const { data, error } = await admin().auth.admin.inviteUserByEmail(email, { data: { name: 'Mia' } });
        expect(error).toBeNull();
        expect(data.user).toMatchObject({ email, user_metadata: { name: 'Mia' } });
    });

    it('refuses a second account for the same address', async () => {
        const { email } = await someone();
        const { error } = await admin().auth.admin.createUser({
            email: email.toUpperCase(),
            password: 'secret1',
        });
        expect(error).toMatchObject({ code: 'email_exists', status: 422 });
    });

    it('recovers a forgotten password with the digits of the mail, once', async () => {
        const { email } = await someone();
        const { data } = await admin().auth.admin.generateLink({ type: 'recovery', email });
        const token = data.properties?.email_otp ?? '';
        const client = anonymous();
        const verified = await client.auth.verifyOtp({ email, token, type: 'recovery' });
        expect(verified.error).toBeNull();
        await client.auth.updateUser({ password: 'a new one entirely' });
        const again = await anonymous().auth.signInWithPassword({ email, password: 'a new one entirely' });
        expect(again.error).toBeNull();
        const reused = await anonymous().auth.verifyOtp({ email, token, type: 'recovery' });
        expect(reused.error).toMatchObject({ code: 'otp_expired' });
    });

    it('keeps people to the password length of config.toml', async () => {
        const { client } = await someone();
        const { error } = await client.auth.updateUser({ password: 'sevens7' });
        expect(error).toMatchObject({ code: 'weak_password', status: 422 });
    });

    it('follows a link of a mail to a page of this machine and to no other', async () => {
        const { email } = await someone();
        const locationFor = async (redirectTo: string) => {
            const { data } = await admin().auth.admin.generateLink({
                type: 'recovery',
                email,
                options: { redirectTo },
            });
            const answer = await fetch(data.properties?.action_link ?? '', { redirect: 'manual' });
            return new URL(answer.headers.get('location') ?? '');
        };
        const local = await locationFor('http://127.0.0.1:5173/reset');
        expect(local.origin).toBe('http://127.0.0.1:5173');
        expect(new URLSearchParams(local.hash.slice(1)).get('access_token')).toBeTruthy();
        expect((await locationFor('https://evil.example/')).hostname).toBe('127.0.0.1');
    });

    it('tells nobody whether an address has an account', async () => {
        const answers = await Promise.all(
            [(await someone()).email, 'nobody@example.test'].map((email) =>
                fetch(`${gatewayUrl}/auth/v1/recover`, {
                    method: 'POST',
                    headers: { apikey: publishableKey },
                    body: JSON.stringify({ email }),
                }).then(async (answer) => [answer.status, await answer.text()]),
            ),
        );
        expect(answers[0]).toEqual(answers[1]);
    });
});
