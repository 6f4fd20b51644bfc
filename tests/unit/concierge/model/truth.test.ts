import { describe, expect, it } from 'vitest';
import { Chat } from '../support/chat.ts';
import { FakeDesk } from '../support/fake-desk.ts';
import { find, modelAlone, propose, vendor, withRules } from '../support/model.ts';
import { booking, mia } from '../support/world.ts';

const api = vendor();

describe('a model that says more than is true', () => {
    it.each([
        'You are booked for tomorrow at 10!',
        'I have booked your lesson.',
        'Your lesson has been moved to Friday.',
        'All booked, see you on Saturday!',
        'Ihre Stunde ist gebucht.',
        "J'ai réservé votre cours.",
    ])('is told to write it again: %s', async (lie) => {
        api.model.thinks({ say: lie }, { say: 'Shall I look for a time?' });
        const said = await new Chat(modelAlone()).say('book it');
        expect(said.text).toBe('Shall I look for a time?');
        expect(JSON.stringify(api.model.requests[1]?.input)).toMatch(
            /Nothing was booked, moved or cancelled/,
        );
    });

    it.each([
        'Nothing is booked yet.',
        'Once you say yes, it is booked.',
        'Your lesson will be confirmed by Ben.',
        'Which day would suit you?',
    ])('is not troubled for the truth: %s', async (truth) => {
        api.model.thinks({ say: truth });
        expect((await new Chat(modelAlone()).say('hello')).text).toBe(truth);
    });

    it('may speak of bookings that exist', async () => {
        api.model.thinks(
            { call: 'list_bookings', args: {} },
            { say: 'You are booked for Wednesday at 10:00.' },
        );
        const desk = new FakeDesk({ upcoming_bookings: [booking(1)] });
        expect((await new Chat(modelAlone(), desk).say('my bookings?')).text).toMatch(/You are booked/);
    });

    it('may say that it has withdrawn what it withdrew', async () => {
        api.model.thinks(find, propose, { say: 'Gladly.' });
        const chat = new Chat(modelAlone());
        await chat.say('ski lesson tomorrow at 10');
        api.model.thinks(
            { call: 'cancel_booking', args: { booking: null } },
            { say: 'I have cancelled that offer.' },
        );
        expect((await chat.say('no')).text).toBe('I have cancelled that offer.');
    });

    it('is replaced by rules when it insists', async () => {
        api.model.thinks({ say: 'You are booked!' }, { say: 'Really, you are booked!' });
        const said = await new Chat(withRules()).say('ski lesson tomorrow at 10');
        expect(said.text).toMatch(/Shall I book this/);
        expect(said.turn.usage).toMatchObject({
            brain: 'rules',
            failed_brain: 'openai',
            failure: 'false_claim',
        });
    });
});

describe('the world moves while the model thinks', () => {
    it('answers all messages when the customer writes again', async () => {
        const chat = new Chat(modelAlone());
        let wrote = false;
        chat.meanwhile = () => {
            if (!wrote) chat.desk.receive({ type: 'text', text: 'for two people' });
            wrote = true;
        };
        api.model.thinks({ say: 'Which day?' }, { say: 'For two, gladly. Which day?' });
        const said = await chat.say('a ski lesson');
        expect(said.text).toMatch(/For two/);
        expect(JSON.stringify(api.model.requests[1]?.input)).toMatch(/written again[\s\S]*for two people/);
        expect(chat.desk.state.unanswered).toEqual([]);
    });

    it('is told that the time was taken', async () => {
        const chat = new Chat(modelAlone());
        let taken = false;
        chat.meanwhile = () => {
            if (!taken) chat.desk.takeElsewhere(mia.id, '2026-11-21', '09:00', '10:00');
            taken = true;
        };
        const args = { ...(find as { args: object }).args, service: 'snowboard', time: '09:00' };
        const lookup = { call: 'find_times', args };
        api.model.thinks(lookup, { say: 'Is 9:00 right?' }, lookup, { say: 'Sorry, it was just taken.' });
        const said = await chat.say('snowboard tomorrow at 9');
        expect(said.text).toMatch(/just taken/);
        expect(JSON.stringify(api.model.requests[2]?.input)).toMatch(/someone else has just taken that time/);
        expect(said.taps[0]).toMatch(/10:00/);
    });
});
