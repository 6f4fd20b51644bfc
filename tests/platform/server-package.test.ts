import { withSupabase } from '@supabase/server';
import { describe, expect, inject, it } from 'vitest';
import { someone } from './clients.ts';

const { env, gatewayUrl } = inject('platform');

/** A function as ours are, with the environment that the platform gives them. */
const handler = withSupabase(
    {
        auth: 'user',
        env: {
            url: env.SUPABASE_URL,
            publishableKeys: JSON.parse(env.SUPABASE_PUBLISHABLE_KEYS ?? '{}'),
            secretKeys: JSON.parse(env.SUPABASE_SECRET_KEYS ?? '{}'),
            jwks: JSON.parse(env.SUPABASE_JWKS ?? '{}'),
        },
    },
    async (_request, context) => Response.json({ sub: context.userClaims?.id ?? context.jwtClaims?.sub }),
);

const call = (authorization?: string) =>
    handler(
        new Request(`${gatewayUrl}/functions/v1/any`, { headers: authorization ? { authorization } : {} }),
    );

describe("auth: 'user' of @supabase/server", () => {
    it('accepts the token of somebody who signed in here', async () => {
        const { accessToken, id } = await someone();
        const answer = await call(`Bearer ${accessToken}`);
        expect(answer.status).toBe(200);
        expect(await answer.json()).toEqual({ sub: id });
    });

    it('refuses no token, and a token whose signature was tampered with', async () => {
        const { accessToken } = await someone();
        expect((await call()).status).toBe(401);
        const [head, body, signature = ''] = accessToken.split('.');
        const forged = `${head}.${body}.${signature.split('').reverse().join('')}`;
        expect((await call(`Bearer ${forged}`)).status).toBe(401);
    });
});
