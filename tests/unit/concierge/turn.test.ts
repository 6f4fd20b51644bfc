import { describe, expect, it } from 'vitest';
import { rulesBrain } from '../../../shared/concierge/brains/rules/rules.ts';
import { composeNotice, think } from '../../../shared/concierge/turn.ts';
import { outboundContent, type TurnContext } from '../../../shared/desk/turn-types.ts';
import { Chat, silentLog } from './support/chat.ts';
import { FakeDesk } from './support/fake-desk.ts';
import { ben, booking, emptyContext, idMaker, mia } from './support/world.ts';

const chatOf = (over: Partial<TurnContext> = {}) => new Chat(rulesBrain(), new FakeDesk(over));

describe('a notice of what a person decided', () => {
    it.each([
        ['booking_confirmed' as const, /Hello Anna Keller, good news: Ben Frey has confirmed your booking/],
        ['booking_cancelled' as const, /we are sorry: Alpine Ski School had to cancel/],
    ])('%s', (type, words) => {
        const { reply, usage } = composeNotice(
            emptyContext({ event: { type, booking: booking(1), note: 'Bring gloves' } }),
        );
        outboundContent.parse(reply);
        expect(reply.text).toMatch(words);
        expect(reply.text).toMatch(/Wednesday,? 25 November 2026, 10:00–12:00, Zurich time/);
        expect(reply.text).toMatch(/AB01/);
        expect(reply.text).toMatch(/Message from us: Bring gloves/);
        expect(usage.brain).toBe('notice');
    });

    it('carries its particulars, for the days when only a template may be sent', () => {
        const event = { type: 'booking_confirmed' as const, booking: booking(1), note: null };
        const { reply } = composeNotice(emptyContext({ event }));
        expect(reply.template).toMatchObject({
            purpose: 'booking_confirmed',
            language: 'en',
            parameters: { time: '10:00', reference: 'AB01', customer_name: 'Anna Keller' },
        });
        expect(reply.template?.parameters.date).toMatch(/Wednesday,? 25 November 2026/);
        expect(Object.values(reply.template?.parameters ?? {}).every(Boolean)).toBe(true);
    });

    it('needs an event', () => {
        expect(() => composeNotice(emptyContext())).toThrow(TypeError);
    });
});

describe('a thought', () => {
    it('says who thought, and how long', async () => {
        const desk = new FakeDesk();
        desk.receive({ type: 'text', text: 'Hi' });
        let clock = 1000;
        const turn = await think(
            { context: desk.context(), attempt: 1 },
            {
                desk,
                brain: rulesBrain(),
                now: () => {
                    clock += 25;
                    return new Date(clock);
                },
                newId: idMaker(),
                log: silentLog,
            },
        );
        expect(turn.usage).toEqual({
            brain: 'rules',
            model: null,
            prompt_version: null,
            input_tokens: 0,
            output_tokens: 0,
            duration_ms: 25,
        });
    });

    it('speaks English to languages it does not know yet', async () => {
        const base = emptyContext();
        const chat = chatOf({ business: { ...base.business, locale: 'pt-BR' } });
        expect((await chat.say('Hi')).text).toMatch(/Hello Anna/);
    });

    it('lives with a draft of another version', async () => {
        const base = emptyContext();
        const chat = chatOf({ conversation: { ...base.conversation, draft: { part: 7, old: [] } } });
        expect((await chat.say('ski lesson tomorrow at 10')).turn.actions).toHaveLength(1);
    });
});

