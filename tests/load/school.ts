import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A business large enough to measure. */
export interface School {
    businessId: string;
    serviceId: string;
    instructorIds: string[];
    customerId: string;
}

/** A school in Zurich whose instructors all give one service of an hour, from eight to five with an hour for lunch. */
export async function openSchool(client: pg.ClientBase, instructors: number): Promise<School> {
    const school: School = {
        businessId: randomUUID(),
        serviceId: randomUUID(),
        instructorIds: Array.from({ length: instructors }, () => randomUUID()),
        customerId: randomUUID(),
    };
    const { businessId, serviceId, instructorIds, customerId } = school;
    await client.query(
        `insert into public.businesses (id, slug, name, time_zone, currency, country)
         values ($1, $2, 'Load School', 'Europe/Zurich', 'CHF', 'CH')`,
        [businessId, `load-${businessId}`],
    );
    await client.query(
        `insert into public.services (
             id, business_id, name, currency, price_minor, duration_min, buffer_after_min, slot_step_min
         )
         values ($1, $2, 'Lesson', 'CHF', 9000, 60, 0, 30)`,
        [serviceId, businessId],
    );
    await client.query(
        `insert into public.instructors (id, business_id, name)
         select id, $2, 'Instructor ' || place from unnest($1::uuid[]) with ordinality as one (id, place)`,
        [instructorIds, businessId],
    );
    await client.query(
        `insert into public.instructor_services (business_id, instructor_id, service_id)
         select $2, unnest($1::uuid[]), $3`,
        [instructorIds, businessId, serviceId],
    );
    await client.query(
        `insert into public.weekly_hours (business_id, instructor_id, weekday, starts, ends)
         select $2, instructor, weekday, hours.starts, hours.ends
         from unnest($1::uuid[]) as instructor, generate_series(1, 7) as weekday,
             (values (time '08:00', time '12:00'), (time '13:00', time '17:00')) as hours (starts, ends)`,
        [instructorIds, businessId],
    );
    await client.query(`insert into public.customers (id, business_id, name) values ($1, $2, 'Ana')`, [
        customerId,
        businessId,
    ]);
    return school;
}
