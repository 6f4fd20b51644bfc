import { z } from 'zod';

/**
 * What can be made to go wrong. A rule waits in line until a request or webhook it fits comes by, lets `skip`
 * of them pass, then strikes `times` times and is gone. One rule strikes per request, the oldest first, so
 * "500, then a lost response, then fine" is two rules.
 */

const when = {
    /** Phone (any formatting) or user id of the customer concerned; absent: everybody. */
    to: z.string().optional(),
    times: z.number().int().min(1).default(1),
    skip: z.number().int().min(0).default(0),
};

const requestFault = z.strictObject({
    on: z.enum(['send', 'read', 'media']),
    ...when,
    /** Think this long before anything else happens. */
    delay_ms: z.number().int().min(0).max(120_000).optional(),
    /** Refuse with Meta's error for this code. */
    fail: z
        .strictObject({
            code: z.number().int(),
            http_status: z.number().int().min(400).max(599).optional(),
            subcode: z.number().int().optional(),
            message: z.string().optional(),
            details: z.string().optional(),
            retry_after_s: z.number().int().optional(),
        })
        .optional(),
    /** Answer these bytes instead, e.g. a proxy's HTML 502, and accept nothing. */
    answer: z
        .strictObject({ status: z.number().int(), body: z.string(), type: z.string().default('text/html') })
        .optional(),
    /** `before`: cut before accepting. `after`: accepted, then cut. `hang`: accepted, then never answered. */
    line: z.enum(['before', 'after', 'hang']).optional(),
    /** Accept, answer 200, but name no message. */
    omit_id: z.boolean().optional(),
    /** Which statuses an accepted send gets, in this order; `[]` is silence. */
    statuses: z.array(z.enum(['sent', 'delivered', 'read', 'failed'])).optional(),
    /** The code a `failed` status carries. */
    status_code: z.number().int().default(131026),
});

const webhookFault = z.strictObject({
    on: z.enum(['message_webhook', 'status_webhook']),
    ...when,
    delay_ms: z.number().int().min(0).max(120_000).optional(),
    /** Never arrives. */
    drop: z.boolean().optional(),
    /** This many copies more, all at once. */
    duplicate: z.number().int().min(1).max(1000).optional(),
    /** Signed with another secret, or with none at all. */
    signature: z.enum(['wrong', 'missing']).optional(),
    /** Hold this many and let them go `batch`ed into one call or `reverse`d; sooner when `hold_ms` is over. */
    hold: z
        .strictObject({ count: z.number().int().min(2).max(1000), release: z.enum(['batch', 'reverse']) })
        .optional(),
    hold_ms: z.number().int().min(1).max(60_000).default(1000),
});

export const faultRule = z.discriminatedUnion('on', [requestFault, webhookFault]);
export type FaultRule = z.input<typeof faultRule>;
export type RequestFault = z.output<typeof requestFault>;
export type WebhookFault = z.output<typeof webhookFault>;
type Parsed = z.output<typeof faultRule>;

interface Waiting {
    id: number;
    rule: Parsed;
    skip: number;
    left: number;
}

/** The line of rules. A rule of `hold` strikes once per element it holds. */
export class Faults {
    #nextId = 1;
    #waiting: Waiting[] = [];

    add(given: FaultRule): number {
        const rule = faultRule.parse(given);
        const held = 'hold' in rule && rule.hold !== undefined ? rule.hold.count : 1;
        const id = this.#nextId++;
        this.#waiting.push({ id, rule, skip: rule.skip, left: rule.times * held });
        return id;
    }

    list(): { id: number; left: number; rule: FaultRule }[] {
        return this.#waiting.map(({ id, left, rule }) => ({ id, left, rule }));
    }

    clear(): void {
        this.#waiting = [];
    }

    /** The rule that strikes this request now, spent once. `addresses` are all the ways to name the customer. */
    strikeRequest(on: RequestFault['on'], addresses: (string | undefined)[]): RequestFault | undefined {
        const struck = this.#strike(on, addresses);
        return struck === undefined || isWebhookFault(struck.rule) ? undefined : struck.rule;
    }

    /** The same for a webhook; the id tells which rule holds it. */
    strikeWebhook(
        on: WebhookFault['on'],
        addresses: (string | undefined)[],
    ): (WebhookFault & { ruleId: number }) | undefined {
        const struck = this.#strike(on, addresses);
        if (struck === undefined || !isWebhookFault(struck.rule)) return undefined;
        return { ...struck.rule, ruleId: struck.id };
    }

    #strike(on: Parsed['on'], addresses: (string | undefined)[]): Waiting | undefined {
        for (const waiting of this.#waiting) {
            if (waiting.rule.on !== on || !concerns(waiting.rule.to, addresses)) continue;
            if (waiting.skip > 0) {
                waiting.skip--;
                continue;
            }
            waiting.left--;
            if (waiting.left === 0) this.#waiting = this.#waiting.filter((other) => other !== waiting);
            return waiting;
        }
        return undefined;
    }
}

function isWebhookFault(rule: Parsed): rule is WebhookFault {
    return rule.on === 'message_webhook' || rule.on === 'status_webhook';
}

function concerns(to: string | undefined, addresses: (string | undefined)[]): boolean {
    if (to === undefined) return true;
    const phone = to.replace(/\D/g, '');
    return addresses.some((address) => address !== undefined && (address === to || address === phone));
}
