import { readFileSync } from 'node:fs';

/**
 * Milliseconds of processor time that a process has used so far, in steps of ten: unlike the time on the clock it does
 * not grow with what else runs on the machine. Null where there is no /proc.
 */
export function cpuOf(pid: number): number | null {
    try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
        return null;
    }
}

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
    const start = performance.now();
    await work();
    return performance.now() - start;
}

/** The value below which that share of the values lies. */
export function percentile(values: number[], share: number): number {
    const sorted = values.toSorted((a, b) => a - b);
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    if (value === undefined) throw new Error('nothing was measured');
    return value;
}

/** Three digits are all that a measurement on a shared machine can mean. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** A table for people: the first row names the columns; everything stands right. */
export function table(rows: (string | number)[][]): string {
    const cells = rows.map((row) => row.map((cell) => cell.toLocaleString('en')));
    const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
    return cells.map((row) => row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')).join('\n');
}
