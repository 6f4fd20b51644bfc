import type { Usage } from '../../desk/turn-types.ts';
import { type Answer, type Brain, BrainFailure } from '../brain.ts';
import { openTurn, type Turn } from '../turn-state.ts';

/**
 * Lets `last` answer in the same turn when `first` gives up: the desk stays open. Whatever the first had staged is
 * forgotten. The usage says who answered, who had failed and why, and what both cost.
 */
export function fallingBack(first: Brain, last: Brain): Brain {
    return {
        name: first.name,
        async answer(turn: Turn): Promise<Answer> {
            try {
                return await first.answer(turn);
            } catch (error) {
                if (!(error instanceof BrainFailure)) throw error;
                // The reason alone: a vendor's error text may quote the customer, or the key.
                turn.log.warn('brain failed', { brain: first.name, reason: error.reason });
                Object.assign(turn, openTurn(turn, turn));
                const answer = await last.answer(turn);
                return { ...answer, usage: together(answer.usage, first.name, error) };
            }
        },
    };
}

function together(usage: Usage, failed: string, { reason, spent }: BrainFailure): Usage {
    const sum = (key: 'input_tokens' | 'output_tokens') => (usage[key] ?? 0) + (spent[key] ?? 0);
    return {
        ...usage,
        input_tokens: sum('input_tokens'),
        output_tokens: sum('output_tokens'),
        ...(spent.requests === undefined ? {} : { requests: spent.requests }),
        failed_brain: failed,
        failure: reason,
    };
}
