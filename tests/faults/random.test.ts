import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './support/lab.ts';
import { playRandomly } from './support/random.ts';

/** `FAULTS_SEED=<seed>` plays another seed, or one of `npm run soak` again, which draws new ones each time. */

let lab: Lab;
beforeAll(async () => {
    lab = await startLab();
});
afterAll(() => lab.stop());

const given = process.env.FAULTS_SEED;
const seeds = given === undefined ? [7, 42] : [Number(given)];

describe('whatever happens', () => {
    it.each(seeds)('with seed %i, the claims hold', { timeout: 120_000 }, async (seed) => {
        const played = await playRandomly(lab, { seed, steps: 300, customers: 30 });
        expect(played.messages).toBeGreaterThan(200);
    });
});
