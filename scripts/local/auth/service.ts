import type pg from 'pg';
import { openPool } from '../database.ts';
import type { SigningKeys } from '../signing-keys.ts';
import { handleAdmin } from './admin.ts';
import { AuthError } from './auth-error.ts';
import { createLink, isLinkType, spendLink } from './one-time-links.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { findUserByEmail, findUserByPassword, type User, type UserChange, updateUser } from './users.ts';

export interface AuthServiceOptions {
    databaseUrl: string;
    keys: SigningKeys;
    /** Where the world reaches this service, such as http://127.0.0.1:54321/auth/v1; also the issuer of tokens. */
    url: string;
    /** Where mails point when no allowed redirect was asked for. */
    siteUrl: string;
    minimumPasswordLength: number;
    /** There is no mail server: the link is handed to whoever runs the platform. */
    sendMail: (to: string, subject: string, link: string) => void;
}

export interface AuthContext extends AuthServiceOptions {
    db: pg.Pool;
    sessions: Sessions;
}

export interface AuthService {
    /** Answers a request whose path starts right after /auth/v1. */
    handle(request: Request): Promise<Response>;
    stop(): Promise<void>;
}

type Body = Record<string, unknown>;

/**
 * Supabase Auth as far as FrostDesk uses it: password and refresh grants, user, sign-out, recovery and the admin
 * calls that create and invite. Users are made by an admin or by invitation; nobody signs up.
 */
export function createAuthService(options: AuthServiceOptions): AuthService {
    const db = openPool(options.databaseUrl, 'auth', 5);
    const context: AuthContext = { ...options, db, sessions: createSessions(db, options.keys, options.url) };
    return {
        async handle(request) {
            try {
                return await route(context, request);
            } catch (error) {
                if (error instanceof AuthError) {
                    const body = { code: error.status, error_code: error.code, msg: error.message };
                    return Response.json(body, { status: error.status });
                }
                const msg = error instanceof Error ? error.message : String(error);
                return Response.json({ code: 500, error_code: 'unexpected_failure', msg }, { status: 500 });
            }
        },
        stop: () => db.end(),
    };
}

async function route(context: AuthContext, request: Request): Promise<Response> {
    const url = new URL(request.url);
    const call = `${request.method} ${url.pathname}`;
    if (url.pathname === '/invite' || url.pathname === '/admin' || url.pathname.startsWith('/admin/')) {
        return handleAdmin(context, request, url);
    }
    switch (call) {
        case 'GET /.well-known/jwks.json':
            return Response.json(context.keys.jwks);
        case 'GET /health':
            return Response.json({ name: 'frostdesk-local-auth', description: 'Stand-in for Supabase Auth' });
        case 'GET /settings':
            return Response.json({
                disable_signup: true,
                mailer_autoconfirm: false,
                external: { email: true },
            });
        case 'POST /signup':
            throw new AuthError(422, 'signup_disabled', 'Signups not allowed for this instance');
        case 'POST /token':
            return Response.json(
                await grant(context, url.searchParams.get('grant_type'), await readBody(request)),
            );
        case 'GET /user':
            return Response.json((await signedIn(context, request)).user);
        case 'PUT /user': {
            const { user } = await signedIn(context, request);
            const { password, data, email } = await readBody(request);
            requireLongEnough(context, password);
            const change = { password, data, email } as UserChange;
            return Response.json(await updateUser(context.db, user.id, change));
        }
        case 'POST /logout': {
            const { user, sessionId } = await signedIn(context, request);
            const scope = url.searchParams.get('scope') ?? 'global';
            await context.sessions.close(user.id, sessionId, scope as 'global');
            return new Response(null, { status: 204 });
        }
        case 'POST /recover':
            await recover(context, await readBody(request), url.searchParams.get('redirect_to'));
            return Response.json({});
        case 'POST /verify':
            return Response.json(await verify(context, await readBody(request)));
        case 'GET /verify':
            return followLink(context, url);
        default:
            throw new AuthError(404, 'not_found', `The local auth service does not know ${call}`);
    }
}

