import type { Usage } from '../desk/turn-types.ts';
import type { Turn } from './turn-state.ts';

/** What a brain says. Facts, buttons and actions are not in the text: they are in what it staged on the turn. */
export type Answer = { text: string; usage: Usage };

/**
 * Whoever thinks: rules, or a model behind some vendor's wire. It reads the turn, uses the tools on it, and
 * answers with the words of one message. It may throw: BrainFailure when it cannot answer itself (the next brain
 * does), anything else when the desk fails (the whole turn is tried again later).
 */
export type Brain = { readonly name: string; answer(turn: Turn): Promise<Answer> };

/** A brain gave up. `reason` is a short code for logs and usage, `spent` what it cost up to there. */
export class BrainFailure extends Error {
    override readonly name = 'BrainFailure';
    readonly reason: string;
    readonly spent: Partial<Usage>;

    constructor(reason: string, spent: Partial<Usage> = {}, cause?: unknown) {
        super(`The brain failed: ${reason}`, cause === undefined ? undefined : { cause });
        this.reason = reason;
        this.spent = spent;
    }
}
