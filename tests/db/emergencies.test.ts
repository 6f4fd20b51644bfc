import { describe, expect, it } from 'vitest';
import { ownDatabase } from './support/database.ts';
import { answer, newCustomer } from './support/story.ts';
import { newTenant } from './support/tenant.ts';
import { as } from './support/voices.ts';

// An emergency is told to the owner above everything else.

const db = ownDatabase();

describe('an emergency', () => {
    it('is news of the highest severity, with the customer’s words', async () => {
        const tenant = await newTenant(db);
        const customer = await newCustomer(db, tenant);
        const summary = 'EMERGENCY (medical), Ana.\nshe is not breathing';
        await answer(db, customer, [{ type: 'hand_off', reason: 'emergency', summary }]);
        const news = await as(db, tenant.owner, () =>
            db.sql('select kind, severity, payload from public.notifications where business_id = $1', [
                tenant.businessId,
            ]),
        );
        expect(news).toMatchObject([
            { kind: 'hand_off', severity: 'critical', payload: { reason: 'emergency', summary } },
        ]);
    });
});
