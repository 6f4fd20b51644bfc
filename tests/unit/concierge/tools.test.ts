import { describe, expect, it } from 'vitest';
import { functionTools } from '../../../shared/concierge/brains/openai/openai.ts';
import { runTool, tools } from '../../../shared/concierge/tools/toolbox.ts';
import { openTurn, type Turn } from '../../../shared/concierge/turn-state.ts';
import type { OpenProposal, TurnContext } from '../../../shared/desk/turn-types.ts';
import { silentLog } from './support/chat.ts';
import { FakeDesk } from './support/fake-desk.ts';
import { ben, booking, customerId, idMaker, mia, now, privateLesson, snowboard } from './support/world.ts';

function turnOf(over: Partial<TurnContext> = {}): Turn {
    const desk = new FakeDesk(over);
    const context = { ...desk.context(), ...over };
    const newId = idMaker();
    return openTurn({ context, attempt: 1 }, { desk, now: () => now, newId, log: silentLog });
}

const run = (turn: Turn, name: string, args: object) => runTool(name, JSON.stringify(args), turn);
const times = (over = {}) => ({
    service: 'ski lesson',
    date: null,
    until: null,
    time: null,
    part_of_day: null,
    earliest: null,
    latest: null,
    instructor: null,
    limit: 3,
    ...over,
});
const proposal = (over = {}) => ({
    service: 'ski lesson',
    date: '2026-11-21',
    time: '10:00',
    instructor: null,
    participants: 1,
    customer_name: null,
    notes: null,
    ...over,
});
const open: OpenProposal = {
    id: customerId,
    kind: 'book',
    service_id: privateLesson.id,
    instructor_id: ben.id,
    starts_at: '2026-11-21T09:00:00+00:00',
    ends_at: '2026-11-21T11:00:00+00:00',
    booking_id: null,
    participants: 1,
    customer_name: 'Anna',
    price_minor: 18_000,
    currency: 'CHF',
    expires_at: '2026-11-20T10:00:00+00:00',
    went_out: true,
    seq: 2,
};
const said = (content: TurnContext['messages'][number]['content'], seq = 3) => ({
    unanswered: [seq],
    messages: [{ seq, role: 'user' as const, content, at: '2026-11-20T09:29:00Z' }],
});

describe('every tool', () => {
    it.each(tools)(
        '$name is snake_case, told in a sentence and strict',
        ({ name, description, parameters }) => {
            expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
            expect(description).toMatch(/^[A-Z].{20,}\.$/);
            expect(parameters.safeParse({ surprise: true }).success).toBe(false);
        },
    );

    it.each(tools)('$name answers what it cannot read with guidance', async ({ name }) => {
        for (const json of ['nonsense', '[]', '"text"', '{"surprise":1}', 'null']) {
            const result = await runTool(name, json, turnOf());
            expect(result).toMatchObject({ error: 'bad_arguments', guidance: expect.any(String) });
        }
    });

    it('is sent to the vendor as a strict function that requires every key', () => {
        for (const { parameters, strict } of functionTools) {
            const { properties, required, additionalProperties } = parameters as Record<string, object>;
            expect(strict).toBe(true);
            expect(additionalProperties).toBe(false);
            expect(required).toEqual(Object.keys(properties ?? {}));
        }
        expect(functionTools).toHaveLength(9);
    });

    it('is small: all of them together take little of a prompt', () => {
        expect(JSON.stringify(functionTools).length).toBeLessThan(5000);
    });

    it('reaches nothing that is not in the context, whatever ids are written', async () => {
        const turn = turnOf({ upcoming_bookings: [booking(1)] });
        const stranger = 'b0000000-0000-4000-8000-000000000099';
        const calls: [string, object][] = [
            ['find_times', times({ service: stranger })],
            ['propose_booking', proposal({ service: stranger })],
            ['propose_booking', proposal({ instructor: stranger })],
            [
                'reschedule_booking',
                { booking: stranger, date: '2026-11-27', time: '10:00', instructor: null },
            ],
            ['cancel_booking', { booking: stranger }],
            ['get_service_info', { service: stranger }],
        ];
        for (const [name, args] of calls) {
            expect(await run(turn, name, args)).toMatchObject({ error: expect.stringMatching(/^unknown_/) });
        }
        expect(turn.staged.actions()).toEqual([]);
    });
});

