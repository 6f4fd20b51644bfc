import { describe, expect, it } from 'vitest';
import { freeStarts } from '../../support/slot-oracle.ts';
import { wallAt } from '../../support/slot-oracle-clock.ts';
import type { Ledger } from '../../support/slot-oracle-ledger.ts';
import { played, randomFrom, randomWorld, seenBy } from '../../support/slot-oracle-worlds.ts';
import { ownDatabase } from '../support/database.ts';
import { rolledBack } from '../support/voices.ts';
import { type Answer, ask, type Placed, place, playAll, write } from './worlds.ts';

const db = ownDatabase();

/** `FROSTDESK_SEED=7 FROSTDESK_WORLDS=20000` looks elsewhere, and longer. */
const seed = Number(process.env.FROSTDESK_SEED ?? 20261120);
const worlds = Number(process.env.FROSTDESK_WORLDS ?? 2000);
const batch = 250;
/** More than find_free_slots ever returns. */
const all = 500;

describe(`over ${worlds} random calendars`, () => {
    it(`free slots are what a minute-by-minute count says (seed ${seed})`, {
        timeout: 1_800_000,
    }, async () => {
        const random = randomFrom(seed);
        const seen = { questions: 0, slots: 0, steps: 0, refused: 0, places: 0 };
        for (let done = 0; done < worlds; done += batch) {
            const placed = Array.from({ length: Math.min(batch, worlds - done) }, () =>
                place(randomWorld(random)),
            );
            await rolledBack(db, async () => {
                await write(db, placed);
                const taken = await playAll(db, placed);
                const full = await ask(db, placed, () => all);
                const few = await ask(db, placed, ({ limit }) => limit);
                for (const [at, given] of placed.entries()) {
                    const told = `world ${done + at} of seed ${seed}: ${JSON.stringify(given.world)}`;
                    const { ledger, allowed } = played(given.world);
                    expect(taken[at], `which steps were allowed in ${told}`).toEqual(allowed);
                    seen.steps += allowed.length;
                    seen.refused += allowed.filter((was) => !was).length;
                    for (const [number, question] of given.world.questions.entries()) {
                        const story = `question ${number} ${JSON.stringify(question)} in ${told}`;
                        const expected = free(given, ledger, number);
                        const answer = full[at]?.[number] ?? [];
                        expectSlots(answer, expected, given, story);
                        expectChoice(few[at]?.[number] ?? [], expected, question.limit, story);
                        seen.questions += 1;
                        seen.slots += answer.length;
                        seen.places += answer.filter(
                            ({ places_left }) => (places_left ?? 0) < (given.world.services[0].capacity ?? 0),
                        ).length;
                    }
                }
                for (const wrong of [overlapping, miscounted]) {
                    expect(await db.sql(wrong), `seed ${seed}, worlds from ${done}`).toEqual([]);
                }
            });
        }
        // A test that met nothing would agree with everything.
        expect(seen.slots / seen.questions).toBeGreaterThan(5);
        expect(seen.refused / seen.steps).toBeGreaterThan(0.05);
        expect(seen.places).toBeGreaterThan(worlds / 100);
    });
});

/** Start → the instructors who are free then, with the places left, by the oracle. */
type Expected = Map<number, Map<string, number | null>>;

function free({ world, workers }: Placed, ledger: Ledger, number: number): Expected {
    const question = world.questions[number];
    if (!question) throw new Error(`there is no question ${number}`);
    const { zone, seasons, closures } = world;
    const starts: Expected = new Map();
    for (const [at, { gives, active }] of world.workers.entries()) {
        if (!gives || !active || (question.worker ?? at) !== at) continue;
        const worker = seenBy(world, ledger, at, question);
        const asked = { ...question, zone, seasons, closures, terms: world.services[0] };
        for (const [start, left] of freeStarts(worker, asked)) {
            starts.set(start, (starts.get(start) ?? new Map()).set(workers[at] ?? '', left));
        }
    }
    return starts;
}

function expectSlots(answer: Answer[], expected: Expected, { world }: Placed, story: string) {
    const starts = [...expected.keys()].sort((a, b) => a - b);
    const told = answer.map(({ starts_at }) => starts_at).sort((a, b) => a - b);
    if (starts.length > all) expect(told, story).toHaveLength(all);
    else expect(told, `starts of ${story}`).toEqual(starts);
    for (const slot of answer) {
        const { date, time } = wallAt(world.zone, slot.starts_at);
        expect(slot, story).toMatchObject({
            ends_at: slot.starts_at + world.services[0].duration,
            local_date: date,
            local_time: time,
            places_left: expected.get(slot.starts_at)?.get(slot.instructor_id),
        });
    }
}

/** A few of them: as many as asked for, each free, no start twice. */
function expectChoice(answer: Answer[], expected: Expected, limit: number, story: string) {
    const starts = answer.map(({ starts_at }) => starts_at);
    expect(starts.length, story).toBe(Math.min(limit, expected.size));
    expect(new Set(starts).size, story).toBe(starts.length);
    for (const { starts_at, instructor_id } of answer) {
        expect(expected.get(starts_at)?.has(instructor_id), story).toBe(true);
    }
}

const overlapping = `
    select one.id, other.id as other_id
    from public.time_claims as one
    join public.time_claims as other
        on other.instructor_id = one.instructor_id
        and other.id > one.id
        and other.during && one.during`;

/** Groups that count other places than their bookings have, or have time without places or places without time. */
const miscounted = `
    select session.id
    from public.sessions as session
    left join lateral (
        select coalesce(sum(participants), 0) as places
        from public.bookings
        where session_id = session.id and status <> 'cancelled'
    ) as booked on true
    where session.places_booked <> booked.places
        or (booked.places > 0) is distinct from exists (
            select from public.time_claims where session_id = session.id and expires_at is null
        )`;
