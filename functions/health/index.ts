import { withSupabase } from '@supabase/server';
import { createDesk } from '../../shared/desk/desk.ts';
import { EnvironmentError } from '../../shared/env.ts';
import { type Health, judgeHealth } from '../../shared/health.ts';
import { methodNotAllowed, notFound, pathWithin } from '../../shared/http.ts';
import { createLog } from '../../shared/log.ts';
import { environmentOr } from '../../shared/runtime.ts';

/** Says whether the desk is open: 200, or 503 with the names of what is down. */
export default {
    fetch: withSupabase(
        { auth: 'none', cors: 'disabled', errors: { detailed: false } },
        async (request, { supabaseAdmin }) => {
            if (pathWithin('health', request) !== '') return notFound();
            if (request.method !== 'GET') return methodNotAllowed('GET');
            const log = createLog({ level: 'info', fields: { function: 'health' } });
            const env = environmentOr(log);
            if (env instanceof EnvironmentError) return answer({ status: 'down', down: env.variables });
            try {
                const health = judgeHealth(await createDesk(supabaseAdmin).healthReport(), new Date());
                if (health.status === 'down') log.warn('desk is down', { down: health.down });
                return answer(health);
            } catch (error) {
                log.error('desk is down', error, { down: ['database'] });
                return answer({ status: 'down', down: ['database'] });
            }
        },
    ),
};

function answer(health: Health): Response {
    return Response.json(health, { status: health.status === 'ok' ? 200 : 503 });
}
