import { withSupabase } from '@supabase/server';
import { createBell } from '../../shared/bell.ts';
import { createChannels } from '../../shared/channels/channels.ts';
import { systemClock } from '../../shared/clock.ts';
import { chooseBrain, composeNotice, think } from '../../shared/concierge/turn.ts';
import { createDesk, type RpcClient } from '../../shared/desk/desk.ts';
import { createReplyWork } from '../../shared/reply.ts';
import { createWorker } from '../../shared/worker.ts';

/** Turns thought at once; each waits for a model most of the time. */
const concurrency = 32;

const bell = createBell<RpcClient>('reply', (env, log, client) => {
    const newId = () => crypto.randomUUID();
    const work = createReplyWork({
        desk: createDesk(client),
        channels: createChannels(env),
        brain: chooseBrain(env, { log }),
        think,
        composeNotice,
        clock: systemClock,
        newId,
        log,
    });
    return createWorker({ work, clock: systemClock, log, newId, concurrency });
});

/** Rung by the database when a conversation waits for an answer: answers 202 and thinks in the background. */
export default {
    fetch: withSupabase(
        { auth: 'none', cors: 'disabled', errors: { detailed: false } },
        (request, { supabaseAdmin }) => bell(request, supabaseAdmin),
    ),
};
