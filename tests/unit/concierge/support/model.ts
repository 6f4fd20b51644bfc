import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Brain } from '../../../../shared/concierge/brain.ts';
import { chooseBrain } from '../../../../shared/concierge/brains/choose.ts';
import { openAiBrain } from '../../../../shared/concierge/brains/openai/openai.ts';
import type { Log } from '../../../../shared/log.ts';
import { apiKey, baseUrl, type Move, openAi } from '../../../mocks/openai.ts';
import { silentLog } from './chat.ts';

/** A vendor per test; whoever calls anything else fails. */
export function vendor() {
    const server = setupServer();
    const current = { model: openAi(), server };
    beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
    beforeEach(() => {
        current.model = openAi();
        server.use(current.model.handler);
    });
    afterEach(() => server.resetHandlers());
    afterAll(() => server.close());
    return current;
}

const settings = { apiKey, baseUrl, model: 'gpt-6-luna' };

/** The model alone: its failures are thrown. */
export const modelAlone = (more = {}): Brain => openAiBrain({ ...settings, ...more });

/** The model as the environment chooses it, with rules behind it. */
export const withRules = (log: Log = silentLog): Brain =>
    chooseBrain(
        {
            FROSTDESK_BRAIN: 'openai',
            OPENAI_API_KEY: apiKey,
            OPENAI_BASE_URL: baseUrl,
            OPENAI_MODEL: 'gpt-6-luna',
        },
        { log },
    );

/** Looks for tomorrow at ten. */
export const find: Move = {
    call: 'find_times',
    args: {
        service: 'ski lesson',
        date: '2026-11-21',
        until: null,
        time: '10:00',
        part_of_day: null,
        earliest: null,
        latest: null,
        instructor: null,
        limit: 3,
    },
};
export const propose: Move = {
    call: 'propose_booking',
    args: {
        service: 'ski lesson',
        date: '2026-11-21',
        time: '10:00',
        instructor: null,
        participants: 1,
        customer_name: null,
        notes: null,
    },
};
