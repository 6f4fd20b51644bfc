import { describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import { newCustomer } from './support/story.ts';
import { newTenant } from './support/tenant.ts';
import { rolledBack } from './support/voices.ts';

// The way back from a person to the desk, when nobody has written for the time that was set.

const db = ownDatabase();

/** A conversation with a person, silent for that many minutes, and whom it is with after the minute's round. */
async function afterSilence(
    silentMin: number,
    given: { returnsAfterMin: number | null; reason?: string; mode?: string },
) {
    const tenant = await newTenant(db);
    await newCustomer(db, tenant);
    return rolledBack(db, async () => {
        await db.sql('update public.businesses set ai_returns_after_min = $2 where id = $1', [
            tenant.businessId,
            given.returnsAfterMin,
        ]);
        await db.sql(
            `update public.conversations set mode = $2, handoff_reason = $3 where business_id = $1`,
            [tenant.businessId, given.mode ?? 'human', given.reason ?? 'asked_for_a_person'],
        );
        await db.sql(
            `update public.conversations
             set handed_over_at = now() - make_interval(mins => $2), last_message_at = now() - make_interval(mins => $2)
             where business_id = $1`,
            [tenant.businessId, silentMin],
        );
        await db.sql('select private.return_to_the_desk()');
        const [row] = await db.sql<{ mode: string }>(
            'select mode from public.conversations where business_id = $1',
            [tenant.businessId],
        );
        return row?.mode;
    });
}

describe('a conversation with a person', () => {
    it('comes back to the desk after the set silence, and not before', async () => {
        expect(await afterSilence(61, { returnsAfterMin: 60 })).toBe('ai');
        expect(await afterSilence(59, { returnsAfterMin: 60 })).toBe('human');
    });

    it('stays with the person when no time is set', async () => {
        expect(await afterSilence(10_000, { returnsAfterMin: null })).toBe('human');
    });

    it('stays with the person after an emergency, and silent when it was paused', async () => {
        expect(await afterSilence(10_000, { returnsAfterMin: 60, reason: 'emergency' })).toBe('human');
        expect(await afterSilence(10_000, { returnsAfterMin: 60, mode: 'paused' })).toBe('paused');
    });
});
