import { describe, expect, it, vi } from 'vitest';
import { DeskError, fromDatabase } from '../../shared/errors.ts';
import { createLog, type LogFields, loggableFields } from '../../shared/log.ts';
import { scrub } from '../../shared/log-scrub.ts';
import { recordingLog } from '../support/log-lines.ts';

const phone = '+41 79 000 00 01';
const text = 'Hi, it is Ana, my code is 4711';
const secrets = {
    'a phone number': phone,
    'a phone number without spaces': '41790000001',
    'the text of a message': text,
    'a secret key': 'sb_secret_Zm9vYmFyYmF6',
    'a publishable key': 'sb_publishable_Zm9vYmFy',
    'an access token of Meta': 'EAAGm0PX4ZCpsBAKZCx0ZD',
    'a bearer token': 'Bearer abc.def-ghi',
    'an API key of OpenAI': 'sk-proj-abc_DEF-123456',
    'a JWT': 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
    'a long opaque token': 'q8Jx'.repeat(12),
    'a database password': 'postgres://postgres:hunter2secret@db.example:5432/postgres',
};

/** Whether the line still carries what it must not; the phone also in any other spelling. */
function carries(line: string, secret: string): boolean {
    const squeezed = line.replace(/[^0-9A-Za-z]/g, '');
    const needle = secret.replace(/[^0-9A-Za-z]/g, '');
    return line.includes(secret) || squeezed.includes(needle) || line.includes('hunter2secret');
}

describe('the log', () => {
    it('writes one line of JSON with time, level, event and the fields given', () => {
        const lines: string[] = [];
        const log = createLog({
            level: 'info',
            write: (line) => lines.push(line),
            now: () => new Date('2026-11-20T09:00:00Z'),
            fields: { function: 'reply' },
        });
        log.with({ job_id: 7 }).info('turn finished', { duration_ms: 12, outcome: 'done', message_id: null });
        expect(lines).toEqual([
            '{"time":"2026-11-20T09:00:00.000Z","level":"info","event":"turn finished","function":"reply","job_id":7,"duration_ms":12,"outcome":"done"}',
        ]);
    });

    it('keeps quiet below its level, and entirely when it is off', () => {
        const warn = recordingLog('warn');
        warn.log.debug('a');
        warn.log.info('b');
        warn.log.warn('c');
        warn.log.error('d', new Error('e'));
        expect(warn.lines.map(({ level, event }) => [level, event])).toEqual([
            ['warn', 'c'],
            ['error', 'd'],
        ]);
        const off = recordingLog('off');
        off.log.error('d', new Error('e'));
        expect(off.lines).toEqual([]);
    });

    it('writes to the console and nowhere else', () => {
        const spy = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
        createLog({ level: 'info' }).warn('bell refused', { reason: 'token' });
        expect(spy.mock.calls).toEqual([[expect.stringContaining('"event":"bell refused"')]]);
        spy.mockRestore();
    });

    it('tells of an error with its stack and its causes', () => {
        const { log, lines } = recordingLog();
        const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
            code: 'ECONNREFUSED',
        });
        log.error(
            'request failed',
            new DeskError('database_unreachable', 503, 'The database is away.', cause),
        );
        expect(lines[0]?.error).toMatchObject({
            name: 'DeskError',
            message: 'The database is away.',
            code: 'database_unreachable',
            stack: expect.stringContaining('log.test.ts'),
            cause: { message: 'connect ECONNREFUSED 127.0.0.1:5432', code: 'ECONNREFUSED' },
        });
    });

    it('ends with a circle of causes, and takes what is thrown without being an error', () => {
        const { log, lines } = recordingLog();
        const circle = new Error('round');
        circle.cause = circle;
        log.error('request failed', circle);
        log.error('request failed', 'just words');
        expect(lines[1]?.error).toEqual({ name: 'string', message: 'just words' });
    });
});

describe.each(Object.entries(secrets))('%s never reaches a line', (_name, secret) => {
    it('as the value of any field', () => {
        const { log, raw } = recordingLog();
        for (const field of loggableFields.filter((name) => name !== 'account')) {
            log.info('probe', { [field]: secret });
            log.info('probe', { [field]: [secret] } as LogFields);
        }
        expect(raw).toHaveLength(2 * (loggableFields.length - 1));
        const leaks = raw.filter((line) => carries(line, secret));
        expect(leaks).toEqual([]);
    });

    it('as a field that does not exist', () => {
        const { log, raw } = recordingLog();
        log.info('probe', { text: secret, phone: secret, token: secret } as LogFields);
        log.with({ content: secret } as LogFields).info('probe');
        expect(raw.filter((line) => carries(line, secret))).toEqual([]);
    });

    it('in what an error says, quotes or was caused by', () => {
        const { log, raw } = recordingLog();
        const quoting = `invalid input syntax for type json: "${secret}"`;
        log.error('probe', new Error(quoting));
        log.error('probe', new Error('outer', { cause: new Error(`could not send "${secret}" now`) }));
        log.warn('probe', {}, fromDatabase({ code: '22P02', message: quoting }));
        try {
            JSON.parse(secret);
        } catch (error) {
            log.error('probe', error);
        }
        log.error('probe', Object.assign(new Error('x'), { code: secret }));
        const leaks = raw.filter((line) => carries(line, secret));
        expect(leaks).toEqual([]);
    });
});

describe('scrubbing', () => {
    it.each([
        'Could not find the function public.receive_messages(p_events) in the schema cache',
        'connect ECONNREFUSED 127.0.0.1:54321',
        'booking 4f9c1d52-6a4f-4b7e-9d11-0f3a5b6c7d8e starts at 2026-11-20T09:00:00.000Z',
        'column "provider_at" of relation "messages" does not exist',
        'code 131047, try 3 of 4',
    ])('leaves what helps: %s', (line) => {
        expect(scrub(line)).toBe(line);
    });

    it.each([
        ['call +41 79 000 00 01 now', 'call [number] now'],
        ['41790000001', '[number]'],
        ['(079) 000-00-01', '([number]'],
        ['?access_token=abc&x=1', '?access_token=[secret]&x=1'],
    ])('%s becomes %s', (line, clean) => {
        expect(scrub(line)).toBe(clean);
    });
});
