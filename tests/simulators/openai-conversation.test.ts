import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Input, request, startWire } from './openai-wire.ts';

let wire: Awaited<ReturnType<typeof startWire>>;
beforeAll(async () => {
    wire = await startWire();
});
afterAll(() => wire.vendors.stop());

const services = [{ name: 'Private ski lesson' }, { name: 'Snowboard lesson' }];
const outputs: Record<string, (args: Record<string, unknown>) => unknown> = {
    get_service_info: () => ({ services }),
    find_times: ({ service, date, time }) =>
        /ski|snowboard/i.test(String(service))
            ? {
                  asked_time_free: time === null ? null : time === '10:00',
                  times: [
                      {
                          date,
                          weekday: 'Saturday',
                          time: time === '10:00' ? '10:00' : '11:00',
                          instructor: 'Anna',
                      },
                  ],
              }
            : { error: 'unknown_service', guidance: 'There is no such service.' },
    propose_booking: (args) => ({ proposed: args }),
    reschedule_booking: (args) => ({ proposed: args }),
    cancel_booking: ({ booking }) => (booking === null ? { withdrawn: true } : { proposed: booking }),
    list_bookings: () => ({
        bookings: [{ reference: 'K7QM', service: 'Private ski lesson', date: '2026-11-21' }],
    }),
    confirm_booking: () => ({ accepted: 'book' }),
    hand_off: () => ({ handed_off: true }),
};

/** Says lines as a customer, plays the desk's tools, and returns what was called and said in the last turn. */
async function talk(...lines: string[]) {
    const history: Input = [];
    let calls: { name: string; args: Record<string, unknown> }[] = [];
    let text = '';
    for (const line of lines) {
        calls = [];
        history.push({ role: 'user', content: `<customer-1a2b3c4d>${line}</customer-1a2b3c4d>` });
        const turn: Input = [];
        for (;;) {
            const response = await wire.client.responses.create(request([...history, ...turn]));
            expect(response.status).toBe('completed');
            turn.push(...(response.output as Input));
            const called = response.output.filter((item) => item.type === 'function_call');
            if (called.length === 0) {
                text = response.output_text;
                break;
            }
            for (const { name, call_id, arguments: json } of called) {
                const args = JSON.parse(json);
                calls.push({ name, args });
                turn.push({
                    type: 'function_call_output',
                    call_id,
                    output: JSON.stringify(outputs[name]?.(args)),
                });
            }
        }
        history.push({ role: 'assistant', content: text });
    }
    return { calls, text, names: calls.map(({ name }) => name) };
}

describe('the scripted booking conversation', () => {
    it('looks the time up and proposes it when it is free', async () => {
        const asked = 'Hi, a private ski lesson tomorrow at 10 for two people?';
        const { names, calls, text } = await talk(asked);
        expect(names).toEqual(['find_times', 'propose_booking']);
        expect(calls[0]?.args).toEqual({ service: asked, date: '2026-11-21', time: '10:00', limit: 3 });
        expect(calls[1]?.args).toEqual({
            service: asked,
            date: '2026-11-21',
            time: '10:00',
            instructor: 'Anna',
            participants: 2,
            customer_name: null,
        });
        expect(text).toMatch(/shall i book/i);
    });

    it('offers other times when it is not, and proposes the tapped one', async () => {
        expect((await talk('a snowboard lesson on Saturday at 9')).names).toEqual(['find_times']);
        const tapped = await talk('a snowboard lesson on Saturday at 9', '[tapped: Sat 21 Nov 11:00]');
        expect(tapped.calls.at(-1)).toMatchObject({
            name: 'propose_booking',
            args: { date: '2026-11-21', time: '11:00' },
        });
    });

    it('shows what there is when no service is named, and goes on with the tapped one', async () => {
        const greeted = await talk('Hello!');
        expect(greeted.names).toEqual(['find_times', 'get_service_info']);
        expect(greeted.text).toBe('What would you like to book?');
        expect((await talk('Hello!', '[tapped: Snowboard lesson]')).names).toEqual(['find_times']);
    });

    it('confirms on YES, withdraws on NO', async () => {
        const first = 'a private ski lesson tomorrow at 10';
        expect((await talk(first, 'YES')).names).toEqual(['confirm_booking']);
        expect((await talk(first, '[tapped: Yes, book it]')).names).toEqual(['confirm_booking']);
        expect((await talk('Cancel my lesson', '[tapped: Yes, cancel it]')).names).toEqual([
            'confirm_booking',
        ]);
        const no = await talk(first, '[tapped: No]');
        expect(no.calls).toEqual([{ name: 'cancel_booking', args: { booking: null } }]);
    });

    it('moves, cancels and lists what is booked', async () => {
        const moved = await talk('Can I move my lesson to Sunday at 10?');
        expect(moved.names).toEqual(['list_bookings', 'find_times', 'reschedule_booking']);
        expect(moved.calls[2]?.args).toEqual({ booking: 'K7QM', date: '2026-11-22', time: '10:00' });
        expect((await talk('Please cancel my lesson')).calls[1]).toEqual({
            name: 'cancel_booking',
            args: { booking: 'K7QM' },
        });
        expect((await talk('What have I booked?')).names).toEqual(['list_bookings']);
    });

    it('hands off to a person with a reason of the desk’s own list', async () => {
        const { calls } = await talk('I want to talk to a person');
        expect(calls).toEqual([
            { name: 'hand_off', args: { reason: 'asked_for_person', summary: 'I want to talk to a person' } },
        ]);
    });
});
