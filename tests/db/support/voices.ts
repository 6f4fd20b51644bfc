import type { Session } from './database.ts';

/** Who may speak to the Data API: a signed-in person, somebody with the public key, or a function. */
export type Voice =
    | { role: 'authenticated'; userId: string }
    | { role: 'anon' | 'service_role'; userId?: undefined };

export const anonymous: Voice = { role: 'anon' };
export const service: Voice = { role: 'service_role' };

/** Does something as a voice, as PostgREST would, in a transaction that is committed. */
export function as<T>(session: Session, voice: Voice, work: (session: Session) => Promise<T>): Promise<T> {
    return inTransaction(session, 'commit', async () => {
        await become(session, voice);
        return work(session);
    });
}

/** The same in a transaction that is rolled back: nothing it did is left. */
export function trying<T>(
    session: Session,
    voice: Voice,
    work: (session: Session) => Promise<T>,
): Promise<T> {
    return inTransaction(session, 'rollback', async () => {
        await become(session, voice);
        return work(session);
    });
}

/** Runs work as postgres in a transaction that is rolled back. */
export function rolledBack<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T> {
    return inTransaction(session, 'rollback', () => work(session));
}

async function become(session: Session, { role, userId }: Voice): Promise<void> {
    const claims = JSON.stringify({ role, ...(userId && { sub: userId }) });
    await session.sql(`select set_config('request.jwt.claims', $1, true)`, [claims]);
    await session.sql(`set local role ${role}`);
}

async function inTransaction<T>(
    session: Session,
    end: 'commit' | 'rollback',
    work: () => Promise<T>,
): Promise<T> {
    await session.sql('begin');
    try {
        const result = await work();
        await session.sql(end);
        return result;
    } catch (error) {
        await session.sql('rollback');
        throw error;
    }
}

/** The SQLSTATE that some work is refused with, or null when it is not. */
export async function refusal(work: Promise<unknown>): Promise<string | null> {
    try {
        await work;
        return null;
    } catch (error) {
        const code = (error as { code?: unknown }).code;
        if (typeof code !== 'string') throw error;
        return code;
    }
}
