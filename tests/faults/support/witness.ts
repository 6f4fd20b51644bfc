import type { LogEntry } from '../../../scripts/simulators/event-log.ts';
import type { Desk } from '../../e2e/desk.ts';
import type { Lab } from './lab.ts';

/** What the simulated vendors saw of one business, in the form that the invariants ask it. */
export class Witness {
    readonly #lab: Lab;
    readonly #desk: Desk;

    constructor(lab: Lab, desk: Desk) {
        this.#lab = lab;
        this.#desk = desk;
    }

    rows<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
        return this.#desk.rows<T>(sql, ...values);
    }

    /** Everything on this business's number, oldest first. */
    events(): LogEntry[] {
        const all = this.#lab.vendors.whatsapp.events.after(0);
        const mine = all.filter(({ account }) => account === this.#desk.account);
        const ids = new Set(mine.map(({ id }) => id));
        return all.filter(({ account, id }) => account === this.#desk.account || ids.has(id));
    }

    told() {
        const events = this.events();
        const sends = events.filter(({ type }) => type === 'send');
        const messageOf = new Map(sends.map((send) => [send.id, send.callback_data]));
        const accepted = events.filter(({ type, http_status }) => type === 'webhook' && http_status === 200);
        const inbound = new Set(
            events
                .filter(({ type, kind }) => type === 'customer_message' && isSaid(kind))
                .map(({ id }) => id),
        );
        return {
            /** Ids of the messages for which some webhook got a 200. */
            received: [...new Set(accepted.map(({ id }) => id))].filter((id) => inbound.has(id)),
            sends: sends.map((send) => ({
                seq: send.seq,
                at: Date.parse(send.at),
                provider_id: send.id,
                message_id: send.callback_data,
            })),
            told: accepted
                .filter(({ kind }) => kind === 'status')
                .map(({ id, status }) => ({ message_id: messageOf.get(id), status }))
                .filter(({ message_id }) => message_id !== undefined),
        };
    }
}

/** Edits and deletions change a message; they are none. */
function isSaid(kind: unknown): boolean {
    return !['edit', 'revoke', 'number_change', 'user_id_change'].includes(String(kind));
}
