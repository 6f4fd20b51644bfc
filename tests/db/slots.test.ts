import { beforeEach, describe, expect, it } from 'vitest';
import { ownDatabase, type Row } from './support/database.ts';
import { quiet } from './support/desk.ts';
import { answer, booked, newCustomer, offer, says } from './support/story.ts';
import { ahead, newTenant, type Tenant, type TenantOptions } from './support/tenant.ts';
import { refusal } from './support/voices.ts';

// What is free, on the wall clock of the business, and which of it is offered.

const db = ownDatabase();
let tenant: Tenant;

beforeEach(async () => {
    await quiet(db);
});

/** A winter Monday in Zurich, long enough ahead of every clock these tests run on. */
const monday = '2031-01-13';
const tuesday = '2031-01-14';
const justBefore = '2031-01-10T00:00:00Z';

interface Question extends Row {
    from?: string;
    to?: string;
    instructor?: string | null;
    conversation?: string | null;
    part?: string | null;
    limit?: number;
    now?: string;
    booking?: string | null;
}

interface Slot extends Row {
    instructor_id: string;
    instructor_name: string;
    starts_at: Date;
    local_date: string;
    local_time: string;
}

const find = ({ from = `${monday} 00:00 Europe/Zurich`, to, now = justBefore, ...more }: Question = {}) =>
    db.sql<Slot>(
        `select * from public.find_free_slots($1, $2, $3, coalesce($4, $3::timestamptz + interval '1 day'),
            $5, $6, $7, $8, $9, $10)`,
        [
            tenant.businessId,
            tenant.serviceId,
            from,
            to ?? null,
            more.instructor ?? null,
            more.conversation ?? null,
            more.part ?? null,
            more.limit ?? 500,
            now,
            more.booking ?? null,
        ],
    );
const times = (slots: Slot[]) => slots.map(({ local_time }) => local_time.slice(0, 5));
const open = async (options: TenantOptions) => {
    tenant = await newTenant(db, options);
};

describe('free time', () => {
    it('is the hours, cut by step and duration', async () => {
        await open({
            hours: [
                ['09:00', '11:00'],
                ['14:00', '15:30'],
            ],
            service: { duration_min: 60, slot_step_min: 30 },
        });
        expect(times(await find())).toEqual(['09:00', '09:30', '10:00', '14:00', '14:30']);
        const [slot] = await find();
        expect(slot).toMatchObject({
            instructor_name: 'Ida',
            local_date: monday,
            starts_at: new Date('2031-01-13T08:00:00Z'),
            ends_at: new Date('2031-01-13T09:00:00Z'),
            price_minor: 9000,
            currency: 'CHF',
        });
    });

    it('follows an override on its date, and is none where that says closed', async () => {
        await open({ hours: [['09:00', '10:00']] });
        await db.sql(
            `insert into public.date_overrides (business_id, instructor_id, on_date, starts, ends)
             values ($1, $2, $3, '12:00', '13:00'), ($1, $4, $3, null, null)`,
            [tenant.businessId, tenant.instructors[0], monday, tenant.instructors[1]],
        );
        expect(times(await find())).toEqual(['12:00']);
        expect(times(await find({ from: `${tuesday} 00:00 Europe/Zurich` }))).toEqual(['09:00']);
    });

    it('has no room in time off', async () => {
        await open({ hours: [['09:00', '12:00']] });
        await db.sql(
            `insert into public.time_off (business_id, instructor_id, during)
             select $1, instructor, tstzrange($3::timestamptz, $4::timestamptz)
             from unnest($2::uuid[]) as instructor`,
            [
                tenant.businessId,
                tenant.instructors,
                `${monday} 10:15 Europe/Zurich`,
                `${monday} 10:45 Europe/Zurich`,
            ],
        );
        expect(times(await find())).toEqual(['09:00', '11:00']);
    });

    it('runs past midnight where the hours do', async () => {
        await open({ hours: [['22:00', '01:30']], service: { slot_step_min: 60 } });
        const night = await find({ from: `${monday} 12:00 Europe/Zurich` });
        expect(night.map((slot) => `${slot.local_date} ${slot.local_time.slice(0, 5)}`)).toEqual([
            `${monday} 22:00`,
            `${monday} 23:00`,
            `${tuesday} 00:00`,
        ]);
    });

    it('may join two spans that touch', async () => {
        await open({
            hours: [
                ['09:00', '10:00'],
                ['10:00', '11:00'],
            ],
            service: { duration_min: 90 },
        });
        expect(times(await find())).toEqual(['09:00', '09:30']);
    });

    it('keeps to notice and horizon', async () => {
        await open({
            hours: [['09:00', '12:00']],
            service: { min_notice_min: 60, horizon_days: 3, slot_step_min: 60 },
        });
        expect(times(await find({ now: `${monday} 08:30 Europe/Zurich` }))).toEqual(['10:00', '11:00']);
        expect(times(await find({ now: `${monday} 09:00 Europe/Zurich` }))).toEqual(['10:00', '11:00']);
        expect(times(await find({ now: `2031-01-10 09:30 Europe/Zurich` }))).toEqual(['09:00']);
        expect(times(await find({ now: `${tuesday} 00:00 Europe/Zurich` }))).toEqual([]);
    });

    it('starts in the window, its end left out', async () => {
        await open({ hours: [['09:00', '18:00']] });
        const at = (time: string) => `${monday} ${time} Europe/Zurich`;
        expect(times(await find({ from: at('10:00'), to: at('10:01') }))).toEqual(['10:00']);
        expect(times(await find({ from: at('10:01'), to: at('11:00') }))).toEqual(['10:30']);
        expect(await find({ from: at('10:00'), to: at('10:00') })).toEqual([]);
    });

    it('is none for services and people that are not active', async () => {
        await open({});
        await db.sql('update public.instructors set active = false where id = $1', [tenant.instructors[0]]);
        expect(new Set((await find()).map((slot) => slot.instructor_name))).toEqual(new Set(['Jon']));
        await db.sql('update public.services set active = false where id = $1', [tenant.serviceId]);
        expect(await find()).toEqual([]);
    });
});

