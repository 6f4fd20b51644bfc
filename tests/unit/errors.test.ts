import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DeskError, errorCode, fromDatabase, houseErrors } from '../../shared/errors.ts';

describe('the house errors', () => {
    it('are the ones of supabase/ERRORS.md, by SQLSTATE and name', () => {
        const page = readFileSync('supabase/ERRORS.md', 'utf8');
        const listed = [...page.matchAll(/^\|\s*`?(D\d{4})`?\s*\|\s*`?(\w+)`?\s*\|/gm)].map(
            ([, state, name]) => [state, name],
        );
        expect(listed).toEqual(Object.entries(houseErrors).map(([state, { code }]) => [state, code]));
    });

    it.each(Object.entries(houseErrors))('%s has a status and a sentence for a person', (state, error) => {
        expect(state).toMatch(/^D\d{4}$/);
        expect(error.status).toBeGreaterThanOrEqual(400);
        expect(error.message).toMatch(/^[A-Z].*\.$/);
        expect(error.message).not.toMatch(/\b(uuid|null|SQL|row|lease)\b/);
    });

    it('are told apart by SQLSTATE, and keep the words of the database as the cause', () => {
        const error = fromDatabase({ code: 'D0005', message: 'proposal 7 is expired' });
        expect(error).toBeInstanceOf(DeskError);
        expect(error).toMatchObject({ code: 'no_live_proposal', status: 409 });
        expect(error.cause).toMatchObject({ message: 'proposal 7 is expired', code: 'D0005' });
    });

    it('call an overlap of claims "slot taken"', () => {
        expect(fromDatabase({ code: '23P01', message: 'conflicting key value' }).code).toBe('slot_taken');
    });

    it.each(['', null, undefined, 'PGRST000', 'PGRST001', '08006', '57P03'])(
        'call %o a database that cannot be reached',
        (code) => {
            expect(fromDatabase({ code, message: 'TypeError: fetch failed' })).toMatchObject({
                code: 'database_unreachable',
                status: 503,
            });
        },
    );

    it.each(['42501', 'PGRST202', '23505', 'D9999'])('call %s a database error', (code) => {
        expect(fromDatabase({ code, message: 'no' })).toMatchObject({ code: 'database_error', status: 500 });
    });

    it('have a short name for logs, whatever was thrown', () => {
        expect(errorCode(fromDatabase({ code: 'D0002', message: '' }))).toBe('lease_lost');
        expect(errorCode(new TypeError('x'))).toBe('TypeError');
        expect(errorCode('x')).toBe('unknown');
    });
});
