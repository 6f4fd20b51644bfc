import { afterEach, describe, expect, inject, it } from 'vitest';
import { parseSchedule } from '../../scripts/local/cron-expression.ts';
import { startCronWorker } from '../../scripts/local/cron-worker.ts';
import { eventually, sql } from './clients.ts';

const { adminDatabaseUrl } = inject('platform');
const name = 'contract-job';

afterEach(() => sql("select cron.unschedule(jobname) from cron.job where jobname like 'contract-%'"));

const runsOf = (jobId: string) =>
    sql('select * from cron.job_run_details where jobid = $1 order by runid', [jobId]);

describe('cron.schedule with seconds', () => {
    it('runs the command every so often, as the role that scheduled it, and keeps the record', async () => {
        const [{ id }] = await sql('select cron.schedule($1, $2, $3) as id', [
            name,
            '1 second',
            "do $$ begin if current_user <> 'postgres' then raise 'wrong role'; end if; end $$",
        ]);
        const runs = await eventually(async () => {
            const rows = await runsOf(id);
            return rows.filter(({ status }) => status === 'succeeded').length >= 2 ? rows : undefined;
        });
        expect(runs[0]).toMatchObject({ username: 'postgres', database: 'postgres', status: 'succeeded' });
        expect(runs[1].start_time - runs[0].start_time).toBeGreaterThanOrEqual(900);
    });

    it('records a failure with its message and goes on', async () => {
        const [{ id }] = await sql('select cron.schedule($1, $2, $3) as id', [
            name,
            '1 second',
            'select 1/0',
        ]);
        const [run] = await eventually(async () => {
            const rows = await runsOf(id);
            return rows.filter(({ status }) => status === 'failed').length >= 2 ? rows : undefined;
        });
        expect(run.return_message).toContain('division by zero');
    });

    it('replaces a job of the same name, and stops when it is unscheduled', async () => {
        const [{ id }] = await sql('select cron.schedule($1, $2, $3) as id', [name, '1 second', 'select 1']);
        const [again] = await sql('select cron.schedule($1, $2, $3) as id', [name, '59 seconds', 'select 2']);
        expect(again.id).toBe(id);
        expect(await sql('select command from cron.job where jobid = $1', [id])).toEqual([
            { command: 'select 2' },
        ]);
        await sql('select cron.unschedule($1)', [name]);
        expect(await sql('select from cron.job where jobid = $1', [id])).toEqual([]);
    });
});

describe('cron.schedule with five fields', () => {
    it('takes the schedule and refuses what is none', async () => {
        await sql('select cron.schedule($1, $2, $3)', [name, '30 3 * * 1-5', 'select 1']);
        expect(await sql('select schedule, active from cron.job where jobname = $1', [name])).toEqual([
            { schedule: '30 3 * * 1-5', active: true },
        ]);
        for (const bad of ['60 seconds', '* * * *', 'soon', '']) {
            await expect(
                sql('select cron.schedule($1, $2, $3)', ['contract-bad', bad, 'select 1']),
            ).rejects.toThrow('invalid schedule');
        }
    });

    it.each([
        ['* * * * *', '2026-11-20T10:07:00Z', true],
        ['*/5 * * * *', '2026-11-20T10:10:00Z', true],
        ['*/5 * * * *', '2026-11-20T10:11:00Z', false],
        ['30 3 * * 1-5', '2026-11-20T03:30:00Z', true],
        ['30 3 * * 1-5', '2026-11-21T03:30:00Z', false],
        ['0 0 * * sun', '2026-11-22T00:00:00Z', true],
        ['0 0 * * 7', '2026-11-22T00:00:00Z', true],
        ['0 0 1,15 * fri', '2026-11-20T00:00:00Z', true],
        ['0 0 $ * *', '2028-02-29T00:00:00Z', true],
        ['0 0 $ * *', '2028-02-28T00:00:00Z', false],
        ['@daily', '2026-11-20T00:00:00Z', true],
    ])('%s at %s is due: %s', (schedule, time, due) => {
        const parsed = parseSchedule(schedule);
        expect('matches' in parsed && parsed.matches(new Date(time))).toBe(due);
    });

    it('is run in the minute that it names, and not again in the same one', async () => {
        // A database and a worker of its own, whose clock can be moved without moving everybody's.
        const database = `contract_cron_${process.pid}`;
        const url = new URL(adminDatabaseUrl);
        url.pathname = database;
        const inDatabase = (text: string, values: unknown[] = []) => sql(text, values, url.href);
        await sql(`create database ${database}`, [], adminDatabaseUrl);
        await inDatabase('create extension pg_cron');
        let now = Date.parse('2026-11-20T03:29:58Z');
        const worker = await startCronWorker(
            url.href,
            () => {},
            () => now,
        );
        try {
            const schedule = 'select cron.schedule($1, $2, $3) as id';
            const [{ id }] = await inDatabase(schedule, [name, '30 3 * * *', 'select 1']);
            const runs = () => inDatabase('select status from cron.job_run_details where jobid = $1', [id]);
            await new Promise((resolve) => setTimeout(resolve, 400));
            expect(await runs()).toEqual([]);
            now += 3000;
            await eventually(async () => (await runs())[0]);
            now += 3000;
            await new Promise((resolve) => setTimeout(resolve, 400));
            expect(await runs()).toEqual([{ status: 'succeeded' }]);
        } finally {
            await worker.stop();
            await sql(`drop database ${database} with (force)`, [], adminDatabaseUrl);
        }
    });
});
