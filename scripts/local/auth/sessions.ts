import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { SigningKeys } from '../signing-keys.ts';
import { AuthError } from './auth-error.ts';
import { findUser, type User } from './users.ts';

const lifetimeSeconds = 3600;
/** How long a refresh token that was just used may be used again: two tabs, or an answer that got lost. */
const reuseIntervalMs = 10_000;

export interface Session {
    access_token: string;
    token_type: 'bearer';
    expires_in: number;
    expires_at: number;
    refresh_token: string;
    user: User;
}

export interface Sessions {
    /** Signs a user in: a new session with its first refresh token. */
    open(user: User, method: 'password' | 'otp'): Promise<Session>;
    /** Rotates a refresh token; one that was used before ends the whole session. */
    refresh(refreshToken: string): Promise<Session>;
    /** The user and session of a request's access token, which must not have been signed out. */
    read(accessToken: string): Promise<{ user: User; sessionId: string }>;
    close(userId: string, sessionId: string, scope: 'global' | 'local' | 'others'): Promise<void>;
}

export function createSessions(db: pg.Pool, keys: SigningKeys, issuer: string): Sessions {
    async function issue(
        user: User,
        sessionId: string,
        refreshToken: string,
        method: string,
    ): Promise<Session> {
        const claims = {
            iss: issuer,
            sub: user.id,
            aud: user.aud,
            email: user.email,
            phone: user.phone,
            app_metadata: user.app_metadata,
            user_metadata: user.user_metadata,
            role: user.role,
            aal: 'aal1',
            amr: [{ method, timestamp: Math.floor(Date.now() / 1000) }],
            session_id: sessionId,
            is_anonymous: false,
        };
        return {
            access_token: await keys.sign(claims, lifetimeSeconds),
            token_type: 'bearer',
            expires_in: lifetimeSeconds,
            expires_at: Math.floor(Date.now() / 1000) + lifetimeSeconds,
            refresh_token: refreshToken,
            user,
        };
    }

    return {
        async open(user, method) {
            const sessionId = randomUUID();
            const token = newRefreshToken();
            await db.query(
                `with signed_in as (
                    update auth.users set last_sign_in_at = now() where id = $2
                ), session as (
                    insert into auth.sessions (id, user_id, created_at, updated_at, aal)
                    values ($1, $2, now(), now(), 'aal1')
                    returning id
                )
                insert into auth.refresh_tokens (token, user_id, session_id, revoked, created_at, updated_at)
                select $3, $2::text, id, false, now(), now() from session`,
                [sessionId, user.id, token],
            );
            return issue((await findUser(db, user.id)) ?? user, sessionId, token, method);
        },

        async refresh(refreshToken) {
            const used = await rotate(db, refreshToken);
            const user = await findUser(db, used.userId);
            if (!user) {
                throw new AuthError(400, 'user_not_found', 'User not found');
            }
            return issue(user, used.sessionId, used.next, 'password');
        },

        async read(accessToken) {
            const claims = await keys.verify(accessToken).catch((cause: Error) => {
                throw new AuthError(403, 'bad_jwt', `invalid JWT: ${cause.message}`);
            });
            const session = await db.query('select from auth.sessions where id::text = $1', [
                claims.session_id,
            ]);
            if (session.rowCount === 0) {
                throw new AuthError(
                    403,
                    'session_not_found',
                    'Session from session_id claim in JWT does not exist',
                );
            }
            const user = await findUser(db, String(claims.sub));
            if (!user) {
                throw new AuthError(403, 'user_not_found', 'User from sub claim in JWT does not exist');
            }
            return { user, sessionId: String(claims.session_id) };
        },

        async close(userId, sessionId, scope) {
            await db.query(
                `delete from auth.sessions
                 where user_id = $1
                 and case $3 when 'local' then id = $2 when 'others' then id <> $2 else true end`,
                [userId, sessionId, scope],
            );
        },
    };
}

async function rotate(
    db: pg.Pool,
    token: string,
): Promise<{ userId: string; sessionId: string; next: string }> {
    const client = await db.connect();
    try {
        await client.query('begin');
        const found = await client.query(
            `select t.token, t.revoked, t.user_id, t.session_id,
                (extract(epoch from clock_timestamp() - t.updated_at) * 1000)::int as used_ms_ago
             from auth.refresh_tokens as t
             join auth.sessions as s on s.id = t.session_id
             where t.token = $1
             for update of s`,
            [token],
        );
        const row = found.rows[0];
        if (!row) {
            throw new AuthError(
                400,
                'refresh_token_not_found',
                'Invalid Refresh Token: Refresh Token Not Found',
            );
        }
        const next = row.revoked
            ? await reuse(client, row)
            : await replace(client, row.token, row.user_id, row.session_id);
        await client.query('commit');
        if (!next) {
            throw new AuthError(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used');
        }
        return { userId: row.user_id, sessionId: row.session_id, next };
    } catch (error) {
        await client.query('rollback');
        throw error;
    } finally {
        client.release();
    }
}

async function replace(db: pg.PoolClient, token: string, userId: string, sessionId: string): Promise<string> {
    const next = newRefreshToken();
    await db.query(
        'update auth.refresh_tokens set revoked = true, updated_at = clock_timestamp() where token = $1',
        [token],
    );
    await db.query(
        `insert into auth.refresh_tokens (token, user_id, session_id, parent, revoked, created_at, updated_at)
         values ($1, $2, $3, $4, false, now(), now())`,
        [next, userId, sessionId, token],
    );
    await db.query('update auth.sessions set refreshed_at = now(), updated_at = now() where id = $1', [
        sessionId,
    ]);
    return next;
}

/** A used token is good again for a moment, or while its successor is still unused; else somebody stole one. */
async function reuse(
    db: pg.PoolClient,
    used: { token: string; session_id: string; used_ms_ago: number },
): Promise<string | undefined> {
    const { rows } = await db.query(
        'select token, parent from auth.refresh_tokens where session_id = $1 and not revoked order by id desc limit 1',
        [used.session_id],
    );
    const active = rows[0];
    if (active && (used.used_ms_ago < reuseIntervalMs || active.parent === used.token)) {
        return active.token;
    }
    await db.query('update auth.refresh_tokens set revoked = true where session_id = $1', [used.session_id]);
    return undefined;
}

function newRefreshToken(): string {
    return randomBytes(9).toString('base64url');
}
