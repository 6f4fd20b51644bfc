import type pg from 'pg';
import type { School } from './school.ts';

/** How many of the bookings lie in the fortnight that is searched; all others lie in the years behind. */
export const ahead = 100;

/**
 * Writes bookings and their claims in bulk, numbers `from` to `to` (exclusive) of one endless series, on the
 * calendars of the same instructors, each of another customer. Needs a superuser: no trigger and no foreign key is asked, which a million
 * times would take an hour; what the triggers would have written is written here.
 */
export async function addHistory(
    admin: pg.ClientBase,
    school: School,
    from: number,
    to: number,
): Promise<void> {
    const { businessId, serviceId, instructorIds } = school;
    await admin.query('begin');
    await admin.query('set local session_replication_role = replica');
    await admin.query(
        `with numbered as (
             select
                 place,
                 ($4::uuid[])[1 + place % cardinality($4::uuid[])] as instructor_id,
                 place / cardinality($4::uuid[]) as nth
             from generate_series($5::integer, $6::integer - 1) as place
         ),
         fresh as (
             select
                 gen_random_uuid() as id,
                 numbered.instructor_id,
                 case
                     when place < $3 then date_trunc('day', now()) + make_interval(days => 2 + nth * 2, hours => 9)
                     else date_trunc('day', now()) - make_interval(days => 1 + nth / 8, hours => -7 - nth % 8)
                 end as starts_at
             from numbered
         ),
         booked as (
             insert into public.bookings (
                 id, business_id, service_id, instructor_id, customer_id, starts_at, ends_at, time_zone,
                 price_minor, currency, status, reference
             )
             select
                 id, $1, $2, instructor_id, gen_random_uuid(), starts_at, starts_at + interval '1 hour', 'Europe/Zurich', 9000,
                 'CHF', 'confirmed', replace(id::text, '-', '')
             from fresh
         )
         insert into public.time_claims (
             business_id, instructor_id, during, kind, service_id, starts_at, ends_at, booking_id
         )
         select
             $1, instructor_id, tstzrange(starts_at, starts_at + interval '1 hour'), 'booking', $2, starts_at,
             starts_at + interval '1 hour', id
         from fresh`,
        [businessId, serviceId, ahead, instructorIds, from, to],
    );
    await admin.query('commit');
}
