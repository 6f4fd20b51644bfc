import { settingsOf } from './settings.ts';
import { failure, type ToolFailure } from './tools/tool.ts';
import type { Turn } from './turn-state.ts';

export type Ability = 'book' | 'reschedule' | 'cancel';

/** Whether the business lets its concierge do that; rules and tools ask the same question. */
export function mayDo(ability: Ability, { context }: Pick<Turn, 'context'>): boolean {
    return settingsOf(context).abilities[ability];
}

/** A tool's refusal of what the business has not allowed, whatever a model was told. */
export function notAllowed(ability: Ability, turn: Turn): ToolFailure | undefined {
    if (mayDo(ability, turn)) return undefined;
    return failure('not_allowed', 'This business decides that itself. Call hand_off and say so.');
}

export function sharesPrices({ context }: Pick<Turn, 'context'>): boolean {
    return settingsOf(context).boundaries.share_prices;
}
