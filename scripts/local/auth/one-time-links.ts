import { createHash, randomInt, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { AuthError } from './auth-error.ts';
import type { User } from './users.ts';

export type LinkType = 'recovery' | 'invite' | 'magiclink';

/** What GoTrue's generate_link answers, and what its mails are made of. */
export interface OneTimeLink {
    action_link: string;
    email_otp: string;
    hashed_token: string;
    redirect_to: string;
    verification_type: LinkType;
}

const tokenTypes = {
    recovery: 'recovery_token',
    magiclink: 'recovery_token',
    invite: 'confirmation_token',
} as const;

export function isLinkType(type: unknown): type is LinkType {
    return typeof type === 'string' && type in tokenTypes;
}

/** Stores a one-time token for a user (the newest of its kind counts) and returns the link that spends it. */
export async function createLink(
    db: pg.Pool,
    user: User,
    type: LinkType,
    authUrl: string,
    redirectTo: string,
): Promise<OneTimeLink> {
    const otp = String(randomInt(0, 1_000_000)).padStart(6, '0');
    const hashed = hashToken(user.email, otp);
    await db.query(
        `insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to)
         values ($1, $2, $3, $4, $5)
         on conflict (user_id, token_type) do update
         set token_hash = excluded.token_hash, created_at = now(), updated_at = now()`,
        [randomUUID(), user.id, tokenTypes[type], hashed, user.email],
    );
    if (type !== 'invite') {
        await db.query('update auth.users set recovery_sent_at = now() where id = $1', [user.id]);
    }
    const query = new URLSearchParams({ token: hashed, type, redirect_to: redirectTo });
    return {
        action_link: `${authUrl}/verify?${query}`,
        email_otp: otp,
        hashed_token: hashed,
        redirect_to: redirectTo,
        verification_type: type,
    };
}

/** Spends a token, by its hash from a link or by the six digits of the mail, and returns whose it was. */
export async function spendLink(
    db: pg.Pool,
    type: LinkType,
    proof: { tokenHash?: string; email?: string; otp?: string },
): Promise<string> {
    const hash = proof.tokenHash ?? hashToken(proof.email ?? '', proof.otp ?? '');
    const { rows } = await db.query(
        `with spent as (
            delete from auth.one_time_tokens
            where token_hash = $1 and token_type = $2 and created_at > now() - interval '1 hour'
            returning user_id
        )
        update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()), updated_at = now()
        where id in (select user_id from spent)
        returning id`,
        [hash, tokenTypes[type]],
    );
    if (!rows[0]) {
        throw new AuthError(403, 'otp_expired', 'Email link is invalid or has expired');
    }
    return rows[0].id;
}

function hashToken(email: string, otp: string): string {
    return createHash('sha224')
        .update(email.toLowerCase() + otp)
        .digest('hex');
}
