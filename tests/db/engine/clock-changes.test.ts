import { describe, expect, it } from 'vitest';
import { ownDatabase } from '../support/database.ts';
import { newTenant, type TenantOptions } from '../support/tenant.ts';
import { rolledBack } from '../support/voices.ts';

const db = ownDatabase();

/** Hourly starts of one-hour lessons on some days, as `date time = UTC`, with the given hours every day. */
function starts(
    timeZone: string,
    hours: TenantOptions['hours'],
    [first, last]: [string, string],
    service: TenantOptions['service'] = {},
): Promise<string[]> {
    return rolledBack(db, async () => {
        const { businessId, serviceId, instructors } = await newTenant(db, {
            timeZone,
            ...(hours && { hours }),
            service: { slot_step_min: 60, horizon_days: 731, ...service },
        });
        const rows = await db.sql<{ start: string }>(
            `select to_char(local_date, 'MM-DD ') || to_char(local_time, 'HH24:MI')
                 || to_char(starts_at at time zone 'UTC', ' = MM-DD HH24:MI') as start
             from public.find_free_slots(
                 $1, $2, $3::timestamp at time zone $5, ($4::date + 1)::timestamp at time zone $5,
                 p_instructor_id => $6, p_limit => 500, p_now => '2026-12-01'
             )`,
            [businessId, serviceId, first, last, timeZone, instructors[0]],
        );
        return rows.map(({ start }) => start);
    });
}

describe('in Zurich', () => {
    it('opens at eight on the wall before and after the clocks go forward', async () => {
        expect(await starts('Europe/Zurich', [['08:00', '10:00']], ['2027-03-27', '2027-03-28'])).toEqual([
            '03-27 08:00 = 03-27 07:00',
            '03-27 09:00 = 03-27 08:00',
            '03-28 08:00 = 03-28 06:00',
            '03-28 09:00 = 03-28 07:00',
        ]);
    });

    it('opens at eight on the wall before and after the clocks go back', async () => {
        expect(await starts('Europe/Zurich', [['08:00', '09:00']], ['2027-10-30', '2027-10-31'])).toEqual([
            '10-30 08:00 = 10-30 06:00',
            '10-31 08:00 = 10-31 07:00',
        ]);
    });

    it('has no two o’clock in the night in March', async () => {
        expect(await starts('Europe/Zurich', [['00:00', '05:00']], ['2027-03-28', '2027-03-28'])).toEqual([
            '03-28 00:00 = 03-27 23:00',
            '03-28 01:00 = 03-28 00:00',
            '03-28 03:00 = 03-28 01:00',
            '03-28 04:00 = 03-28 02:00',
        ]);
    });

    it('has two o’clock twice in the night in October', async () => {
        expect(await starts('Europe/Zurich', [['01:00', '04:00']], ['2027-10-31', '2027-10-31'])).toEqual([
            '10-31 01:00 = 10-30 23:00',
            '10-31 02:00 = 10-31 00:00',
            '10-31 02:00 = 10-31 01:00',
            '10-31 03:00 = 10-31 02:00',
        ]);
    });

    it('does nothing in an hour that the clocks skip', async () => {
        expect(await starts('Europe/Zurich', [['02:00', '03:00']], ['2027-03-28', '2027-03-28'])).toEqual([]);
    });

    it('keeps the length of a lesson that lies across the change', async () => {
        const service = { duration_min: 180, slot_step_min: 180 };
        // Four hours by the wall are three to live through.
        expect(
            await starts('Europe/Zurich', [['00:00', '04:00']], ['2027-03-28', '2027-03-28'], service),
        ).toEqual(['03-28 00:00 = 03-27 23:00']);
        expect(
            await starts('Europe/Zurich', [['00:00', '03:00']], ['2027-03-28', '2027-03-28'], service),
        ).toEqual([]);
        expect(
            await starts('Europe/Zurich', [['00:00', '02:30']], ['2027-10-31', '2027-10-31'], service),
        ).toEqual(['10-31 00:00 = 10-30 22:00']);
    });
});

describe('in New York', () => {
    it('opens at nine on the wall around both changes', async () => {
        expect(await starts('America/New_York', [['09:00', '10:00']], ['2027-03-13', '2027-03-14'])).toEqual([
            '03-13 09:00 = 03-13 14:00',
            '03-14 09:00 = 03-14 13:00',
        ]);
        expect(await starts('America/New_York', [['09:00', '10:00']], ['2027-11-06', '2027-11-07'])).toEqual([
            '11-06 09:00 = 11-06 13:00',
            '11-07 09:00 = 11-07 14:00',
        ]);
    });

    it('loses and doubles an hour of the night', async () => {
        expect(await starts('America/New_York', [['01:00', '04:00']], ['2027-03-14', '2027-03-14'])).toEqual([
            '03-14 01:00 = 03-14 06:00',
            '03-14 03:00 = 03-14 07:00',
        ]);
        expect(await starts('America/New_York', [['00:00', '02:00']], ['2027-11-07', '2027-11-07'])).toEqual([
            '11-07 00:00 = 11-07 04:00',
            '11-07 01:00 = 11-07 05:00',
            '11-07 01:00 = 11-07 06:00',
        ]);
    });
});

