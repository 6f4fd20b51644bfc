import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { inProject } from './local/paths.ts';

/** What one benchmark prints, and what it leaves behind for whoever compares. */
export interface Outcome {
    table: string;
    results: unknown;
}

const benches: Record<string, () => Promise<{ run(log: (line: string) => void): Promise<Outcome> }>> = {
    slots: () => import('../tests/load/slots.ts'),
    race: () => import('../tests/load/race.ts'),
};

/**
 * `npm run bench -- <name>`: measures on a database of its own, prints a table and writes the same as JSON into
 * tests/load/results.
 */
export default async function main([name = '']: string[]): Promise<void> {
    const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
    if (!bench) {
        throw new Error(`There is no benchmark "${name}"; there are ${Object.keys(benches).join(' and ')}.`);
    }
    const { run } = await bench();
    const { table, results } = await run((line) => console.error(line));
    const [load] = loadavg();
    const report = {
        bench: name,
        at: new Date().toISOString(),
        cores: availableParallelism(),
        load,
        results,
    };
    mkdirSync(inProject('tests/load/results'), { recursive: true });
    writeFileSync(inProject(`tests/load/results/${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
    console.log(
        `${table}\n\nload average at the end: ${load?.toFixed(1)} on ${availableParallelism()} cores`,
    );
}
