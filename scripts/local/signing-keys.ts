import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

export type Claims = JWTPayload & { role: string };

export interface SigningKeys {
    /** The public half, as served at /auth/v1/.well-known/jwks.json and given to PostgREST and the functions. */
    jwks: { keys: JWK[] };
    /** Opens the doorbell of this data directory and nothing else. */
    bellToken: string;
    sign(claims: Record<string, unknown>, lifetimeSeconds: number): Promise<string>;
    /** The claims of a token of ours that has not expired; throws otherwise. */
    verify(token: string): Promise<Claims>;
}

interface KeyFile {
    privateKey: JWK;
    publicKey: JWK;
    bellToken: string;
}

/**
 * The ES256 key pair of a data directory, made at the first start and kept, so that sessions outlive a restart.
 * Asymmetric because that is what new Supabase projects use and `@supabase/server` insists on.
 */
export async function loadSigningKeys(platformDir: string): Promise<SigningKeys> {
    const path = `${platformDir}/keys.json`;
    const file = existsSync(path)
        ? (JSON.parse(readFileSync(path, 'utf8')) as KeyFile)
        : await makeKeys(path);
    const privateKey = await importJWK(file.privateKey, 'ES256');
    const publicKey = await importJWK(file.publicKey, 'ES256');
    return {
        jwks: { keys: [file.publicKey] },
        bellToken: file.bellToken,
        sign: (claims, lifetimeSeconds) =>
            new SignJWT(claims)
                .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: file.publicKey.kid })
                .setIssuedAt()
                .setExpirationTime(`${lifetimeSeconds} seconds`)
                .sign(privateKey),
        async verify(token) {
            const { payload } = await jwtVerify(token, publicKey, { algorithms: ['ES256'] });
            if (typeof payload.role !== 'string') {
                throw new Error('the token names no role');
            }
            return payload as Claims;
        },
    };
}

async function makeKeys(path: string): Promise<KeyFile> {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const kid = randomBytes(8).toString('hex');
    const about = { kid, alg: 'ES256', use: 'sig' };
    const file: KeyFile = {
        privateKey: { ...(await exportJWK(pair.privateKey)), ...about },
        publicKey: { ...(await exportJWK(pair.publicKey)), ...about, key_ops: ['verify'] },
        bellToken: randomBytes(24).toString('base64url'),
    };
    writeFileSync(`${path}.new`, JSON.stringify(file), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return file;
}
