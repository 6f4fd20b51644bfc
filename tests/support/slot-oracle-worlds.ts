import type { Hours, Question, Span, Terms, Worker } from './slot-oracle.ts';
import { instantOf, nextDay, previousDay, timeText, wallAt } from './slot-oracle-clock.ts';

// Random calendars, drawn from a seed: mostly around the days on which clocks change, where mistakes live.

/** A stream of numbers in [0, 1) that a seed repeats (mulberry32). */
export function randomFrom(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** Somebody wants an instructor's time; what of it holds, the oracle decides before the database is asked. */
export interface Claim {
    worker: number;
    service: number;
    start: number;
    kind: 'booking' | 'hold' | 'own_hold' | 'expired_hold';
    accepted: boolean;
}

export interface World {
    zone: string;
    /** The first is asked about, the second only takes time. */
    services: [Terms, Terms];
    workers: (Omit<Worker, 'busy'> & { gives: boolean; active: boolean })[];
    claims: Claim[];
    questions: WorldQuestion[];
}

export interface WorldQuestion extends Omit<Question, 'zone' | 'terms'> {
    worker: number | null;
    /** Asked by the conversation whose holds are `own_hold`. */
    asOwner: boolean;
    limit: number;
}

const zones = [
    'Europe/Zurich',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Chatham',
    'America/Santiago',
    'America/St_Johns',
    'Europe/Lisbon',
    'Antarctica/Troll',
    'Pacific/Auckland',
    'UTC',
];

const changes = new Map<string, string[]>();

/** The dates of 2027 and 2028 on, or a day after, which the clocks of a zone change. */
function clockChanges(zone: string): string[] {
    const known = changes.get(zone);
    if (known) return known;
    const found: string[] = [];
    const noon = (date: string) => wallAt(zone, Date.parse(`${date}T12:00Z`) / 60_000).time;
    for (let date = '2027-01-01'; date < '2029-01-01'; date = nextDay(date)) {
        if (noon(date) !== noon(nextDay(date))) found.push(nextDay(date));
    }
    changes.set(zone, found);
    return found;
}

export function randomWorld(random: () => number): World {
    const upTo = (most: number) => Math.floor(random() * (most + 1));
    const oneOf = <T>(items: readonly T[]): T => items[upTo(items.length - 1)] as T;
    const often = (share: number) => random() < share;
    const times = <T>(most: number, make: () => T): T[] => Array.from({ length: upTo(most) }, make);

    const zone = oneOf(zones);
    const special = [...clockChanges(zone), ...clockChanges(zone), '2027-12-31', '2028-02-29'];
    const middle = often(0.8) ? oneOf(special) : shiftedBy('2027-01-05', upTo(700));
    const first = shiftedBy(middle, -upTo(2));
    const clock = () => timeText(oneOf([5, 15, 15, 30, 60]) * upTo(23));
    const hours = (): Hours => {
        if (often(0.05)) return ['00:00', '24:00'];
        const [starts, ends] = [clock(), clock()];
        return starts === ends ? ['08:00', '17:30'] : [starts, ends];
    };
    const day = () => shiftedBy(first, upTo(5) - 1);
    const somewhen = () => instantOf(zone, day(), clock()) + oneOf([0, 0, 0, 7, 15, 30]);
    const terms = (): Terms => ({
        duration: oneOf([15, 30, 45, 60, 60, 90, 120, 7, 240, 1440]),
        before: oneOf([0, 0, 0, 10, 15, 60]),
        after: oneOf([0, 0, 5, 15, 30]),
        notice: oneOf([0, 0, 60, 720, 2880]),
        horizonDays: oneOf([1, 3, 180, 731]),
        step: oneOf([5, 10, 15, 20, 30, 30, 45, 60, 60, 90, 37, 120]),
    });

    const services: [Terms, Terms] = [terms(), terms()];
    const workers = Array.from({ length: 1 + upTo(2) }, () => ({
        gives: often(0.9),
        active: often(0.95),
        weekly: distinct(
            Array.from({ length: 3 + upTo(9) }, () => ({ weekday: 1 + upTo(6), hours: hours() })),
            ({ weekday, hours: [starts] }) => `${weekday} ${starts}`,
        ),
        overrides: distinct(
            times(3, () => ({ date: day(), hours: often(0.4) ? null : hours() })),
            ({ date, hours: given }) => `${date} ${given?.[0]}`,
        ),
        timeOff: times(2, (): Span => {
            const from = somewhen();
            return { from, to: from + 1 + upTo(often(0.5) ? 600 : 3000) };
        }),
    }));

    const claims = times(8, () => ({
        worker: upTo(workers.length - 1),
        service: upTo(1),
        start: somewhen(),
        kind: oneOf(['booking', 'booking', 'booking', 'hold', 'own_hold', 'expired_hold'] as const),
        accepted: false,
    }));
    settle(claims, services);

    const questions = Array.from({ length: 2 + upTo(2) }, (): WorldQuestion => {
        const from = somewhen() - (often(0.2) ? 0.5 : 0);
        return {
            from,
            to: from + oneOf([1, 60, 480, 1440, 1440, 2880, 4320]),
            now: often(0.3) ? from + upTo(1440) - 720 : from - upTo(3 * 1440) - (often(0.2) ? 0.25 : 0),
            part: often(0.2) ? oneOf(['morning', 'afternoon', 'evening'] as const) : undefined,
            worker: often(0.4) ? upTo(workers.length - 1) : null,
            asOwner: often(0.4),
            limit: oneOf([1, 2, 3, 3, 5]),
        };
    });
    return { zone, services, workers, claims, questions };
}

/** First come, first served: a claim holds if it overlaps nothing that holds. Expired holds block nobody. */
function settle(claims: Claim[], services: World['services']): void {
    for (const claim of claims) {
        const wanted = spanOf(claim, services);
        claim.accepted = !claims.some((other) => {
            if (other === claim || !other.accepted || other.worker !== claim.worker) return false;
            const taken = spanOf(other, services);
            return other.kind !== 'expired_hold' && wanted.from < taken.to && taken.from < wanted.to;
        });
    }
}

/** What a claim takes, buffers included. */
export function spanOf({ start, service }: Claim, services: World['services']): Span {
    const { before, after, duration } = services[service] as Terms;
    return { from: start - before, to: start + duration + after };
}

/** A worker as one asker sees him: own holds do not stand in the way, and expired ones in nobody's. */
export function seenBy(world: World, worker: number, asOwner: boolean): Worker {
    const known = world.workers[worker];
    if (!known) throw new Error(`there is no worker ${worker}`);
    const busy = world.claims
        .filter((claim) => claim.accepted && claim.worker === worker && claim.kind !== 'expired_hold')
        .filter((claim) => !(asOwner && claim.kind === 'own_hold'))
        .map((claim) => spanOf(claim, world.services));
    return { ...known, busy };
}

function distinct<T>(items: T[], keyOf: (item: T) => string): T[] {
    return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function shiftedBy(date: string, days: number): string {
    let shifted = date;
    for (let step = 0; step < Math.abs(days); step += 1) {
        shifted = days > 0 ? nextDay(shifted) : previousDay(shifted);
    }
    return shifted;
}
