import { describe, expect, it } from 'vitest';
import { readChoice } from '../../../shared/concierge/choices.ts';
import { composeReply, cut } from '../../../shared/concierge/reply.ts';
import type { Spoken } from '../../../shared/concierge/staged.ts';
import { openTurn } from '../../../shared/concierge/turn-state.ts';
import { contentLimits, type FreeSlot } from '../../../shared/desk/turn-types.ts';
import { checkTurn, optionsOf, silentLog } from './support/chat.ts';
import { FakeDesk } from './support/fake-desk.ts';
import { ben, booking, customerId, emptyContext, idMaker, now, privateLesson } from './support/world.ts';

const turnOf = () =>
    openTurn(
        { context: emptyContext(), attempt: 1 },
        { desk: new FakeDesk(), now: () => now, newId: idMaker(), log: silentLog },
    );
const slots = (count: number): FreeSlot[] =>
    Array.from({ length: count }, (_, hour) => ({
        instructor_id: ben.id,
        instructor_name: ben.name,
        starts_at: `2026-11-21T${String(8 + hour).padStart(2, '0')}:00:00+00:00`,
        ends_at: `2026-11-21T${String(10 + hour).padStart(2, '0')}:00:00+00:00`,
        local_date: '2026-11-21',
        local_time: `${String(9 + hour).padStart(2, '0')}:00:00`,
        price_minor: 18_000,
        currency: 'CHF',
    }));
const spoken: Spoken = {
    occasion: 'propose_booking',
    facts: {
        service: privateLesson.name,
        instructor: ben.name,
        starts_at: '2026-11-21T09:00:00+00:00',
        ends_at: '2026-11-21T11:00:00+00:00',
        price_minor: 18_000,
        currency: 'CHF',
    },
};
const composed = (lead: string, turn: ReturnType<typeof turnOf>) => {
    const reply = composeReply(lead, turn);
    const state = { stage: 'idle' as const, draft: {} };
    checkTurn({ reply, actions: [], state, usage: { brain: 'test', model: null, prompt_version: null } });
    if (!reply) throw new Error('no reply');
    return reply;
};

describe('the one bubble of a turn', () => {
    it('is plain text when nothing can be tapped, and nothing when nothing is said', () => {
        expect(composeReply(' Hello! ', turnOf())).toEqual({ type: 'text', text: 'Hello!' });
        expect(composeReply('  ', turnOf())).toBeNull();
    });

    it('shows up to three times as buttons, each told in a line', () => {
        const turn = turnOf();
        turn.staged.offer(privateLesson, slots(3));
        const reply = composed('Which one?', turn);
        expect(reply.type).toBe('buttons');
        expect(reply.text).toMatch(/Which one\?\n\n• Saturday 21 November, 09:00 with Ben Frey\n•/);
        expect(optionsOf(reply).map(({ id }) => readChoice(id)?.kind)).toEqual(['slot', 'slot', 'slot']);
    });

    it('shows more times as a list', () => {
        const turn = turnOf();
        turn.staged.offer(privateLesson, slots(8));
        const reply = composed('', turn);
        expect(reply).toMatchObject({
            type: 'list',
            button: 'Choose a time',
            text: expect.stringMatching(/are free/),
        });
        expect(optionsOf(reply)).toHaveLength(8);
        expect(optionsOf(reply)[0]).toMatchObject({ description: 'with Ben Frey, 2 h, CHF 180' });
    });

    it('never shows more than a list can carry', () => {
        const turn = turnOf();
        turn.staged.attached = {
            kind: 'bookings',
            bookings: Array.from({ length: 14 }, (_, number) => booking(number)),
        };
        expect(optionsOf(composed('Which one?', turn))).toHaveLength(contentLimits.rows);
    });

    it('tells bookings of one hour apart', () => {
        const turn = turnOf();
        turn.staged.attached = { kind: 'bookings', bookings: [booking(1), booking(2), booking(3)] };
        const titles = optionsOf(composed('Which one?', turn)).map(({ title }) => title);
        expect(titles).toEqual(['Wed 25 Nov 10:00', 'Wed 25 Nov 10:00 (2)', 'Wed 25 Nov 10:00 (3)']);
    });

    it('tells long names in full below their title', () => {
        const turn = turnOf();
        const name = 'Private lesson for whole families (two hours)';
        const services = [
            { ...privateLesson, name },
            { ...privateLesson, id: customerId, name: `${name} and dogs` },
        ];
        turn.staged.attached = { kind: 'services', services };
        const reply = composed('Which one?', turn);
        expect(reply.type).toBe('list');
        expect(optionsOf(reply)[0]?.description).toBe(`${name}: 2 h, CHF 180`);
    });

    it('cuts a brain short before it cuts a fact', () => {
        const turn = turnOf();
        turn.staged.propose(
            {
                id: customerId,
                kind: 'book',
                service_id: privateLesson.id,
                instructor_id: ben.id,
                starts_at: '2026-11-21T09:00:00Z',
            },
            spoken,
        );
        const reply = composed('word '.repeat(400), turn);
        expect(reply.type).toBe('buttons');
        expect(reply.text.length).toBeLessThanOrEqual(contentLimits.buttonsText);
        expect(reply.text).toMatch(/…\n\nShall I book this[\s\S]*CHF 180/);
    });

    it('shows YES and NO even under a text too long for buttons', () => {
        const turn = turnOf();
        turn.context.business = { ...turn.context.business, meeting_point: 'far '.repeat(300) };
        turn.staged.propose(
            {
                id: customerId,
                kind: 'cancel',
                service_id: privateLesson.id,
                instructor_id: ben.id,
                starts_at: '2026-11-21T09:00:00Z',
            },
            spoken,
        );
        const reply = composed('', turn);
        expect(reply).toMatchObject({ type: 'list', button: 'Answer' });
        expect(optionsOf(reply).map(({ title }) => title)).toEqual(['Yes, cancel it', 'No, keep it']);
    });

    it('cuts any text to what a message carries', () => {
        const reply = composeReply('x'.repeat(9000), turnOf());
        expect(reply?.text.length).toBeLessThanOrEqual(contentLimits.text);
    });
});

describe('cutting', () => {
    it('ends at a word and says that it ends', () => {
        expect(cut('one two three', 9)).toBe('one two…');
        expect(cut('short', 9)).toBe('short');
        expect(cut('anything', 1)).toBe('…');
        for (let limit = 1; limit < 40; limit += 1) {
            expect(cut('a few words of some length to be cut', limit).length).toBeLessThanOrEqual(limit);
        }
    });
});

describe('ids of choices', () => {
    it.each(['', 'hello', 'slot:', 'slot:a', 'slot:a:b:c', 'slot:a:b:', 'yes:', 'pay:1', ':', 'slot:a:b:-1'])(
        '"%s" is none of ours',
        (id) => {
            expect(readChoice(id)).toBeUndefined();
        },
    );
});
