import { errorCode } from './errors.ts';
import { scrub } from './log-scrub.ts';

/** What the queue remembers of a failure (`jobs.last_error`): its kind and its words, without private data. */
export function jobError(error: unknown): string {
    const words =
        error instanceof Error && !(error instanceof SyntaxError) ? `: ${scrub(error.message)}` : '';
    return `${errorCode(error)}${words}`.slice(0, 500);
}
