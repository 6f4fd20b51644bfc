import type pg from 'pg';
import { AuthError } from './auth-error.ts';

/** A row of auth.users with its identities, as the Auth API shows it. */
export interface User {
    id: string;
    aud: string;
    role: string;
    email: string;
    phone: string;
    app_metadata: Record<string, unknown>;
    user_metadata: Record<string, unknown>;
    [field: string]: unknown;
}

const select = `
    select jsonb_build_object(
        'id', u.id,
        'aud', u.aud,
        'role', u.role,
        'email', coalesce(u.email, ''),
        'phone', coalesce(u.phone, ''),
        'email_confirmed_at', u.email_confirmed_at,
        'confirmed_at', u.confirmed_at,
        'invited_at', u.invited_at,
        'recovery_sent_at', u.recovery_sent_at,
        'last_sign_in_at', u.last_sign_in_at,
        'banned_until', u.banned_until,
        'app_metadata', coalesce(u.raw_app_meta_data, '{}'),
        'user_metadata', coalesce(u.raw_user_meta_data, '{}'),
        'identities', coalesce((
            select jsonb_agg(jsonb_build_object(
                'identity_id', i.id,
                'id', i.provider_id,
                'user_id', i.user_id,
                'identity_data', i.identity_data,
                'provider', i.provider,
                'email', i.email,
                'created_at', i.created_at,
                'updated_at', i.updated_at,
                'last_sign_in_at', i.last_sign_in_at
            ))
            from auth.identities as i
            where i.user_id = u.id
        ), '[]'),
        'created_at', u.created_at,
        'updated_at', u.updated_at,
        'is_anonymous', u.is_anonymous
    ) as "user"
    from auth.users as u`;

type Db = pg.Pool | pg.PoolClient;

async function one(db: Db, where: string, values: unknown[]): Promise<User | undefined> {
    const { rows } = await db.query(`${select} where u.deleted_at is null and ${where}`, values);
    return rows[0]?.user;
}

export const findUser = (db: Db, id: string) => one(db, 'u.id::text = $1', [id]);

export const findUserByEmail = (db: Db, email: string) =>
    one(db, 'lower(u.email) = lower($1) and not u.is_sso_user', [email]);

/** The user whose password this is. bcrypt runs in Postgres, on the hashes that the seed wrote there. */
export const findUserByPassword = (db: Db, email: string, password: string) =>
    one(
        db,
        `lower(u.email) = lower($1) and not u.is_sso_user
         and extensions.crypt($2, nullif(u.encrypted_password, '')) = u.encrypted_password`,
        [email, password],
    );

export async function listUsers(
    db: Db,
    page: number,
    perPage: number,
): Promise<{ users: User[]; total: number }> {
    const { rows } = await db.query(
        `${select} where u.deleted_at is null order by u.created_at desc, u.id limit $1 offset $2`,
        [perPage, (page - 1) * perPage],
    );
    const total = await db.query('select count(*)::int as total from auth.users where deleted_at is null');
    return { users: rows.map((row) => row.user), total: total.rows[0].total };
}

export interface NewUser {
    id?: string;
    email: string;
    password?: string;
    confirmed: boolean;
    invited?: boolean;
    user_metadata?: Record<string, unknown>;
    app_metadata?: Record<string, unknown>;
}

/** Inserts a user and the e-mail identity that goes with it. */
export async function createUser(db: pg.Pool, user: NewUser): Promise<User> {
    const email = readEmail(user.email);
    if (await findUserByEmail(db, email)) {
        throw new AuthError(
            422,
            'email_exists',
            'A user with this email address has already been registered',
        );
    }
    const { rows } = await db.query(
        `with new_user as (
            insert into auth.users (
                instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, invited_at,
                confirmation_token, recovery_token, email_change_token_new, email_change,
                raw_app_meta_data, raw_user_meta_data, created_at, updated_at
            )
            values (
                '00000000-0000-0000-0000-000000000000', coalesce($1::uuid, gen_random_uuid()),
                'authenticated', 'authenticated', $2,
                case when $3::text is null then '' else extensions.crypt($3, extensions.gen_salt('bf', 10)) end,
                case when $4 then now() end, case when $5 then now() end,
                '', '', '', '',
                '{"provider": "email", "providers": ["email"]}'::jsonb || $6::jsonb, $7::jsonb, now(), now()
            )
            returning id, email
        )
        insert into auth.identities (provider_id, user_id, identity_data, provider, created_at, updated_at)
        select
            id::text, id,
            jsonb_build_object('sub', id, 'email', email, 'email_verified', $4::boolean, 'phone_verified', false),
            'email', now(), now()
        from new_user
        returning user_id`,
        [
            user.id ?? null,
            email,
            user.password === undefined ? null : readPassword(user.password),
            user.confirmed,
            user.invited ?? false,
            user.app_metadata ?? {},
            user.user_metadata ?? {},
        ],
    );
    return (await findUser(db, rows[0].user_id)) as User;
}

export interface UserChange {
    email?: string;
    password?: string;
    data?: Record<string, unknown>;
    app_metadata?: Record<string, unknown>;
    email_confirm?: boolean;
    /** A duration such as "24h", or "none". */
    ban_duration?: string;
}

export async function updateUser(db: pg.Pool, id: string, change: UserChange): Promise<User> {
    await db.query(
        `update auth.users set
            email = coalesce($2, email),
            encrypted_password = coalesce(extensions.crypt($3, extensions.gen_salt('bf', 10)), encrypted_password),
            raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || coalesce($4::jsonb, '{}'),
            raw_app_meta_data = coalesce(raw_app_meta_data, '{}') || coalesce($5::jsonb, '{}'),
            email_confirmed_at = case when $6 then coalesce(email_confirmed_at, now()) else email_confirmed_at end,
            banned_until = case
                when $7::text is null then banned_until
                when $7 = 'none' then null
                else now() + replace($7, 'h', ' hours')::interval
            end,
            updated_at = now()
        where id = $1`,
        [
            id,
            change.email === undefined ? null : readEmail(change.email),
            change.password === undefined ? null : readPassword(change.password),
            change.data ?? null,
            change.app_metadata ?? null,
            change.email_confirm ?? false,
            change.ban_duration ?? null,
        ],
    );
    const user = await findUser(db, id);
    if (!user) {
        throw new AuthError(404, 'user_not_found', 'User not found');
    }
    return user;
}

function readEmail(email: unknown): string {
    if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(email)) {
        throw new AuthError(400, 'validation_failed', 'Unable to validate email address: invalid format');
    }
    return email.toLowerCase();
}

function readPassword(password: unknown): string {
    if (typeof password !== 'string' || password.length < 6) {
        throw new AuthError(422, 'weak_password', 'Password should be at least 6 characters.');
    }
    return password;
}
