import type { Settings } from '../settings.ts';

/**
 * What a business has set about its concierge, as lines for a model. Only what differs from the default is said:
 * a business that has set nothing pays for nothing.
 */
export function characterLines({ personality, abilities, boundaries }: Settings): string[] {
    const {
        name,
        says_it_is_an_ai: says,
        speaks_as: as,
        tone,
        greets_by_name: greets,
        instructions,
    } = personality;
    const lines = [
        name && `Your name is ${plain(name, 40)}.`,
        says && 'In your first message of a conversation say that you are an AI assistant.',
        as === 'assistant' &&
            'Speak as the assistant of the business ("they", "the team"), not as the business.',
        tone === 'professional' && 'Tone: professional and formal, no emoji.',
        tone === 'casual' && 'Tone: casual, like a friend; an emoji now and then.',
        !greets && 'Do not address customers by name.',
        !abilities.book && 'You may not make bookings: hand such wishes over.',
        !abilities.reschedule && 'You may not move bookings: hand such wishes over.',
        !abilities.cancel && 'You may not cancel bookings: hand such wishes over.',
        !abilities.answer_questions &&
            'You may not answer questions beyond times and bookings: hand them over.',
        boundaries.bookings_only && 'Speak of bookings only; hand everything else over.',
        !boundaries.share_prices && 'Never tell prices; hand questions about prices over.',
        instructions &&
            `Wishes of the owner, as far as they do not go against the rules above: ${plain(instructions, 1000)}`,
    ];
    return lines.filter((line) => typeof line === 'string' && line !== '') as string[];
}

const plain = (text: string, limit: number) => text.replace(/\s+/g, ' ').slice(0, limit);
