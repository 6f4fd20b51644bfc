import { describe, expect, it } from 'vitest';
import { functionTools } from '../../../../shared/concierge/brains/openai/openai.ts';
import { runTool, tools } from '../../../../shared/concierge/tools/toolbox.ts';
import { proposal, run, times, turnOf } from '../support/tools.ts';
import { booking } from '../support/world.ts';

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
        expect(functionTools).toHaveLength(10);
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
