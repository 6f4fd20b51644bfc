import { contentLimits as limits, type SendableContent } from '../../desk/content.ts';
import type { Outgoing } from '../channel.ts';

/** Writes the desk's messages as the Cloud API wants them: `POST /{phone_number_id}/messages`. */

type Json = Record<string, unknown>;

/** The request body of a send. Whatever is over Meta's limits is cut, because Meta refuses it whole. */
export function sendBody(message: Pick<Outgoing, 'recipient' | 'content' | 'messageId'>): Json {
    const { recipient, content, messageId } = message;
    return {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        // With both, `to` wins; and writing to the phone keeps Meta telling us the phone.
        ...(recipient.phone ? { to: recipient.phone.replace(/^\+/, '') } : { recipient: recipient.user_id }),
        biz_opaque_callback_data: messageId,
        ...contentBody(content),
    };
}

function contentBody(content: SendableContent): Json {
    if (content.type === 'template') {
        const { name, language, parameters } = content;
        return {
            type: 'template',
            template: {
                name,
                language: { code: language },
                ...(parameters.length > 0 ? { components: [filled(parameters)] } : {}),
            },
        };
    }
    if (content.type === 'buttons') {
        const buttons = withIds(content.buttons, limits.buttonId).slice(0, limits.buttons);
        if (buttons.length > 0)
            return interactive('button', content.text, limits.buttonsText, {
                buttons: distinct(buttons, limits.buttonTitle).map((reply) => ({ type: 'reply', reply })),
            });
    }
    if (content.type === 'list') {
        const rows = withIds(content.rows, limits.rowId).slice(0, limits.rows);
        if (rows.length > 0)
            return interactive('list', content.text, limits.listText, {
                button: cut(content.button, limits.listButton),
                sections: [{ rows: distinct(rows, limits.rowTitle).map(cutDescription) }],
            });
    }
    return { type: 'text', text: { body: cut(content.text, limits.text), preview_url: false } };
}

/** Meta refuses line breaks, tabs and long gaps within a parameter. */
function filled(parameters: readonly string[]): Json {
    const texts = parameters.map((text) => ({ type: 'text', text: text.replaceAll(/\s+/g, ' ').trim() }));
    return { type: 'body', parameters: texts };
}

function interactive(type: 'button' | 'list', text: string, limit: number, action: Json): Json {
    return { type: 'interactive', interactive: { type, body: { text: cut(text, limit) }, action } };
}

type Choice = { id: string; title: string; description?: string | undefined };

/** An id cannot be cut and still mean the same, nor appear twice: such a choice is left out. */
function withIds(choices: readonly Choice[], limit: number): Choice[] {
    const seen = new Set<string>();
    return choices.filter(({ id }) => id.length <= limit && !seen.has(id) && seen.add(id));
}

/** Meta refuses two choices of one title; the second becomes "Title (2)". */
function distinct(choices: readonly Choice[], limit: number): Choice[] {
    const seen = new Set<string>();
    return choices.map((choice) => {
        let title = cut(choice.title, limit);
        for (let copy = 2; seen.has(title); copy += 1) {
            const mark = ` (${copy})`;
            title = cut(choice.title, limit - mark.length) + mark;
        }
        seen.add(title);
        return { ...choice, title };
    });
}

function cutDescription({ description, ...choice }: Choice): Choice {
    return description ? { ...choice, description: cut(description, limits.rowDescription) } : choice;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text within `limit` UTF-16 units, cut between characters as a reader sees them, with an ellipsis. */
export function cut(text: string, limit: number): string {
    if (text.length <= limit) return text;
    let kept = '';
    for (const { segment } of graphemes.segment(text)) {
        if (kept.length + segment.length > limit - 1) break;
        kept += segment;
    }
    return `${kept.trimEnd()}…`;
}
