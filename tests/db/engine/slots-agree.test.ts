import { describe, expect, it } from 'vitest';
import { freeStarts } from '../../support/slot-oracle.ts';
import { wallAt } from '../../support/slot-oracle-clock.ts';
import { randomFrom, randomWorld, seenBy } from '../../support/slot-oracle-worlds.ts';
import { ownDatabase } from '../support/database.ts';
import { rolledBack } from '../support/voices.ts';
import { type Answer, ask, claimAll, type Placed, place, write } from './worlds.ts';

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
        const seen = { questions: 0, slots: 0, claims: 0, refused: 0 };
        for (let done = 0; done < worlds; done += batch) {
            const placed = Array.from({ length: Math.min(batch, worlds - done) }, () =>
                place(randomWorld(random)),
            );
            await rolledBack(db, async () => {
                await write(db, placed);
                const claimed = await claimAll(db, placed);
                const full = await ask(db, placed, () => all);
                const few = await ask(db, placed, ({ limit }) => limit);
                for (const [at, given] of placed.entries()) {
                    const told = `world ${done + at} of seed ${seed}: ${JSON.stringify(given.world)}`;
                    const granted = given.world.claims.map(({ accepted }) => accepted);
                    expect(claimed[at], `who got time in ${told}`).toEqual(granted);
                    seen.claims += granted.length;
                    seen.refused += granted.filter((accepted) => !accepted).length;
                    for (const [number, question] of given.world.questions.entries()) {
                        const story = `question ${number} ${JSON.stringify(question)} in ${told}`;
                        const expected = free(given, number);
                        const answer = full[at]?.[number] ?? [];
                        expectSlots(answer, expected, given, story);
                        expectChoice(few[at]?.[number] ?? [], expected, question.limit, story);
                        seen.questions += 1;
                        seen.slots += answer.length;
                    }
                }
                const overlaps = await db.sql(overlapping);
                expect(overlaps, `seed ${seed}, worlds from ${done}`).toEqual([]);
            });
        }
        // A test that met nothing would agree with everything.
        expect(seen.slots / seen.questions).toBeGreaterThan(5);
        expect(seen.refused / seen.claims).toBeGreaterThan(0.05);
    });
});

/** Start → the instructors who are free then, by the oracle. */
function free({ world, workers }: Placed, number: number): Map<number, Set<string>> {
    const question = world.questions[number];
    if (!question) throw new Error(`there is no question ${number}`);
    const starts = new Map<number, Set<string>>();
    for (const [at, { gives, active }] of world.workers.entries()) {
        if (!gives || !active || (question.worker ?? at) !== at) continue;
        const worker = seenBy(world, at, question.asOwner);
        for (const start of freeStarts(worker, { ...question, zone: world.zone, terms: world.services[0] })) {
            starts.set(start, (starts.get(start) ?? new Set()).add(workers[at] ?? ''));
        }
    }
    return starts;
}

function expectSlots(answer: Answer[], expected: Map<number, Set<string>>, { world }: Placed, story: string) {
    const starts = [...expected.keys()].sort((a, b) => a - b);
    const told = answer.map(({ starts_at }) => starts_at);
    if (starts.length > all) expect(told, story).toHaveLength(all);
    else expect(told, `starts of ${story}`).toEqual(starts);
    for (const slot of answer) {
        const { date, time } = wallAt(world.zone, slot.starts_at);
        expect(slot, story).toMatchObject({
            ends_at: slot.starts_at + world.services[0].duration,
            local_date: date,
            local_time: time,
        });
        expect(expected.get(slot.starts_at)?.has(slot.instructor_id), `who is free in ${story}`).toBe(true);
    }
}

/** A few of them: as many as asked for, each free, no start twice, the earliest among them. */
function expectChoice(answer: Answer[], expected: Map<number, Set<string>>, limit: number, story: string) {
    const starts = answer.map(({ starts_at }) => starts_at);
    expect(starts.length, story).toBe(Math.min(limit, expected.size));
    expect(new Set(starts).size, story).toBe(starts.length);
    for (const { starts_at, instructor_id } of answer) {
        expect(expected.get(starts_at)?.has(instructor_id), story).toBe(true);
    }
    if (expected.size > 0) expect(starts[0], `the earliest of ${story}`).toBe(Math.min(...expected.keys()));
}

const overlapping = `
    select one.id, other.id as other_id
    from public.time_claims as one
    join public.time_claims as other
        on other.instructor_id = one.instructor_id
        and other.id > one.id
        and other.during && one.during`;
