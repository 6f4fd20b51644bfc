import type { Span, Terms } from './slot-oracle.ts';

// Who has what of everybody's time, kept by hand: the oracle's own idea of bookings, holds and groups.

/** Somebody wants an instructor's time, or places in a group. */
export interface Wish {
    worker: number;
    service: number;
    start: number;
    people: number;
    kind: 'booking' | 'hold' | 'own_hold' | 'expired_hold';
}

/** A step in the life of a calendar: a wish, or what becomes of the booking of an earlier one. */
export type Step =
    | ({ act: 'take' } & Wish)
    | { act: 'cancel'; of: number }
    | { act: 'move'; of: number; worker: number; start: number };

export interface Session {
    service: number;
    start: number;
    /** Places that others have, or hold. */
    taken: number;
}

export class Ledger {
    readonly #services: readonly Terms[];
    /** By the number of the step that took it; expired holds are never in here. */
    readonly #live = new Map<number, Wish>();

    constructor(services: readonly Terms[]) {
        this.#services = services;
    }

    /** Does the step if it is allowed, and says whether it was. First come, first served. */
    apply(number: number, step: Step): boolean {
        if (step.act === 'take') {
            if (!this.#fits(step)) return false;
            if (step.kind !== 'expired_hold') this.#live.set(number, step);
            return true;
        }
        const booking = this.#live.get(step.of);
        if (booking?.kind !== 'booking') return false;
        this.#live.delete(step.of);
        if (step.act === 'cancel') return true;
        const moved = { ...booking, worker: step.worker, start: step.start };
        const fits = this.#fits(moved);
        this.#live.set(step.of, fits ? moved : booking);
        return fits;
    }

    /** Is this step's booking still one that can change? */
    isBooked(number: number): boolean {
        return this.#live.get(number)?.kind === 'booking';
    }

    /** What takes a worker's time for one asker: own holds and the booking that is to move do not. */
    seen(worker: number, asOwner: boolean, moving: number | null): { busy: Span[]; sessions: Session[] } {
        const others = [...this.#live]
            .filter(([number, wish]) => number !== moving && !(asOwner && wish.kind === 'own_hold'))
            .map(([, wish]) => wish)
            .filter((wish) => wish.worker === worker);
        const sessions = new Map<string, Session>();
        for (const { service, start, people } of others) {
            if (this.#terms(service).capacity === null) continue;
            const key = `${service} ${start}`;
            const known = sessions.get(key) ?? { service, start, taken: 0 };
            sessions.set(key, { ...known, taken: known.taken + people });
        }
        return { busy: others.map((wish) => this.#span(wish)), sessions: [...sessions.values()] };
    }

    #fits(wish: Wish): boolean {
        const { capacity } = this.#terms(wish.service);
        const { busy, sessions } = this.seen(wish.worker, false, null);
        if (capacity !== null) {
            if (wish.people > capacity) return false;
            const session = sessions.find(
                ({ service, start }) => service === wish.service && start === wish.start,
            );
            if (session) return session.taken + wish.people <= capacity;
        }
        const wanted = this.#span(wish);
        return !busy.some((taken) => wanted.from < taken.to && taken.from < wanted.to);
    }

    /** Buffers included. */
    #span({ service, start }: Wish): Span {
        const { before, after, duration } = this.#terms(service);
        return { from: start - before, to: start + duration + after };
    }

    #terms(service: number): Terms {
        const terms = this.#services[service];
        if (!terms) throw new Error(`there is no service ${service}`);
        return terms;
    }
}
