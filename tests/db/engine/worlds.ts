import { randomUUID } from 'node:crypto';
import type { World } from '../../support/slot-oracle-worlds.ts';
import type { Session } from '../support/database.ts';

// A random calendar in the database, many at a time: one statement a table, so that thousands take seconds.

export interface Placed {
    world: World;
    business: string;
    services: [string, string];
    workers: string[];
    /** Of each step that books. */
    bookings: string[];
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
    places_left: number | null;
}

const instant = (minute: number) => new Date(minute * 60_000).toISOString();

export function place(world: World): Placed {
    return {
        world,
        business: randomUUID(),
        services: [randomUUID(), randomUUID()],
        workers: world.workers.map(() => randomUUID()),
        bookings: world.steps.map(() => randomUUID()),
        owner: randomUUID(),
        stranger: randomUUID(),
    };
}

/** Writes everything but what the steps do. */
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
         min_notice_min, horizon_days, slot_step_min, capacity`,
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
                capacity: terms.capacity,
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
    for (const table of ['seasons', 'closures'] as const) {
        await rows(
            table,
            'business_id, first_date, last_date',
            each(({ business, world }) =>
                world[table].map(([first, last]) => ({
                    business_id: business,
                    first_date: first,
                    last_date: last,
                })),
            ),
        );
    }
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

/** Takes all steps, in order, and tells which the database allowed. */
export async function playAll(session: Session, placed: Placed[]): Promise<boolean[][]> {
    await session.sql(stepFunction);
    const steps = placed.flatMap(({ world, ...given }, at) =>
        world.steps.map((step, number) => {
            const of = step.act === 'take' ? number : step.of;
            const before = world.steps[of];
            const service = before?.act === 'take' ? before.service : 0;
            return {
                ...step,
                world: at,
                id: given.bookings[of],
                business_id: given.business,
                instructor_id: step.act === 'cancel' ? undefined : given.workers[step.worker],
                service_id: given.services[service],
                customer: step.act === 'take' && step.kind === 'own_hold' ? given.owner : given.stranger,
                starts_at: step.act === 'cancel' ? undefined : instant(step.start),
                zone: world.zone,
            };
        }),
    );
    const outcomes = await session.sql<{ world: number; allowed: boolean }>(
        `select (step ->> 'world')::integer as world, pg_temp.take_step(step) as allowed
         from jsonb_array_elements($1::jsonb) with ordinality as wanted (step, place)
         order by place`,
        [JSON.stringify(steps)],
    );
    return placed.map((_, at) => outcomes.filter(({ world }) => world === at).map(({ allowed }) => allowed));
}

const stepFunction = `
    create function pg_temp.take_step(p_step jsonb) returns boolean language plpgsql as $$
    declare
        v_service public.services;
        v_starts_at timestamptz := p_step ->> 'starts_at';
        v_instructor_id uuid := p_step ->> 'instructor_id';
        v_customer_id uuid := p_step ->> 'customer';
        v_people integer := p_step ->> 'people';
    begin
        if p_step ->> 'act' <> 'take' then
            update public.bookings
            set status = case p_step ->> 'act' when 'cancel' then 'cancelled' else status end,
                instructor_id = coalesce(v_instructor_id, instructor_id),
                ends_at = coalesce(v_starts_at + (ends_at - starts_at), ends_at),
                starts_at = coalesce(v_starts_at, starts_at)
            where id = (p_step ->> 'id')::uuid and status <> 'cancelled';
            return found;
        end if;
        select * into strict v_service from public.services where id = (p_step ->> 'service_id')::uuid;
        if p_step ->> 'kind' = 'booking' then
            insert into public.bookings (
                id, business_id, service_id, instructor_id, customer_id, starts_at, ends_at, time_zone, participants,
                price_minor, currency
            )
            values (
                (p_step ->> 'id')::uuid, v_service.business_id, v_service.id, v_instructor_id, v_customer_id,
                v_starts_at, v_starts_at + make_interval(mins => v_service.duration_min), p_step ->> 'zone', v_people,
                9000, 'CHF'
            );
            return true;
        end if;
        return pg_temp.hold(v_service, v_instructor_id, v_starts_at, v_people, v_customer_id,
            p_step ->> 'kind' = 'expired_hold');
    exception
        when sqlstate 'D0003' or sqlstate 'D0014' then
            return false;
    end $$;

    -- A hold as it is when nobody came by since it expired.
    create function pg_temp.hold(
        p_service public.services, p_instructor_id uuid, p_starts_at timestamptz, p_people integer,
        p_conversation_id uuid, p_expires boolean
    ) returns boolean language plpgsql as $$
    declare
        v_claim public.time_claims;
        v_until timestamptz := now() + interval '1 hour';
        v_session public.sessions;
    begin
        if p_service.capacity is null then
            v_claim.business_id := p_service.business_id;
            v_claim.instructor_id := p_instructor_id;
            v_claim.kind := 'hold';
            v_claim.service_id := p_service.id;
            v_claim.starts_at := p_starts_at;
            v_claim.ends_at := p_starts_at + make_interval(mins => p_service.duration_min);
            v_claim.conversation_id := p_conversation_id;
            v_claim.during := private.claim_range(p_service, v_claim.starts_at, v_claim.ends_at);
            v_claim.expires_at := case when p_expires then now() - interval '1 second' else v_until end;
            perform private.take_time(v_claim);
            return true;
        end if;
        perform private.hold_places(p_service, p_instructor_id, p_starts_at, p_people, p_conversation_id, v_until,
            null, '{}');
        if p_expires then
            select * into strict v_session from public.sessions
            where service_id = p_service.id and instructor_id = p_instructor_id and starts_at = p_starts_at;
            update public.place_holds as hold set expires_at = now() - interval '1 second'
            where hold.id = (
                select one.id from public.place_holds as one
                where one.session_id = v_session.id and one.conversation_id = p_conversation_id
                    and one.places = p_people and one.expires_at > now()
                limit 1
            );
            update public.time_claims as claim set expires_at = now() - interval '1 second'
            where claim.session_id = v_session.id and claim.expires_at is not null
                and private.others_places(v_session, null, '{}') = 0;
        end if;
        return true;
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
            people: question.people,
            moving: question.moving === null ? null : (given.bookings[question.moving] ?? null),
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
             instructor uuid, conversation uuid, people integer, moving uuid, part text, most integer, moment timestamptz
         )
         cross join lateral (
             select jsonb_agg(jsonb_build_object(
                 'instructor_id', slot.instructor_id,
                 'starts_at', extract(epoch from slot.starts_at) / 60,
                 'ends_at', extract(epoch from slot.ends_at) / 60,
                 'places_left', slot.places_left,
                 'local_date', slot.local_date,
                 'local_time', to_char(slot.local_time, 'HH24:MI')
             ) order by place) as slots
             from public.find_free_slots(
                 asked.business, asked.service, asked.start, asked.stop, asked.instructor, asked.conversation,
                 asked.part, asked.most, asked.moment,
                 (select booking.id from public.bookings as booking where booking.id = asked.moving), asked.people
             ) with ordinality as slot (
                 instructor_id, instructor_name, starts_at, ends_at, local_date, local_time, price_minor,
                 currency, places_left, place
             )
         ) as answer`,
        [JSON.stringify(asked)],
    );
    const found: Answer[][][] = placed.map(({ world }) => world.questions.map(() => []));
    for (const { world, question, slots } of answers) (found[world] as Answer[][])[question] = slots;
    return found;
}
