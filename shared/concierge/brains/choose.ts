import type { Env } from '../../env.ts';
import type { Log } from '../../log.ts';
import type { Brain } from '../brain.ts';
import { Circuits } from './circuit.ts';
import { compatibleBrain } from './compatible/compatible.ts';
import { fallingBack } from './falling-back.ts';
import { openAiBrain } from './openai/openai.ts';
import { rulesBrain } from './rules/rules.ts';

export type BrainSettings = Pick<
    Env,
    'FROSTDESK_BRAIN' | 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL'
> &
    Partial<
        Pick<Env, 'FROSTDESK_COMPATIBLE_URL' | 'FROSTDESK_COMPATIBLE_KEY' | 'FROSTDESK_COMPATIBLE_MODEL'>
    >;

/**
 * The brains the environment has keys and addresses for, in its order or a business's own; rules always come last,
 * so that there is always an answer.
 */
export function chooseBrain(
    env: BrainSettings,
    deps: { log: Log; fetch?: typeof fetch; circuits?: Circuits },
): Brain {
    const last = rulesBrain();
    const through = deps.fetch ? { fetch: deps.fetch } : {};
    const brains: Brain[] = [];
    if (env.OPENAI_API_KEY) {
        const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = env;
        brains.push(openAiBrain({ apiKey, baseUrl, model, ...through }));
    }
    if (env.FROSTDESK_COMPATIBLE_URL && env.FROSTDESK_COMPATIBLE_MODEL) {
        const { FROSTDESK_COMPATIBLE_URL: baseUrl, FROSTDESK_COMPATIBLE_MODEL: model } = env;
        // A server of one's own asks for no key, but the client will not go without one.
        const apiKey = env.FROSTDESK_COMPATIBLE_KEY ?? 'none';
        brains.push(compatibleBrain({ apiKey, baseUrl, model, ...through }));
    }
    const chosen = brains.some(({ name }) => name === env.FROSTDESK_BRAIN) ? env.FROSTDESK_BRAIN : last.name;
    const usual = chosen === last.name ? [] : [chosen];
    const models: Record<string, string | undefined> = {
        openai: env.OPENAI_MODEL,
        compatible: env.FROSTDESK_COMPATIBLE_MODEL,
    };
    deps.log.info('brain chosen', { brain: chosen, model: models[chosen] ?? null });
    return fallingBack({ brains, usual, last, circuits: deps.circuits ?? new Circuits() });
}
