import { z } from 'zod';

/**
 * What one message says, as it lies in `messages.content`. The same shapes serve every channel; a channel
 * translates them into its own wire and cuts what its limits do not carry.
 */

/** Meta's limits for interactive messages, the narrowest of any channel; whoever writes a reply keeps them. */
export const contentLimits = {
    text: 4096,
    buttonsText: 1024,
    buttons: 3,
    buttonTitle: 20,
    buttonId: 256,
    listText: 4096,
    listButton: 20,
    rows: 10,
    rowTitle: 24,
    rowId: 200,
    rowDescription: 72,
} as const;

const choiceButton = z.object({ id: z.string().min(1), title: z.string().min(1) });
const listRow = choiceButton.extend({ description: z.string().optional() });

/**
 * What a channel needs to say the same outside its window for free words (WhatsApp: 24 hours): which of the
 * business's approved templates it is for, in which language the particulars are, and the particulars by name.
 */
const templateData = z.object({
    purpose: z.string().min(1),
    language: z.string().optional(),
    parameters: z.record(z.string(), z.string()),
});
export type TemplateData = z.infer<typeof templateData>;

const outboundText = z.object({
    type: z.literal('text'),
    text: z.string().min(1),
    template: templateData.optional(),
});

/** What the desk says. Counts and lengths over `contentLimits` are cut when sent, never refused. */
export const outboundContent = z.discriminatedUnion('type', [
    outboundText,
    z.object({
        type: z.literal('buttons'),
        text: z.string().min(1),
        buttons: z.array(choiceButton).min(1),
        template: templateData.optional(),
    }),
    z.object({
        type: z.literal('list'),
        text: z.string().min(1),
        button: z.string().min(1),
        rows: z.array(listRow).min(1),
        template: templateData.optional(),
    }),
]);
export type OutboundContent = z.infer<typeof outboundContent>;

/** A message outside the window, as the database hands it to a sender: an approved template, filled. */
const filledTemplate = z.object({
    type: z.literal('template'),
    name: z.string().min(1),
    language: z.string().min(1),
    parameters: z.array(z.string().min(1)),
});

/** Everything a channel can be asked to send. */
export const sendableContent = z.discriminatedUnion('type', [...outboundContent.options, filledTemplate]);
export type SendableContent = z.infer<typeof sendableContent>;

const media = z.object({
    id: z.string(),
    mime_type: z.string(),
    caption: z.string().optional(),
    filename: z.string().optional(),
    voice: z.boolean().optional(),
});
const mediaContent = <T extends string>(type: T) => z.object({ type: z.literal(type), media });

const location = z.object({
    latitude: z.number(),
    longitude: z.number(),
    name: z.string().optional(),
    address: z.string().optional(),
    url: z.string().optional(),
});

const contact = z.object({
    name: z.string().optional(),
    phones: z.array(z.string()),
    /** True when the customer answered a request for their own phone number. */
    own: z.boolean().optional(),
});

/** What a customer says. `choice` is a tapped button or list row; its id is the one the desk gave it. */
export const inboundContent = z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string() }),
    z.object({ type: z.literal('choice'), id: z.string(), text: z.string() }),
    mediaContent('image'),
    mediaContent('video'),
    mediaContent('audio'),
    mediaContent('document'),
    mediaContent('sticker'),
    z.object({ type: z.literal('location'), location }),
    z.object({ type: z.literal('contacts'), contacts: z.array(contact) }),
    z.object({ type: z.literal('order'), detail: z.string() }),
    z.object({ type: z.literal('unsupported'), detail: z.string() }),
    z.object({ type: z.literal('reaction'), emoji: z.string().nullable(), target: z.string() }),
]);
export type InboundContent = z.infer<typeof inboundContent>;

/** Any stored content. A row this version cannot read becomes `unsupported`: old rows never stop a turn. */
export const messageContent = z
    .union([outboundContent, inboundContent])
    .catch({ type: 'unsupported', detail: 'unreadable content' });
export type MessageContent = z.infer<typeof messageContent>;
