import { startLab } from '../tests/faults/support/lab.ts';
import { playRandomly } from '../tests/faults/support/random.ts';
import { stopRequests } from './local/stop-requests.ts';

const stepsARound = 400;

/**
 * `npm run soak -- [--minutes 30] [--seed n]`: the random faults of tests/faults for as long as wanted, round by
 * round, each with a seed and a business of its own and every invariant asked at its end. Ends at the first
 * broken one, with the seed to play it again.
 */
export default async function main(args: string[]): Promise<void> {
    const minutes = numberAfter('--minutes', args) ?? 30;
    const firstSeed = numberAfter('--seed', args) ?? Date.now() % 1_000_000;
    const stop = stopRequests();
    let stopped = false;
    stop.requested.then(() => {
        stopped = true;
    });
    const until = Date.now() + minutes * 60_000;
    const lab = await startLab();
    try {
        for (let seed = firstSeed; Date.now() < until && !stopped; seed += 1) {
            const startedAt = Date.now();
            const played = await playRandomly(lab, { seed, steps: stepsARound, customers: 30, until });
            const seconds = Math.round((Date.now() - startedAt) / 1000);
            console.log(
                `seed ${seed}: ${played.steps} steps, ${played.messages} messages, ${seconds} s, all claims hold`,
            );
        }
    } finally {
        await lab.stop();
        stop.done();
    }
}

function numberAfter(flag: string, args: string[]): number | undefined {
    const at = args.indexOf(flag);
    if (at === -1) return undefined;
    const value = Number(args[at + 1]);
    if (!Number.isFinite(value) || value < 0) throw new Error(`${flag} wants a number.`);
    return value;
}
