import pg from 'pg';

/** What the desk has stored about one customer on one number; null when it does not know the customer. */
export type DeskState = Record<string, unknown> | null;

/**
 * One statement, so that everything shown is of one moment. Texts are shown here because this is a developer's
 * screen on the developer's machine.
 */
const stateOfCustomer = `
with known as (
    select conversation.*, business.name as business_name, business.time_zone
    from public.conversations as conversation
    join public.channels as channel on channel.id = conversation.channel_id
    join public.businesses as business on business.id = conversation.business_id
    where channel.kind = 'whatsapp'
        and channel.external_id = $1
        and conversation.customer_id in (
            select identity.customer_id
            from public.customer_identities as identity
            where identity.business_id = conversation.business_id
                and identity.channel_kind = 'whatsapp'
                and identity.value = any ($2::text[])
        )
    order by conversation.last_message_at desc nulls last
    limit 1
)
select jsonb_build_object(
    'business', jsonb_build_object('name', known.business_name, 'time_zone', known.time_zone),
    'conversation', jsonb_build_object(
        'id', known.id, 'mode', known.mode, 'stage', known.stage, 'stage_expires_at', known.stage_expires_at,
        'draft', known.draft, 'language', known.language, 'handoff_reason', known.handoff_reason,
        'handoff_summary', known.handoff_summary
    ),
    'customer', (
        select jsonb_build_object('name', customer.name, 'phone', customer.phone)
        from public.customers as customer
        where customer.id = known.customer_id
    ),
    'messages', coalesce((
        select jsonb_agg(to_jsonb(latest) order by latest.seq)
        from (
            select message.id, message.seq, message.role, message.content, message.status, message.outcome,
                message.error_code, message.brain, message.edited_at is not null as edited,
                message.deleted_at is not null as deleted
            from public.messages as message
            where message.conversation_id = known.id
            order by message.seq desc
            limit 30
        ) as latest
    ), '[]'),
    'proposals', coalesce((
        select jsonb_agg(to_jsonb(latest) order by latest.created_at desc)
        from (
            select proposal.id, proposal.kind, proposal.status, service.name as service,
                instructor.name as instructor, line.starts_at, proposal.expires_at, proposal.created_at
            from public.proposals as proposal
            join public.proposal_lines as line
                on line.business_id = proposal.business_id and line.proposal_id = proposal.id
            join public.services as service on service.id = line.service_id
            join public.instructors as instructor on instructor.id = line.instructor_id
            where proposal.conversation_id = known.id
            order by proposal.created_at desc, line.line
            limit 3
        ) as latest
    ), '[]'),
    'claims', coalesce((
        select jsonb_agg(to_jsonb(claimed) order by claimed.starts_at)
        from (
            select claim.id, claim.kind, instructor.name as instructor, claim.starts_at, claim.ends_at,
                lower(claim.during) as taken_from, upper(claim.during) as taken_to, claim.expires_at
            from public.time_claims as claim
            join public.instructors as instructor on instructor.id = claim.instructor_id
            left join public.bookings as booking on booking.id = claim.booking_id
            where claim.conversation_id = known.id
                or booking.customer_id = known.customer_id
                or claim.session_id in (
                    select hold.session_id from public.place_holds as hold where hold.conversation_id = known.id
                    union all
                    select lesson.session_id from public.bookings as lesson where lesson.customer_id = known.customer_id
                )
        ) as claimed
    ), '[]'),
    'bookings', coalesce((
        select jsonb_agg(to_jsonb(booked) order by booked.starts_at desc)
        from (
            select booking.id, booking.reference, booking.status, service.name as service,
                instructor.name as instructor, booking.starts_at, booking.duration_min, booking.participants,
                booking.price_minor, booking.currency, booking.customer_name
            from public.bookings as booking
            join public.services as service on service.id = booking.service_id
            join public.instructors as instructor on instructor.id = booking.instructor_id
            where booking.customer_id = known.customer_id
            order by booking.starts_at desc
            limit 10
        ) as booked
    ), '[]'),
    'jobs', coalesce((
        select jsonb_agg(to_jsonb(waiting) order by waiting.id)
        from (
            select job.id, job.kind, job.state, job.run_at, job.attempts, job.max_attempts, job.last_error
            from private.jobs as job
            where job.conversation_id = known.id
        ) as waiting
    ), '[]')
) as state
from known`;

/** Reads the desk's tables for the page. Two connections: a page polls, it does not load-test. */
export class DeskReader {
    readonly #pool: pg.Pool;

    constructor(databaseUrl: string, log: (line: string) => void) {
        this.#pool = new pg.Pool({
            connectionString: databaseUrl,
            max: 2,
            connectionTimeoutMillis: 3000,
            statement_timeout: 3000,
            application_name: 'frostdesk-simulator-page',
        });
        // An idle connection that the database closes is news, not a reason to end the process.
        this.#pool.on('error', (error) => log(`simulator page: database connection: ${error.message}`));
    }

    /** `addresses`: the customer's phone with `+` and user id, as far as they are known. */
    async stateOf(accountId: string, addresses: string[]): Promise<DeskState> {
        const { rows } = await this.#pool.query(stateOfCustomer, [accountId, addresses]);
        return rows[0]?.state ?? null;
    }

    stop(): Promise<void> {
        return this.#pool.end();
    }
}
