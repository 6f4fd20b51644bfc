import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { admin, anonymous, eventually, someone, sql } from './clients.ts';

const { gatewayUrl, publishableKey, secretKey } = inject('platform');

beforeAll(async () => {
    await sql(`
        create function public.contract_whoami() returns jsonb language sql stable set search_path = '' as $$
            select jsonb_build_object('role', current_user, 'uid', auth.uid())
        $$;
        grant execute on function public.contract_whoami() to anon, authenticated, service_role;
    `);
    // PostgREST hears of it by the notification that the platform's event trigger sends.
    await eventually(async () => ((await anonymous().rpc('contract_whoami')).error ? undefined : true));
});

afterAll(() => sql('drop function public.contract_whoami()'));

describe('API keys', () => {
    it('make sb_publishable_ anonymous and sb_secret_ the service role', async () => {
        expect((await anonymous().rpc('contract_whoami')).data).toEqual({ role: 'anon', uid: null });
        expect((await admin().rpc('contract_whoami')).data).toEqual({ role: 'service_role', uid: null });
    });

    it('give way to the token of a user who is signed in', async () => {
        const { client, id } = await someone();
        expect((await client.rpc('contract_whoami')).data).toEqual({ role: 'authenticated', uid: id });
    });

    it('are refused when missing, wrong, or secret in a browser', async () => {
        const call = (headers: Record<string, string>) =>
            fetch(`${gatewayUrl}/rest/v1/rpc/contract_whoami`, { headers }).then(({ status }) => status);
        expect(await call({})).toBe(401);
        expect(await call({ apikey: 'sb_secret_guess' })).toBe(401);
        expect(await call({ apikey: secretKey, 'user-agent': 'Mozilla/5.0' })).toBe(401);
        expect(await call({ apikey: publishableKey, authorization: 'Bearer not.a.token' })).toBe(401);
        expect(await call({ apikey: publishableKey })).toBe(200);
    });
});

describe('the Data API', () => {
    it('does not expose vault, net, cron or private', async () => {
        for (const schema of ['vault', 'net', 'cron', 'private', 'auth']) {
            const client = createClient(gatewayUrl, secretKey, { db: { schema } });
            expect((await client.from('job').select()).error?.code).toBe('PGRST106');
        }
    });

    it('answers a preflight from any origin', async () => {
        const answer = await fetch(`${gatewayUrl}/rest/v1/rpc/contract_whoami`, {
            method: 'OPTIONS',
            headers: {
                origin: 'http://127.0.0.1:5173',
                'access-control-request-headers': 'apikey,content-type',
            },
        });
        expect(answer.status).toBe(204);
        expect(answer.headers.get('access-control-allow-headers')).toBe('apikey,content-type');
    });
});

describe('addresses that nobody serves', () => {
    it('answer 404, under functions too', async () => {
        expect((await fetch(`${gatewayUrl}/nowhere`)).status).toBe(404);
        expect((await fetch(`${gatewayUrl}/functions/v1/nobody`)).status).toBe(404);
    });
});
