import { withSupabase } from '@supabase/server';
import { createBell } from '../../shared/bell.ts';
import { createChannels } from '../../shared/channels/channels.ts';
import { systemClock } from '../../shared/clock.ts';
import { createDeliverWork } from '../../shared/deliver.ts';
import { createDesk, type RpcClient } from '../../shared/desk/desk.ts';
import { createWorker } from '../../shared/worker.ts';

/** Messages on their way at once; each waits for the provider most of the time. */
const concurrency = 32;

const bell = createBell<RpcClient>('deliver', (env, log, client) => {
    const parts = { desk: createDesk(client), channels: createChannels(env), clock: systemClock, log };
    const newId = () => crypto.randomUUID();
    return createWorker({ work: createDeliverWork(parts), clock: systemClock, log, newId, concurrency });
});

/** Rung by the database when a message is to be sent: answers 202 and sends in the background. */
export default {
    fetch: withSupabase(
        { auth: 'none', cors: 'disabled', errors: { detailed: false } },
        (request, { supabaseAdmin }) => bell(request, supabaseAdmin),
    ),
};
