import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DeskError } from '../../shared/errors.ts';
import { answer, bench, job, never, type Think } from './reply-bench.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('when thinking fails', () => {
    const stumble: Think = async () => {
        throw new TypeError('cannot read undefined');
    };

    it('tries once more later, as one may stumble', async () => {
        const { work, finished } = bench(server, { think: stumble });
        await expect(work.handle(job, never)).rejects.toThrow('cannot read undefined');
        expect(finished()).toEqual([]);
    });

    it('apologises at the second try, so that the customer is not left without an answer', async () => {
        const { work, finished, lines } = bench(server, { think: stumble });
        await work.handle({ ...job, attempt: 2 }, never);
        expect(finished()).toMatchObject([{ p_actions: [{ type: 'hand_off', reason: 'thinking_failed' }] }]);
        expect(lines).toContainEqual(expect.objectContaining({ event: 'thinking failed', level: 'error' }));
    });

    it('does not apologise for the database: it comes back', async () => {
        const { work } = bench(server, {
            think: async () => {
                throw new DeskError('database_unreachable', 503, 'away');
            },
        });
        await expect(work.handle({ ...job, attempt: 3 }, never)).rejects.toMatchObject({
            code: 'database_unreachable',
        });
    });

    it('apologises for a database that refuses to answer a question, as that does not pass', async () => {
        const { work, finished } = bench(server, {
            think: async () => {
                throw new DeskError('database_error', 500, 'refused');
            },
        });
        await work.handle({ ...job, attempt: 2 }, never);
        expect(finished()).toHaveLength(1);
    });

    it('does not wait for ever, even for somebody who does not listen', async () => {
        const { work, clock, thoughts } = bench(server, { think: () => new Promise(() => undefined) });
        const handled = expect(work.handle(job, never)).rejects.toThrow('took too long');
        await expect.poll(() => thoughts.length).toBe(1);
        await clock.pass(45_000);
        await handled;
    });

    it('stops at once when the lease is lost, and commits nothing', async () => {
        const lost = new AbortController();
        const { work, finished, thoughts } = bench(server, { think: () => new Promise(() => undefined) });
        const handled = work.handle(job, lost.signal);
        const outcome = expect(handled).rejects.toMatchObject({ code: 'lease_lost' });
        await expect.poll(() => thoughts.length).toBe(1);
        lost.abort(new DeskError('lease_lost', 409, 'gone'));
        await outcome;
        expect(finished()).toEqual([]);
    });

    it('commits nothing when the lease is lost just as the thought is ready', async () => {
        const lost = new AbortController();
        const { work, finished } = bench(server, {
            think: async () => {
                lost.abort(new DeskError('lease_lost', 409, 'gone'));
                return answer;
            },
        });
        await expect(work.handle(job, lost.signal)).rejects.toMatchObject({ code: 'lease_lost' });
        expect(finished()).toEqual([]);
    });
});
