import type { z } from 'zod';
import type { Database } from '../database.types.ts';
import { type DatabaseFailure, DeskError, fromDatabase } from '../errors.ts';

/** The little of a supabase-js client that the desk uses: calling SQL functions. */
export type RpcClient = {
    rpc(
        name: string,
        args: Record<string, unknown>,
    ): {
        abortSignal(
            signal: AbortSignal,
        ): PromiseLike<{ data: unknown; error: (DatabaseFailure & { code?: string }) | null }>;
    };
};

type Functions = Database['public']['Functions'];

/** The arguments of an SQL function by the names it has today; their values are shaped as agreed with it. */
type Arguments<Name extends keyof Functions> = { [Argument in keyof Functions[Name]['Args']]: unknown };

export type Call = <Name extends keyof Functions, Schema extends z.ZodType>(
    name: Name,
    args: Arguments<Name>,
    result: Schema,
) => Promise<z.output<Schema>>;

/** Longer than any SQL function of the desk takes; a call that hangs must not hang its worker. */
const callTimeoutMs = 20_000;

/** Calls SQL functions: refusals become DeskErrors, and an answer of another shape is an error, not data. */
export function createCall(client: RpcClient): Call {
    return async (name, args, result) => {
        const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
        const { data, error } = await client.rpc(name, given).abortSignal(AbortSignal.timeout(callTimeoutMs));
        if (error) throw fromDatabase(error);
        const read = result.safeParse(data);
        if (read.success) return read.data;
        throw new DeskError('unexpected_answer', 500, `The answer of ${name} is not as agreed.`, read.error);
    };
}
