import type { OpenaiFault } from './faults.ts';
import type { Ending, Move } from './output.ts';
import type { View } from './view.ts';

type Misbehaviour = NonNullable<OpenaiFault['respond']>;

const done: Ending = { status: 'completed' };

/** What a model gone wrong answers instead of the right move. */
export function faultyMove(how: Misbehaviour, right: Move, view: View): { move: Move; ending: Ending } {
    const call = right.calls?.[0] ?? { name: 'list_bookings', arguments: '{}' };
    switch (how) {
        case 'failed':
            return { move: {}, ending: { status: 'failed' } };
        case 'incomplete': {
            const cutCall = { ...call, arguments: call.arguments.slice(0, call.arguments.length / 2) };
            return {
                move: { calls: [cutCall] },
                ending: { status: 'incomplete', reason: 'max_output_tokens' },
            };
        }
        case 'content_filter':
            return { move: {}, ending: { status: 'incomplete', reason: 'content_filter' } };
        case 'refusal':
            return { move: { refuse: "I'm sorry, I can't help with that." }, ending: done };
        case 'empty':
            return { move: {}, ending: done };
        case 'broken_arguments':
            return { move: { calls: [{ ...call, arguments: '{"service": "Priv' }] }, ending: done };
        case 'garbage_arguments':
            return {
                move: { calls: [{ ...call, arguments: '{"date":"yesterday-ish","limit":"many"}' }] },
                ending: done,
            };
        case 'unknown_tool':
            return {
                move: { calls: [{ name: 'issue_refund', arguments: '{"amount":1000000}' }] },
                ending: done,
            };
        case 'endless_loop':
            return { move: { calls: [{ name: endlessTool(view), arguments: '{}' }] }, ending: done };
        case 'same_call_twice':
            return { move: { ...right, calls: [call, call] }, ending: done };
        case 'many_calls':
            return { move: { calls: Array.from({ length: 50 }, () => call) }, ending: done };
        case 'lies':
            return { move: { say: 'You are booked! See you on the slopes.' }, ending: done };
        case 'confirms_unasked':
            return {
                move:
                    view.steps.length === 0
                        ? { calls: [{ name: 'confirm_booking', arguments: '{}' }] }
                        : right,
                ending: done,
            };
        case 'flood':
            return { move: { say: 'snow '.repeat(200_000) }, ending: done };
    }
}

/** A tool without arguments, so that nothing but a limit on steps ends the loop. */
function endlessTool(view: View): string {
    const bare = [...view.tools.values()].find(
        ({ name, properties }) => name.startsWith('list') && Object.keys(properties).length === 0,
    );
    return bare?.name ?? 'list_bookings';
}
