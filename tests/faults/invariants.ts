import type { Witness } from './support/witness.ts';

/**
 * What must be true whenever the dust has settled, whatever was done to the desk before. Each claim is one query
 * for its counter-examples: `$1` is the business, `$2` what the simulated vendors saw (see support/witness.ts).
 */
export interface Claim {
    name: string;
    /** Rows of {conversation_id, what}: none when the claim holds. */
    counterexamples: string;
    /** Not asked of a scenario that says so; the reason is in its name. */
    waivedBy?: 'mayRepeat';
}

const seen = `
    seen as (
        select
            (entry ->> 'seq')::int as seq,
            to_timestamp((entry ->> 'at')::numeric / 1000) as at,
            (entry ->> 'message_id')::uuid as message_id,
            entry ->> 'provider_id' as provider_id
        from jsonb_array_elements($2::jsonb -> 'sends') as entry
    )`;

/** The sentence of each deed, and the event of the booking that must commit with it. */
const deeds = `
    deeds (event, sentence) as (
        values ('created', 'this is booked'), ('moved', 'your booking has moved'), ('cancelled', 'this booking is cancelled')
    )`;

/** Said and done in one transaction, and of the same hour. */
const tells = `
    message.conversation_id = booking.conversation_id
    and message.role = 'assistant'
    and message.created_at = event.at
    and strpos(message.content ->> 'text', deeds.sentence) > 0
    and (deeds.event = 'cancelled' or strpos(
        message.content ->> 'text',
        to_char((coalesce(event.after ->> 'starts_at', booking.starts_at::text))::timestamptz at time zone booking.time_zone, 'HH24:MI')
    ) > 0)`;

