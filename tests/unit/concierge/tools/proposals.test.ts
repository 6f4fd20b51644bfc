import { describe, expect, it } from 'vitest';
import type { TurnContext } from '../../../../shared/desk/turn-types.ts';
import type { FakeDesk } from '../support/fake-desk.ts';
import { open, proposal, run, said, times, turnOf } from '../support/tools.ts';
import { ben, booking, customerId, mia, now, privateLesson, snowboard } from '../support/world.ts';

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
        ['a no', { proposal: open, ...said({ type: 'text', text: 'no' }) }, 'no_clear_yes'],
        ['a question', { proposal: open, ...said({ type: 'text', text: 'how much?' }) }, 'no_clear_yes'],
        ['a yes, but', { proposal: open, ...said({ type: 'text', text: 'yes but at 11' }) }, 'no_clear_yes'],
        [
            'a voice note',
            {
                proposal: open,
                ...said({ type: 'audio', media: { id: 'm1', mime_type: 'audio/ogg', voice: true } }),
            },
            'no_clear_yes',
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
        const turn = turnOf({ proposal: open, ...said({ type: 'text', text: 'yes please' }) });
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
