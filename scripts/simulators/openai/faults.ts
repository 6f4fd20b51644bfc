import { z } from 'zod';

/** What a model, or the way to it, can be made to do wrong. */
export const openaiFault = z.strictObject({
    /** Only requests whose JSON holds this text, e.g. a customer's name: tests share one simulator. */
    containing: z.string().optional(),
    times: z.number().int().min(1).default(1),
    skip: z.number().int().min(0).default(0),
    delay_ms: z.number().int().min(0).max(120_000).optional(),
    fail: z
        .strictObject({
            status: z.number().int().min(400).max(599),
            code: z.string().optional(),
            type: z.string().optional(),
            message: z.string().optional(),
            retry_after_s: z.number().optional(),
        })
        .optional(),
    /** Cut the connection, or never answer. */
    line: z.enum(['cut', 'hang']).optional(),
    /** Answer these bytes instead. */
    answer: z
        .strictObject({ status: z.number().int(), body: z.string(), type: z.string().default('text/html') })
        .optional(),
    respond: z
        .enum([
            /** 200 with `status: failed` and an error inside. */
            'failed',
            /** 200, cut off at `max_output_tokens` in the middle of a call. */
            'incomplete',
            /** 200, stopped by the content filter. */
            'content_filter',
            'refusal',
            /** No text, no call. */
            'empty',
            /** Arguments that are no JSON. */
            'broken_arguments',
            /** JSON of the wrong shape. */
            'garbage_arguments',
            'unknown_tool',
            /** The same reading tool again and again, whatever it answers. */
            'endless_loop',
            /** The right call twice in one response. */
            'same_call_twice',
            /** Fifty calls in one response. */
            'many_calls',
            /** "You are booked!" without any tool. */
            'lies',
            /** confirm_booking out of the blue. */
            'confirms_unasked',
            /** One megabyte of text. */
            'flood',
        ])
        .optional(),
});
export type OpenaiFaultRule = z.input<typeof openaiFault>;
export type OpenaiFault = z.output<typeof openaiFault>;

/** Rules in line; the oldest that fits strikes. */
export class OpenaiFaults {
    #waiting: { rule: OpenaiFault; skip: number; left: number }[] = [];

    add(given: OpenaiFaultRule): void {
        const rule = openaiFault.parse(given);
        this.#waiting.push({ rule, skip: rule.skip, left: rule.times });
    }

    list(): { left: number; rule: OpenaiFault }[] {
        return this.#waiting.map(({ left, rule }) => ({ left, rule }));
    }

    clear(): void {
        this.#waiting = [];
    }

    strike(body: string): OpenaiFault | undefined {
        for (const waiting of this.#waiting) {
            const { containing } = waiting.rule;
            if (containing !== undefined && !body.includes(containing)) continue;
            if (waiting.skip > 0) {
                waiting.skip--;
                continue;
            }
            waiting.left--;
            if (waiting.left === 0) this.#waiting = this.#waiting.filter((other) => other !== waiting);
            return waiting.rule;
        }
        return undefined;
    }
}
