import pg from 'pg';
import type { Outcome } from '../../scripts/bench.ts';
import { withScratchDatabase } from '../../scripts/local/scratch-database.ts';
import { percentile, rounded, table } from './measure.ts';
import { openSchool, type School } from './school.ts';

const connections = 16;
const racers = 64;
const secondsPerBlock = 3;
const rounds = 3;

interface Block {
    name: string;
    /** One row or booking; `nth` is different every time. */
    act(client: pg.Client, nth: number): Promise<unknown>;
    done: number;
    ms: number;
}

/**
 * Bookings a second through book(), on one instructor and on fifty, beside plain inserts of rows of the same table
 * without its triggers, with the same connections in the same loop. Blocks take turns; the disk is waited for.
 */
export function run(log: (line: string) => void): Promise<Outcome> {
    return withScratchDatabase(
        async (databaseUrl, adminUrl) => {
            const clients = await connect(databaseUrl, racers);
            const admin = (await connect(adminUrl, 1))[0] as pg.Client;
            try {
                const school = await openSchool(admin, 50);
                const blocks = await blocksOf(admin, school);
                for (let round = 0; round < rounds; round += 1) {
                    for (const block of blocks) {
                        await runBlock(block, clients.slice(0, connections));
                        log(`${block.name}: ${block.done} in ${Math.round(block.ms)} ms`);
                    }
                }
                return outcomeOf(blocks, await race(clients, school));
            } finally {
                await Promise.all([...clients, admin].map((client) => client.end()));
            }
        },
        { durable: true },
    );
}

async function connect(url: string, count: number): Promise<pg.Client[]> {
    const clients = Array.from({ length: count }, () => new pg.Client({ connectionString: url }));
    await Promise.all(clients.map((client) => client.connect()));
    return clients;
}

async function blocksOf(admin: pg.Client, school: School): Promise<Block[]> {
    // Columns, defaults, checks and indexes of bookings; no triggers and no foreign keys.
    await admin.query(`create table public.plain_bookings (
        like public.bookings including defaults including constraints including indexes including generated
    )`);
    await admin.query('grant insert on public.plain_bookings to postgres');
    const { businessId, serviceId, customerId, instructorIds } = school;
    const insert = (client: pg.Client, nth: number) =>
        client.query({
            name: 'insert',
            text: `insert into public.plain_bookings (
                       business_id, reference, service_id, instructor_id, customer_id, starts_at, ends_at, time_zone,
                       price_minor, currency
                   )
                   values ($1, gen_random_uuid()::text, $2, $3, $4, $5, $5::timestamptz + interval '1 hour',
                       'Europe/Zurich', 9000, 'CHF')`,
            values: [businessId, serviceId, instructorIds[nth % 50], customerId, hour(nth)],
        });
    const bookOn = (count: number) => (client: pg.Client, nth: number) =>
        book(client, school, instructorIds[nth % count] ?? '', hour(Math.floor(nth / count)));
    return [
        { name: 'plain insert', act: insert, done: 0, ms: 0 },
        { name: 'book() on one instructor', act: bookOn(1), done: 0, ms: 0 },
        { name: 'book() on fifty instructors', act: bookOn(50), done: 0, ms: 0 },
    ];
}

/** Hours of an endless calendar, an instructor's one after the other. */
const epoch = Date.parse('2030-01-01T00:00:00Z');
const hour = (nth: number) => new Date(epoch + nth * 3_600_000).toISOString();
let nextHour = 0;

function book(client: pg.Client, school: School, instructorId: string, startsAt: string) {
    const line = { service_id: school.serviceId, instructor_id: instructorId, starts_at: startsAt };
    return client.query({
        name: 'book',
        text: 'select public.book($1, $2, $3, null, true)',
        values: [school.businessId, school.customerId, JSON.stringify([line])],
    });
}

async function runBlock(block: Block, clients: pg.Client[]): Promise<void> {
    const start = performance.now();
    const end = start + secondsPerBlock * 1000;
    await Promise.all(
        clients.map(async (client) => {
            while (performance.now() < end) {
                await block.act(client, nextHour++);
                block.done += 1;
            }
        }),
    );
    block.ms += performance.now() - start;
}

/** 64 who want the same hour, again and again: how long each waits to hear yes or no. */
async function race(clients: pg.Client[], school: School): Promise<{ waits: number[]; wrong: number }> {
    const waits: number[] = [];
    let wrong = 0;
    // The first rounds warm up: a connection that books for the first time plans a hundred statements.
    for (let round = -3; round < 20; round += 1) {
        const instructorId = school.instructorIds[round + 3] ?? '';
        const startsAt = hour(2_000_003 + round);
        const outcomes = await Promise.all(
            clients.map(async (client) => {
                const start = performance.now();
                const outcome = await book(client, school, instructorId, startsAt).then(
                    () => 'won',
                    (error: { code?: string }) => error.code,
                );
                if (round >= 0) waits.push(performance.now() - start);
                return outcome;
            }),
        );
        const won = outcomes.filter((outcome) => outcome === 'won').length;
        const lost = outcomes.filter((outcome) => outcome === 'D0003').length;
        if (won !== 1 || lost !== clients.length - 1) wrong += 1;
    }
    return { waits, wrong };
}

function outcomeOf(blocks: Block[], { waits, wrong }: { waits: number[]; wrong: number }): Outcome {
    if (wrong > 0) throw new Error(`${wrong} races were not won by exactly one`);
    const rate = ({ done, ms }: Block) => (done / ms) * 1000;
    const raw = rate(blocks[0] as Block);
    const rates = blocks.map((block) => ({
        block: block.name,
        per_second: rounded(rate(block)),
        to_plain: rounded(rate(block) / raw),
    }));
    const racing = {
        racers,
        p50_ms: rounded(percentile(waits, 0.5)),
        p99_ms: rounded(percentile(waits, 0.99)),
    };
    const text = [
        table([['', 'per second', 'to plain insert'], ...rates.map((row) => Object.values(row))]),
        '',
        table([['racers for one hour', 'p50 ms', 'p99 ms'], Object.values(racing)]),
    ].join('\n');
    return { table: text, results: { connections, rates, racing } };
}