describe('on Lord Howe, where clocks change by half an hour', () => {
    it('opens at eight on the wall', async () => {
        expect(
            await starts('Australia/Lord_Howe', [['08:00', '09:00']], ['2027-10-02', '2027-10-03']),
        ).toEqual(['10-02 08:00 = 10-01 21:30', '10-03 08:00 = 10-02 21:00']);
        expect(
            await starts('Australia/Lord_Howe', [['08:00', '09:00']], ['2027-04-03', '2027-04-04']),
        ).toEqual(['04-03 08:00 = 04-02 21:00', '04-04 08:00 = 04-03 21:30']);
    });

    it('counts hours of the night by the hour, whatever the wall says', async () => {
        expect(
            await starts('Australia/Lord_Howe', [['01:00', '04:30']], ['2027-10-03', '2027-10-03']),
        ).toEqual(['10-03 01:00 = 10-02 14:30', '10-03 02:30 = 10-02 15:30', '10-03 03:30 = 10-02 16:30']);
        expect(
            await starts('Australia/Lord_Howe', [['01:00', '03:00']], ['2027-04-04', '2027-04-04']),
        ).toEqual(['04-04 01:00 = 04-03 14:00', '04-04 01:30 = 04-03 15:00']);
    });
});

it('in Kolkata every day of the year begins at the same instant', async () => {
    const opening = await starts('Asia/Kolkata', [['08:00', '09:00']], ['2027-01-01', '2027-12-31']);
    expect(opening).toHaveLength(365);
    expect(new Set(opening.map((start) => start.slice(-5)))).toEqual(new Set(['02:30']));
});

describe('around midnight', () => {
    it('works from eight in the evening until two in the morning', async () => {
        expect(await starts('Europe/Zurich', [['20:00', '02:00']], ['2027-06-01', '2027-06-01'])).toEqual([
            '06-01 00:00 = 05-31 22:00',
            '06-01 01:00 = 05-31 23:00',
            '06-01 20:00 = 06-01 18:00',
            '06-01 21:00 = 06-01 19:00',
            '06-01 22:00 = 06-01 20:00',
            '06-01 23:00 = 06-01 21:00',
        ]);
    });

    it('joins an evening until midnight and a morning from midnight', async () => {
        const hours: [string, string][] = [
            ['00:00', '01:00'],
            ['23:00', '24:00'],
        ];
        const service = { duration_min: 90, slot_step_min: 30 };
        expect(await starts('Europe/Zurich', hours, ['2027-06-01', '2027-06-01'], service)).toEqual([
            '06-01 23:00 = 06-01 21:00',
            '06-01 23:30 = 06-01 21:30',
        ]);
    });

    it('lives through a change of clocks', async () => {
        expect(await starts('Europe/Zurich', [['23:00', '04:00']], ['2027-03-28', '2027-03-28'])).toEqual([
            '03-28 00:00 = 03-27 23:00',
            '03-28 01:00 = 03-28 00:00',
            '03-28 03:00 = 03-28 01:00',
            '03-28 23:00 = 03-28 21:00',
        ]);
    });

    it('gives a lesson of a day and a night where somebody works round the clock', async () => {
        const service = { duration_min: 1440, slot_step_min: 1410 };
        expect(
            await starts('Europe/Zurich', [['00:00', '24:00']], ['2027-03-27', '2027-03-28'], service),
        ).toEqual(['03-27 00:00 = 03-26 23:00', '03-27 23:30 = 03-27 22:30', '03-28 00:00 = 03-27 23:00']);
    });
});

describe('around the year', () => {
    it('works on the leap day', async () => {
        expect(await starts('Europe/Zurich', [['08:00', '09:00']], ['2028-02-28', '2028-03-01'])).toEqual([
            '02-28 08:00 = 02-28 07:00',
            '02-29 08:00 = 02-29 07:00',
            '03-01 08:00 = 03-01 07:00',
        ]);
    });

    it('goes on over the turn of the year', async () => {
        expect(await starts('Europe/Zurich', [['22:00', '02:00']], ['2027-12-31', '2028-01-01'])).toEqual([
            '12-31 00:00 = 12-30 23:00',
            '12-31 01:00 = 12-31 00:00',
            '12-31 22:00 = 12-31 21:00',
            '12-31 23:00 = 12-31 22:00',
            '01-01 00:00 = 12-31 23:00',
            '01-01 01:00 = 01-01 00:00',
            '01-01 22:00 = 01-01 21:00',
            '01-01 23:00 = 01-01 22:00',
        ]);
    });
});
