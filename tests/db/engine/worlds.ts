import { randomUUID } from 'node:crypto';
import type { World } from '../../support/slot-oracle-worlds.ts';
import type { Session } from '../support/database.ts';

// A random calendar in the database, many at a time: one statement a table, so that thousands take seconds.

export interface Placed {
    world: World;
    business: string;
    services: [string, string];
    workers: string[];
    /** The conversation whose holds are the world's own ones, and another. */
    owner: string;
    stranger: string;
}

export interface Answer {
    instructor_id: string;
    starts_at: number;
    ends_at: number;
    local_date: string;
    local_time: string;
}

const instant = (minute: number) => new Date(minute * 60_000).toISOString();

export function place(world: World): Placed {
    return {
        world,
        business: randomUUID(),
        services: [randomUUID(), randomUUID()],
        workers: world.workers.map(() => randomUUID()),
        owner: randomUUID(),
        stranger: randomUUID(),
    };
}

/** Writes everything but the claims. */
export async function write(session: Session, placed: Placed[]): Promise<void> {
    const rows = (table: string, columns: string, records: Record<string, unknown>[]) =>
        session.sql(
            `insert into public.${table} (${columns})
             select ${columns} from jsonb_populate_recordset(null::public.${table}, $1::jsonb)`,
            [JSON.stringify(records)],
        );
    const each = <T>(make: (given: Placed) => T[]) => placed.flatMap(make);
    const workersOf = <T>(make: (given: Placed, worker: World['workers'][number], id: string) => T[]) =>
        each((given) =>
            given.world.workers.flatMap((worker, at) => make(given, worker, given.workers[at] ?? '')),
        );

    await rows(
        'businesses',
        'id, slug, name, time_zone, currency, country',
        each(({ business, world }) => [
            {
                id: business,
                slug: `b-${business}`,
                name: 'B',
                time_zone: world.zone,
                currency: 'CHF',
                country: 'CH',
            },
        ]),
    );
    await rows(
        'instructors',
        'id, business_id, name, active',
        workersOf(({ business }, { active }, id) => [{ id, business_id: business, name: id, active }]),
    );
    await rows(
        'services',
        `id, business_id, name, currency, price_minor, duration_min, buffer_before_min, buffer_after_min,
         min_notice_min, horizon_days, slot_step_min`,
        each(({ business, services, world }) =>
            world.services.map((terms, at) => ({
                id: services[at],
                business_id: business,
                name: 'Lesson',
                currency: 'CHF',
                price_minor: 9000,
                duration_min: terms.duration,
                buffer_before_min: terms.before,
                buffer_after_min: terms.after,
                min_notice_min: terms.notice,
                horizon_days: terms.horizonDays,
                slot_step_min: terms.step,
            })),
        ),
    );
    await rows(
        'instructor_services',
        'business_id, instructor_id, service_id',
        workersOf(({ business, services }, { gives }, id) =>
            gives ? [{ business_id: business, instructor_id: id, service_id: services[0] }] : [],
        ),
    );
    await rows(
        'weekly_hours',
        'business_id, instructor_id, weekday, starts, ends',
        workersOf(({ business }, { weekly }, id) =>
            weekly.map(({ weekday, hours: [starts, ends] }) => ({
                business_id: business,
                instructor_id: id,
                weekday,
                starts,
                ends,
            })),
        ),
    );
    await rows(
        'date_overrides',
        'business_id, instructor_id, on_date, starts, ends',
        workersOf(({ business }, { overrides }, id) =>
            overrides.map(({ date, hours }) => ({
                business_id: business,
                instructor_id: id,
                on_date: date,
                starts: hours?.[0],
                ends: hours?.[1],
            })),
        ),
    );
    await rows(
        'time_off',
        'business_id, instructor_id, during',
        workersOf(({ business }, { timeOff }, id) =>
            timeOff.map(({ from, to }) => ({
                business_id: business,
                instructor_id: id,
                during: `[${instant(from)},${instant(to)})`,
            })),
        ),
    );
    await rows(
        'channels',
        'id, business_id, kind, external_id',
        each(({ business }) => [
            { id: business, business_id: business, kind: 'whatsapp', external_id: business },
        ]),
    );
    const people = each(({ business, owner, stranger }) =>
        [owner, stranger].map((id) => ({ id, business_id: business, customer_id: id, channel_id: business })),
    );
    await rows('customers', 'id, business_id', people);
    await rows('conversations', 'id, business_id, channel_id, customer_id', people);
}