describe('find_times', () => {
    it('offers and holds what it found', async () => {
        const turn = turnOf();
        const result = await run(turn, 'find_times', times({ date: '2026-11-21', limit: 2 }));
        expect(result).toMatchObject({
            asked_time_free: null,
            times: [
                {
                    date: '2026-11-21',
                    weekday: 'Saturday',
                    time: '09:00',
                    instructor: 'Ben Frey',
                    price: 'CHF 180',
                },
                { date: '2026-11-21', time: '15:00' },
            ],
        });
        expect(turn.staged.actions()).toMatchObject([{ type: 'offer', service_id: privateLesson.id }]);
        expect(turn.draft).toMatchObject({ service_id: privateLesson.id, date: '2026-11-21' });
    });

    it.each([
        [{ date: '21.11.2026' }, 'bad_date'],
        [{ date: '2026-02-30' }, 'bad_date'],
        [{ date: '2026-11-21', time: '10am' }, 'bad_time'],
        [{ date: '2026-11-19' }, 'in_the_past'],
        [{ date: '2026-11-20', time: '10:30' }, 'in_the_past'],
        [{ date: '2027-03-01' }, 'too_far_ahead'],
        [{ service: 'lesson' }, 'several_services'],
        [{ service: 'sauna' }, 'unknown_service'],
        [{ service: 'snowboard', instructor: 'Ben' }, 'unknown_instructor'],
    ])('refuses %j as %s', async (args, error) => {
        const turn = turnOf();
        expect(await run(turn, 'find_times', times(args))).toMatchObject({ error });
        expect(turn.staged.actions()).toEqual([]);
    });

    it('tells a closed hour from a taken one', async () => {
        const closed = await run(turnOf(), 'find_times', times({ date: '2026-11-21', time: '19:00' }));
        expect(closed).toMatchObject({ asked_time_free: false, why: 'outside_opening_hours' });
        const odd = await run(turnOf(), 'find_times', times({ date: '2026-11-21', time: '10:10' }));
        expect(odd).toMatchObject({ asked_time_free: false, why: 'not_free' });
    });

    it('keeps to a stretch of days and hours', async () => {
        const wish = times({ date: '2026-11-23', until: '2026-11-25', earliest: '13:00', latest: '14:00' });
        const result = await run(turnOf(), 'find_times', wish);
        expect(result).toMatchObject({
            nearest_only: false,
            times: [
                { date: '2026-11-23', time: '13:00' },
                { date: '2026-11-24', time: '13:00' },
                { date: '2026-11-25', time: '13:00' },
            ],
        });
    });

    it('finds the same hour on several days', async () => {
        const wish = times({ date: '2026-11-23', until: '2026-11-29', time: '11:30' });
        const result = (await run(turnOf(), 'find_times', wish)) as {
            times: { time: string; date: string }[];
        };
        expect(result.times.map(({ time }) => time)).toEqual(['11:30', '11:30', '11:30']);
        expect(new Set(result.times.map(({ date }) => date)).size).toBe(3);
    });

    it('takes an open proposal off the table: one question at a time', async () => {
        const turn = turnOf({ proposal: open });
        await run(turn, 'find_times', times({ date: '2026-11-21' }));
        expect(turn.staged.actions().map(({ type }) => type)).toEqual(['decline', 'offer']);
    });

    it('asks the desk for days as the zone has them', async () => {
        const turn = turnOf({ now: '2027-03-26T10:00:00Z' });
        await run(turn, 'find_times', times({ date: '2027-03-28' }));
        expect((turn.desk as FakeDesk).queries[0]).toMatchObject({
            from: '2027-03-27T23:00:00.000Z',
            to: '2027-03-28T22:00:00.000Z',
        });
    });
});

