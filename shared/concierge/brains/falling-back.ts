import type { Usage } from '../../desk/turn-types.ts';
import { type Answer, type Brain, BrainFailure } from '../brain.ts';
import { settingsOf } from '../settings.ts';
import { openTurn, type Turn } from '../turn-state.ts';
import type { Circuits } from './circuit.ts';

/** A brain gave up, or was not asked because it keeps giving up. */
type Failed = { brain: string; reason: string; spent: Partial<Usage> };

export type Order = {
    /** Those that can be asked at all: a business may wish for others, and does without. */
    brains: readonly Brain[];
    /** Who is asked when the business has set nothing; names of `brains`. */
    usual: readonly string[];
    /** Always answers, and always last. */
    last: Brain;
    circuits: Circuits;
};

/**
 * Asks one brain after the other, in the business's order, until one answers in this turn: the desk stays open.
 * Whatever a brain that failed had staged is forgotten. The usage says who answered, who had failed and why, and
 * what all of them cost.
 */
export function fallingBack({ brains, usual, last, circuits }: Order): Brain {
    return {
        name: usual[0] ?? last.name,
        async answer(turn: Turn): Promise<Answer> {
            const { business } = turn.context;
            const failed: Failed[] = [];
            for (const name of settingsOf(turn.context).brains ?? usual) {
                const brain = brains.find((given) => given.name === name);
                if (name === last.name) break;
                if (!brain) continue;
                // Of a business's own: its model may be wrong while everybody else's is well.
                const circuit = `${name}:${settingsOf(turn.context).models[brain.name as 'openai'] ? business.id : ''}`;
                if (!circuits.allows(circuit, turn.now().getTime())) {
                    failed.push({ brain: name, reason: 'circuit_open', spent: {} });
                    continue;
                }
                try {
                    const answer = await brain.answer(turn);
                    circuits.succeeded(circuit);
                    return { ...answer, usage: together(answer.usage, failed) };
                } catch (error) {
                    if (!(error instanceof BrainFailure)) throw error;
                    circuits.failed(circuit, error.reason, turn.now().getTime());
                    // The reason alone: a vendor's error text may quote the customer, or the key.
                    turn.log.warn('brain failed', { brain: name, reason: error.reason });
                    failed.push({ brain: name, reason: error.reason, spent: error.spent });
                    Object.assign(turn, openTurn(turn, turn));
                }
            }
            const answer = await last.answer(turn);
            return { ...answer, usage: together(answer.usage, failed) };
        },
    };
}

const counted = ['input_tokens', 'output_tokens', 'cached_tokens', 'requests', 'cost_micro_usd'] as const;

function together(usage: Usage, failed: Failed[]): Usage {
    const [first] = failed;
    if (!first) return usage;
    const all: Record<string, unknown>[] = [usage, ...failed.map(({ spent }) => spent)];
    const sums = counted.flatMap((key) => {
        const known = all.map((given) => given[key]).filter((value) => typeof value === 'number');
        return known.length === 0 ? [] : [[key, known.reduce((sum, value) => sum + value, 0)]];
    });
    return {
        ...usage,
        ...Object.fromEntries(sums),
        failed_brain: failed.map(({ brain }) => brain).join(','),
        failure: failed.map(({ reason }) => reason).join(','),
    };
}
