import { randomUUID } from 'node:crypto';
import type { Session } from './database.ts';
import type { Voice } from './voices.ts';

/** A business of its own for a test, with people of every kind. */
export interface Tenant {
    businessId: string;
    channelId: string;
    /** The provider's id of its WhatsApp number. */
    account: string;
    serviceId: string;
    instructors: [string, string];
    owner: Voice;
    manager: Voice;
    instructor: Voice;
}

export interface TenantOptions {
    timeZone?: string;
    quietMs?: number;
    /** Columns of the business other than its name: `{ messages_per_hour: 100 }`. */
    business?: Record<string, string | number | boolean>;
    /** Columns of the service other than its name: `{ duration_min: 90 }`. */
    service?: Record<string, string | number | boolean>;
    /** Spans of every weekday, for both instructors. */
    hours?: [string, string][];
}

/** A signed-in person who belongs to nothing. */
export async function newPerson(session: Session): Promise<Voice & { userId: string }> {
    const userId = randomUUID();
    await session.sql(
        `insert into auth.users (id, instance_id, aud, role, email, created_at, updated_at)
         values ($1, $2, 'authenticated', 'authenticated', $3, now(), now())`,
        [userId, '00000000-0000-0000-0000-000000000000', `${userId}@example.com`],
    );
    return { role: 'authenticated', userId };
}

/** Open from eight to six every day in Zurich unless told otherwise, with two instructors and one service. */
export async function newTenant(session: Session, options: TenantOptions = {}): Promise<Tenant> {
    const ids = { businessId: randomUUID(), channelId: randomUUID(), serviceId: randomUUID() };
    const instructors: [string, string] = [randomUUID(), randomUUID()];
    const account = `acc-${ids.channelId}`;
    // Most tests write more in a second than a customer does in an hour.
    const business = {
        quiet_ms: options.quietMs ?? 0,
        customer_messages_per_hour: 1000,
        messages_per_hour: 100_000,
        ...options.business,
    };
    const settings = Object.keys(business);
    await session.sql(
        `insert into public.businesses (id, slug, name, time_zone, currency, country, ${settings.join(', ')})
         values ($1, $2, 'Test School', $3, 'CHF', 'CH', ${settings.map((_, place) => `$${place + 4}`).join(', ')})`,
        [
            ids.businessId,
            `b-${ids.businessId}`,
            options.timeZone ?? 'Europe/Zurich',
            ...Object.values(business),
        ],
    );
    await session.sql(
        `insert into public.channels (id, business_id, kind, external_id) values ($1, $2, 'whatsapp', $3)`,
        [ids.channelId, ids.businessId, account],
    );
    await session.sql(
        `insert into public.instructors (id, business_id, name) values ($1, $3, 'Ida'), ($2, $3, 'Jon')`,
        [...instructors, ids.businessId],
    );
    const service = {
        duration_min: 60,
        price_minor: 9000,
        min_notice_min: 0,
        slot_step_min: 30,
        ...options.service,
    };
    const columns = Object.keys(service);
    await session.sql(
        `insert into public.services (id, business_id, name, currency, ${columns.join(', ')})
         values ($1, $2, 'Lesson', 'CHF', ${columns.map((_, place) => `$${place + 3}`).join(', ')})`,
        [ids.serviceId, ids.businessId, ...Object.values(service)],
    );
    await session.sql(
        `insert into public.instructor_services (business_id, instructor_id, service_id)
         select $1, unnest($2::uuid[]), $3`,
        [ids.businessId, instructors, ids.serviceId],
    );
    for (const [starts, ends] of options.hours ?? [['08:00', '18:00']]) {
        await session.sql(
            `insert into public.weekly_hours (business_id, instructor_id, weekday, starts, ends)
             select $1, instructor, weekday, $3, $4
             from unnest($2::uuid[]) as instructor, generate_series(1, 7) as weekday`,
            [ids.businessId, instructors, starts, ends],
        );
    }
    const owner = await newPerson(session);
    const manager = await newPerson(session);
    const instructor = await newPerson(session);
    await session.sql(
        `insert into public.memberships (business_id, user_id, role, instructor_id)
         values ($1, $2, 'owner', null), ($1, $3, 'manager', null), ($1, $4, 'instructor', $5)`,
        [ids.businessId, owner.userId, manager.userId, instructor.userId, instructors[0]],
    );
    return { ...ids, account, instructors, owner, manager, instructor };
}

/** An instant on a day that many days ahead, at a wall-clock time of the tenant's zone. */
export async function ahead(
    session: Session,
    days: number,
    time: string,
    zone = 'Europe/Zurich',
): Promise<string> {
    const [row] = await session.sql<{ at: Date }>(
        `select ((now() at time zone $3)::date + $1::integer + $2::time) at time zone $3 as at`,
        [days, time, zone],
    );
    if (!row) throw new Error('a select without a table has one row');
    return row.at.toISOString();
}
