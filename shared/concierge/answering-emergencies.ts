import type { Usage } from '../desk/turn-types.ts';
import { type Emergency, type EmergencyKind, emergencyAnswer, findEmergency } from './emergency.ts';
import { wordsIn } from './message-text.ts';
import { settingsOf } from './settings.ts';
import { liveProposal, type Turn } from './turn-state.ts';

/** The reason of a handover that people are told of first. */
export const emergencyReason = 'emergency';

export const emergencyUsage: Usage = {
    brain: 'emergency',
    model: null,
    prompt_version: null,
    input_tokens: 0,
    output_tokens: 0,
};

/** Looks for an emergency in the unanswered messages, before any brain sees them. */
export function emergencyIn(turn: Turn): Emergency | undefined {
    const texts = turn.context.messages
        .filter(({ seq, role }) => role === 'user' && turn.context.unanswered.includes(seq))
        .map(({ content }) => (content.type === 'choice' ? '' : wordsIn(content)))
        .filter((text) => text !== '');
    if (texts.length === 0) return undefined;
    return findEmergency(texts, settingsOf(turn.context).emergency, turn.language);
}

/** Stages the handover and the business's words; nothing else of the turn is said any more. */
export function answerEmergency(
    turn: Turn,
    { kind, language }: { kind: EmergencyKind; language: string },
    summary: string,
): void {
    const { context, staged } = turn;
    const { number, texts } = settingsOf(context).emergency;
    const open = liveProposal(turn);
    if (open || context.offers.length > 0) staged.decline(open?.id);
    const words = emergencyAnswer(
        { kind, language },
        { business: context.business.name, country: context.business.country ?? '', number, texts },
    );
    turn.draft = {};
    staged.raiseAlarm(words, emergencyReason, summary);
}

/** Two lines for the person who takes over: what it seems to be, and the customer's own words. */
export function emergencySummary(turn: Turn, kind: EmergencyKind): string {
    const { context } = turn;
    const last = context.messages
        .filter(({ seq, role }) => role === 'user' && context.unanswered.includes(seq))
        .map(({ content }) => wordsIn(content))
        .join(' / ');
    const who = context.customer.name ?? context.customer.phone ?? 'A customer';
    return `EMERGENCY (${kind}), ${who}.\n${last.replace(/\s+/g, ' ').slice(0, 300)}`;
}
