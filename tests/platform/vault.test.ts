import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { sql } from './clients.ts';

const { env, gatewayUrl } = inject('platform');

describe('vault', () => {
    it('creates a secret, shows it decrypted by name, and changes it', async () => {
        const name = `contract-${randomUUID()}`;
        const [{ id }] = await sql('select vault.create_secret($1, $2, $3) as id', ['first', name, 'a test']);
        const read = () =>
            sql('select decrypted_secret from vault.decrypted_secrets where name = $1', [name]);
        expect(await read()).toEqual([{ decrypted_secret: 'first' }]);
        await sql('select vault.update_secret($1, $2)', [id, 'second']);
        expect(await read()).toEqual([{ decrypted_secret: 'second' }]);
        await sql('delete from vault.secrets where id = $1', [id]);
    });

    it('refuses a second secret of the same name', async () => {
        const name = `contract-${randomUUID()}`;
        await sql('select vault.create_secret($1, $2)', ['one', name]);
        await expect(sql('select vault.create_secret($1, $2)', ['two', name])).rejects.toMatchObject({
            code: '23505',
        });
        await sql('delete from vault.secrets where name = $1', [name]);
    });

    it('is closed to anon and authenticated', async () => {
        for (const role of ['anon', 'authenticated']) {
            const attempt = sql(`begin; set local role ${role}; select * from vault.decrypted_secrets`);
            await expect(attempt).rejects.toMatchObject({ code: '42501' });
        }
    });

    it('holds what config.toml names, written there by the CLI', async () => {
        const rows = await sql(
            "select name, decrypted_secret from vault.decrypted_secrets where name in ('functions_url', 'bell_token')",
        );
        expect(
            Object.fromEntries(rows.map(({ name, decrypted_secret }) => [name, decrypted_secret])),
        ).toEqual({
            functions_url: `${gatewayUrl}/functions/v1`,
            bell_token: env.FROSTDESK_BELL_TOKEN,
        });
    });
});
