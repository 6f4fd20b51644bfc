/**
 * What models cost, in US dollars per million tokens, which is micro-dollars per token (list prices of November
 * 2026). A model that is not listed has no cost stamped: no number is better than a wrong one.
 */
const prices: Record<string, { input: number; cached: number; output: number }> = {
    'gpt-6-luna': { input: 0.1, cached: 0.01, output: 0.5 },
    'gpt-5.6-luna': { input: 0.2, cached: 0.02, output: 1.2 },
    'gpt-6.1-terra': { input: 1, cached: 0.05, output: 5 },
    'gpt-6.1-sol': { input: 2, cached: 0.1, output: 10 },
    'gpt-5.6-terra': { input: 2, cached: 2, output: 12 },
    'gpt-6-astra': { input: 10, cached: 1, output: 50 },
};

export type Tokens = { input: number; output: number; cached: number };

/** The cost of tokens in whole micro-dollars, rounded up; undefined for a model without a known price. */
export function costMicroUsd(model: string, { input, output, cached }: Tokens): number | undefined {
    const price = prices[model];
    if (!price) return undefined;
    const fresh = Math.max(0, input - cached);
    const cost = fresh * price.input + Math.min(cached, input) * price.cached + output * price.output;
    // Sums of tenths are not exact in floating point: 0.30000000000000004 must not round up to 1.
    return Math.ceil(Number(cost.toFixed(6)));
}
