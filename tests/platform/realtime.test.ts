import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { anonymous, eventually, type Person, someone, sql } from './clients.ts';

const { gatewayUrl, secretKey } = inject('platform');
let member: Person;
let stranger: Person;
const topicOf = (person: Person) => `contract:${person.id}`;

beforeAll(async () => {
    [member, stranger] = await Promise.all([someone(), someone()]);
    await sql(`
        create policy contract_hears on realtime.messages for select to authenticated
            using ((select realtime.topic()) = 'contract:' || (select auth.uid())::text);
        create policy contract_speaks on realtime.messages for insert to authenticated
            with check ((select realtime.topic()) = 'contract:' || (select auth.uid())::text);
        create schema contract_realtime;
        create table contract_realtime.notes (
            id int primary key, owner uuid not null, text text, secret text, seen_at timestamptz
        );
        alter table contract_realtime.notes enable row level security;
        create policy own on contract_realtime.notes for select to authenticated
            using (owner = (select auth.uid()));
        grant usage on schema contract_realtime to authenticated;
        grant select (id, owner, text, seen_at) on contract_realtime.notes to authenticated;
        alter publication supabase_realtime add table contract_realtime.notes;
    `);
});

afterEach(async () => {
    await Promise.all([member, stranger].map(({ client }) => client.removeAllChannels()));
});

afterAll(() =>
    sql(`
        drop policy contract_hears on realtime.messages;
        drop policy contract_speaks on realtime.messages;
        drop schema contract_realtime cascade;
    `),
);

/** Joins and says how that went: SUBSCRIBED, or CHANNEL_ERROR with the server's reason. */
function joined(channel: RealtimeChannel): Promise<string> {
    return new Promise((resolve) => {
        channel.subscribe((status, error) => resolve(error ? `${status}: ${error.message}` : status));
    });
}

async function privateChannel(client: SupabaseClient, topic: string) {
    const heard: { event: string; payload: unknown }[] = [];
    const channel = client
        .channel(topic, { config: { private: true } })
        .on('broadcast', { event: '*' }, ({ event, payload }) => heard.push({ event, payload }));
    return { channel, heard, status: await joined(channel) };
}

describe('a private broadcast', () => {
    it('sent by the database reaches a subscriber after commit', async () => {
        const { heard, status } = await privateChannel(member.client, topicOf(member));
        expect(status).toBe('SUBSCRIBED');
        const lost = `select realtime.send('{"n": 1}', 'messages', '${topicOf(member)}')`;
        await sql(`begin; ${lost}; rollback`);
        await sql("select realtime.send($1, 'messages', $2, true)", [{ n: 2 }, topicOf(member)]);
        await eventually(async () => (heard.length > 0 ? true : undefined));
        expect(heard).toEqual([{ event: 'messages', payload: { id: expect.any(String), n: 2 } }]);
    });

    it('is refused to a stranger and to a visitor who is not signed in', async () => {
        for (const client of [stranger.client, anonymous()]) {
            const { status, heard } = await privateChannel(client, topicOf(member));
            expect(status).toContain('Unauthorized');
            await client.removeAllChannels();
            expect(heard).toEqual([]);
        }
    });

    it('does not reach a public channel of the same name', async () => {
        const heard: unknown[] = [];
        const outside = stranger.client
            .channel(topicOf(member))
            .on('broadcast', { event: '*' }, (m) => heard.push(m));
        expect(await joined(outside)).toBe('SUBSCRIBED');
        const inside = await privateChannel(member.client, topicOf(member));
        await sql("select realtime.send('{}', 'messages', $1, true)", [topicOf(member)]);
        await eventually(async () => (inside.heard.length > 0 ? true : undefined));
        expect(heard).toEqual([]);
    });

    it('sent by a client reaches the others, and over HTTP too', async () => {
        const other = anonymous();
        await other.auth.signInWithPassword({ email: member.email, password: member.password });
        const { heard } = await privateChannel(member.client, topicOf(member));
        const speaker = await privateChannel(other, topicOf(member));
        await speaker.channel.send({ type: 'broadcast', event: 'typing', payload: { who: 'me' } });
        await eventually(async () => (heard.length > 0 ? true : undefined));
        await fetch(`${gatewayUrl}/realtime/v1/api/broadcast`, {
            method: 'POST',
            headers: { apikey: secretKey, 'content-type': 'application/json' },
            body: JSON.stringify({
                messages: [{ topic: topicOf(member), event: 'http', payload: { n: 3 }, private: true }],
            }),
        });
        await eventually(async () => (heard.length > 1 ? true : undefined));
        expect(heard.map(({ event }) => event)).toEqual(['typing', 'http']);
        expect(speaker.heard.map(({ event }) => event)).toEqual(['http']);
        await other.removeAllChannels();
    });
});

describe('postgres_changes', () => {
    async function changesFor(person: Person, filter?: string) {
        const changes: { eventType: string; new: object; old: object }[] = [];
        const about = { event: '*', schema: 'contract_realtime', table: 'notes', filter } as const;
        const channel = person.client
            .channel(`changes-${filter ?? 'all'}`)
            .on('postgres_changes', about, (change) => changes.push(change));
        expect(await joined(channel)).toBe('SUBSCRIBED');
        return changes;
    }

    it('reach those whom row-level security lets see the row, and carry only columns they may read', async () => {
        const [mine, theirs] = [await changesFor(member), await changesFor(stranger)];
        await sql(
            "insert into contract_realtime.notes values (1, $1, 'hello', 'hidden', '2026-11-20T10:00:00Z')",
            [member.id],
        );
        await sql("update contract_realtime.notes set text = 'bye' where id = 1");
        await sql('insert into contract_realtime.notes values (2, $1)', [stranger.id]);
        await eventually(async () => (mine.length >= 2 && theirs.length >= 1 ? true : undefined));
        expect(mine.map(({ eventType }) => eventType)).toEqual(['INSERT', 'UPDATE']);
        expect(mine[0]?.new).toEqual({
            id: 1,
            owner: member.id,
            text: 'hello',
            seen_at: '2026-11-20T10:00:00+00:00',
        });
        expect(mine[1]).toMatchObject({ new: { text: 'bye' }, old: { id: 1 } });
        expect(theirs.map(({ new: row }) => row)).toMatchObject([{ id: 2 }]);
    });

    it('tell of a delete by its key alone', async () => {
        await sql('insert into contract_realtime.notes values (3, $1)', [member.id]);
        const changes = await changesFor(member);
        await sql('delete from contract_realtime.notes where id = 3');
        await eventually(async () => (changes.length > 0 ? true : undefined));
        expect(changes[0]).toMatchObject({ eventType: 'DELETE', old: { id: 3 } });
    });

    it('keep to the filter', async () => {
        const changes = await changesFor(member, 'id=gt.10');
        await sql('insert into contract_realtime.notes values (10, $1), (11, $1)', [member.id]);
        await eventually(async () => (changes.length > 0 ? true : undefined));
        expect(changes.map(({ new: row }) => row)).toMatchObject([{ id: 11 }]);
    });
});
