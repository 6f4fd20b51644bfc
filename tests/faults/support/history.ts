import type { Lab } from './lab.ts';
import type { Witness } from './witness.ts';

type Line = { at: number; text: string };

const short = (value: unknown, length = 200): string => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return (text ?? '').slice(0, length);
};

/** What happened in a conversation (or in the whole business), by the clock: rows, sends and steps on the wire. */
export async function historyOf(witness: Witness, lab: Lab, conversation: string | null): Promise<string> {
    const seen = await witness.rows<{ at: Date; what: string; before: unknown; after: unknown }>(
        `select at, what, before, after from faults.seen
         where business_id = $1 and ($2::uuid is null or conversation_id = $2) order by id`,
        conversation,
    );
    const messages = await witness.rows<{
        id: string;
        at: Date;
        seq: number;
        role: string;
        status: string;
        text: string;
    }>(
        `select id, created_at as at, seq, role, status, content::text as text from public.messages
         where business_id = $1 and ($2::uuid is null or conversation_id = $2) order by created_at`,
        conversation,
    );
    const ids = new Set([conversation, ...messages.map(({ id }) => id)]);
    const lines: Line[] = [
        ...seen.map(({ at, what, before, after }) => ({
            at: at.getTime(),
            text: `row   ${what}: ${short(changed(before, after))}`,
        })),
        ...messages.map(({ at, seq, role, status, text }) => ({
            at: at.getTime(),
            text: `said  ${seq} ${role} (now ${status}): ${short(text, 120)}`,
        })),
        ...witness.events().map(({ at, type, seq: _, account: __, body: ___, ...rest }) => ({
            at: Date.parse(at),
            text: `phone ${type} ${short(rest)}`,
        })),
        ...lab.wire.log
            .filter(({ body, answer }) => concerns([body, answer], ids))
            .map(({ at, step, status, answer, answeredAt }) => ({
                at,
                text: `wire  ${step} → ${status ?? 'no answer'} after ${answeredAt ? answeredAt - at : '?'} ms ${short(answer, 160)}`,
            })),
    ];
    return lines
        .sort((one, other) => one.at - other.at)
        .map(({ at, text }) => `${new Date(at).toISOString().slice(11, 23)} ${text}`)
        .join('\n');
}

function concerns(exchange: unknown, ids: Set<string | null>): boolean {
    const text = JSON.stringify(exchange);
    return [...ids].some((id) => id !== null && text.includes(id));
}

/** Only the fields that differ, so that a line can be read. */
function changed(before: unknown, after: unknown): unknown {
    if (!isRow(before) || !isRow(after)) return after ?? before;
    const fields = Object.keys(after).filter(
        (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    );
    return Object.fromEntries([
        ['id', after.id],
        ...fields.map((key) => [key, `${short(before[key])} → ${short(after[key])}`]),
    ]);
}

function isRow(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null;
}
