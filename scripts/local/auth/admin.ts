import { AuthError } from './auth-error.ts';
import { createLink, isLinkType } from './one-time-links.ts';
import { type AuthContext, allowedRedirect, bearerOf, readBody } from './service.ts';
import {
    createUser,
    findUser,
    findUserByEmail,
    listUsers,
    type NewUser,
    type UserChange,
    updateUser,
} from './users.ts';

/** The calls behind the secret key: create, list, read, change and delete users, invite, make a link. */
export async function handleAdmin(context: AuthContext, request: Request, url: URL): Promise<Response> {
    const claims = await context.keys.verify(bearerOf(request)).catch(() => undefined);
    if (claims?.role !== 'service_role') {
        throw new AuthError(403, 'not_admin', 'User not allowed');
    }
    const { db } = context;
    const [, , collection, id] = url.pathname.split('/');
    const redirectTo = allowedRedirect(context, url.searchParams.get('redirect_to'));

    if (request.method === 'POST' && url.pathname === '/invite') {
        const body = await readBody(request);
        const { user, link } = await invite(context, body.email, body.data, redirectTo);
        context.sendMail(user.email, 'You have been invited', link.action_link);
        return Response.json(user);
    }
    if (request.method === 'POST' && url.pathname === '/admin/generate_link') {
        return Response.json(await generateLink(context, await readBody(request), redirectTo));
    }
    if (collection !== 'users') {
        throw new AuthError(404, 'not_found', `The local auth service does not know ${url.pathname}`);
    }
    if (!id) {
        if (request.method === 'POST') {
            const body = await readBody(request);
            return Response.json(
                await createUser(db, {
                    ...(body as unknown as NewUser),
                    confirmed: body.email_confirm === true,
                }),
            );
        }
        const page = Number(url.searchParams.get('page')) || 1;
        const { users, total } = await listUsers(db, page, Number(url.searchParams.get('per_page')) || 50);
        return Response.json(
            { users, aud: 'authenticated' },
            { headers: { 'x-total-count': String(total) } },
        );
    }
    if (request.method === 'PUT') {
        const { user_metadata: data, ...change } = await readBody(request);
        return Response.json(await updateUser(db, id, { ...change, data } as UserChange));
    }
    const user = await findUser(db, id);
    if (!user) {
        throw new AuthError(404, 'user_not_found', 'User not found');
    }
    if (request.method === 'DELETE') {
        await db.query('delete from auth.users where id = $1', [id]);
    }
    return Response.json(user);
}

async function invite(context: AuthContext, email: unknown, data: unknown, redirectTo: string) {
    const user = await createUser(context.db, {
        email: email as string,
        confirmed: false,
        invited: true,
        user_metadata: (data ?? {}) as Record<string, unknown>,
    });
    return { user, link: await createLink(context.db, user, 'invite', context.url, redirectTo) };
}

async function generateLink(context: AuthContext, body: Record<string, unknown>, redirectTo: string) {
    const { type, email, data, redirect_to } = body;
    if (!isLinkType(type)) {
        throw new AuthError(400, 'validation_failed', `links of type ${type} are not supported`);
    }
    const target = typeof redirect_to === 'string' ? allowedRedirect(context, redirect_to) : redirectTo;
    if (type === 'invite') {
        const { user, link } = await invite(context, email, data, target);
        return { ...user, ...link };
    }
    const user = await findUserByEmail(context.db, String(email));
    if (!user) {
        throw new AuthError(404, 'user_not_found', 'User with this email not found');
    }
    return { ...user, ...(await createLink(context.db, user, type, context.url, target)) };
}
