import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UnreadableBody } from '../../../shared/channels/channel.ts';
import { parseWebhook } from '../../../shared/channels/whatsapp/parse.ts';
import { account, ana, fixture, from, only, parse, text, webhook } from './webhooks.ts';

describe('what is said about earlier messages', () => {
    it('a reaction names its target; an empty one takes it back', () => {
        expect(only(fixture('reaction'))).toMatchObject({
            kind: 'reaction',
            target: expect.any(String),
            emoji: expect.any(String),
        });
        expect(only(fixture('reaction-removed'))).toMatchObject({ kind: 'reaction', emoji: null });
        expect(
            only(
                parse(
                    webhook([
                        {
                            ...from,
                            id: 'r',
                            type: 'reaction',
                            reaction: { message_id: 'wamid.X', emoji: '' },
                        },
                    ]),
                ),
            ),
        ).toMatchObject({ emoji: null });
    });

    it('an edit carries the new content, a revoke only its target', () => {
        expect(only(fixture('edit'))).toMatchObject({
            kind: 'edit',
            target: expect.any(String),
            content: { type: 'text' },
        });
        expect(only(fixture('revoke'))).toMatchObject({ kind: 'revoke', target: expect.any(String) });
    });

    it.each([
        { type: 'reaction', reaction: {} },
        { type: 'edit', edit: { original_message_id: 'x', message: { type: 'hologram' } } },
        { type: 'edit' },
        { type: 'revoke', revoke: {} },
    ])('%j is answered as unsupported and kept raw', (body) => {
        expect(parse(webhook([{ ...from, id: 'wamid.M', ...body }])).map(({ kind }) => kind)).toEqual([
            'message',
            'unknown',
        ]);
    });
});

describe('a change of identity', () => {
    it('of the number links the new ids to the old ones', () => {
        expect(only(fixture('system-number-change'))).toMatchObject({
            kind: 'identity',
            account,
            sender: { user_id: expect.stringMatching(/^CH\./), phone: '+41790000001' },
            previous: { user_id: expect.stringMatching(/^CH\./), phone: '+41790000001' },
            new: { user_id: expect.stringMatching(/^CH\./), phone: '+41790000009' },
        });
    });

    it('of the user id alone needs no phone', () => {
        expect(only(fixture('system-user-id-change'))).toMatchObject({
            kind: 'identity',
            previous: { user_id: expect.stringMatching(/^BR\./) },
            new: { user_id: expect.stringMatching(/^BR\./) },
        });
    });

    it.each([
        { type: 'customer_identity_changed', user_id: 'BR.1', previous_user_id: 'BR.2' },
        { type: 'user_changed_user_id', previous_user_id: 'BR.2' },
        undefined,
    ])('that says nothing usable is kept raw: %j', (system) => {
        expect(
            only(parse(webhook([{ id: 's', timestamp: '1795160000', type: 'system', system }]))),
        ).toMatchObject({ kind: 'unknown', reason: 'system_message' });
    });
});

describe('a status', () => {
    it('names our own message id when Meta gives it back', () => {
        expect(only(fixture('status-sent'))).toMatchObject({
            kind: 'status',
            account,
            status: 'sent',
            message_id: '7c1e0d52-6a4f-4b7e-9d11-0f3a5b6c7d8e',
        });
    });

    it('of a failure tells code, title and detail', () => {
        expect(only(fixture('status-failed'))).toMatchObject({
            status: 'failed',
            error: {
                code: '131047',
                title: 'Re-engagement message',
                detail: expect.stringContaining('24 hours'),
            },
        });
    });

    it.each([
        [
            { errors: [{ code: 131000, title: 'x', message: 'words' }] },
            { error: { code: '131000', title: 'x', detail: 'words' } },
        ],
        [
            { errors: [{ code: 131042, title: 'payment' }] },
            { error: { code: '131042', title: 'payment', detail: '', alert: true } },
        ],
        [{ errors: [{ code: 1 }] }, { error: { code: '1', title: '', detail: '' } }],
        [{ errors: 'none', biz_opaque_callback_data: 'not ours' }, {}],
    ])('with %j is read as %j', (more, expected) => {
        const status = { id: 'wamid.O', status: 'failed', timestamp: 1795160000, ...more };
        const event = only(parse(webhook([], { statuses: [status] })));
        expect(event).toEqual({
            kind: 'status',
            account,
            provider_id: 'wamid.O',
            status: 'failed',
            at: '2026-11-20T07:33:20.000Z',
            ...expected,
        });
    });

    it('we do not know is kept raw', () => {
        const status = { id: 'wamid.O', status: 'deleted', timestamp: '1795160000' };
        expect(only(parse(webhook([], { statuses: [status] })))).toEqual({
            kind: 'unknown',
            account,
            reason: 'unknown_status',
            body: status,
        });
    });
});

