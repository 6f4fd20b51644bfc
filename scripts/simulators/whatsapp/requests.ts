import { z } from 'zod';
import type { Refusal } from './errors.ts';

/**
 * What `POST /{phone_number_id}/messages` takes, as strictly as Meta: unknown keys, missing parts and lengths
 * over the limit are refused. Lengths count UTF-16 units, as JavaScript does; Meta counts characters, so an
 * emoji may cost two here: too strict is the safe side for a desk under test.
 */

const text = (max: number) => z.string().min(1).max(max);

/** E.164 with or without `+`; Meta also forgives spaces and dashes. */
const phone = z.string().regex(/^\+?[1-9][\d\s()-]{6,18}$/);
const userId = z.string().regex(/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/);

const reply = z.strictObject({ id: text(256), title: text(20) });
const header = z.union([
    z.strictObject({ type: z.literal('text'), text: text(60) }),
    z.looseObject({ type: z.enum(['image', 'video', 'document']) }),
]);
const footer = z.strictObject({ text: text(60) });
const row = z.strictObject({ id: text(200), title: text(24), description: z.string().max(72).optional() });
const section = z.strictObject({ title: z.string().max(24).optional(), rows: z.array(row).min(1) });

const unique = (values: string[]): boolean => new Set(values).size === values.length;

const interactive = z.discriminatedUnion('type', [
    z.strictObject({
        type: z.literal('button'),
        header: header.optional(),
        body: z.strictObject({ text: text(1024) }),
        footer: footer.optional(),
        action: z.strictObject({
            buttons: z
                .array(z.strictObject({ type: z.literal('reply'), reply }))
                .min(1)
                .max(3)
                .refine((all) => unique(all.map((button) => button.reply.id)), 'Duplicated button ids')
                .refine((all) => unique(all.map((button) => button.reply.title)), 'Duplicated button titles'),
        }),
    }),
    z.strictObject({
        type: z.literal('list'),
        header: header.optional(),
        body: z.strictObject({ text: text(4096) }),
        footer: footer.optional(),
        action: z.strictObject({
            button: text(20),
            sections: z
                .array(section)
                .min(1)
                .max(10)
                .refine((all) => all.flatMap((part) => part.rows).length <= 10, 'Total row count exceeds 10')
                .refine(
                    (all) => unique(all.flatMap((part) => part.rows.map(({ id }) => id))),
                    'Duplicated row ids',
                )
                .refine(
                    (all) => all.length === 1 || all.every((part) => part.title),
                    'Section title is required',
                ),
        }),
    }),
    z.strictObject({
        type: z.literal('cta_url'),
        header: header.optional(),
        body: z.strictObject({ text: text(1024) }),
        footer: footer.optional(),
        action: z.strictObject({
            name: z.literal('cta_url'),
            parameters: z.strictObject({ display_text: text(20), url: z.url() }),
        }),
    }),
    z.strictObject({
        type: z.literal('request_contact_info'),
        body: z.strictObject({ text: text(1024) }),
        action: z.strictObject({ name: z.literal('request_contact_info') }),
    }),
]);

const addressed = {
    messaging_product: z.literal('whatsapp'),
    recipient_type: z.literal('individual').optional(),
    to: phone.optional(),
    recipient: userId.optional(),
    context: z.strictObject({ message_id: z.string().min(1) }).optional(),
    biz_opaque_callback_data: z.string().max(512).optional(),
};

export const sendRequest = z.discriminatedUnion('type', [
    z.strictObject({
        ...addressed,
        type: z.literal('text'),
        text: z.strictObject({ body: text(4096), preview_url: z.boolean().optional() }),
    }),
    z.strictObject({ ...addressed, type: z.literal('interactive'), interactive }),
    z.strictObject({
        ...addressed,
        type: z.literal('template'),
        template: z.strictObject({
            name: text(512),
            language: z.strictObject({ code: text(12), policy: z.literal('deterministic').optional() }),
            components: z.array(z.looseObject({ type: z.enum(['header', 'body', 'button']) })).optional(),
        }),
    }),
    z.strictObject({
        ...addressed,
        type: z.literal('reaction'),
        reaction: z.strictObject({ message_id: z.string().min(1), emoji: z.string() }),
    }),
]);
export type SendRequest = z.output<typeof sendRequest>;

export const readRequest = z.strictObject({
    messaging_product: z.literal('whatsapp'),
    status: z.literal('read'),
    message_id: z.string().startsWith('wamid.'),
    typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});
export type ReadRequest = z.output<typeof readRequest>;

/** Meta's refusal for the first thing wrong with a body. */
export function refusalOf(error: z.ZodError): Refusal {
    const issue = error.issues[0];
    const where = issue === undefined || issue.path.length === 0 ? 'body' : nameOf(issue.path);
    if (issue?.code === 'unrecognized_keys') {
        const details = `Unexpected key "${issue.keys[0]}" on param "${where}".`;
        return { code: 100, message: `(#100) ${details}`, details };
    }
    const missing = issue?.code === 'invalid_type' && issue.input === undefined;
    if (missing && issue.path.length === 1) {
        return { code: 100, message: `(#100) The parameter ${where} is required.` };
    }
    if (missing)
        return {
            code: 131008,
            message: '(#131008) Required parameter is missing',
            details: `${where} is missing`,
        };
    if (issue?.code === 'too_big' && issue.path[0] === 'text') {
        const message = `(#100) Param ${where} must be at most ${issue.maximum} characters long.`;
        return { code: 100, message, details: message.slice(7) };
    }
    const details = `${where}: ${issue?.message ?? 'invalid'}`;
    if (issue?.path[0] === 'interactive' || issue?.path[0] === 'template') {
        return { code: 131009, message: '(#131009) Parameter value is not valid', details };
    }
    return { code: 100, message: '(#100) Invalid parameter', details };
}

/** `text['body']`, `interactive['action']['buttons'][0]`: how Meta names a nested parameter. */
function nameOf(path: PropertyKey[]): string {
    return path
        .map((part, depth) =>
            depth === 0 ? String(part) : typeof part === 'number' ? `[${part}]` : `['${String(part)}']`,
        )
        .join('');
}
