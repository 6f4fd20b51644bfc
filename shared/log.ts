import { scrub } from './log-scrub.ts';

/**
 * One JSON line per event. Only the fields listed here exist, each with the shape it must have, so that
 * message text, phone numbers, tokens and keys cannot be logged even by mistake: a value of another shape
 * is replaced, not printed. This file is the only one that writes to the console.
 */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A word of ours or a vendor's code: no spaces, and nothing that scrubbing would take out. */
const word = /^[A-Za-z0-9][\w.:/-]{0,79}$/;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown) => Number.isFinite(value);
const isUuid = (value: unknown) => isText(value) && uuid.test(value);
const isWord = (value: unknown) =>
    isCount(value) || (isText(value) && word.test(value) && scrub(value) === value);
const isWords = (value: unknown) => Array.isArray(value) && value.every(isWord);
const isFlag = (value: unknown) => typeof value === 'boolean';

const shapes = {
    function: isWord,
    business_id: isUuid,
    conversation_id: isUuid,
    message_id: isUuid,
    worker_id: isUuid,
    request_id: isUuid,
    job_id: isCount,
    duration_ms: isCount,
    attempt: isCount,
    retry_after_ms: isCount,
    count: isCount,
    bytes: isCount,
    status: isWord,
    kind: isWord,
    outcome: isWord,
    code: isWord,
    reason: isWord,
    channel: isWord,
    /** The business's own address on a channel, as the provider numbers it: never a customer's. */
    account: (value: unknown) => isText(value) && /^\d{5,20}$/.test(value),
    trace_id: isWord,
    brain: isWord,
    model: isWord,
    down: isWords,
    variables: isWords,
    duplicate: isFlag,
} satisfies Record<string, (value: unknown) => boolean>;

export const loggableFields = Object.keys(shapes) as (keyof typeof shapes)[];
export type LogFields = {
    [field in keyof typeof shapes]?: string | number | boolean | readonly string[] | null;
};

export const logLevels = ['debug', 'info', 'warn', 'error', 'off'] as const;
export type LogLevel = (typeof logLevels)[number];
type WrittenLevel = Exclude<LogLevel, 'off'>;

export type Log = {
    /** `event` is a short constant in our words, such as `turn finished`. */
    debug(event: string, fields?: LogFields): void;
    info(event: string, fields?: LogFields): void;
    warn(event: string, fields?: LogFields, error?: unknown): void;
    error(event: string, error: unknown, fields?: LogFields): void;
    /** A log that adds these fields to every line. */
    with(fields: LogFields): Log;
};

export type LogOptions = {
    level: LogLevel;
    write?: (line: string, level: WrittenLevel) => void;
    now?: () => Date;
    fields?: LogFields;
};

const stackLimit = 3000;
const causeDepth = 4;

/** An error with its stack and causes, scrubbed; Postgres' `details` are left out: they quote whole rows. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
    if (!(error instanceof Error)) return { name: typeof error, message: scrub(String(error)).slice(0, 300) };
    // A JSON syntax error quotes the text it could not read, which is a customer's.
    const message = error instanceof SyntaxError ? 'unreadable syntax' : scrub(error.message).slice(0, 1000);
    const code = 'code' in error && isWord(error.code) ? { code: error.code } : {};
    const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
    const stack = frames?.length ? { stack: scrub(frames.join('\n')).slice(0, stackLimit) } : {};
    const cause =
        error.cause !== undefined && depth < causeDepth
            ? { cause: describeError(error.cause, depth + 1) }
            : {};
    return { name: error.name, message, ...code, ...stack, ...cause };
}

function allowed(fields: LogFields): Record<string, unknown> {
    const kept: Record<string, unknown> = {};
    for (const field of loggableFields) {
        const value = fields[field];
        if (value === undefined || value === null) continue;
        kept[field] = shapes[field](value) ? value : '[refused]';
    }
    return kept;
}

/** Creates a log; a level below `options.level` is not written. */
export function createLog(options: LogOptions): Log {
    const { level, write = toConsole, now = () => new Date(), fields: fixed = {} } = options;
    const line = (at: WrittenLevel, event: string, fields: LogFields = {}, error?: unknown) => {
        if (logLevels.indexOf(at) < logLevels.indexOf(level)) return;
        const described = error === undefined ? {} : { error: describeError(error) };
        const entry = { time: now().toISOString(), level: at, event: scrub(event) };
        write(JSON.stringify({ ...entry, ...allowed({ ...fixed, ...fields }), ...described }), at);
    };
    return {
        debug: (event, fields) => line('debug', event, fields),
        info: (event, fields) => line('info', event, fields),
        warn: (event, fields, error) => line('warn', event, fields, error),
        error: (event, error, fields) => line('error', event, fields, error),
        with: (fields) => createLog({ ...options, fields: { ...fixed, ...fields } }),
    };
}

function toConsole(line: string, level: WrittenLevel) {
    globalThis.console[level](line);
}
