import { withSupabase } from '@supabase/server';
import { UnreadableBody } from '../../shared/channels/channel.ts';
import { createChannels } from '../../shared/channels/channels.ts';
import { verificationChallenge } from '../../shared/channels/whatsapp/whatsapp.ts';
import { systemClock } from '../../shared/clock.ts';
import { createDesk } from '../../shared/desk/desk.ts';
import {
    BodyTooLarge,
    methodNotAllowed,
    notFound,
    pathWithin,
    readBody,
    refusal,
} from '../../shared/http.ts';
import { receive } from '../../shared/inbound.ts';
import { answering } from '../../shared/runtime.ts';

/** Meta's own ceiling for one webhook. */
const maxBodyBytes = 3 * 1024 * 1024;

/** Where the channels' providers knock: `GET` to verify the address, `POST` with what customers wrote. */
export default {
    fetch: withSupabase(
        { auth: 'none', cors: 'disabled', errors: { detailed: false } },
        (request, { supabaseAdmin }) =>
            answering('inbound', async (env, log) => {
                const channel = createChannels(env).get(pathWithin('inbound', request) ?? '');
                if (!channel) return notFound();
                if (request.method === 'GET') {
                    const query = new URL(request.url).searchParams;
                    const challenge = await verificationChallenge(query, env.META_VERIFY_TOKEN);
                    if (challenge !== null)
                        return new Response(challenge, { headers: { 'content-type': 'text/plain' } });
                    return refusal(403, 'bad_verify_token', 'The verify token is not the one we know.');
                }
                if (request.method !== 'POST') return methodNotAllowed('GET, POST');
                try {
                    const body = await readBody(request, maxBodyBytes);
                    if (!(await channel.verify(body, request.headers, env.META_APP_SECRET))) {
                        log.warn('webhook refused', { reason: 'signature', bytes: body.byteLength });
                        return refusal(401, 'bad_signature', 'The signature does not fit the body.');
                    }
                    const desk = createDesk(supabaseAdmin);
                    return Response.json(await receive(channel, body, { desk, log, clock: systemClock }));
                } catch (error) {
                    if (error instanceof BodyTooLarge)
                        return refusal(413, 'too_large', 'The body is over 3 MB.');
                    if (!(error instanceof UnreadableBody)) throw error;
                    log.warn('webhook refused', { reason: 'unreadable' }, error);
                    return refusal(400, 'unreadable', 'The body is not JSON.');
                }
            }),
    ),
};
