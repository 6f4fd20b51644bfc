import type { ChatView } from '../control-client.ts';
import type { ChatItem } from '../whatsapp/chats.ts';
import type { CustomerMessage } from '../whatsapp/customer-messages.ts';
import type { SendRequest } from '../whatsapp/requests.ts';

/** A bubble as the page draws it: no vendor words, only what is seen and tapped. */
export interface Bubble {
    id: string;
    from: 'customer' | 'business';
    at: string;
    ticks: ChatItem['ticks'];
    text: string;
    /** A word above the text for what is no text: "Photo", "Voice message", … */
    label?: string;
    buttons?: { id: string; title: string }[];
    list?: { button: string; rows: { id: string; title: string; description?: string }[] };
    link?: { title: string; url: string };
    quotes?: string;
    reaction?: string;
    edited?: boolean;
    revoked?: boolean;
}

export function bubblesOf(chat: ChatView): Bubble[] {
    const byId = new Map(chat.items.map((item) => [item.id, item]));
    return chat.items.map((item) => {
        const quoted = item.replyTo === undefined ? undefined : byId.get(item.replyTo);
        const content =
            item.from === 'customer' ? customerContent(item.message) : businessContent(item.message);
        return {
            id: item.id,
            from: item.from,
            at: item.at,
            ticks: item.ticks,
            ...content,
            // A tapped button answers the message it stands under; quoting that again would only be noise.
            ...(quoted === undefined || isTap(item) ? {} : { quotes: firstLine(quoted) }),
            ...(item.reaction === undefined ? {} : { reaction: item.reaction }),
            ...(item.edited ? { edited: true } : {}),
            ...(item.revoked ? { revoked: true } : {}),
        };
    });
}

const isTap = (item: ChatItem): boolean =>
    item.from === 'customer' && (item.message.kind === 'button_reply' || item.message.kind === 'list_reply');

function firstLine(item: ChatItem): string {
    const { text, label } =
        item.from === 'customer' ? customerContent(item.message) : businessContent(item.message);
    return (label ?? text).split('\n')[0]?.slice(0, 80) ?? '';
}

type Content = Pick<Bubble, 'text' | 'label' | 'buttons' | 'list' | 'link'>;

function businessContent(message: SendRequest): Content {
    switch (message.type) {
        case 'text':
            return { text: message.text.body };
        case 'template':
            return {
                label: `Template ${message.template.name}`,
                text: templateText(message.template.components),
            };
        case 'reaction':
            return { text: message.reaction.emoji };
        case 'interactive':
            return interactiveContent(message.interactive);
    }
}

function interactiveContent(
    interactive: Extract<SendRequest, { type: 'interactive' }>['interactive'],
): Content {
    const { text } = interactive.body;
    switch (interactive.type) {
        case 'button':
            return { text, buttons: interactive.action.buttons.map(({ reply }) => reply) };
        case 'list': {
            const rows = interactive.action.sections.flatMap((section) => section.rows);
            return {
                text,
                list: {
                    button: interactive.action.button,
                    rows: rows.map(({ id, title, description }) => ({
                        id,
                        title,
                        ...(description === undefined ? {} : { description }),
                    })),
                },
            };
        }
        case 'cta_url': {
            const { display_text: title, url } = interactive.action.parameters;
            return { text, link: { title, url } };
        }
        case 'request_contact_info':
            return { text };
    }
}

function templateText(components: Record<string, unknown>[] = []): string {
    const parameters = components.flatMap(({ parameters: given }) => (Array.isArray(given) ? given : []));
    return parameters
        .map((each: { text?: string; payload?: string }) => each.text ?? each.payload ?? '')
        .join(' · ');
}

const labels: Partial<Record<CustomerMessage['kind'], string>> = {
    image: 'Photo',
    video: 'Video',
    document: 'Document',
    sticker: 'Sticker',
    voice: 'Voice message',
    location: 'Location',
    contacts: 'Contact',
    order: 'Order',
    unsupported: 'Something this phone can send and a business cannot read',
};

function customerContent(message: CustomerMessage): Content {
    const label = labels[message.kind];
    return { ...(label === undefined ? {} : { label }), text: customerText(message) };
}

function customerText(message: CustomerMessage): string {
    switch (message.kind) {
        case 'text':
            return message.body;
        case 'button_reply':
        case 'list_reply':
            return message.title;
        case 'template_button':
            return message.text;
        case 'location':
            return message.name ?? `${message.latitude}, ${message.longitude}`;
        case 'contacts':
            return `${message.name}, ${message.phone}`;
        case 'image':
        case 'video':
        case 'document':
            return message.caption ?? message.filename ?? '';
        default:
            return '';
    }
}
