import type { Scenario } from './scenario.ts';

const patienceMs = 25_000;
/** Nothing has moved for so long: whatever is to come, the clock has to bring. */
const stillMs = 150;
/** A worker that is alive may be waiting for its next try for so long; then it has gone, and its lease may, too. */
const silentMs = 2000;

const jobs = `
    select coalesce(jsonb_agg(jsonb_build_array(id, state, attempts, lease, run_at, leased_until) order by id), '[]')::text as jobs
    from private.jobs
    where business_id = $1 and state <> 'dead'`;

/**
 * What a minute of waiting does: leases of the lost run out, pauses between tries and the grace after a send of
 * unknown end are over, numbers have rested, who has not said lately that he is awake is not, and the sweep comes round. All of it is
 * the product's own; only the clock is ours.
 */
const aMinutePasses = `
    with leases as (
        update private.jobs set leased_until = now()
        where business_id = $1 and state = 'running' and claimed_at < to_timestamp($2::numeric / 1000)
    ),
    pauses as (
        update private.jobs set run_at = now() where business_id = $1 and state = 'queued' and run_at > now()
    ),
    grace as (
        update public.messages set send_started_at = now() - interval '1 minute'
        where business_id = $1 and send_started_at is not null
    ),
    rests as (
        update private.resting_numbers set rest_until = rest_until - interval '1 minute' where business_id = $1
    ),
    pace as (
        update private.send_pace set paid_until = paid_until - interval '1 minute' where business_id = $1
    )
    update private.workers set awake_until = now() where awake_until > now()`;

/**
 * Waits until the queue is empty and nothing is under way at the vendors, letting time pass whenever nothing
 * moves any more. Time passes only while no send and no status is on the line: a status that would have settled
 * a send in time must not come too late because of us.
 */
export async function settle(s: Scenario): Promise<void> {
    const deadline = Date.now() + patienceMs;
    let before = '';
    let stillSince = Date.now();
    let silentSince = Date.now();
    for (;;) {
        // The database may be the one that is down just now.
        const state = await s.rows<{ jobs: string }>(jobs).then(
            ([row]) => row?.jobs ?? '',
            () => 'away',
        );
        const quiet = s.lab.vendors.whatsapp.idle && s.wire.busy.length === 0;
        if (state !== before || !quiet) {
            before = state;
            stillSince = Date.now();
            silentSince = Date.now();
        } else if (Date.now() - stillSince >= stillMs) {
            if (state === '[]') return;
            const isLost = Date.now() - silentSince >= silentMs;
            await s.rows(aMinutePasses, isLost ? Date.now() : s.lab.functionsEndedAt()).catch(() => {});
            await s.lab.pool.query('select private.sweep()').catch(() => {});
            stillSince = Date.now();
        }
        if (Date.now() > deadline) {
            const busy = s.wire.busy.map(({ step }) => step);
            throw new Error(
                `The dust does not settle: ${state}; on the wire: ${busy}; vendors idle: ${s.lab.vendors.whatsapp.idle}`,
            );
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
}
