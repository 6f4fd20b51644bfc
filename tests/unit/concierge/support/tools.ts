import { runTool } from '../../../../shared/concierge/tools/toolbox.ts';
import { openTurn, type Turn } from '../../../../shared/concierge/turn-state.ts';
import type { OpenProposal, TurnContext } from '../../../../shared/desk/turn-types.ts';
import { silentLog } from './chat.ts';
import { FakeDesk } from './fake-desk.ts';
import { ben, customerId, idMaker, now, privateLesson } from './world.ts';

/** A turn over a desk that knows just this. */
export function turnOf(over: Partial<TurnContext> = {}): Turn {
    const desk = new FakeDesk(over);
    const context = { ...desk.context(), ...over };
    const newId = idMaker();
    return openTurn({ context, attempt: 1 }, { desk, now: () => now, newId, log: silentLog });
}

export const run = (turn: Turn, name: string, args: object) => runTool(name, JSON.stringify(args), turn);
/** Arguments of find_times: everything null but what is given. */
export const times = (over = {}) => ({
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
/** Arguments of propose_booking for tomorrow at ten. */
export const proposal = (over = {}) => ({
    service: 'ski lesson',
    date: '2026-11-21',
    time: '10:00',
    instructor: null,
    participants: 1,
    customer_name: null,
    notes: null,
    ...over,
});
/** An open proposal, shown in message 2. */
export const open: OpenProposal = {
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
/** Message 3, which waits for an answer. */
export const said = (content: TurnContext['messages'][number]['content'], seq = 3) => ({
    unanswered: [seq],
    messages: [{ seq, role: 'user' as const, content, at: '2026-11-20T09:29:00Z' }],
});
