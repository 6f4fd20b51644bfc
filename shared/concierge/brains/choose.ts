import type { Env } from '../../env.ts';
import type { Log } from '../../log.ts';
import type { Brain } from '../brain.ts';
import { fallingBack } from './falling-back.ts';
import { openAiBrain } from './openai/openai.ts';
import { rulesBrain } from './rules/rules.ts';

export type BrainSettings = Pick<
    Env,
    'FROSTDESK_BRAIN' | 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL'
>;

/** The brain the environment asks for; rules always come last, so that there is always an answer. */
export function chooseBrain(env: BrainSettings, deps: { log: Log; fetch?: typeof fetch }): Brain {
    const rules = rulesBrain();
    if (env.FROSTDESK_BRAIN !== 'openai' || !env.OPENAI_API_KEY) {
        deps.log.info('brain chosen', { brain: rules.name });
        return rules;
    }
    deps.log.info('brain chosen', { brain: 'openai', model: env.OPENAI_MODEL });
    const openai = openAiBrain({
        apiKey: env.OPENAI_API_KEY,
        baseUrl: env.OPENAI_BASE_URL,
        model: env.OPENAI_MODEL,
        ...(deps.fetch ? { fetch: deps.fetch } : {}),
    });
    return fallingBack(openai, rules);
}