describe('a batch', () => {
    it('is read to its end: every entry, change, message and status', () => {
        const events = fixture('batch');
        expect(events.length).toBeGreaterThan(3);
        expect(new Set(events.map(({ kind }) => kind))).toContain('status');
    });

    it('loses nothing to a bad element, wherever it stands', () => {
        const bad = [
            null,
            7,
            'x',
            {},
            { id: 'a' },
            { ...from, id: 'a', timestamp: 'soon', type: 'text' },
            { ...text('x'), timestamp: 'soon' },
            [],
        ];
        const body = webhook([text('one', 'wamid.1'), ...bad, text('two', 'wamid.2')], {
            statuses: [...bad, { id: 'wamid.O', status: 'read', timestamp: '1795160000' }],
        });
        const events = parse({
            ...body,
            entry: [
                null,
                { changes: 'x' },
                ...body.entry,
                { changes: [null, 7, { field: 'messages', value: {} }] },
            ],
        });
        expect(events.filter(({ kind }) => kind !== 'unknown')).toMatchObject([
            { provider_id: 'wamid.1' },
            { provider_id: 'wamid.2' },
            { status: 'read' },
        ]);
        const reasons = events.flatMap((event) => (event.kind === 'unknown' ? event.reason : []));
        expect(reasons.filter((reason) => reason === 'unknown_message')).toHaveLength(bad.length);
        expect(reasons.filter((reason) => reason === 'unknown_status')).toHaveLength(bad.length);
        expect(reasons).toEqual(expect.arrayContaining(['unknown_entry', 'unknown_change', 'unknown_value']));
    });

    it('of a thousand messages is read in well under a second', () => {
        const contacts = Array.from({ length: 1000 }, (_, index) => ({
            ...ana,
            wa_id: `4179${1000000 + index}`,
            user_id: `CH.${index}`,
        }));
        const messages = contacts.map(({ wa_id, user_id }, index) => ({
            ...text(`no ${index}`, `wamid.${index}`),
            from: wa_id,
            from_user_id: user_id,
        }));
        const startedAt = performance.now();
        const events = parse(webhook(messages, { contacts }));
        expect(events).toHaveLength(1000);
        expect(events[999]).toMatchObject({ sender: { user_id: 'CH.999' } });
        expect(performance.now() - startedAt).toBeLessThan(1000);
    });
});

describe('a body of unknown shape', () => {
    it.each([
        ['unknown_envelope', { object: 'page', entry: [] }],
        ['unknown_envelope', { hello: 'world' }],
        ['unknown_envelope', null],
        [
            'unhandled_field',
            {
                object: 'whatsapp_business_account',
                entry: [{ changes: [{ field: 'account_update', value: {} }] }],
            },
        ],
        ['value_errors', webhook([], { errors: [{ code: 131000 }] })],
        ['empty_value', webhook([])],
    ])('is kept raw as %s', (reason, body) => {
        expect(only(parse(body))).toMatchObject({ kind: 'unknown', reason });
    });

    it('keeps the message beside an error of the value', () => {
        const events = parse(webhook([text('hi')], { errors: [{ code: 131000 }] }));
        expect(events.map(({ kind }) => kind)).toEqual(['message', 'unknown']);
    });

    it('every fixture is read without an exception', () => {
        for (const file of readdirSync('tests/fixtures/whatsapp')) {
            expect(
                parseWebhook(readFileSync(`tests/fixtures/whatsapp/${file}`)).length,
                file,
            ).toBeGreaterThan(0);
        }
    });
});

describe('bytes', () => {
    it.each(['', 'hello', '{"object":', '\u00ff'])('that are not JSON are unreadable: %j', (body) => {
        expect(() => parse(body)).toThrow(UnreadableBody);
    });

    it('that are not UTF-8 are unreadable', () => {
        expect(() => parseWebhook(Uint8Array.from([0x22, 0xff, 0x22]))).toThrow(UnreadableBody);
    });

    it('that Postgres would refuse are cleaned: NUL and halves of surrogate pairs', () => {
        const event = only(
            parse(
                JSON.stringify(webhook([text('PLACE')])).replace(
                    'PLACE',
                    'a\\u0000b\\ud83dc\\ude42d\\ud83d\\ude42',
                ),
            ),
        );
        expect(event).toMatchObject({ content: { text: 'ab\ufffdc\ufffdd🙂' } });
    });

    it('nested too deep are cut, not followed to the end of the stack', () => {
        const event = only(parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`));
        expect(JSON.stringify(event)).toContain('[nested too deep]');
    });
});
