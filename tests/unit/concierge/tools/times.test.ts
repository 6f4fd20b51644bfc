import { describe, expect, it } from 'vitest';
import type { FakeDesk } from '../support/fake-desk.ts';
import { open, run, times, turnOf } from '../support/tools.ts';
import { privateLesson } from '../support/world.ts';

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