export const claims: Claim[] = [
    {
        name: '1. every accepted inbound message is stored exactly once',
        counterexamples: `
            select null::uuid as conversation_id, received.id || ' is stored ' || count(message.id) || ' times' as what
            from jsonb_array_elements_text($2::jsonb -> 'received') as received (id)
            left join public.messages as message
                on message.business_id = $1 and message.provider_id = received.id
            group by received.id
            having count(message.id) <> 1`,
    },
    {
        name: '1. every inbound message ends answered, handed over or visibly failed',
        counterexamples: `
            select conversation_id, 'message ' || seq || ' ended ' || coalesce(outcome, 'nowhere') as what
            from public.messages
            where business_id = $1 and role = 'user'
                and (outcome is null
                    or (outcome = 'ignored' and deleted_at is null and content ->> 'type' <> 'reaction'))`,
    },
    {
        name: '1. what is called answered has an answer that left, or failed where the owner sees it',
        counterexamples: `
            select question.conversation_id, 'message ' || question.seq || ' by ' || coalesce(answer.status, 'nothing') as what
            from public.messages as question
            left join public.messages as answer on answer.id = question.answered_by
            where question.business_id = $1 and question.outcome = 'answered'
                and coalesce(answer.status, 'dropped') in ('queued', 'sending', 'dropped')`,
    },
    {
        name: '2. no message reached the customer twice',
        waivedBy: 'mayRepeat',
        counterexamples: `
            with ${seen}
            select message.conversation_id, 'message ' || message.seq || ' was sent ' || count(*) || ' times' as what
            from seen
            join public.messages as message on message.id = seen.message_id
            group by message.id
            having count(*) > 1`,
    },
    {
        name: '2. every answer of the desk answers something, so no turn was answered twice',
        counterexamples: `
            select answer.conversation_id, 'message ' || answer.seq || ' answers nothing' as what
            from public.messages as answer
            where answer.business_id = $1 and answer.role = 'assistant' and answer.brain <> 'notice'
                and not exists (select from public.messages as question where question.answered_by = answer.id)`,
    },
    {
        name: '2. nothing was sent that the database does not know as sent',
        counterexamples: `
            with ${seen}
            select message.conversation_id, 'a send of ' || coalesce('message ' || message.seq || ', ' || message.status, 'nothing we know') as what
            from seen
            left join public.messages as message on message.id = seen.message_id and message.business_id = $1
            where message.id is null or message.status in ('queued', 'dropped')`,
    },
    {
        name: '2. no answer composed before a takeover began to be sent after it',
        counterexamples: `
            select message.conversation_id, 'message ' || message.seq || ' of epoch ' || message.mode_epoch as what
            from public.messages as message
            join faults.seen as sending
                on sending.message_id = message.id and sending.after ->> 'status' = 'sending'
            join faults.seen as takeover
                on takeover.conversation_id = message.conversation_id
                and takeover.what = 'conversations update'
                and takeover.id < sending.id
                and (takeover.after ->> 'mode_epoch')::int > message.mode_epoch
            where message.business_id = $1`,
    },
    {
        name: '3. the messages of a conversation left in order',
        counterexamples: `
            with ${seen},
            first as (
                select message.conversation_id, message.seq as place, min(seen.seq) as sent
                from seen
                join public.messages as message on message.id = seen.message_id
                group by message.id
            )
            select earlier.conversation_id, 'message ' || later.place || ' overtook ' || earlier.place as what
            from first as earlier
            join first as later
                on later.conversation_id = earlier.conversation_id
                and later.place > earlier.place and later.sent < earlier.sent`,
    },
    {
        name: '3. no answer precedes what it answers',
        counterexamples: `
            with ${seen}
            select question.conversation_id, 'message ' || answer.seq || ' answers ' || question.seq as what
            from public.messages as question
            join public.messages as answer on answer.id = question.answered_by
            left join seen on seen.message_id = answer.id
            where question.business_id = $1
                and (answer.seq < question.seq or seen.at < question.created_at)`,
    },
    {
        name: "4. no instructor's time is taken twice",
        counterexamples: `
            select one.conversation_id, one.during || ' and ' || other.during as what
            from public.time_claims as one
            join public.time_claims as other
                on other.instructor_id = one.instructor_id and other.id > one.id and other.during && one.during
            where one.business_id = $1`,
    },
    {
        name: '4. what stands in the calendar is claimed, once and as long as it stands',
        counterexamples: `
            select booking.conversation_id, booking.reference || ' is ' || booking.status || ' with ' || count(claim.id) || ' claims' as what
            from public.bookings as booking
            left join public.time_claims as claim
                on claim.booking_id = booking.id
                and claim.during @> tstzrange(booking.starts_at, booking.ends_at)
            where booking.business_id = $1
            group by booking.id
            having count(claim.id) <> case booking.status when 'cancelled' then 0 else 1 end`,
    },
    {
        name: '4. no "booked" without its row',
        counterexamples: `
            with ${deeds}
            select message.conversation_id, 'message ' || message.seq || ' says: ' || deeds.sentence as what
            from public.messages as message
            join deeds on strpos(message.content ->> 'text', deeds.sentence) > 0
            where message.business_id = $1 and message.role = 'assistant'
                and not exists (
                    select from public.booking_events as event
                    join public.bookings as booking on booking.id = event.booking_id
                    where event.business_id = $1 and event.event = deeds.event and ${tells}
                )`,
    },
    {
        name: '4. no row without its text: a booking and the answer that tells of it commit together',
        counterexamples: `
            with ${deeds}
            select booking.conversation_id, booking.reference || ' was ' || event.event || ' without a word' as what
            from public.booking_events as event
            join public.bookings as booking on booking.id = event.booking_id
            join deeds on deeds.event = event.event
            where booking.business_id = $1 and event.actor_id is null
                and not exists (select from public.messages as message where ${tells})`,
    },
    {
        name: '4. nothing was booked twice from one YES',
        counterexamples: `
            select conversation_id, count(*) || ' bookings for one line of a proposal' as what
            from public.bookings
            where business_id = $1
            group by conversation_id, proposal_id, proposal_line
            having count(*) > 1`,
    },
    {
        name: '5. no status went back',
        counterexamples: `
            select change.conversation_id, change.before ->> 'status' || ' became ' || (change.after ->> 'status') as what
            from faults.seen as change
            where change.business_id = $1 and change.what = 'messages update'
                and private.status_rank(change.after ->> 'status') < private.status_rank(change.before ->> 'status')`,
    },
    {
        name: '5. every status that was told is remembered',
        counterexamples: `
            select message.conversation_id, 'message ' || message.seq || ' is ' || message.status || ', told ' || (told ->> 'status') as what
            from jsonb_array_elements($2::jsonb -> 'told') as told
            join public.messages as message
                on message.business_id = $1 and message.id = (told ->> 'message_id')::uuid
            where private.status_rank(message.status) < private.status_rank(told ->> 'status')`,
    },
    {
        name: '5. nothing is left leased or queued, and nothing waits for a message that is there',
        counterexamples: `
            select conversation_id, kind || ' job ' || id || ' is ' || state as what
            from private.jobs
            where business_id = $1 and state <> 'dead'
            union all
            select message.conversation_id, 'status ' || pending.status || ' still waits' as what
            from private.pending_statuses as pending
            join public.messages as message
                on message.channel_id = pending.channel_id and message.provider_id = pending.provider_id
            where pending.business_id = $1`,
    },
    {
        name: '5. a dead letter says why, and is seen where it was to be read',
        counterexamples: `
            select job.conversation_id, job.kind || ' job ' || job.id || ' died unseen' as what
            from private.jobs as job
            left join public.messages as message on message.id = job.message_id
            where job.business_id = $1 and job.state = 'dead'
                and (job.last_error is null
                    or (job.kind = 'deliver' and message.status in ('queued', 'sending')))`,
    },
];

type Counterexample = { conversation_id: string | null; what: string };

/** The claims that do not hold, each with its counter-examples. */
export async function broken(
    witness: Pick<Witness, 'rows' | 'told'>,
    waived: readonly NonNullable<Claim['waivedBy']>[] = [],
    asked: readonly Claim[] = claims,
): Promise<{ claim: Claim; found: Counterexample[] }[]> {
    const told = JSON.stringify(witness.told());
    const findings = [];
    for (const claim of asked) {
        if (claim.waivedBy && waived.includes(claim.waivedBy)) continue;
        // Postgres wants every parameter used, whichever of the two a claim needs.
        const query = `with given as (select $1::uuid, $2::jsonb) ${claim.counterexamples.replace(/^\s*with /, ', ')}`;
        const found = await witness.rows<Counterexample>(query, told);
        if (found.length > 0) findings.push({ claim, found });
    }
    return findings;
}
