import { describe, expect, it } from 'vitest';
import { chatOf, talk, twoBookings } from '../support/rules-chat.ts';
import { ben, booking, customerId, mia, snowboard } from '../support/world.ts';

describe('moving', () => {
    it.each([
        ['can we move it to 3pm?', /Wednesday,? 25 November 2026, 15:00/],
        ['move my lesson to Sunday', /Sunday,? 22 November 2026, 10:00/],
        ['I have a lesson on Wednesday at 10, can we move it to 11?', /25 November 2026, 11:00/],
        ['please change my booking from Wednesday to Thursday at 9', /26 November 2026, 09:00/],
        ['reschedule AB01 to the 28th at 14:00', /28 November 2026, 14:00/],
    ])('%s', async (text, answer) => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        const said = await chat.say(text);
        expect(said.text).toMatch(answer);
        expect(said.text).toMatch(/Shall I move/);
        await chat.say('yes');
        expect(chat.bookings[0]?.starts_at).not.toBe('2026-11-25T09:00:00+00:00');
    });

    it('asks where to', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        expect((await chat.say('I need to reschedule')).text).toMatch(/To which day and time/);
        expect((await chat.say('sunday')).text).toMatch(/Sunday,? 22 November 2026, 10:00/);
    });

    it('asks which one of several, and keeps the wish', async () => {
        const chat = chatOf({ upcoming_bookings: twoBookings });
        const said = await chat.say('move my lesson to sunday 2pm');
        expect(said.text).toMatch(/Which of your bookings/);
        expect(said.taps).toEqual(['Wed 25 Nov 10:00', 'Sat 28 Nov 10:00']);
        expect((await chat.tap(/28/)).text).toMatch(/22 November 2026, 14:00[\s\S]*Instead of: Saturday/);
    });

    it.each(['the second', 'AB02', 'the one on saturday 28th'])('understands "%s"', async (which) => {
        const said = await talk(chatOf({ upcoming_bookings: twoBookings }), 'reschedule', which);
        expect(said.text).toMatch(/To which day|Instead of: Saturday/);
        expect(said.turn.state.draft.booking_id).toBe(twoBookings[1]?.id);
    });

    it('offers other times when the wished one is taken', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        chat.desk.takeElsewhere(ben.id, '2026-11-26', '09:00', '12:00');
        const said = await chat.say('move it to thursday at 10');
        expect(said.text).toMatch(/Ben Frey is not free at 10:00/);
        expect((await chat.tap(/12:00/)).text).toMatch(/Shall I move[\s\S]*12:00–14:00/);
        await chat.say('yes');
        expect(chat.bookings).toMatchObject([{ starts_at: '2026-11-26T11:00:00+00:00' }]);
    });

    it.each(['no', 'no keep it', 'cancel'])('leaves the booking as it is after "%s"', async (text) => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        const said = await talk(chat, 'move it to 3pm', text);
        expect(said.text).toMatch(/stays as it is/);
        expect(chat.bookings[0]?.starts_at).toBe('2026-11-25T09:00:00+00:00');
    });

    it('leaves it as it is when none of the other times suits', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        for (const { id } of [ben, mia]) chat.desk.takeElsewhere(id, '2026-11-26', '09:00', '12:00');
        const said = await talk(chat, 'move it to thursday at 10', 'no');
        expect(said.text).toMatch(/stays as it is/);
    });

    it('has nothing to move without a booking', async () => {
        expect((await chatOf().say('move my lesson to friday')).text).toMatch(/no upcoming booking/);
    });

    it('takes "move it" for the booking that is being made', async () => {
        const chat = chatOf();
        await chat.say('ski lesson tomorrow at 10');
        expect((await chat.say('can you move it to 11?')).text).toMatch(
            /Shall I book this[\s\S]*11:00–13:00/,
        );
    });

    it('says so when the booking cannot be moved any more', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)], services: [snowboard] });
        const said = await chat.say('move it to 3pm');
        expect(said.turn.actions).toEqual([]);
    });
});

describe('cancelling', () => {
    it.each(['cancel my lesson', "I can't make it on wednesday", 'please cancel'])('%s', async (text) => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        const said = await chat.say(text);
        expect(said.text).toMatch(/Shall I cancel this booking/);
        expect(chat.bookings[0]?.status).toBe('confirmed');
        await chat.say('yes');
        expect(chat.bookings[0]?.status).toBe('cancelled');
    });

    it('asks which one of several', async () => {
        const chat = chatOf({ upcoming_bookings: twoBookings });
        expect((await chat.say('I have to cancel')).taps).toHaveLength(2);
        expect((await chat.say('the first')).text).toMatch(/Shall I cancel[\s\S]*AB01/);
        expect((await chat.say('no, keep my booking')).text).toMatch(/leave your booking/);
    });

    it('knows which one is meant by its day', async () => {
        const said = await chatOf({ upcoming_bookings: twoBookings }).say('cancel the lesson on the 28th');
        expect(said.text).toMatch(/AB02/);
    });

    it('asks again after a bare "cancel": that is neither yes nor no', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        const said = await talk(chat, 'cancel my lesson', 'cancel');
        expect(said.text).toMatch(/Shall I cancel this booking/);
        expect(chat.bookings[0]?.status).toBe('confirmed');
    });

    it('asks again when the question has run out', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        await chat.say('cancel my lesson');
        chat.desk.pass(31);
        expect((await chat.tap(/^Yes/)).text).toMatch(/Shall I cancel this booking/);
        await chat.tap(/^Yes/);
        expect(chat.bookings[0]?.status).toBe('cancelled');
    });

    it('becomes a move when another time is wished', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        const said = await talk(chat, 'cancel my lesson', 'or can we move it to 3pm?');
        expect(said.text).toMatch(/Shall I move[\s\S]*15:00–17:00/);
    });

    it('lets go of offers when nothing is booked', async () => {
        const chat = chatOf();
        const said = await talk(chat, 'ski lesson tomorrow', 'I want to cancel');
        expect(said.text).toMatch(/nothing is booked/);
        expect(chat.desk.context().offers).toEqual([]);
        expect((await chatOf().say('cancel')).text).toMatch(/no upcoming booking/);
    });

    it('asks what is to be done with a booking tapped out of the blue', async () => {
        const chat = chatOf({ upcoming_bookings: [booking(1)] });
        const id = `booking:${booking(1).id}`;
        expect((await chat.send({ type: 'choice', id, text: 'x' })).text).toMatch(/move it or to cancel/);
        const gone = await chat.send({ type: 'choice', id: `booking:${customerId}`, text: 'x' });
        expect(gone.text).toMatch(/cannot be changed/);
    });
});
