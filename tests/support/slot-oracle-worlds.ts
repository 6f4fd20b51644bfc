import type { Dates, Hours, Question, Span, Terms, Worker } from './slot-oracle.ts';
import { instantOf, nextDay, previousDay, timeText, wallAt } from './slot-oracle-clock.ts';
import { Ledger, type Step } from './slot-oracle-ledger.ts';

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

export interface World {
    zone: string;
    seasons: Dates[];
    closures: Dates[];
    /** The first is asked about, the second only takes time. */
    services: [Terms, Terms];
    workers: (Omit<Worker, 'busy' | 'joinable'> & { gives: boolean; active: boolean })[];
    steps: Step[];
    questions: WorldQuestion[];
}

export interface WorldQuestion extends Pick<Question, 'from' | 'to' | 'now' | 'part'> {
    worker: number | null;
    people: number;
    /** Asked by the conversation whose holds are `own_hold`. */
    asOwner: boolean;
    /** The step whose booking is to move. */
    moving: number | null;
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
    const middle = often(0.8) ? oneOf(special) : shifted('2027-01-05', upTo(700));
    const first = shifted(middle, -upTo(2));
    const clock = () => timeText(oneOf([5, 15, 15, 30, 60]) * upTo(23));
    const hours = (): Hours => {
        if (often(0.05)) return ['00:00', '24:00'];
        const [starts, ends] = [clock(), clock()];
        return starts === ends ? ['08:00', '17:30'] : [starts, ends];
    };
    const day = () => shifted(first, upTo(5) - 1);
    const dates = (most: number): Dates => {
        const begins = day();
        return [begins, shifted(begins, upTo(most))];
    };
    const somewhen = () => instantOf(zone, day(), clock()) + oneOf([0, 0, 0, 7, 15, 30]);
    const terms = (): Terms => ({
        duration: oneOf([15, 30, 45, 60, 60, 90, 120, 7, 240, 1440]),
        before: oneOf([0, 0, 0, 10, 15, 60]),
        after: oneOf([0, 0, 5, 15, 30]),
        notice: oneOf([0, 0, 60, 720, 2880]),
        horizonDays: oneOf([1, 3, 180, 731]),
        step: oneOf([5, 10, 15, 20, 30, 30, 45, 60, 60, 90, 37, 120]),
        capacity: often(0.4) ? 1 + upTo(7) : null,
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

    // Few starts, so that many want the same one.
    const popular = Array.from({ length: 5 }, somewhen);
    const anyone = () => upTo(workers.length - 1);
    const someStart = () => (often(0.6) ? oneOf(popular) : somewhen());
    const steps = times(10, (): Step => {
        if (often(0.15)) return { act: 'cancel', of: upTo(5) };
        if (often(0.2)) return { act: 'move', of: upTo(5), worker: anyone(), start: someStart() };
        return {
            act: 'take',
            worker: anyone(),
            service: often(0.7) ? 0 : 1,
            start: someStart(),
            people: 1 + upTo(2),
            kind: oneOf(['booking', 'booking', 'booking', 'hold', 'own_hold', 'expired_hold'] as const),
        };
    });

    const questions = Array.from({ length: 2 + upTo(2) }, (): WorldQuestion => {
        const from = (often(0.5) ? oneOf(popular) - upTo(60) : somewhen()) - (often(0.2) ? 0.5 : 0);
        const to = from + oneOf([1, 60, 480, 1440, 1440, 2880, 4320]);
        const now = often(0.3) ? from + upTo(1440) - 720 : from - upTo(3 * 1440) - (often(0.2) ? 0.25 : 0);
        return {
            from,
            to,
            // A window that is over is refused.
            now: Math.min(now, to),
            part: often(0.2) ? oneOf(['morning', 'afternoon', 'evening'] as const) : undefined,
            worker: often(0.4) ? anyone() : null,
            people: Math.min(1 + upTo(2), services[0].capacity ?? 3),
            asOwner: often(0.4),
            moving: often(0.3) ? upTo(5) : null,
            limit: oneOf([1, 2, 3, 3, 5]),
        };
    });
    const seasons = often(0.15) ? times(2, () => dates(3)) : [];
    const closures = often(0.3) ? times(2, () => dates(1)) : [];
    return { zone, seasons, closures, services, workers, steps, questions };
}

/** Takes the steps one after the other, in the oracle's own books, and says which were allowed. */
export function played({ services, steps }: World): { ledger: Ledger; allowed: boolean[] } {
    const ledger = new Ledger(services);
    return { ledger, allowed: steps.map((step, number) => ledger.apply(number, step)) };
}

/** A worker as the asker of a question sees him. */
export function seenBy(world: World, ledger: Ledger, worker: number, question: WorldQuestion): Worker {
    const known = world.workers[worker];
    if (!known) throw new Error(`there is no worker ${worker}`);
    const moving = question.moving !== null && ledger.isBooked(question.moving) ? question.moving : null;
    const { busy, sessions } = ledger.seen(worker, question.asOwner, moving);
    const capacity = world.services[0].capacity ?? 0;
    const joinable = sessions
        .filter(({ service, taken }) => service === 0 && capacity - taken >= question.people)
        .map(({ start, taken }) => [start, capacity - taken] as const);
    return { ...known, busy, joinable: new Map(joinable) };
}

function distinct<T>(items: T[], keyOf: (item: T) => string): T[] {
    return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function shifted(date: string, days: number): string {
    let day = date;
    for (let step = 0; step < Math.abs(days); step += 1) day = days > 0 ? nextDay(day) : previousDay(day);
    return day;
}
