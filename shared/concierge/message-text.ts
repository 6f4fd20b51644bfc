import type { MessageContent } from '../desk/turn-types.ts';

/** Marks that turn text around or hide between letters; they carry no meaning here and fool patterns. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A customer's text as it reads: composed letters, no invisible marks, no control characters but new lines. */
export function plainText(text: string): string {
    return text
        .normalize('NFC')
        .replace(invisible, '')
        .replace(/[^\P{Cc}\n]/gu, ' ')
        .trim();
}

/** The words in a message, whatever its kind: the text, a tapped title, a caption. Empty when it has none. */
export function wordsIn(content: MessageContent): string {
    switch (content.type) {
        case 'text':
        case 'buttons':
        case 'list':
        case 'choice':
            return plainText(content.text);
        case 'image':
        case 'video':
        case 'audio':
        case 'document':
        case 'sticker':
            return plainText(content.media.caption ?? '');
        default:
            return '';
    }
}
