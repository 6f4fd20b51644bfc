import { z } from 'zod';
import type { InboundContent } from '../../desk/content.ts';

/**
 * Reads what a WhatsApp message says, by its `type` (Cloud API v26, webhook field `messages`). Only what is
 * used is asked for: Meta adds fields at any time.
 */

const media = z.object({
    id: z.string(),
    mime_type: z.string(),
    caption: z.string().optional(),
    filename: z.string().optional(),
    voice: z.boolean().optional(),
});

const mediaBody = <T extends 'image' | 'video' | 'audio' | 'document' | 'sticker'>(type: T) =>
    z
        .object({ [type]: media })
        .transform((message): InboundContent => ({ type, media: message[type] as Media }));
type Media = z.infer<typeof media>;

const choice = z.object({ id: z.string(), title: z.string() });

const interactive = z.object({
    interactive: z.discriminatedUnion('type', [
        z.object({ type: z.literal('button_reply'), button_reply: choice }),
        z.object({ type: z.literal('list_reply'), list_reply: choice }),
    ]),
});

const contact = z
    .object({
        name: z.object({ formatted_name: z.string() }).optional().catch(undefined),
        phones: z
            .array(z.object({ phone: z.string().optional(), wa_id: z.string().optional() }))
            .default([])
            .catch([]),
        origin: z.string().optional().catch(undefined),
    })
    .transform(({ name, phones, origin }) => ({
        ...(name ? { name: name.formatted_name } : {}),
        phones: phones.flatMap(({ phone, wa_id }) => phone ?? (wa_id ? `+${wa_id}` : [])),
        ...(origin === 'contact_request' ? { own: true } : {}),
    }));

const order = z.object({
    text: z.string().optional(),
    product_items: z
        .array(z.object({ product_retailer_id: z.string(), quantity: z.coerce.number() }))
        .default([]),
});

const readers: Record<string, z.ZodType<InboundContent>> = {
    text: z
        .object({ text: z.object({ body: z.string() }) })
        .transform(({ text }): InboundContent => ({ type: 'text', text: text.body })),
    button: z
        .object({ button: z.object({ payload: z.string().optional(), text: z.string() }) })
        .transform(({ button }): InboundContent => {
            return { type: 'choice', id: button.payload ?? button.text, text: button.text };
        }),
    interactive: interactive.transform(({ interactive: reply }): InboundContent => {
        const chosen = reply.type === 'button_reply' ? reply.button_reply : reply.list_reply;
        return { type: 'choice', id: chosen.id, text: chosen.title };
    }),
    image: mediaBody('image'),
    video: mediaBody('video'),
    audio: mediaBody('audio'),
    document: mediaBody('document'),
    sticker: mediaBody('sticker'),
    location: z
        .object({
            location: z.object({
                latitude: z.number(),
                longitude: z.number(),
                name: z.string().optional().catch(undefined),
                address: z.string().optional().catch(undefined),
                url: z.string().optional().catch(undefined),
            }),
        })
        .transform(({ location }): InboundContent => ({ type: 'location', location })),
    contacts: z
        .object({ contacts: z.array(contact) })
        .transform(({ contacts }): InboundContent => ({ type: 'contacts', contacts })),
    order: z.object({ order }).transform(({ order: { text, product_items } }): InboundContent => {
        const items = product_items.map((item) => `${item.quantity} x ${item.product_retailer_id}`);
        return { type: 'order', detail: [text, ...items].filter(Boolean).join(', ') };
    }),
    unsupported: z
        .object({ unsupported: z.object({ type: z.string() }).optional().catch(undefined) })
        .transform(({ unsupported }): InboundContent => {
            return { type: 'unsupported', detail: unsupported?.type ?? 'unknown' };
        }),
};

/** The content of one message, or null when its type is new to us or its body is not as documented. */
export function readContent(message: { type: string }): InboundContent | null {
    const reader = Object.hasOwn(readers, message.type) ? readers[message.type] : undefined;
    return reader?.safeParse(message).data ?? null;
}