/** Lets everybody who wants an instructor's time try for it, in order, and tells who got it. */
export async function claimAll(session: Session, placed: Placed[]): Promise<boolean[][]> {
    await session.sql(claimFunction);
    const wanted = placed.flatMap(({ world, ...given }, at) =>
        world.claims.map((claim) => {
            const duration = world.services[claim.service]?.duration ?? 0;
            return {
                world: at,
                business_id: given.business,
                instructor_id: given.workers[claim.worker],
                service_id: given.services[claim.service],
                customer: claim.kind === 'own_hold' ? given.owner : given.stranger,
                kind: claim.kind,
                starts_at: instant(claim.start),
                ends_at: instant(claim.start + duration),
                zone: world.zone,
            };
        }),
    );
    const outcomes = await session.sql<{ world: number; accepted: boolean }>(
        `select (claim ->> 'world')::integer as world, pg_temp.try_claim(claim) as accepted
         from jsonb_array_elements($1::jsonb) with ordinality as wanted (claim, place)
         order by place`,
        [JSON.stringify(wanted)],
    );
    return placed.map((_, at) =>
        outcomes.filter(({ world }) => world === at).map(({ accepted }) => accepted),
    );
}

const claimFunction = `
    create function pg_temp.try_claim(p_claim jsonb) returns boolean language plpgsql as $$
    declare
        v_service public.services;
        v_hold public.time_claims;
    begin
        if p_claim ->> 'kind' = 'booking' then
            insert into public.bookings (
                business_id, service_id, instructor_id, customer_id, starts_at, ends_at, time_zone, price_minor,
                currency
            )
            select (p_claim ->> 'business_id')::uuid, (p_claim ->> 'service_id')::uuid,
                (p_claim ->> 'instructor_id')::uuid, (p_claim ->> 'customer')::uuid,
                (p_claim ->> 'starts_at')::timestamptz, (p_claim ->> 'ends_at')::timestamptz,
                p_claim ->> 'zone', 9000, 'CHF';
            return true;
        end if;
        select * into strict v_service from public.services where id = (p_claim ->> 'service_id')::uuid;
        v_hold := jsonb_populate_record(v_hold, p_claim - 'kind');
        v_hold.kind := 'hold';
        v_hold.conversation_id := (p_claim ->> 'customer')::uuid;
        v_hold.during := private.claim_range(v_service, v_hold.starts_at, v_hold.ends_at);
        v_hold.expires_at := now() + case p_claim ->> 'kind'
            when 'expired_hold' then interval '-1 second' else interval '1 hour' end;
        perform private.take_time(v_hold);
        return true;
    exception
        when sqlstate 'D0003' then
            return false;
    end $$`;

/** Asks every question of every world, in one statement. */
export async function ask(
    session: Session,
    placed: Placed[],
    limitOf: (question: World['questions'][number]) => number,
): Promise<Answer[][][]> {
    const asked = placed.flatMap(({ world, ...given }, at) =>
        world.questions.map((question, number) => ({
            world: at,
            question: number,
            business: given.business,
            service: given.services[0],
            start: instant(question.from),
            stop: instant(question.to),
            instructor: question.worker === null ? null : given.workers[question.worker],
            conversation: question.asOwner ? given.owner : null,
            part: question.part ?? null,
            most: limitOf(question),
            moment: instant(question.now),
        })),
    );
    const answers = await session.sql<{ world: number; question: number; slots: Answer[] }>(
        `select asked.world, asked.question, coalesce(answer.slots, '[]') as slots
         from jsonb_to_recordset($1::jsonb) as asked (
             world integer, question integer, business uuid, service uuid, start timestamptz, stop timestamptz,
             instructor uuid, conversation uuid, part text, most integer, moment timestamptz
         )
         cross join lateral (
             select jsonb_agg(jsonb_build_object(
                 'instructor_id', slot.instructor_id,
                 'starts_at', extract(epoch from slot.starts_at) / 60,
                 'ends_at', extract(epoch from slot.ends_at) / 60,
                 'local_date', slot.local_date,
                 'local_time', to_char(slot.local_time, 'HH24:MI')
             ) order by place) as slots
             from public.find_free_slots(
                 asked.business, asked.service, asked.start, asked.stop, asked.instructor, asked.conversation,
                 asked.part, asked.most, asked.moment
             ) with ordinality as slot (
                 instructor_id, instructor_name, starts_at, ends_at, local_date, local_time, price_minor,
                 currency, place
             )
         ) as answer`,
        [JSON.stringify(asked)],
    );
    const found: Answer[][][] = placed.map(({ world }) => world.questions.map(() => []));
    for (const { world, question, slots } of answers) (found[world] as Answer[][])[question] = slots;
    return found;
}
