import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import {
    claimDeliveries,
    claimTurns,
    newSender,
    quiet,
    receive,
    restWorker,
    textFrom,
    theTurn,
} from './support/desk.ts';
import { answer, newCustomer } from './support/story.ts';
import { newTenant, type Tenant } from './support/tenant.ts';
import { rolledBack } from './support/voices.ts';

// The bell: rung once while nobody is awake, not at all while somebody is, and never missed.

const db = ownDatabase();
let tenant: Tenant;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
});

/** What rang since the last look, by the function that was called. */
const rings = async () => {
    const rows = await db.sql('delete from net.http_request_queue returning url');
    return rows.map(({ url }) => String(url).split('/').at(-1));
};
const writes = () => receive(db, [textFrom(tenant.account, newSender())]);
const forgotten = () => db.sql(`update private.workers set awake_until = now() - interval '1 second'`);

describe('the bell', () => {
    it('carries a function’s name and a token that opens nothing else', async () => {
        await writes();
        const rows = await db.sql(
            `select method, url, headers, convert_from(body, 'UTF8')::jsonb as body, timeout_milliseconds
             from net.http_request_queue`,
        );
        expect(rows).toEqual([
            {
                method: 'POST',
                url: 'http://127.0.0.1:9/functions/v1/reply',
                headers: {
                    'content-type': 'application/json',
                    'x-bell-token': 'bell-token-of-the-database-tests',
                },
                body: { function: 'reply' },
                timeout_milliseconds: 5000,
            },
        ]);
    });

    it('rings once for a burst, and again when nobody came', async () => {
        for (let count = 0; count < 20; count++) await writes();
        expect(await rings()).toEqual(['reply']);
        await forgotten();
        await writes();
        expect(await rings()).toEqual(['reply']);
    });

    it('rings not at all while a worker is awake, and again after it has gone to rest', async () => {
        const worker = randomUUID();
        await claimTurns(db, worker);
        for (let count = 0; count < 5; count++) await writes();
        expect(await rings()).toEqual([]);
        expect(await restWorker(db, worker)).toBe(false);
        await writes();
        expect(await rings()).toEqual([]);
        await db.sql('delete from private.jobs');
        expect(await restWorker(db, worker)).toBe(true);
        await writes();
        expect(await rings()).toEqual(['reply']);
    });

    it('rings after rest even when it rang a moment ago', async () => {
        const worker = randomUUID();
        await writes();
        expect(await rings()).toEqual(['reply']);
        await claimTurns(db, worker);
        await db.sql('delete from private.jobs');
        expect(await restWorker(db, worker)).toBe(true);
        await writes();
        expect(await rings()).toEqual(['reply']);
    });

    it('rings for each function by itself', async () => {
        const customer = await newCustomer(db, tenant);
        await rings();
        await answer(db, customer);
        expect(await rings()).toEqual(['deliver']);
        await claimDeliveries(db);
        await writes();
        await claimTurns(db);
        expect(await rings()).toEqual([]);
    });

    it('rings for nothing that was rolled back', async () => {
        await db.sql('begin');
        await writes();
        await db.sql('rollback');
        expect(await rings()).toEqual([]);
        await writes();
        expect(await rings()).toEqual(['reply']);
    });

    it('leaves to the sweep what is due later than a worker waits', async () => {
        await db.sql('update public.businesses set quiet_ms = 20000 where id = $1', [tenant.businessId]);
        await writes();
        expect(await rings()).toEqual([]);
        await db.sql('select private.sweep()');
        expect(await rings()).toEqual([]);
        await db.sql('update private.jobs set run_at = now()');
        await db.sql('select private.sweep()');
        expect(await rings()).toEqual(['reply']);
    });

    it('that cannot be rung, or hangs nowhere, costs nobody a message', async () => {
        for (const breakage of [
            'drop extension pg_net',
            `delete from vault.secrets where name = 'functions_url'`,
        ]) {
            await rolledBack(db, async () => {
                await db.sql(breakage);
                expect(await writes()).toMatchObject([{ outcome: 'stored' }]);
            });
        }
        expect(await rings()).toEqual([]);
    });
});

