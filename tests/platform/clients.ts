import { randomUUID } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { inject } from 'vitest';
import { withClient } from '../../scripts/local/database.ts';

const platform = inject('platform');
const options = { auth: { persistSession: false, autoRefreshToken: false } };

export const anonymous = (): SupabaseClient =>
    createClient(platform.gatewayUrl, platform.publishableKey, options);

export const admin = (): SupabaseClient => createClient(platform.gatewayUrl, platform.secretKey, options);

export interface Person {
    client: SupabaseClient;
    id: string;
    email: string;
    password: string;
    accessToken: string;
}

/** A new user, signed in through the gateway like a browser would. */
export async function someone(): Promise<Person> {
    const email = `${randomUUID()}@example.test`;
    const password = 'correct horse battery';
    const { error } = await admin().auth.admin.createUser({ email, password, email_confirm: true });
    if (error) {
        throw error;
    }
    const client = anonymous();
    const signedIn = await client.auth.signInWithPassword({ email, password });
    if (signedIn.error) {
        throw signedIn.error;
    }
    const { user, session } = signedIn.data;
    return { client, id: user.id, email, password, accessToken: session.access_token };
}

/** Runs SQL as the role that runs migrations, or as the superuser. */
export async function sql(text: string, values: unknown[] = [], url = platform.databaseUrl) {
    return withClient(url, async (client) => (await client.query(text, values)).rows);
}

/**
 * Asks again until the answer is there; fails after `timeoutMs`. Realtime reads the log of the whole server, so it also
 * waits for whatever other files write at that moment, and one of them writes a hundred thousand rows.
 */
export async function eventually<T>(ask: () => Promise<T | undefined>, timeoutMs = 15_000): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
        const answer = await ask();
        if (answer !== undefined) {
            return answer;
        }
        if (Date.now() > deadline) {
            throw new Error(`nothing came within ${timeoutMs} ms`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}