async function grant(context: AuthContext, type: string | null, body: Body) {
    if (type === 'refresh_token') {
        return context.sessions.refresh(String(body.refresh_token ?? ''));
    }
    if (type !== 'password') {
        throw new AuthError(400, 'validation_failed', `unsupported grant_type ${type}`);
    }
    const user = await findUserByPassword(context.db, String(body.email ?? ''), String(body.password ?? ''));
    if (!user) {
        throw new AuthError(400, 'invalid_credentials', 'Invalid login credentials');
    }
    if (!user.email_confirmed_at) {
        throw new AuthError(400, 'email_not_confirmed', 'Email not confirmed');
    }
    if (user.banned_until && new Date(String(user.banned_until)) > new Date()) {
        throw new AuthError(400, 'user_banned', 'User is banned');
    }
    return context.sessions.open(user, 'password');
}

/** Answers the same for an unknown address, so that nobody can ask who has an account. */
async function recover(context: AuthContext, body: Body, redirectTo: string | null): Promise<void> {
    const user = await findUserByEmail(context.db, String(body.email ?? ''));
    if (user) {
        const link = await createLink(
            context.db,
            user,
            'recovery',
            context.url,
            allowedRedirect(context, redirectTo),
        );
        context.sendMail(user.email, 'Reset your password', link.action_link);
    }
}

async function verify(context: AuthContext, body: Body) {
    const { type, token_hash, token, email } = body;
    const linkType = type === 'email' ? 'magiclink' : type;
    if (!isLinkType(linkType)) {
        throw new AuthError(400, 'validation_failed', `verification of type ${type} is not supported`);
    }
    const proof =
        typeof token_hash === 'string'
            ? { tokenHash: token_hash }
            : { email: String(email), otp: String(token) };
    const userId = await spendLink(context.db, linkType, proof);
    return context.sessions.open({ id: userId } as User, 'otp');
}

/** The link of a mail, opened in a browser: signs in and goes on to the page, with the session in the fragment. */
async function followLink(context: AuthContext, url: URL): Promise<Response> {
    const target = allowedRedirect(context, url.searchParams.get('redirect_to'));
    const type = url.searchParams.get('type');
    const fragment = new URLSearchParams();
    try {
        const session = await verify(context, { type, token_hash: url.searchParams.get('token') });
        for (const name of [
            'access_token',
            'refresh_token',
            'token_type',
            'expires_in',
            'expires_at',
        ] as const) {
            fragment.set(name, String(session[name]));
        }
        fragment.set('type', String(type));
    } catch (error) {
        if (!(error instanceof AuthError)) {
            throw error;
        }
        fragment.set('error', 'access_denied');
        fragment.set('error_code', error.code);
        fragment.set('error_description', error.message);
    }
    return new Response(null, { status: 303, headers: { location: `${target}#${fragment}` } });
}

/** Admins may set what they like, as long as it is a password; people keep to config.toml. */
function requireLongEnough(context: AuthContext, password: unknown): void {
    const atLeast = context.minimumPasswordLength;
    if (typeof password === 'string' && password.length < atLeast) {
        throw new AuthError(422, 'weak_password', `Password should be at least ${atLeast} characters.`);
    }
}

/** Mails may lead only to this machine: a session must not be sent to wherever a request asks. */
export function allowedRedirect(context: AuthContext, wanted: string | null): string {
    if (wanted && URL.canParse(wanted)) {
        const { protocol, hostname } = new URL(wanted);
        if (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname)) {
            return wanted;
        }
    }
    return context.siteUrl;
}

export function bearerOf(request: Request): string {
    return request.headers.get('authorization')?.replace(/^bearer\s+/i, '') ?? '';
}

export async function readBody(request: Request): Promise<Body> {
    const body = await request.json().catch(() => undefined);
    if (typeof body !== 'object' || body === null) {
        throw new AuthError(400, 'bad_json', 'Could not parse request body as JSON');
    }
    return body as Body;
}

async function signedIn(context: AuthContext, request: Request) {
    const token = bearerOf(request);
    if (!token) {
        throw new AuthError(401, 'no_authorization', 'This endpoint requires a valid Bearer token');
    }
    return context.sessions.read(token);
}