describe('the sweep', () => {
    it('rings for what is due and unclaimed, and for what a lost worker had', async () => {
        await writes();
        await rings();
        await forgotten();
        await db.sql('select private.sweep()');
        expect(await rings()).toEqual(['reply']);
        await theTurn(db);
        await forgotten();
        await db.sql('select private.sweep()');
        expect(await rings()).toEqual([]);
        await db.sql(`update private.jobs set leased_until = now() - interval '1 second'`);
        await db.sql('select private.sweep()');
        expect(await rings()).toEqual(['reply']);
    });

    it('is quiet while somebody is awake, and when there is nothing to do', async () => {
        await db.sql('select private.sweep()');
        await writes();
        await rings();
        await claimDeliveries(db);
        await claimTurns(db, randomUUID(), 0);
        await db.sql('select private.sweep()');
        expect(await rings()).toEqual([]);
    });

    it('is scheduled every five seconds, a look at absent people every minute, and the broom once a day', async () => {
        const rows = await db.sql('select jobname, schedule, command, active from cron.job order by jobname');
        expect(rows).toEqual([
            {
                jobname: 'frostdesk-return',
                schedule: '* * * * *',
                command: 'select private.return_to_the_desk()',
                active: true,
            },
            {
                jobname: 'frostdesk-sweep',
                schedule: '5 seconds',
                command: 'select private.sweep()',
                active: true,
            },
            {
                jobname: 'frostdesk-tidy',
                schedule: '17 3 * * *',
                command: 'select private.tidy()',
                active: true,
            },
        ]);
    });
});

describe('a worker that goes to rest', () => {
    it('waits for a message that is just being written, sees it, and stays', async () => {
        const worker = randomUUID();
        const [writer, sleeper] = [await db.connect(), await db.connect()];
        for (let round = 0; round < 10; round++) {
            await claimTurns(sleeper, worker);
            await writer.sql('begin');
            await receive(writer, [textFrom(tenant.account, newSender())]);
            let rested: boolean | undefined;
            const resting = restWorker(sleeper, worker).then((value) => {
                rested = value;
            });
            await new Promise((resolve) => setTimeout(resolve, 30));
            expect(rested).toBeUndefined();
            await writer.sql('commit');
            await resting;
            expect(rested).toBe(false);
            expect(await rings()).toEqual([]);
            await db.sql('delete from private.jobs');
        }
    });

    it('is missed by nobody, whichever of the two is quicker', async () => {
        const [writer, sleeper] = [await db.connect(), await db.connect()];
        for (let round = 0; round < 30; round++) {
            const worker = randomUUID();
            await claimTurns(sleeper, worker);
            const [rested] = await Promise.all([
                restWorker(sleeper, worker),
                receive(writer, [textFrom(tenant.account, newSender())]),
            ]);
            // Either it stays awake and finds the job, or the bell has rung for it.
            expect((await rings()).length > 0 || !rested).toBe(true);
            await quiet(db);
        }
    });

    it('stays when a job is due soon or a lease runs out, and sleeps when it is later', async () => {
        const worker = randomUUID();
        await claimTurns(db, worker);
        await writes();
        for (const [wait, rests] of [
            ['2 seconds', false],
            ['10 seconds', true],
        ] as const) {
            await db.sql(`update private.jobs set run_at = now() + $1::interval`, [wait]);
            expect(await restWorker(db, worker)).toBe(rests);
        }
        expect(await restWorker(db, randomUUID())).toBe(true);
    });

    it('writes its heartbeat about once a second, however often it asks', async () => {
        const worker = randomUUID();
        await claimTurns(db, worker);
        const beat = () => db.sql('select xmin, awake_until from private.workers where id = $1', [worker]);
        const first = await beat();
        for (let asks = 0; asks < 10; asks++) await claimTurns(db, worker);
        expect(await beat()).toEqual(first);
        await db.sql(`update private.workers set awake_until = now() + interval '1 second'`);
        await claimTurns(db, worker);
        expect(await beat()).not.toEqual(first);
    });
});
