import type { z } from 'zod';
import type { Turn } from '../turn-state.ts';

/** Failure is a value: a model reads what went wrong and what to do about it, and goes on. */
export type ToolFailure = { error: string; guidance: string };

/** Something a brain can do. `parameters` is strict: every key is there, null where nothing is meant. */
export type Tool<Parameters extends z.ZodObject = z.ZodObject, Result extends object = object> = {
    name: string;
    description: string;
    parameters: Parameters;
    /** Reads run at once; writes are checked against the context and staged. Only the desk may throw. */
    run(args: z.output<Parameters>, turn: Turn): Promise<Result>;
};

/** Keeps the types of arguments and result that a list of tools forgets. */
export function defineTool<P extends z.ZodObject, R extends object>(tool: Tool<P, R>): Tool<P, R> {
    return tool;
}

export function isFailure(result: object): result is ToolFailure {
    return 'error' in result && 'guidance' in result;
}

export const failure = (error: string, guidance: string): ToolFailure => ({ error, guidance });
