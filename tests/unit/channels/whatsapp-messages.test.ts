import { describe, expect, it } from 'vitest';
import { account, ana, fixture, from, only, parse, text, webhook } from './webhooks.ts';

const contentOf = (message: Record<string, unknown>) => {
    const event = only(parse(webhook([{ ...from, id: 'wamid.M', ...message }])));
    return event && 'content' in event ? event.content : undefined;
};

describe('a message', () => {
    it('carries account, ids, time and who wrote it', () => {
        expect(only(fixture('text'))).toEqual({
            kind: 'message',
            account,
            provider_id: 'wamid.FIXTURE.TEXT',
            provider_at: new Date(1795160000 * 1000).toISOString(),
            sender: { user_id: expect.stringMatching(/^CH\./), phone: '+41790000001', name: 'Ana Lima' },
            content: {
                type: 'text',
                text: 'Hi, a ski lesson tomorrow at 10? A café before would be nice 🙂',
            },
        });
    });

    it('names what it answers, and not what it forwards', () => {
        const reply = only(parse(webhook([{ ...text('yes'), context: { from: '4121', id: 'wamid.X' } }])));
        expect(reply).toMatchObject({ reply_to: 'wamid.X' });
        expect(only(parse(webhook([{ ...text('look'), context: { forwarded: true } }])))).not.toHaveProperty(
            'reply_to',
        );
    });

    it.each([
        ['button-reply', { type: 'choice', id: expect.any(String), text: expect.any(String) }],
        ['list-reply', { type: 'choice', id: expect.any(String), text: expect.any(String) }],
        ['template-button', { type: 'choice', id: expect.any(String), text: expect.any(String) }],
        [
            'image',
            {
                type: 'image',
                media: expect.objectContaining({ id: expect.any(String), mime_type: 'image/jpeg' }),
            },
        ],
        ['document', { type: 'document', media: expect.objectContaining({ filename: expect.any(String) }) }],
        ['voice', { type: 'audio', media: expect.objectContaining({ voice: true }) }],
        [
            'location',
            { type: 'location', location: expect.objectContaining({ latitude: expect.any(Number) }) },
        ],
        [
            'contacts',
            {
                type: 'contacts',
                contacts: [expect.objectContaining({ phones: [expect.stringMatching(/^\+/)] })],
            },
        ],
        ['contacts-own', { type: 'contacts', contacts: [expect.objectContaining({ own: true })] }],
        ['order', { type: 'order', detail: expect.stringContaining(' x ') }],
        ['unsupported', { type: 'unsupported', detail: 'poll_creation' }],
    ])('of fixture %s is read as what it is', (name, content) => {
        expect(only(fixture(name))).toMatchObject({ kind: 'message', content });
    });

    it.each([
        [
            { type: 'video', video: { id: '9', mime_type: 'video/mp4', caption: 'me' } },
            { type: 'video', media: { id: '9', mime_type: 'video/mp4', caption: 'me' } },
        ],
        [
            { type: 'sticker', sticker: { id: '9', mime_type: 'image/webp', sha256: 'x', animated: true } },
            { type: 'sticker', media: { id: '9', mime_type: 'image/webp' } },
        ],
        [
            { type: 'button', button: { text: 'Confirm' } },
            { type: 'choice', id: 'Confirm', text: 'Confirm' },
        ],
        [
            { type: 'unsupported', errors: [{ code: 131051 }] },
            { type: 'unsupported', detail: 'unknown' },
        ],
        [
            {
                type: 'contacts',
                contacts: [{ phones: [{ wa_id: '4179' }, {}] }, { name: {}, phones: 'none' }],
            },
            { type: 'contacts', contacts: [{ phones: ['+4179'] }, { phones: [] }] },
        ],
        [
            { type: 'order', order: { catalog_id: '1' } },
            { type: 'order', detail: '' },
        ],
    ])('%j becomes %j', (message, content) => {
        expect(contentOf(message)).toEqual(content);
    });

    it('that is not as documented is answered as unsupported and kept raw', () => {
        const flow = {
            type: 'interactive',
            interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{"a":1}' } },
        };
        for (const body of [
            flow,
            { type: 'text' },
            { type: 'hologram', hologram: {} },
            { type: 'toString' },
        ]) {
            const raw = { ...from, id: 'wamid.M', ...body };
            expect(parse(webhook([raw]))).toEqual([
                expect.objectContaining({
                    kind: 'message',
                    provider_id: 'wamid.M',
                    content: { type: 'unsupported', detail: 'unknown' },
                }),
                { kind: 'unknown', account, reason: 'unknown_content', body: raw },
            ]);
        }
    });

    it('of a group is kept and not answered', () => {
        expect(only(parse(webhook([{ ...text('hi all'), group_id: 'g1' }])))).toMatchObject({
            kind: 'unknown',
            reason: 'group_message',
        });
    });
});

describe('the sender', () => {
    const senderOf = (message: Record<string, unknown>, contacts: unknown) => {
        const event = only(
            parse(
                webhook(
                    [
                        {
                            id: 'wamid.M',
                            timestamp: '1795160000',
                            type: 'text',
                            text: { body: 'x' },
                            ...message,
                        },
                    ],
                    { contacts },
                ),
            ),
        );
        return event && 'sender' in event ? event.sender : event;
    };
    const bea = { profile: { username: 'bea' }, user_id: 'BR.2' };

    it('may have no phone at all', () => {
        expect(only(fixture('bsuid-only'))).toMatchObject({
            sender: { user_id: expect.stringMatching(/^BR\./) },
        });
        expect(only(fixture('bsuid-only'))).not.toHaveProperty('sender.phone');
    });

    it('is matched to its contact by user id first, then by phone', () => {
        const sameDigits = { profile: { name: 'Wrong' }, wa_id: '41790000001', user_id: 'CH.other' };
        expect(senderOf({ from: '41790000001', from_user_id: 'BR.2' }, [sameDigits, bea])).toEqual({
            user_id: 'BR.2',
            phone: '+41790000001',
            username: 'bea',
        });
        expect(senderOf({ from: '41790000001' }, [bea, ana])).toEqual({
            user_id: 'CH.4f9K27aa10Lm',
            phone: '+41790000001',
            name: 'Ana Lima',
        });
    });

    it('is the only contact when neither fits: some countries write the phone in two ways', () => {
        expect(senderOf({ from: '5511999990000' }, [{ ...ana, wa_id: '551199990000' }])).toEqual({
            user_id: ana.user_id,
            phone: '+5511999990000',
            name: 'Ana Lima',
        });
        expect(senderOf({}, [ana])).toMatchObject({ user_id: ana.user_id, phone: '+41790000001' });
    });

    it('is never guessed among several contacts, nor when the only contact is somebody else', () => {
        expect(senderOf({ from: '5511999990000' }, [ana, bea])).toEqual({ phone: '+5511999990000' });
        expect(senderOf({ from_user_id: 'BR.9' }, [ana])).toEqual({ user_id: 'BR.9' });
        expect(senderOf({}, [ana, bea])).toMatchObject({ kind: 'unknown', reason: 'no_sender' });
    });

    it('survives contacts that are not as documented', () => {
        for (const contacts of [undefined, null, 'x', [null, 7, { profile: 'x' }]]) {
            expect(senderOf({ from: '41790000001' }, contacts)).toEqual({ phone: '+41790000001' });
        }
        expect(senderOf({ from: 41790000001, from_user_id: 'BR.9' }, [])).toEqual({ user_id: 'BR.9' });
    });
});
