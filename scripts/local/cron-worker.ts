import pg from 'pg';
import { parseSchedule, type Schedule } from './cron-expression.ts';
import { openPool } from './database.ts';
import type { Worker } from './net-worker.ts';

interface Job {
    id: string;
    command: string;
    database: string;
    username: string;
    schedule: Schedule;
    text: string;
    lastStartedAt: number;
    pendingRuns: number;
    running: boolean;
}

const tickMs = 250;
const maxConcurrent = 8;

/**
 * pg_cron's scheduler: runs each job in the name of the role that scheduled it, one run of a job at a time with
 * later ones queued, and writes cron.job_run_details. An interval job runs first one interval after it appears.
 */
export async function startCronWorker(
    adminUrl: string,
    log: (line: string) => void,
    clock: () => number = Date.now,
): Promise<Worker> {
    const pool = openPool(adminUrl, 'pg_cron', maxConcurrent);
    const jobs = new Map<string, Job>();
    const runs = new Set<Promise<void>>();
    let stopping = false;
    let stale = true;
    let lastMinute = minuteOf(clock());
    let listener: pg.Client | undefined;

    async function listen(): Promise<void> {
        const client = new pg.Client({ connectionString: adminUrl, application_name: 'pg_cron scheduler' });
        client.on('notification', () => {
            stale = true;
        });
        client.on('error', () => {
            listener = undefined;
        });
        await client.connect();
        await client.query('listen cron_jobs');
        listener = client;
        stale = true;
    }

    async function tick(): Promise<void> {
        if (!listener) {
            await listen();
        }
        if (stale) {
            stale = false;
            await reload(pool, jobs, clock(), log);
        }
        const now = clock();
        for (let minute = lastMinute + 1; minute <= minuteOf(now); minute += 1) {
            for (const job of jobs.values()) {
                if ('matches' in job.schedule && job.schedule.matches(new Date(minute * 60_000))) {
                    job.pendingRuns += 1;
                }
            }
        }
        lastMinute = minuteOf(now);
        for (const job of jobs.values()) {
            if (
                'everySeconds' in job.schedule &&
                now - job.lastStartedAt >= job.schedule.everySeconds * 1000
            ) {
                job.pendingRuns = 1;
            }
            if (job.pendingRuns > 0 && !job.running && !stopping) {
                job.pendingRuns -= 1;
                job.running = true;
                job.lastStartedAt = now;
                const run = runJob(pool, job)
                    .catch((error) => log(`pg_cron job ${job.id}: ${error.message}`))
                    .finally(() => {
                        job.running = false;
                        runs.delete(run);
                    });
                runs.add(run);
            }
        }
    }

    const finished = (async () => {
        while (!stopping) {
            await tick().catch((error) => {
                stale = true;
                if (!stopping) {
                    log(`pg_cron scheduler: ${error.message}`);
                }
            });
            await new Promise((resolve) => setTimeout(resolve, tickMs));
        }
    })();

    return {
        async stop() {
            stopping = true;
            await finished;
            await listener?.end().catch(() => {});
            // A job that is still at it loses its session when Postgres shuts down.
            const moment = new Promise((resolve) => setTimeout(resolve, 1000));
            await Promise.race([Promise.all(runs).then(() => pool.end()), moment]);
        },
    };
}

const minuteOf = (ms: number) => Math.floor(ms / 60_000);

async function reload(
    pool: pg.Pool,
    jobs: Map<string, Job>,
    now: number,
    log: (line: string) => void,
): Promise<void> {
    const known = await pool.query("select to_regclass('cron.job') is not null as known");
    if (!known.rows[0].known) {
        return;
    }
    const { rows } = await pool.query(
        'select jobid, schedule, command, database, username from cron.job where active',
    );
    const seen = new Set<string>();
    for (const row of rows) {
        seen.add(row.jobid);
        const job = jobs.get(row.jobid);
        const { command, database, username } = row;
        if (job && job.text === row.schedule) {
            Object.assign(job, { command, database, username });
            continue;
        }
        try {
            const schedule = parseSchedule(row.schedule);
            const times = { lastStartedAt: now, pendingRuns: 0, running: job?.running ?? false };
            jobs.set(row.jobid, {
                id: row.jobid,
                text: row.schedule,
                command,
                database,
                username,
                schedule,
                ...times,
            });
        } catch (error) {
            log(`pg_cron job ${row.jobid} is never run: ${error instanceof Error ? error.message : error}`);
        }
    }
    for (const id of jobs.keys()) {
        if (!seen.has(id)) {
            jobs.delete(id);
        }
    }
}

async function runJob(pool: pg.Pool, job: Job): Promise<void> {
    const client = await pool.connect();
    try {
        const started = await client.query(
            `insert into cron.job_run_details (jobid, job_pid, database, username, command, status, start_time)
             values ($1, pg_backend_pid(), $2, $3, $4, 'running', clock_timestamp())
             returning runid`,
            [job.id, job.database, job.username, job.command],
        );
        let outcome: { status: string; message: string };
        try {
            await client.query(`set session authorization ${pg.escapeIdentifier(job.username)}`);
            // Several statements in one command give several results.
            const results = [await client.query(job.command)].flat() as pg.QueryResult[];
            const last = results.at(-1);
            const message = last?.fields.length
                ? `${last.rowCount} row${last.rowCount === 1 ? '' : 's'}`
                : '';
            outcome = { status: 'succeeded', message: message || (last?.command ?? '') };
        } catch (error) {
            outcome = {
                status: 'failed',
                message: `ERROR: ${error instanceof Error ? error.message : error}`,
            };
            await client.query('rollback');
        }
        await client.query('reset session authorization');
        await client.query(
            `update cron.job_run_details
             set status = $2, return_message = $3, end_time = clock_timestamp()
             where runid = $1`,
            [started.rows[0].runid, outcome.status, outcome.message],
        );
        await client.query('discard all');
        client.release();
    } catch (error) {
        client.release(true);
        throw error;
    }
}
