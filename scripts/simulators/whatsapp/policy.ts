import { z } from 'zod';
import type { Chat } from './chats.ts';
import type { Refusal } from './errors.ts';
import type { SendRequest } from './requests.ts';

/** How the network behaves until told otherwise. Meta's limits are off, so that a restarted simulator, which has
 * forgotten when a customer wrote, does not refuse what a desk with a longer memory may send. */
export const settingsShape = z.strictObject({
    status_delays_ms: z.strictObject({
        sent: z.number().int().min(0),
        delivered: z.number().int().min(0),
        read: z.number().int().min(0),
    }),
    /** Which statuses an accepted send gets. */
    statuses: z.array(z.enum(['sent', 'delivered', 'read'])),
    /** Read receipts are on, and the phone is looked at. */
    customer_reads: z.boolean(),
    answer_delay_ms: z.number().int().min(0).max(60_000),
    /** The 24-hour window: not watched, refused at once, or accepted and then failed (Meta does both). */
    window: z.enum(['off', 'refuse', 'fail_later']),
    /** One message per 6 s to one person, 45 borrowed in a burst. */
    pair_rate: z.boolean(),
    /** Approved templates; null lets every name pass. */
    templates: z
        .array(z.strictObject({ name: z.string(), language: z.string(), params: z.number().int() }))
        .nullable(),
});
export type Settings = z.infer<typeof settingsShape>;

export const defaultSettings: Settings = {
    status_delays_ms: { sent: 40, delivered: 150, read: 600 },
    statuses: ['sent', 'delivered', 'read'],
    customer_reads: true,
    answer_delay_ms: 0,
    window: 'off',
    pair_rate: false,
    templates: null,
};

const dayMs = 24 * 60 * 60 * 1000;
const pairIntervalMs = 6000;
const pairBurst = 45;

/** Why Meta refuses this send to this chat now, or `undefined`. `later` says it is accepted and fails then. */
export function policyRefusal(
    settings: Settings,
    chat: Chat,
    request: SendRequest,
    now: number,
): (Refusal & { later: boolean }) | undefined {
    if (request.type === 'template') return templateRefusal(settings, request.template);
    const open = chat.lastCustomerAt !== undefined && now - chat.lastCustomerAt < dayMs;
    if (settings.window !== 'off' && !open) return { code: 131047, later: settings.window === 'fail_later' };
    if (settings.pair_rate && borrowed(chat.sends, now) + 1 > pairBurst)
        return { code: 131056, later: false };
    return undefined;
}

/** Messages borrowed from the future: each send adds one, each 6 s pay one back. */
function borrowed(sends: number[], now: number): number {
    let debt = 0;
    let last = sends[0] ?? now;
    for (const at of sends) {
        debt = Math.max(0, debt - (at - last) / pairIntervalMs) + 1;
        last = at;
    }
    return Math.max(0, debt - (now - last) / pairIntervalMs);
}

function templateRefusal(
    settings: Settings,
    template: Extract<SendRequest, { type: 'template' }>['template'],
): (Refusal & { later: boolean }) | undefined {
    if (settings.templates === null) return undefined;
    const approved = settings.templates.find(
        ({ name, language }) => name === template.name && language === template.language.code,
    );
    if (approved === undefined) return { code: 132001, later: false };
    const body = template.components?.find(({ type }) => type === 'body');
    const given = Array.isArray(body?.parameters) ? body.parameters.length : 0;
    return given === approved.params ? undefined : { code: 132000, later: false };
}
