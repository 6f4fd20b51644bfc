/** One request on the wire, and its answer once there is one. */
export interface Exchange {
    step: string;
    at: number;
    body: unknown;
    status?: number;
    answer?: unknown;
    answeredAt?: number;
}

/** Before the request arrives, or before its answer gets back. */
export type Moment = 'before' | 'after';

/** `cut`: the connection breaks. `refuse`: 503. `repeat`: it arrives twice. A number: so many ms late. */
export type Act = 'cut' | 'refuse' | 'repeat' | number;

export interface Plan {
    step: string | RegExp;
    moment: Moment;
    act: Act;
    times?: number;
    skip?: number;
}

/** A step that is held, or will be. */
export interface Point {
    reached: Promise<Exchange>;
    release(): void;
}

interface Waiting {
    step: string | RegExp;
    moment: Moment;
    fits: (exchange: Exchange) => boolean;
    left: number;
    skip: number;
    meet: (exchange: Exchange) => Act | Promise<void>;
}

/** How long a point may stay unreached: then the scenario is wrong about the way a message takes. */
const reachMs = 10_000;

/** What is to happen on the wire, in line; the oldest plan that fits a step strikes it. */
export class Plans {
    #waiting: Waiting[] = [];
    readonly #held = new Set<() => void>();

    add({ step, moment, act, times = 1, skip = 0 }: Plan): void {
        this.#waiting.push({
            step,
            moment,
            fits: fitting(moment, isWork),
            left: times,
            skip,
            meet: () => act,
        });
    }

    hold(step: string | RegExp, moment: Moment, fits: (exchange: Exchange) => boolean = isWork): Point {
        let release = () => {};
        const released = new Promise<void>((resolve) => {
            release = () => {
                this.#held.delete(release);
                resolve();
            };
        });
        this.#held.add(release);
        let reach: (exchange: Exchange) => void = () => {};
        const reached = new Promise<Exchange>((resolve, reject) => {
            const tooLate = setTimeout(
                () => reject(new Error(`Nothing came to the point ${moment} ${step}.`)),
                reachMs,
            );
            reach = (exchange) => {
                clearTimeout(tooLate);
                resolve(exchange);
            };
        });
        // A scenario that failed before it looked must not end the run with an unhandled rejection.
        reached.catch(() => {});
        const meet = (exchange: Exchange) => {
            reach(exchange);
            return released;
        };
        this.#waiting.push({ step, moment, fits: fitting(moment, fits), left: 1, skip: 0, meet });
        return { reached, release };
    }

    clear(): void {
        this.#waiting = [];
        for (const release of [...this.#held]) release();
    }

    /** What happens to this exchange now; waits as long as it is held, or until its caller is gone. */
    async strike(exchange: Exchange, moment: Moment, gone: Promise<void>): Promise<Act | undefined> {
        const act = this.#next(exchange, moment)?.meet(exchange);
        if (act instanceof Promise) {
            await Promise.race([act, gone]);
            return undefined;
        }
        if (typeof act === 'number') {
            await Promise.race([new Promise((resolve) => setTimeout(resolve, act)), gone]);
            return undefined;
        }
        return act;
    }

    #next(exchange: Exchange, moment: Moment): Waiting | undefined {
        for (const waiting of this.#waiting) {
            if (waiting.moment !== moment || !isStep(waiting.step, exchange.step)) continue;
            if (!waiting.fits(exchange)) continue;
            if (waiting.skip > 0) {
                waiting.skip -= 1;
                continue;
            }
            waiting.left -= 1;
            if (waiting.left === 0) this.#waiting = this.#waiting.filter((other) => other !== waiting);
            return waiting;
        }
        return undefined;
    }
}

/** An empty claim is only somebody looking for work. */
function isWork({ step, answer }: Exchange): boolean {
    return !step.startsWith('claim_') || (Array.isArray(answer) && answer.length > 0);
}

/** Before a step nobody knows yet what it will answer. */
const fitting = (moment: Moment, fits: (exchange: Exchange) => boolean) =>
    moment === 'before' ? () => true : fits;

function isStep(wanted: string | RegExp, step: string): boolean {
    return typeof wanted === 'string' ? wanted === step : wanted.test(step);
}
