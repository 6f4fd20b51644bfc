import { z } from 'zod';
import type { UnknownEvent } from '../../desk/inbound-events.ts';

/** Pieces that every part of a WhatsApp webhook shares. */

/** Unix seconds, which Meta writes as a string, as an ISO instant. */
export const unixSeconds = z.coerce
    .number()
    .int()
    .positive()
    .max(253_402_300_799)
    .transform((seconds) => new Date(seconds * 1000).toISOString());

/** A phone as Meta writes it, E.164 digits without `+`; anything else is no phone, and costs nobody their message. */
export const digits = z
    .string()
    .transform((phone) => phone.replace(/[\s().+-]/g, ''))
    .pipe(z.string().regex(/^[1-9]\d{4,14}$/));

/** A business-scoped user id, kept and sent back unchanged. */
export const userId = z.string().regex(/^\S{1,200}$/);

/** Who a message may be from; `profile` and `wa_id` are left out for people who hide them. */
export const contactShape = z.object({
    wa_id: digits.optional().catch(undefined),
    user_id: userId.optional().catch(undefined),
    profile: z
        .object({
            name: z.string().optional().catch(undefined),
            username: z.string().optional().catch(undefined),
        })
        .optional()
        .catch(undefined),
});
export type Contact = z.infer<typeof contactShape>;

/** An element kept raw, for a person to look at. */
export function unknownEvent(reason: string, body: unknown, account?: string): UnknownEvent {
    return { kind: 'unknown', ...(account ? { account } : {}), reason, body };
}
