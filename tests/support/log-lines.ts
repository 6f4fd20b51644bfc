import { createLog, type LogLevel } from '../../shared/log.ts';

export type Line = Record<string, unknown> & { event: string; level: string };

/** A log that keeps its lines for a test to read. */
export function recordingLog(level: LogLevel = 'debug') {
    const lines: Line[] = [];
    const raw: string[] = [];
    const write = (line: string) => {
        raw.push(line);
        lines.push(JSON.parse(line));
    };
    return { log: createLog({ level, write }), lines, raw };
}
