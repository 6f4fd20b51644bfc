import { HttpResponse, http } from 'msw';
import { z } from 'zod';

/**
 * The Graph API as the desk uses it. It parses like Meta: a field it does not know, a text over the limit or
 * two choices of one title is answered with Meta's error, so a test cannot pass with what Meta would refuse.
 */

export const graphUrl = 'https://graph.facebook.com';
export const graphVersion = 'v26.0';
export const account = '100000000000001';
export const accessToken = 'EAAtesttoken0123456789';

const text = z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean() });
const body = (max: number) => z.strictObject({ text: z.string().min(1).max(max) });
const distinct = (values: string[]) => new Set(values).size === values.length;

const reply = z.strictObject({
    type: z.literal('reply'),
    reply: z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) }),
});
const row = z.strictObject({
    id: z.string().min(1).max(200),
    title: z.string().min(1).max(24),
    description: z.string().min(1).max(72).optional(),
});

const interactive = z.discriminatedUnion('type', [
    z.strictObject({
        type: z.literal('button'),
        body: body(1024),
        action: z.strictObject({
            buttons: z
                .array(reply)
                .min(1)
                .max(3)
                .refine((buttons) => distinct(buttons.map((button) => button.reply.title)))
                .refine((buttons) => distinct(buttons.map((button) => button.reply.id))),
        }),
    }),
    z.strictObject({
        type: z.literal('list'),
        body: body(4096),
        action: z.strictObject({
            button: z.string().min(1).max(20),
            sections: z
                .array(
                    z.strictObject({
                        rows: z
                            .array(row)
                            .min(1)
                            .max(10)
                            .refine((rows) => distinct(rows.map(({ id }) => id))),
                    }),
                )
                .length(1),
        }),
    }),
]);

/** Meta refuses a parameter with a line break, a tab or more than four spaces on end. */
const template = z.strictObject({
    name: z.string().regex(/^[a-z0-9_]{1,512}$/),
    language: z.strictObject({ code: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/) }),
    components: z
        .array(
            z.strictObject({
                type: z.literal('body'),
                parameters: z
                    .array(
                        z.strictObject({
                            type: z.literal('text'),
                            text: z.string().regex(/^(?!.*(?:[\n\t]| {5})).+$/s),
                        }),
                    )
                    .min(1),
            }),
        )
        .optional(),
});

const common = {
    messaging_product: z.literal('whatsapp'),
    recipient_type: z.literal('individual'),
    to: z
        .string()
        .regex(/^\d{5,15}$/)
        .optional(),
    recipient: z
        .string()
        .regex(/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/)
        .optional(),
    context: z.strictObject({ message_id: z.string().min(1) }).optional(),
    biz_opaque_callback_data: z.string().max(512).optional(),
};
const send = z
    .discriminatedUnion('type', [
        z.strictObject({ ...common, type: z.literal('text'), text }),
        z.strictObject({ ...common, type: z.literal('interactive'), interactive }),
        z.strictObject({ ...common, type: z.literal('template'), template }),
    ])
    .refine(({ to, recipient }) => to !== undefined || recipient !== undefined);

const read = z.strictObject({
    messaging_product: z.literal('whatsapp'),
    status: z.literal('read'),
    message_id: z.string().min(1),
    typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});

export type Send = z.infer<typeof send>;
export type Read = z.infer<typeof read>;

export function metaError(
    code: number,
    message = 'refused',
    status = 400,
    more: Record<string, unknown> = {},
) {
    const error = {
        message: `(#${code}) ${message}`,
        type: 'OAuthException',
        code,
        fbtrace_id: 'Atrace1',
        ...more,
    };
    return HttpResponse.json({ error }, { status });
}

/** A fresh Graph API: its handler for msw, what it accepted, and answers to give instead of the next ones. */
export function metaGraph() {
    const sends: Send[] = [];
    const reads: Read[] = [];
    const instead: (() => Response | Promise<Response>)[] = [];
    const handler = http.post(
        `${graphUrl}/${graphVersion}/:account/messages`,
        async ({ request, params }) => {
            if (request.headers.get('authorization') !== `Bearer ${accessToken}`) {
                return metaError(190, 'Error validating access token', 401);
            }
            if (params.account !== account) return metaError(100, 'Unsupported post request');
            const json = await request.json();
            const special = instead.shift();
            if (special) return await special();
            const asRead = read.safeParse(json);
            if (asRead.success) {
                reads.push(asRead.data);
                return HttpResponse.json({ success: true });
            }
            const asSend = send.safeParse(json);
            if (!asSend.success) return metaError(131009, z.prettifyError(asSend.error));
            sends.push(asSend.data);
            return HttpResponse.json({
                messaging_product: 'whatsapp',
                contacts: [{ input: asSend.data.to ?? asSend.data.recipient }],
                messages: [{ id: `wamid.OUT${sends.length}` }],
            });
        },
    );
    return { handler, sends, reads, instead };
}
