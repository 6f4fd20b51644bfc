import type { BookingVoice } from '../booking-text.ts';
import { localeFor } from '../booking-text.ts';
import type { ConciergeDesk, FreeSlot, TurnContext, TurnHint } from '../desk/turn-types.ts';
import type { Log } from '../log.ts';
import { type Draft, readDraft } from './draft.ts';
import { Staged } from './staged.ts';

/** What a turn reaches of the world. */
export type TurnPorts = {
    desk: ConciergeDesk;
    now: () => Date;
    newId: () => string;
    log: Log;
    signal?: AbortSignal | undefined;
};

/** One turn: what it knows, what it has found out, and what it wants written. Brains and tools share it. */
export type Turn = TurnPorts & {
    context: TurnContext;
    hint: TurnHint | undefined;
    /** 1 for the first thought about these messages. */
    attempt: number;
    /** The instant of the context: the database's clock, by which offers and proposals expire. */
    at: Date;
    language: string;
    draft: Draft;
    staged: Staged;
    /** Free times read in this turn, so that proposing one of them needs no second look. */
    found: FreeSlot[];
};

export function openTurn(
    given: { context: TurnContext; hint?: TurnHint | undefined; attempt: number },
    ports: TurnPorts,
): Turn {
    const { context } = given;
    return {
        ...ports,
        context,
        hint: given.hint,
        attempt: given.attempt,
        at: new Date(context.now),
        language: languageOf(context),
        draft: readDraft(context.conversation.draft),
        staged: new Staged(),
        found: [],
    };
}

/** The language to answer in: this conversation's, else the customer's, else the business's. */
export function languageOf({ conversation, customer, business }: TurnContext): string {
    return conversation.language ?? customer.language ?? business.locale;
}

export function voiceOf({ context, language }: Pick<Turn, 'context' | 'language'>): BookingVoice {
    const { business } = context;
    return {
        language,
        locale: business.locale,
        zone: business.time_zone,
        business: business.name,
        meeting_point: business.meeting_point,
    };
}

/** Where days and times are told: the business's zone, in the customer's way of writing. */
export function placeOf({ context, language }: Turn): { zone: string; locale: string } {
    const { time_zone: zone, locale } = context.business;
    return { zone, locale: localeFor(language, locale) };
}

/** The proposal on the table, if it still stands at the instant of this turn. */
export function liveProposal({ context, at }: Turn) {
    const { proposal } = context;
    return proposal && Date.parse(proposal.expires_at) > at.getTime() ? proposal : undefined;
}