describe('when the turn is not taken', () => {
    /** Does it between the first thought and its commit. */
    const once = (chat: Chat, happens: () => void) => {
        let done = false;
        chat.meanwhile = () => {
            if (!done) happens();
            done = true;
        };
    };

    it('reads again what was written meanwhile', async () => {
        const chat = chatOf();
        once(chat, () => chat.desk.receive({ type: 'text', text: 'no, at 11' }));
        const said = await chat.say('ski lesson tomorrow at 10');
        expect(said.text).toMatch(/11:00–13:00/);
        expect(chat.attempts).toBe(2);
    });

    it('offers other times when one that was to be held is gone', async () => {
        const chat = chatOf();
        once(chat, () => chat.desk.takeElsewhere(ben.id, '2026-11-21', '09:00', '11:00'));
        const said = await chat.say('ski lesson tomorrow with Ben');
        expect(said.taps[0]).toMatch(/11:00/);
    });

    it('asks for another time rather than chase a third one', async () => {
        const chat = chatOf();
        chat.meanwhile = () => {
            const slots = chat.desk.context();
            for (const { id } of [ben, mia]) {
                const hour = 9 + 2 * (chat.attempts - 1);
                chat.desk.takeElsewhere(
                    id,
                    '2026-11-21',
                    `${String(hour).padStart(2, '0')}:00`,
                    `${hour + 2}:00`,
                );
            }
            expect(slots.now).toBeDefined();
        };
        const said = await chat.say('ski lesson tomorrow');
        expect(said.text).toMatch(/going faster than I can hold them/);
        expect(said.turn.actions).toEqual([]);
        expect(chat.attempts).toBe(3);
    });

    it.each([
        ['no_live_proposal', /expired[\s\S]*Shall I book this/],
        ['D0006', /once more[\s\S]*Shall I book this/],
        ['slot_not_offered', /no longer free/],
        ['something_else', /did not work, and nothing has changed/],
    ])('is honest about a YES that was refused: %s', async (code, words) => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        chat.desk.receive({ type: 'text', text: 'yes' });
        const turn = await think(
            { context: chat.desk.context(), attempt: 2, hint: { result: 'refused', code } },
            { desk: chat.desk, brain: chat.brain, now: () => new Date(), newId: chat.newId, log: silentLog },
        );
        expect(turn.reply?.text).toMatch(words);
        expect(turn.actions.some(({ type }) => type === 'confirm')).toBe(false);
    });

    it('is honest about a booking that cannot be moved any more', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        await chat.say('move it to 3pm');
        once(chat, () => {
            for (const given of chat.desk.state.proposals) given.status = 'accepted';
        });
        chat.desk.receive({ type: 'text', text: 'yes' });
        const context = chat.desk.context();
        const turn = await think(
            { context, attempt: 2, hint: { result: 'refused', code: 'D0007' } },
            { desk: chat.desk, brain: chat.brain, now: () => new Date(), newId: chat.newId, log: silentLog },
        );
        expect(turn.reply?.text).toMatch(/cannot be changed any more[\s\S]*You have booked/);
        expect(turn.actions).toMatchObject([{ type: 'decline' }]);
    });
});

describe('whatever customers write, in whatever order', () => {
    const phrases = [
        'Hi',
        'yes',
        'no',
        'ok',
        'ski lesson',
        'snowboard',
        'tomorrow',
        'tomorrow at 10',
        'at 3',
        'sunday',
        'cancel',
        'cancel my booking',
        'move it to friday 2pm',
        'what have I booked',
        'prices',
        'the first one',
        'the second',
        'later',
        'other times',
        'for 3 people',
        'with Mia',
        'with Ben',
        'my name is Bob',
        'thanks',
        'bye',
        '10',
        '28',
        'next week',
        'after 2pm',
        'in the morning',
        'none of these',
        'another day',
        'yes but at 11',
        'where?',
        'are you open?',
        'help',
        'asdf',
        '👍',
        'on the 28th',
        '3/4',
        'yesterday',
        'as soon as possible',
        'keep it',
        'never mind',
        '?',
        'change it',
    ];

    it('books only what was proposed and then agreed to, and never says more than it did', async () => {
        let seed = 42;
        const next = (below: number) => {
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            return seed % below;
        };
        for (let round = 0; round < 40; round += 1) {
            const chat = chatOf(round % 3 === 0 ? { upcoming_bookings: [booking(1)] } : {});
            let before = JSON.stringify(chat.bookings);
            for (let step = 0; step < 12; step += 1) {
                const open = chat.desk.context().proposal;
                const options = chat.desk.state.messages.length > 0 && next(4) === 0;
                if (next(12) === 0) chat.desk.pass(20);
                const words = phrases[next(phrases.length)] ?? '';
                const said = options
                    ? await chat.tap(/./).catch(() => chat.say(words))
                    : await chat.say(words, ...(next(6) === 0 ? [phrases[next(phrases.length)] ?? ''] : []));
                const confirmed = said.turn.actions.some(({ type }) => type === 'confirm');
                const now = JSON.stringify(chat.bookings);
                expect(now !== before).toBe(confirmed);
                if (confirmed) expect(open).not.toBeNull();
                if (!confirmed)
                    expect(said.text).not.toMatch(
                        /is booked for you|has moved:|is cancelled:|booked and confirmed/,
                    );
                before = now;
                if (chat.desk.state.conversation.mode === 'human') break;
            }
        }
    }, 30_000);
});
