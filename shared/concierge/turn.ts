import { bookingText } from '../booking-text.ts';
import type {
    Notice,
    Stage,
    ThinkDeps,
    ThinkInput,
    TurnContext,
    TurnResult,
    Usage,
} from '../desk/turn-types.ts';
import { answerEmergency, emergencyIn, emergencySummary, emergencyUsage } from './answering-emergencies.ts';
import type { Answer, Brain } from './brain.ts';
import { writeDraft } from './draft.ts';
import { noticeTemplate } from './notice-template.ts';
import { composeReply } from './reply.ts';
import { languageOf, liveProposal, openTurn, type Turn, voiceOf } from './turn-state.ts';

export { chooseBrain } from './brains/choose.ts';

/**
 * Thinks about the unanswered messages of a conversation: one reply, staged actions and the state to keep, all of
 * which `finish_turn` applies together or not at all. Reads free times, writes nothing. Throws when the desk does.
 */
export async function think(input: ThinkInput, deps: ThinkDeps<Brain>): Promise<TurnResult> {
    const { desk, brain, now, newId, log, signal } = deps;
    const startedAt = now().getTime();
    const turn = openTurn(input, { desk, now, newId, log, signal });
    const { text, usage } = answerAtOnce(turn) ?? (await brain.answer(turn));
    const reply = composeReply(text, turn);
    const language = turn.staged.rememberedLanguage;
    return {
        reply,
        actions: turn.staged.actions(),
        state: {
            stage: stageOf(turn),
            draft: writeDraft(turn.draft),
            ...(language ? { language } : {}),
        },
        usage: { ...usage, duration_ms: Math.max(0, now().getTime() - startedAt) },
    };
}

/** What no brain is asked about: an emergency is answered by rule, before anything that could fail or hesitate. */
function answerAtOnce(turn: Turn): Answer | undefined {
    const emergency = emergencyIn(turn);
    if (!emergency) return undefined;
    answerEmergency(turn, emergency, emergencySummary(turn, emergency.kind));
    turn.log.warn('emergency', { kind: emergency.kind });
    return { text: '', usage: { ...emergencyUsage, emergency: emergency.kind } };
}

const askingStages = { book: 'confirming', reschedule: 'rescheduling', cancel: 'cancelling' } as const;

/** Where the conversation stands once this turn is committed. */
function stageOf(turn: Turn): Stage {
    const { staged, draft } = turn;
    if (staged.handedOff) return 'idle';
    const open =
        staged.proposed?.proposal ?? (staged.confirmed || staged.declined ? undefined : liveProposal(turn));
    if (open) return askingStages[open.kind];
    if (draft.asked === 'booking_to_cancel') return 'cancelling';
    if (draft.asked === 'booking' || draft.booking_id) return 'rescheduling';
    return staged.offering || draft.asked || draft.service_id ? 'collecting' : 'idle';
}

const noticeUsage: Usage = { brain: 'notice', model: null, prompt_version: null };

/** The message to a customer about what a person decided. No brain takes part: it is all facts. */
export function composeNotice(context: TurnContext): Notice {
    const { event } = context;
    if (!event) throw new TypeError('A notice needs the event it tells of.');
    const { booking, note, type } = event;
    const language = languageOf(context);
    const text = bookingText(
        type === 'booking_confirmed' ? 'person_confirmed' : 'person_cancelled',
        {
            service: booking.service_name,
            instructor: booking.instructor_name,
            starts_at: booking.starts_at,
            ends_at: booking.ends_at,
            price_minor: booking.price_minor,
            currency: booking.currency,
            reference: booking.reference,
            customer_name: context.customer.name,
        },
        { ...voiceOf({ context, language }), note },
    );
    return {
        reply: { type: 'text', text, template: noticeTemplate(event, context, language) },
        usage: noticeUsage,
    };
}