describe('propose_booking', () => {
    it('stages one concrete proposal with the facts of the slot', async () => {
        const turn = turnOf();
        await run(turn, 'find_times', times({ date: '2026-11-21', time: '10:00' }));
        const result = await run(
            turn,
            'propose_booking',
            proposal({ notes: ' beginners ', participants: 2 }),
        );
        expect(result).toMatchObject({ proposed: { service: privateLesson.name, time: '10:00' } });
        expect(turn.staged.actions()).toEqual([
            {
                type: 'propose',
                proposal: {
                    id: expect.any(String),
                    kind: 'book',
                    service_id: privateLesson.id,
                    instructor_id: ben.id,
                    starts_at: '2026-11-21T09:00:00+00:00',
                    participants: 2,
                    customer_name: 'Anna Keller',
                    notes: 'beginners',
                },
            },
        ]);
    });

    it('needs a free time', async () => {
        const turn = turnOf();
        const desk = turn.desk as FakeDesk;
        for (const { id } of [ben, mia]) desk.takeElsewhere(id, '2026-11-21', '10:00', '12:00');
        expect(await run(turn, 'propose_booking', proposal())).toMatchObject({ error: 'not_free' });
    });

    it('needs a name, and holds the time while it is asked for', async () => {
        const customer = { id: customerId, name: null, language: null, phone: null, bookings_before: 0 };
        const turn = turnOf({ customer });
        expect(await run(turn, 'propose_booking', proposal())).toMatchObject({ error: 'name_missing' });
        expect(turn.staged.actions().map(({ type }) => type)).toEqual(['offer']);
        await run(turn, 'remember_customer', { name: ' Eva\n\tRoth ', language: null });
        await run(turn, 'propose_booking', proposal());
        expect(turn.staged.actions()).toMatchObject([
            { type: 'remember_customer', name: 'Eva Roth' },
            { type: 'propose', proposal: { customer_name: 'Eva Roth' } },
        ]);
    });
});

describe('confirm_booking', () => {
    const yes = { type: 'text' as const, text: 'yes' };

    it('accepts what was shown before and answered after', async () => {
        const turn = turnOf({ proposal: open, ...said(yes) });
        expect(await run(turn, 'confirm_booking', {})).toMatchObject({ accepted: 'book' });
        expect(turn.staged.actions()).toEqual([{ type: 'confirm', proposal_id: open.id }]);
    });

    it.each<[string, Partial<TurnContext>, string]>([
        ['no proposal', { proposal: null, ...said(yes) }, 'no_live_proposal'],
        [
            'one that ran out',
            { proposal: { ...open, expires_at: now.toISOString() }, ...said(yes) },
            'no_live_proposal',
        ],
        [
            'one that never went out',
            { proposal: { ...open, went_out: false }, ...said(yes) },
            'proposal_not_seen',
        ],
        ['one without a message', { proposal: { ...open, seq: null }, ...said(yes) }, 'proposal_not_seen'],
        ['a YES said before it', { proposal: { ...open, seq: 3 }, ...said(yes) }, 'proposal_not_seen'],
        ['nothing new said', { proposal: open, unanswered: [] }, 'proposal_not_seen'],
        [
            'the button of another proposal',
            { proposal: open, ...said({ type: 'choice', id: `yes:${ben.id}`, text: 'Yes' }) },
            'no_live_proposal',
        ],
        [
            'the NO button',
            { proposal: open, ...said({ type: 'choice', id: `no:${open.id}`, text: 'No' }) },
            'no_live_proposal',
        ],
    ])('refuses %s', async (_name, context, error) => {
        const turn = turnOf(context);
        expect(await run(turn, 'confirm_booking', {})).toMatchObject({ error });
        expect(turn.staged.actions()).toEqual([]);
    });

    it('refuses what was only just proposed', async () => {
        const turn = turnOf({ proposal: open, ...said(yes) });
        await run(turn, 'propose_booking', proposal());
        expect(await run(turn, 'confirm_booking', {})).toMatchObject({ error: 'proposal_not_seen' });
    });

    it('may be followed by another wish in the same turn', async () => {
        const turn = turnOf({ proposal: open, ...said({ type: 'text', text: 'yes, and sunday too' }) });
        await run(turn, 'find_times', times({ date: '2026-11-22' }));
        await run(turn, 'confirm_booking', {});
        expect(turn.staged.actions().map(({ type }) => type)).toEqual(['confirm']);
        await run(turn, 'propose_booking', proposal({ date: '2026-11-22' }));
        expect(turn.staged.actions().map(({ type }) => type)).toEqual(['confirm', 'propose']);
        expect(turn.staged.spoken.map(({ occasion }) => occasion)).toEqual([
            'booked_pending',
            'propose_booking',
        ]);
    });
});

