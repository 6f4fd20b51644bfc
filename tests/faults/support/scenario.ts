import type { CustomerMessage } from '../../../scripts/simulators/whatsapp/customer-messages.ts';
import type { Customer } from '../../e2e/customer.ts';
import { Desk } from '../../e2e/desk.ts';
import { broken, type Claim } from '../invariants.ts';
import { historyOf } from './history.ts';
import type { Lab } from './lab.ts';
import { settle } from './settle.ts';
import { Witness } from './witness.ts';

/** A message of ours as the database has it. */
export interface Said {
    id: string;
    seq: number;
    role: string;
    status: string;
    outcome: string | null;
    brain: string | null;
    error_code: string | null;
    text: string;
}

/** One business of its own in the lab, what is done to it, and what must be true in the end. */
export class Scenario {
    readonly lab: Lab;
    readonly desk: Desk;
    readonly witness: Witness;
    /** Claims that cannot be asked here. */
    readonly waived: NonNullable<Claim['waivedBy']>[] = [];

    private constructor(lab: Lab, desk: Desk) {
        this.lab = lab;
        this.desk = desk;
        this.witness = new Witness(lab, desk);
    }

    static async open(lab: Lab): Promise<Scenario> {
        const place = {
            adminDatabaseUrl: lab.platform.adminDatabaseUrl,
            simulatorUrl: lab.vendors.url,
        };
        return new Scenario(lab, await Desk.open(place));
    }

    get wire() {
        return this.lab.wire;
    }

    get control() {
        return this.desk.control;
    }

    customer(name = 'Ana Lima'): Customer {
        return this.desk.customer(name);
    }

    rows<T extends object = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T[]> {
        return this.desk.rows<T>(sql, ...values);
    }

    /** The customer writes; the webhook goes its way and nobody waits for it. */
    writes(customer: Customer, message: string | CustomerMessage, id?: string): void {
        const said = typeof message === 'string' ? { kind: 'text' as const, body: message } : message;
        // What becomes of it is the invariants' to say; here it may well fail.
        customer.sends(said, id === undefined ? {} : { id }).catch(() => {});
    }

    /** Everything said with a customer, or with all, in order. */
    said(customer?: Customer): Promise<Said[]> {
        return this.rows<Said>(
            `select message.id, message.seq, message.role, message.status, message.outcome, message.brain,
                 message.error_code, message.content ->> 'text' as text
             from public.messages as message
             join public.conversations as conversation on conversation.id = message.conversation_id
             where message.business_id = $1 and ($2::text is null or exists (
                 select from public.customer_identities as identity
                 where identity.customer_id = conversation.customer_id and identity.value in ($2, '+' || $2)
             ))
             order by message.conversation_id, message.seq`,
            customer?.address ?? null,
        );
    }

    async answers(customer?: Customer): Promise<Said[]> {
        return (await this.said(customer)).filter(({ role }) => role === 'assistant');
    }

    /** A person takes the conversation over, or gives it back. */
    async setMode(customer: Customer, mode: 'ai' | 'human' | 'paused'): Promise<void> {
        await this.rows(
            `update public.conversations set mode = $2 where business_id = $1 and customer_id in (
                 select customer_id from public.customer_identities where business_id = $1 and value in ($3, '+' || $3)
             )`,
            mode,
            customer.address,
        );
    }

    async ownerWrites(customer: Customer, text: string): Promise<void> {
        await this.rows(
            `insert into public.messages (business_id, conversation_id, role, content)
             select $1, conversation.id, 'owner', jsonb_build_object('type', 'text', 'text', $3::text)
             from public.conversations as conversation
             join public.customer_identities as identity on identity.customer_id = conversation.customer_id
             where conversation.business_id = $1 and identity.value in ($2, '+' || $2)
             limit 1`,
            customer.address,
            text,
        );
    }

    /** Nobody is awake any more: the next job has to be rung for. */
    async everybodyAsleep(): Promise<void> {
        await this.lab.kill('functions');
        await this.lab.pool.query('delete from private.workers');
    }

    /** Waits until nothing is left to do, shortening whatever would only be waited for. */
    settles(): Promise<void> {
        return settle(this);
    }

    /** Lets everything flow again, waits for the dust to settle, and asks for every claim. */
    async stands(): Promise<void> {
        this.wire.heal();
        await this.settles().catch(async (error) => {
            const history = await historyOf(this.witness, this.lab, null);
            throw new Error([error.message, history, this.lab.printed()].join('\n'));
        });
        const findings = await broken(this.witness, this.waived);
        if (findings.length === 0) return;
        const pages = findings.map(({ claim, found }) =>
            [`Does not hold: ${claim.name}`, ...found.slice(0, 5).map(({ what }) => `  ${what}`)].join('\n'),
        );
        const conversation = findings[0]?.found[0]?.conversation_id ?? null;
        throw new Error(`${pages.join('\n')}\n${await historyOf(this.witness, this.lab, conversation)}`);
    }

    close(): Promise<void> {
        return this.desk.close();
    }
}

/** A test of one scenario: done in a business of its own, then the invariants, whatever it asserted itself. */
export function scenario(lab: () => Lab, play: (s: Scenario) => Promise<void>): () => Promise<void> {
    return async () => {
        const s = await Scenario.open(lab());
        try {
            await play(s);
            await s.stands();
        } finally {
            s.wire.heal();
            await s.close();
        }
    };
}
