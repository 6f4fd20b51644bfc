import pg from 'pg';
import type { Outcome } from '../../scripts/bench.ts';
import { withScratchDatabase } from '../../scripts/local/scratch-database.ts';
import { addHistory } from './history.ts';
import { cpuOf, percentile, rounded, table, timed } from './measure.ts';
import { openSchool, type School } from './school.ts';

const sizes = [1e2, 1e3, 1e4, 1e5, 1e6];
const rounds = 10;
const searchesPerRound = 30;
const batch = 100_000;

interface Place {
    bookings: number;
    client: pg.Client;
    school: School;
    took: number[];
    /** Of the server's process that answers. */
    pid: number;
    cpuBefore: number | null;
}

/**
 * Three offers out of a fortnight of twenty instructors, beside ever more bookings on the same calendars. Each size
 * has a database of its own, and they take turns: whatever else the machine does disturbs all of them alike.
 */
export function run(log: (line: string) => void): Promise<Outcome> {
    return withScratchDatabase(async (databaseUrl, adminUrl) => {
        const places: Place[] = [];
        try {
            for (const bookings of sizes) places.push(await prepare(bookings, databaseUrl, adminUrl, log));
            for (let round = 0; round <= rounds; round += 1) {
                for (const place of places) {
                    if (round === 1) place.cpuBefore = cpuOf(place.pid);
                    for (let nth = 0; nth < searchesPerRound; nth += 1) {
                        const took = await timed(() => search(place));
                        // The first round only warms up.
                        if (round > 0) place.took.push(took);
                    }
                }
            }
            return outcomeOf(places);
        } finally {
            await Promise.all(places.map(({ client }) => client.end()));
        }
    });
}

async function prepare(
    bookings: number,
    databaseUrl: string,
    adminUrl: string,
    log: (line: string) => void,
): Promise<Place> {
    const name = `bookings_${bookings}`;
    await withClient(adminUrl, (maintenance) =>
        maintenance.query(`create database ${name} template postgres owner postgres`),
    );
    const urlOf = (base: string) => Object.assign(new URL(base), { pathname: name }).href;
    const client = new pg.Client({ connectionString: urlOf(databaseUrl) });
    await client.connect();
    const school = await openSchool(client, 20);
    await withClient(urlOf(adminUrl), async (admin) => {
        for (let from = 0; from < bookings; from += batch) {
            await addHistory(admin, school, from, Math.min(bookings, from + batch));
        }
        await admin.query('vacuum analyze');
    });
    log(`${bookings.toLocaleString('en')} bookings are written`);
    const { rows } = await client.query('select pg_backend_pid() as pid');
    return { bookings, client, school, took: [], pid: rows[0].pid, cpuBefore: null };
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        return await use(client);
    } finally {
        await client.end();
    }
}

async function search({ client, school: { businessId, serviceId } }: Place): Promise<void> {
    const { rows } = await client.query({
        name: 'search',
        text: `select * from public.find_free_slots($1, $2, now(), now() + interval '14 days')`,
        values: [businessId, serviceId],
    });
    if (rows.length !== 3) throw new Error(`three offers were asked for, ${rows.length} came`);
}

function outcomeOf(places: Place[]): Outcome {
    const base = percentile(places[0]?.took ?? [], 0.5);
    const results = places.map(({ bookings, took, pid, cpuBefore }) => ({
        bookings,
        p50_ms: rounded(percentile(took, 0.5)),
        p95_ms: rounded(percentile(took, 0.95)),
        ratio: rounded(percentile(took, 0.5) / base),
        cpu_ms: cpuBefore === null ? null : rounded(((cpuOf(pid) ?? 0) - cpuBefore) / took.length),
    }));
    const head = ['bookings', 'p50 ms', 'p95 ms', 'p50 to 1e2', 'cpu ms'];
    return {
        table: table([head, ...results.map((row) => Object.values(row).map((cell) => cell ?? ''))]),
        results,
    };
}