describe('reschedule_booking and cancel_booking', () => {
    const bookings = {
        upcoming_bookings: [booking(1), booking(2, { service_id: snowboard.id, status: 'cancelled' })],
    };

    it('asks before it moves, and keeps the instructor if it can', async () => {
        const turn = turnOf(bookings);
        const args = { booking: '#ab01', date: '2026-11-25', time: '11:00', instructor: null };
        expect(await run(turn, 'reschedule_booking', args)).toMatchObject({
            proposed: { instructor: 'Ben Frey' },
        });
        expect(turn.staged.actions()).toMatchObject([
            {
                type: 'propose',
                proposal: { kind: 'reschedule', booking_id: booking(1).id, instructor_id: ben.id },
            },
        ]);
        expect(turn.staged.actions()[0]).not.toHaveProperty('proposal.participants');
    });

    it('takes somebody else when the instructor is not free, unless one was named', async () => {
        const turn = turnOf(bookings);
        (turn.desk as FakeDesk).takeElsewhere(ben.id, '2026-11-27', '09:00', '17:00');
        const args = { booking: 'AB01', date: '2026-11-27', time: '11:00', instructor: null };
        expect(await run(turn, 'reschedule_booking', args)).toMatchObject({
            proposed: { instructor: 'Mia Rossi' },
        });
        const named = { ...args, instructor: 'Ben' };
        expect(await run(turn, 'reschedule_booking', named)).toMatchObject({ error: 'not_free' });
    });

    it('knows only bookings that still stand', async () => {
        const turn = turnOf(bookings);
        expect(await run(turn, 'cancel_booking', { booking: 'AB02' })).toMatchObject({
            error: 'unknown_booking',
        });
        const none = turnOf();
        expect(await run(none, 'cancel_booking', { booking: 'AB01' })).toMatchObject({
            error: 'no_bookings',
        });
        expect(await run(none, 'cancel_booking', { booking: null })).toMatchObject({
            error: 'no_open_proposal',
        });
    });

    it('hands over what is not offered any more', async () => {
        const turn = turnOf({ ...bookings, services: [snowboard] });
        const args = { booking: 'AB01', date: '2026-11-27', time: '11:00', instructor: null };
        expect(await run(turn, 'reschedule_booking', args)).toMatchObject({ error: 'unknown_service' });
    });

    it('withdraws an open proposal', async () => {
        const turn = turnOf({ proposal: open });
        expect(await run(turn, 'cancel_booking', { booking: null })).toMatchObject({ withdrawn: true });
        expect(turn.staged.actions()).toEqual([{ type: 'decline', proposal_id: open.id }]);
    });
});

describe('information and people', () => {
    it('tells services, hours and the meeting point', async () => {
        expect(await run(turnOf(), 'get_service_info', { service: 'snowboarding' })).toEqual({
            services: [
                {
                    name: 'Snowboard lesson',
                    description: null,
                    duration_min: 60,
                    price: 'CHF 95.50',
                    instructors: ['Mia Rossi'],
                },
            ],
            opening_hours: [
                {
                    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
                    hours: ['09:00-17:00'],
                },
            ],
            meeting_point: 'Valley station, ticket office',
        });
    });

    it('lists bookings by their reference', async () => {
        expect(await run(turnOf({ upcoming_bookings: [booking(1)] }), 'list_bookings', {})).toEqual({
            bookings: [
                {
                    reference: 'AB01',
                    service: 'Private ski lesson',
                    date: '2026-11-25',
                    time: '10:00',
                    weekday: 'Wednesday',
                    instructor: 'Ben Frey',
                    status: 'confirmed',
                    price: 'CHF 180',
                },
            ],
        });
    });

    it('remembers only what there is to remember', async () => {
        const turn = turnOf();
        const nothing = { name: ' \u0000 ', language: null };
        expect(await run(turn, 'remember_customer', nothing)).toMatchObject({ error: 'nothing_to_remember' });
        const klingon = { name: null, language: 'klingon' };
        expect(await run(turn, 'remember_customer', klingon)).toMatchObject({ error: 'bad_language' });
        expect(turn.staged.actions()).toEqual([]);
    });

    it('hands off with a reason, whatever was given', async () => {
        const turn = turnOf();
        await run(turn, 'hand_off', { reason: ' ', summary: 'x'.repeat(900) });
        expect(turn.staged.actions()).toEqual([
            { type: 'hand_off', reason: 'asked', summary: 'x'.repeat(500) },
        ]);
    });
});
