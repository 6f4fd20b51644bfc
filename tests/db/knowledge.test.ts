import { beforeAll, describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import { newPerson, newTenant, type Tenant } from './support/tenant.ts';
import { anonymous, refusal, trying, type Voice } from './support/voices.ts';

// What a business has written down: everybody of it reads, owner and manager write, and nobody else does either.

const db = ownDatabase();
let tenant: Tenant;
let other: Tenant;
let stranger: Voice;

beforeAll(async () => {
    tenant = await newTenant(db);
    other = await newTenant(db);
    stranger = await newPerson(db);
    await db.sql(
        `insert into public.knowledge (business_id, question, answer, position, active)
         values ($1, 'Second?', 'Yes.', 2, true), ($1, 'First?', 'Yes.', 1, true), ($1, 'Old?', 'No.', 0, false),
                ($2, 'Theirs?', 'canary-of-another-business', 0, true)`,
        [tenant.businessId, other.businessId],
    );
});

describe('knowledge', () => {
    const write = (businessId: string) =>
        db.sql(`insert into public.knowledge (business_id, question, answer) values ($1, 'Q?', 'A.')`, [
            businessId,
        ]);
    const change = (businessId: string) =>
        db.sql(`update public.knowledge set answer = 'New.' where business_id = $1 returning id`, [
            businessId,
        ]);

    it('is written by owner and manager of the business alone', async () => {
        for (const voice of [tenant.owner, tenant.manager]) {
            expect(await refusal(trying(db, voice, () => write(tenant.businessId)))).toBeNull();
            expect(await refusal(trying(db, voice, () => write(other.businessId)))).toBe('42501');
            expect(await trying(db, voice, () => change(tenant.businessId))).toHaveLength(3);
            expect(await trying(db, voice, () => change(other.businessId))).toHaveLength(0);
        }
        for (const voice of [tenant.instructor, stranger, anonymous]) {
            expect(await refusal(trying(db, voice, () => write(tenant.businessId)))).toBe('42501');
        }
        expect(await trying(db, tenant.instructor, () => change(tenant.businessId))).toHaveLength(0);
    });

    it('cannot be moved to another business', async () => {
        const move = () => db.sql('update public.knowledge set business_id = $1', [other.businessId]);
        expect(await refusal(trying(db, tenant.owner, move))).toBe('42501');
    });

    it('stands in the context in its order, without what is put away and without anybody else’s', async () => {
        const [row] = await db.sql<{ known: unknown }>('select private.context_knowledge($1) as known', [
            tenant.businessId,
        ]);
        expect(row?.known).toEqual([
            { question: 'First?', answer: 'Yes.', language: null },
            { question: 'Second?', answer: 'Yes.', language: null },
        ]);
    });

    it('is held to a length that a model can read', async () => {
        const long = () =>
            db.sql(`insert into public.knowledge (business_id, question, answer) values ($1, 'Q?', $2)`, [
                tenant.businessId,
                'x'.repeat(1001),
            ]);
        expect(await refusal(trying(db, tenant.owner, long))).toBe('23514');
    });
});