describe('the change of clocks', () => {
    it.each([
        ['Europe/Zurich', '2031-03-30', '2031-10-26', [420, 480]],
        ['America/New_York', '2031-03-09', '2031-11-02', [420, 480]],
        ['Australia/Lord_Howe', '2031-10-05', '2031-04-06', [450, 480]],
        ['Asia/Kolkata', '2031-03-30', '2031-10-26', [480, 480]],
    ])('in %s moves the hours with it: %s and %s', async (timeZone, forward, back, [short]) => {
        await open({
            timeZone,
            hours: [['08:00', '10:00']],
            service: { slot_step_min: 60, horizon_days: 731 },
        });
        for (const day of [forward, back]) {
            const slots = await find({ from: `${day} 00:00 ${timeZone}`, now: `${day} 00:00 ${timeZone}` });
            expect(times(slots)).toEqual(['08:00', '09:00']);
        }
        const [slot] = await find({
            from: `${forward} 00:00 ${timeZone}`,
            now: `${forward} 00:00 ${timeZone}`,
        });
        const [midnight] = await db.sql<{ at: Date }>('select ($1::date)::timestamp at time zone $2 as at', [
            forward,
            timeZone,
        ]);
        expect((Number(slot?.starts_at) - Number(midnight?.at)) / 60_000).toBe(short);
    });

    it('in the night makes a lesson neither longer nor shorter', async () => {
        await open({ hours: [['00:00', '06:00']], service: { slot_step_min: 60, horizon_days: 731 } });
        const night = async (day: string) => {
            const [from, to] = [`${day} 00:00 Europe/Zurich`, `${day} 12:00 Europe/Zurich`];
            const slots = await find({ from, to, now: from });
            for (const slot of slots) expect(Number(slot.ends_at) - Number(slot.starts_at)).toBe(3_600_000);
            return times(slots);
        };
        expect(await night('2031-03-30')).toEqual(['00:00', '01:00', '03:00', '04:00', '05:00']);
        expect(await night('2031-10-26')).toEqual([
            '00:00',
            '01:00',
            '02:00',
            '02:00',
            '03:00',
            '04:00',
            '05:00',
        ]);
    });

    it('that skips a whole span leaves nothing of it', async () => {
        await open({
            hours: [['02:30', '03:00']],
            service: { duration_min: 15, slot_step_min: 15, horizon_days: 731 },
        });
        expect(
            await find({ from: '2031-03-30 00:00 Europe/Zurich', now: '2031-03-30 00:00 Europe/Zurich' }),
        ).toEqual([]);
    });
});

