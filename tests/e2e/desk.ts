import { randomInt, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { openPool } from '../../scripts/local/database.ts';
import { SimulatorControl } from '../../scripts/simulators/control-client.ts';
import { Customer } from './customer.ts';
import { eventually } from './patience.ts';

/** Where a desk runs: the shared platform, or one of a test's own. */
export interface Place {
    adminDatabaseUrl: string;
    simulatorUrl: string;
}

const demoBusiness = 'b0000000-0000-4000-8000-000000000001';

type Row = Record<string, unknown>;

/**
 * A ski school of the test's own, copied from the demo seed: its own WhatsApp number, instructors and hours,
 * so that files which run side by side never want the same hour. It waits 100 ms for a thought to end.
 */
export class Desk {
    readonly businessId = randomUUID();
    readonly account = `1${randomInt(1e13, 1e14)}`;
    readonly control: SimulatorControl;
    readonly #pool: pg.Pool;

    private constructor(place: Place) {
        this.control = new SimulatorControl(place.simulatorUrl);
        this.#pool = openPool(place.adminDatabaseUrl, 'desk under test', 3);
    }

    static async open(place: Place): Promise<Desk> {
        const desk = new Desk(place);
        const client = await desk.#pool.connect();
        try {
            await client.query('begin');
            await desk.#copyDemo(client);
            await client.query('commit');
        } catch (error) {
            await client.query('rollback');
            throw error;
        } finally {
            client.release();
        }
        await desk.control.addAccounts([
            {
                phone_number_id: desk.account,
                display_phone_number: desk.account.slice(0, 11),
                waba_id: '200000000000002',
                token: `token-${desk.account}`,
            },
        ]);
        return desk;
    }

    async #copyDemo(client: pg.PoolClient): Promise<void> {
        const ids = new Map<unknown, unknown>([[demoBusiness, this.businessId]]);
        const copy = async (table: string, change: (row: Row) => Row = (row) => row) => {
            const own = table === 'businesses' ? 'id' : 'business_id';
            // As JSON, because node-postgres would read a date into a moment in this process's zone.
            const { rows } = await client.query(
                `select to_jsonb(original) as row from public.${table} as original where ${own} = $1`,
                [demoBusiness],
            );
            for (const { row } of rows) {
                if (typeof row.id === 'string' && !ids.has(row.id)) ids.set(row.id, randomUUID());
                const moved = Object.fromEntries(
                    Object.entries(row).map(([key, value]) => [key, ids.get(value) ?? value]),
                );
                await client.query(
                    `insert into public.${table} select * from jsonb_populate_record(null::public.${table}, $1)`,
                    [JSON.stringify(change(moved))],
                );
            }
        };
        await copy('businesses', (row) => ({ ...row, slug: `e2e-${this.account}`, quiet_ms: 100 }));
        for (const table of [
            'memberships',
            'instructors',
            'services',
            'instructor_services',
            'weekly_hours',
        ]) {
            await copy(table);
        }
        const secret = await client.query('select vault.create_secret($1, $2) as id', [
            `token-${this.account}`,
            `whatsapp:${this.account}`,
        ]);
        await copy('channels', (row) => ({
            ...row,
            external_id: this.account,
            access_token_secret_id: secret.rows[0].id,
        }));
    }

    /** Somebody who has never written before. */
    customer(name = 'Ana Lima'): Customer {
        return new Customer(this, `4179${randomInt(1e6, 1e7)}`, name);
    }

    /** Somebody with a username, whose phone nobody gets to see. */
    async hiddenCustomer(name = 'Béatrice Rocha'): Promise<Customer> {
        const { userId } = await this.control.addPerson({ name, username: `e2e.${this.account}` });
        return new Customer(this, userId, name);
    }

    /** Waits until no job of this business is left: whatever was to happen has happened. */
    async settled(): Promise<void> {
        const jobs = 'select count(*)::int as count from private.jobs where business_id = $1';
        await eventually('the queue is empty', async () => {
            const [row] = await this.rows<{ count: number }>(jobs);
            return row?.count === 0 ? true : undefined;
        });
    }

    /** Rows as the superuser sees them; `$1` is this business. */
    async rows<T extends object = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> {
        return (await this.#pool.query<T>(sql, [this.businessId, ...values])).rows;
    }

    close(): Promise<void> {
        return this.#pool.end();
    }
}
