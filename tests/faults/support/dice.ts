/** Chance that can be had again: the same seed gives the same numbers (mulberry32). */
export class Dice {
    #state: number;

    constructor(seed: number) {
        this.#state = seed >>> 0;
    }

    /** From 0 up to 1. */
    roll(): number {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let mixed = this.#state;
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    }

    /** A whole number from `from` to `to`, both included. */
    between(from: number, to: number): number {
        return from + Math.floor(this.roll() * (to - from + 1));
    }

    pick<T>(from: readonly T[]): T {
        const one = from[this.between(0, from.length - 1)];
        if (one === undefined) throw new Error('Nothing to pick from.');
        return one;
    }

    /** Picks by weight. */
    weighted<T>(from: readonly (readonly [number, T])[]): T {
        let left = this.roll() * from.reduce((sum, [weight]) => sum + weight, 0);
        for (const [weight, one] of from) {
            left -= weight;
            if (left < 0) return one;
        }
        return (from.at(-1) as readonly [number, T])[1];
    }
}