describe('taken time', () => {
    const at = (time: string) => ahead(db, 5, time);
    const onTheDay = async (more: Question = {}) => {
        const [from, to] = [await at('00:00'), await at('23:59')];
        return times(
            await find({
                from,
                to,
                now: new Date().toISOString(),
                instructor: tenant.instructors[0],
                ...more,
            }),
        );
    };

    it('is not free, buffers included on both sides', async () => {
        await open({
            hours: [['08:00', '14:00']],
            service: { buffer_before_min: 15, buffer_after_min: 15, slot_step_min: 30 },
        });
        await booked(db, await newCustomer(db, tenant), { startsAt: await at('10:30') });
        // 09:00 to 10:00 needs until 10:15, where the other's buffer begins.
        expect(await onTheDay()).toEqual(['08:00', '08:30', '09:00', '12:00', '12:30', '13:00']);
    });

    it('is free again when a hold expires, without anybody sweeping', async () => {
        await open({ hours: [['08:00', '10:00']], service: { slot_step_min: 60 } });
        const customer = await newCustomer(db, tenant);
        await answer(db, customer, [offer(customer, { startsAt: await at('08:00') })]);
        expect(await onTheDay()).toEqual(['09:00']);
        await db.sql(`update public.time_claims set expires_at = now() where kind = 'hold'`);
        expect(await onTheDay()).toEqual(['08:00', '09:00']);
    });

    it('of a conversation’s own holds, and of the booking that is to move, is free to it', async () => {
        await open({ hours: [['08:00', '10:00']], service: { slot_step_min: 30 } });
        const customer = await newCustomer(db, tenant);
        await answer(db, customer, [offer(customer, { startsAt: await at('08:00') })]);
        expect(await onTheDay()).toEqual(['09:00']);
        expect(await onTheDay({ conversation: customer.conversationId })).toEqual([
            '08:00',
            '08:30',
            '09:00',
        ]);
        await says(db, customer, 'eight');
        const booking = await booked(db, customer, { startsAt: await at('08:00') });
        expect(await onTheDay({ conversation: customer.conversationId })).toEqual(['09:00']);
        expect(await onTheDay({ booking })).toEqual(['08:00', '08:30', '09:00']);
    });

    it('may be offered to one conversation twice over: nine and half past nine', async () => {
        await open({ hours: [['08:00', '12:00']] });
        const customer = await newCustomer(db, tenant);
        const wishes = [
            { startsAt: await at('09:00') },
            { startsAt: await at('09:30') },
            { startsAt: await at('10:00') },
        ];
        expect(await answer(db, customer, [offer(customer, ...wishes)])).toMatchObject({ result: 'done' });
        const holds = await db.sql(
            'select starts_at, during from public.time_claims where business_id = $1 order by starts_at',
            [tenant.businessId],
        );
        expect(holds.map(({ starts_at }) => (starts_at as Date).toISOString())).toEqual(
            wishes.map(({ startsAt }) => startsAt),
        );
        expect(await onTheDay()).toEqual(['08:00', '11:00']);
    });
});

describe('a choice of three', () => {
    it('is the earliest of each day when several days are asked for', async () => {
        await open({ hours: [['09:00', '17:00']] });
        const slots = await find({ to: '2031-01-18 00:00 Europe/Zurich', limit: 3 });
        expect(slots.map((slot) => `${slot.local_date} ${slot.local_time.slice(0, 5)}`)).toEqual([
            `${monday} 09:00`,
            `${tuesday} 09:00`,
            '2031-01-15 09:00',
        ]);
    });

    it('is from all parts of a single day, with both instructors', async () => {
        await open({ hours: [['09:00', '21:00']] });
        const slots = await find({ limit: 3 });
        expect(times(slots)).toEqual(['09:00', '12:00', '17:00']);
        expect(new Set(slots.map((slot) => slot.instructor_name)).size).toBe(2);
    });

    it('does not overlap itself while there is anything better', async () => {
        await open({ hours: [['09:00', '12:00']] });
        const slots = await find({ limit: 3, instructor: tenant.instructors[0], part: 'morning' });
        expect(times(slots)).toEqual(['09:00', '10:00', '11:00']);
    });

    it('keeps to the part of the day', async () => {
        await open({ hours: [['09:00', '21:00']], service: { slot_step_min: 60 } });
        expect(times(await find({ part: 'morning' }))).toEqual(['09:00', '10:00', '11:00']);
        expect(times(await find({ part: 'afternoon' }))).toEqual([
            '12:00',
            '13:00',
            '14:00',
            '15:00',
            '16:00',
        ]);
        expect(times(await find({ part: 'evening' }))).toEqual(['17:00', '18:00', '19:00', '20:00']);
    });

    it('begins with the instructor the customer had before', async () => {
        await open({});
        const customer = await newCustomer(db, tenant);
        const jon = tenant.instructors[1];
        await booked(db, customer, { startsAt: await ahead(db, 3, '10:00'), instructorId: jon });
        const [slot] = await find({ limit: 1, conversation: customer.conversationId });
        expect(slot?.instructor_name).toBe('Jon');
        expect((await find({ limit: 1 }))[0]?.instructor_name).toBe('Ida');
    });
});

describe('a question that makes no sense', () => {
    it('gets a house error', async () => {
        await open({});
        const other = await newTenant(db);
        const to = '2031-01-12 00:00 Europe/Zurich';
        expect(await refusal(find({ to }))).toBe('D0015');
        expect(await refusal(find({ to: '2033-01-12 00:00 Europe/Zurich' }))).toBe('D0015');
        expect(await refusal(find({ part: 'teatime' }))).toBe('D0009');
        tenant.serviceId = other.serviceId;
        expect(await refusal(find())).toBe('D0001');
    });
});
