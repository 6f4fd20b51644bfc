import { randomUUID } from 'node:crypto';
import type { Session } from './database.ts';
import {
    type Claimed,
    claimTurns,
    deliverAll,
    type Finished,
    finishTurn,
    type Json,
    newSender,
    only,
    receiveOne,
    textFrom,
} from './desk.ts';
import type { Tenant } from './tenant.ts';

// A customer's conversation, one sentence at a time, without the concierge.

export interface Customer {
    tenant: Tenant;
    sender: Json;
    conversationId: string;
    customerId: string;
    /** Number of the last message the customer wrote. */
    seq: number;
}

/** Somebody writes for the first time; their turn is due. */
export async function newCustomer(
    session: Session,
    tenant: Tenant,
    sender: Json = newSender(),
): Promise<Customer> {
    const { conversation_id } = await receiveOne(session, textFrom(tenant.account, sender));
    const [row] = await session.sql<{ customer_id: string }>(
        'select customer_id from public.conversations where id = $1',
        [conversation_id],
    );
    if (!conversation_id || !row) throw new Error('the message was not stored');
    return { tenant, sender, conversationId: conversation_id, customerId: row.customer_id, seq: 1 };
}

/** The customer writes again. */
export async function says(
    session: Session,
    customer: Customer,
    text: string,
    more: Json = {},
): Promise<void> {
    const { message_id } = await receiveOne(
        session,
        textFrom(customer.tenant.account, customer.sender, text, more),
    );
    const [row] = await session.sql<{ seq: number }>('select seq from public.messages where id = $1', [
        message_id,
    ]);
    customer.seq = row?.seq ?? Number.NaN;
}

/** Claims the turn of this customer; those of others are given back as if nobody had looked. */
export async function turnOf(session: Session, customer: Customer): Promise<Claimed> {
    const turns = await claimTurns(session, randomUUID(), 100);
    const ours = (turn: Claimed) => turn.conversation_id === customer.conversationId;
    await session.sql(
        `update private.jobs
         set state = 'queued', lease = null, leased_until = null, attempts = attempts - 1
         where id = any ($1::bigint[])`,
        [`{${turns.filter((turn) => !ours(turn)).map((turn) => turn.job_id)}}`],
    );
    return only(turns.filter(ours));
}

/** Answers what the customer wrote last with these actions. */
export async function answer(
    session: Session,
    customer: Customer,
    actions: Json[] = [],
    more: { state?: Json; reply?: Json | null } = {},
): Promise<Finished> {
    const turn = await turnOf(session, customer);
    return finishTurn(session, turn, { upTo: customer.seq, actions, ...more });
}

export interface Wish {
    startsAt: string;
    instructorId?: string;
    serviceId?: string;
    kind?: 'book' | 'reschedule' | 'cancel';
    bookingId?: string;
}

export const offer = ({ tenant }: Customer, ...wishes: Wish[]): Json => ({
    type: 'offer',
    service_id: tenant.serviceId,
    slots: wishes.map(({ startsAt, instructorId }) => ({
        instructor_id: instructorId ?? tenant.instructors[0],
        starts_at: startsAt,
    })),
});

export const propose = ({ tenant }: Customer, id: string, wish: Wish, more: Json = {}): Json => ({
    type: 'propose',
    proposal: {
        id,
        kind: wish.kind ?? 'book',
        service_id: wish.serviceId ?? tenant.serviceId,
        instructor_id: wish.instructorId ?? tenant.instructors[0],
        starts_at: wish.startsAt,
        booking_id: wish.bookingId,
        participants: 1,
        ...more,
    },
});

export const confirm = (id: string): Json => ({ type: 'confirm', proposal_id: id });

/** Proposes, sends, hears a YES and has its turn: what comes next is the confirmation. */
export async function asked(session: Session, customer: Customer, wish: Wish): Promise<string> {
    const id = randomUUID();
    await expectDone(answer(session, customer, [propose(customer, id, wish)]));
    await deliverAll(session);
    await says(session, customer, 'yes');
    return id;
}

/** The whole way to a booking. */
export async function booked(session: Session, customer: Customer, wish: Wish): Promise<string> {
    const id = await asked(session, customer, wish);
    const { booking_ids } = await expectDone(answer(session, customer, [confirm(id)]));
    return only(booking_ids);
}

export async function expectDone(finishing: Promise<Finished>) {
    const finished = await finishing;
    if (finished.result !== 'done') throw new Error(`the turn was not finished: ${JSON.stringify(finished)}`);
    return finished;
}
