import type { BookingFacts, BookingOccasion } from '../booking-text.ts';
import type { Action, BookingView, FreeSlot, NewProposal, Service } from '../desk/turn-types.ts';

/** A booking the reply must speak of: what for, and its facts. */
export type Spoken = { occasion: BookingOccasion; facts: BookingFacts };

/** What the customer can tap under the reply. It comes from tool results, never from a model's text. */
export type Attached =
    | { kind: 'slots'; service: Service; slots: FreeSlot[] }
    | { kind: 'consent'; proposal: Pick<NewProposal, 'id' | 'kind'> }
    | { kind: 'services'; services: Service[] }
    | { kind: 'bookings'; bookings: BookingView[] };

/**
 * What a turn wants written. At most one of each kind, so that whatever a brain calls, and however often, the
 * customer ends with one clear question on the table.
 */
export class Staged {
    attached: Attached | undefined;
    #offer: Extract<Action, { type: 'offer' }> | undefined;
    #proposal: { proposal: NewProposal; spoken: Spoken } | undefined;
    #confirmed: { proposalId: string; spoken: Spoken } | undefined;
    #reminder: Spoken | undefined;
    #declined: Extract<Action, { type: 'decline' }> | undefined;
    #handedOff: Extract<Action, { type: 'hand_off' }> | undefined;
    #alarm: string | undefined;
    #remembered: Extract<Action, { type: 'remember_customer' }> | undefined;

    /** Holds these times and shows them. An earlier proposal of this turn gives way. */
    offer(service: Service, slots: FreeSlot[], movingBookingId?: string) {
        this.#proposal = undefined;
        this.#reminder = undefined;
        this.#offer = {
            type: 'offer',
            service_id: service.id,
            ...(movingBookingId ? { booking_id: movingBookingId } : {}),
            slots: slots.map(({ instructor_id, starts_at }) => ({ instructor_id, starts_at })),
        };
        this.attached = { kind: 'slots', service, slots };
    }

    /** Puts one concrete thing before the customer; the times offered beside it are no longer needed. */
    propose(proposal: NewProposal, spoken: Spoken) {
        this.#offer = undefined;
        this.#declined = undefined;
        this.#proposal = { proposal, spoken };
        this.attached = { kind: 'consent', proposal };
    }

    /** Shows an open proposal again, with its buttons; nothing is written. */
    remind(proposal: Pick<NewProposal, 'id' | 'kind'>, spoken: Spoken) {
        this.#reminder = spoken;
        this.attached = { kind: 'consent', proposal };
    }

    confirm(proposalId: string, spoken: Spoken) {
        this.#offer = undefined;
        this.#declined = undefined;
        this.attached = this.#proposal ? this.attached : undefined;
        this.#confirmed = { proposalId, spoken };
    }

    /** Takes the open proposal off the table, and gives back whatever is held. */
    decline(proposalId?: string) {
        if (this.#confirmed || this.#proposal) return;
        this.#declined = { type: 'decline', ...(proposalId ? { proposal_id: proposalId } : {}) };
    }

    handOff(reason: string, summary: string) {
        if (this.#handedOff && this.#alarm && reason !== this.#handedOff.reason) return;
        this.#handedOff = { type: 'hand_off', reason, summary };
    }

    /** An emergency: these words are all that is said, and nothing is left on the table. */
    raiseAlarm(words: string, reason: string, summary: string) {
        this.#offer = undefined;
        this.#proposal = undefined;
        this.#reminder = undefined;
        this.#confirmed = undefined;
        this.attached = undefined;
        this.#alarm = words;
        this.handOff(reason, summary);
    }

    /** The words of an emergency, if there is one. */
    get alarm(): string | undefined {
        return this.#alarm;
    }

    remember(known: { name?: string; language?: string }) {
        this.#remembered = { ...this.#remembered, type: 'remember_customer', ...known };
    }

    get confirmed(): Spoken | undefined {
        return this.#confirmed?.spoken;
    }

    get proposed(): (Spoken & { proposal: NewProposal }) | undefined {
        return this.#proposal && { ...this.#proposal.spoken, proposal: this.#proposal.proposal };
    }

    /** What the reply must tell the facts of, in order. */
    get spoken(): Spoken[] {
        const asked = this.#proposal?.spoken ?? this.#reminder;
        return [this.#confirmed?.spoken, asked].filter((given) => given !== undefined);
    }

    get offering(): boolean {
        return this.#offer !== undefined;
    }

    get declined(): boolean {
        return this.#declined !== undefined;
    }

    get handedOff(): boolean {
        return this.#handedOff !== undefined;
    }

    get rememberedName(): string | undefined {
        return this.#remembered?.name;
    }

    get rememberedLanguage(): string | undefined {
        return this.#remembered?.language;
    }

    /** The actions in the order in which they must be applied. */
    actions(): Action[] {
        const proposal = this.#proposal?.proposal;
        const wanted: (Action | undefined)[] = [
            this.#remembered,
            this.#declined,
            this.#confirmed && { type: 'confirm', proposal_id: this.#confirmed.proposalId },
            this.#offer,
            proposal && { type: 'propose', proposal },
            this.#handedOff,
        ];
        return wanted.filter((action) => action !== undefined);
    }
}
