/**
 * Circuits: a brain that fails again and again is left alone for a while, so that customers do not wait for it in
 * vain, and is tried again by one turn when the while is over. Pure: the clock is passed in.
 */

export type CircuitRules = {
    /** Failures in a row that open it. */
    threshold: number;
    /** How long it stays open, doubled at every try that fails again. */
    restMs: number;
    longestRestMs: number;
};

const usualRules: CircuitRules = { threshold: 3, restMs: 20_000, longestRestMs: 300_000 };

/** No second try helps these: the circuit opens at once. */
const lasting = new Set(['bad_key', 'forbidden', 'unknown_model', 'insufficient_quota']);
/** The brain is well, only this answer was not. */
const passing = new Set([
    'refusal',
    'false_claim',
    'leak',
    'too_many_tool_calls',
    'incomplete:content_filter',
]);

type Circuit = { failures: number; rests: number; openUntil: number; probing: boolean };

export class Circuits {
    readonly #rules: CircuitRules;
    readonly #circuits = new Map<string, Circuit>();

    constructor(rules: Partial<CircuitRules> = {}) {
        this.#rules = { ...usualRules, ...rules };
    }

    /** Whether a brain may be asked now. When the rest is over one turn is let through, and its end decides. */
    allows(key: string, now: number): boolean {
        const circuit = this.#circuits.get(key);
        if (!circuit || circuit.openUntil === 0) return true;
        if (now < circuit.openUntil) return false;
        // A probe that never came back counts as failed once its own rest is over.
        circuit.openUntil = now + this.#rules.restMs;
        circuit.probing = true;
        return true;
    }

    succeeded(key: string): void {
        this.#circuits.delete(key);
    }

    failed(key: string, reason: string, now: number): void {
        if (passing.has(reason)) {
            this.succeeded(key);
            return;
        }
        const circuit = this.#circuits.get(key) ?? { failures: 0, rests: 0, openUntil: 0, probing: false };
        this.#circuits.set(key, circuit);
        circuit.failures += 1;
        if (!circuit.probing && !lasting.has(reason) && circuit.failures < this.#rules.threshold) return;
        const rest = Math.min(this.#rules.restMs * 2 ** circuit.rests, this.#rules.longestRestMs);
        circuit.openUntil = now + rest;
        circuit.rests += 1;
        circuit.probing = false;
    }
}
