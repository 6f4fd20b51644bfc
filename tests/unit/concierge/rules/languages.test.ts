import { describe, expect, it } from 'vitest';
import { languages } from '../../../../shared/concierge/brains/rules/languages.ts';
import { spokenLanguages } from '../../../../shared/concierge/language.ts';
import { chatOf } from '../support/rules-chat.ts';
import { booking, privateLesson, snowboard } from '../support/world.ts';

const services = [
    {
        ...privateLesson,
        aliases: ['ski lesson', 'Skikurs', 'cours de ski', 'lezione di sci', 'clase de esquí'],
    },
    { ...snowboard, aliases: ['snowboarding', 'Snowboardkurs', 'cours de snowboard'] },
];
/** Words that give English away; what a business has named itself is its own. */
const english = /\b(?:the|your|booking|please|with|sorry|book|time|free|would|you|is|are)\b/i;
const ownNames =
    /Private ski lesson|Snowboard lesson|Alpine Ski School|Valley station, ticket office|One to four people, all levels/g;

type Talk = {
    wish: string;
    asks: RegExp;
    yes: string;
    booked: RegExp;
    move: string;
    moves: RegExp;
    cancel: string;
    cancels: RegExp;
    unclear: string;
    unsure: RegExp;
    prices: string;
    hours: [string, RegExp];
    where: [string, RegExp];
    mine: [string, RegExp];
    person: [string, RegExp];
    thanks: [string, RegExp];
    name: [string, RegExp];
    people: string;
    nonsense: RegExp;
    impossible: string;
};

const talks: Record<string, Talk> = {
    de: {
        wish: 'Guten Tag, ich hätte gerne morgen um 10 Uhr einen Skikurs',
        asks: /Darf ich das für Sie buchen\?/,
        yes: 'Ja, gerne',
        booked: /gebucht/,
        move: 'Kann ich meine Buchung auf Sonntag um 14 Uhr verschieben?',
        moves: /auf diesen Termin verschieben\?/,
        cancel: 'Ich möchte meine Buchung stornieren',
        cancels: /Soll ich diese Buchung stornieren\?/,
        unclear: 'Einen Skikurs am Freitag bitte',
        unsure: /Meinen Sie Freitag, 20\. November oder Freitag, 27\. November\?/,
        prices: 'Was kostet ein Skikurs?',
        hours: ['Wann haben Sie geöffnet?', /Montag bis Sonntag: 09:00-17:00/],
        where: ['Wo treffen wir uns?', /Wir treffen uns hier: Valley/],
        mine: ['Wann ist mein Kurs?', /Sie haben gebucht:[\s\S]+bestätigt, Buchungsnummer AB01/],
        person: ['Ich möchte mit einem Mitarbeiter sprechen', /an das Team von Alpine Ski School/],
        thanks: ['Vielen Dank!', /Sehr gerne/],
        name: ['Ich heiße Petra Müller', /Vielen Dank, Petra/],
        people: 'Ein Skikurs morgen um 10 für 3 Personen',
        nonsense: /nicht verstanden/,
        impossible: 'Skikurs am 31. Februar',
    },
    fr: {
        wish: 'Bonjour, je voudrais un cours de ski demain à 10h',
        asks: /que je réserve ce créneau/,
        yes: 'Oui, merci',
        booked: /réservé/,
        move: 'Je voudrais déplacer mon cours à dimanche à 14h',
        moves: /que je déplace votre réservation/,
        cancel: 'Je voudrais annuler ma réservation',
        cancels: /j’annule cette réservation/,
        unclear: 'Un cours de ski vendredi, svp',
        unsure: /voulez-vous dire vendredi 20 novembre ou vendredi 27 novembre/,
        prices: 'Combien coûte un cours de ski ?',
        hours: ["Quelles sont vos heures d'ouverture ?", /Lundi à dimanche : 09:00-17:00/],
        where: ['Où est le point de rencontre ?', /Nous nous retrouvons ici : Valley/],
        mine: ['Quand est mon cours ?', /Vous avez réservé :[\s\S]+confirmé, référence AB01/],
        person: ['Je voudrais parler à un humain', /à l’équipe de Alpine Ski School/],
        thanks: ['Merci beaucoup pour votre aide', /Avec plaisir/],
        name: ["Je m'appelle Petra Muller", /Merci, Petra/],
        people: 'Un cours de ski demain à 10h pour 3 personnes',
        nonsense: /pas compris/,
        impossible: 'un cours de ski le 31 février',
    },
    it: {
        wish: 'Buongiorno, vorrei una lezione di sci domani alle 10',
        asks: /Vuole che prenoti questo orario\?/,
        yes: 'Sì, grazie',
        booked: /prenotato/,
        move: 'Vorrei spostare la lezione a domenica alle 14',
        moves: /Vuole che sposti la Sua prenotazione/,
        cancel: 'Vorrei annullare la mia prenotazione',
        cancels: /Vuole che annulli questa prenotazione\?/,
        unclear: 'Una lezione di sci venerdì, per favore',
        unsure: /intende venerdì 20 novembre o venerdì 27 novembre\?/,
        prices: 'Quanto costa una lezione di sci?',
        hours: ['Quali sono gli orari di apertura?', /Lunedì - domenica: 09:00-17:00/],
        where: ['Dove ci troviamo?', /Ci troviamo qui: Valley/],
        mine: ['Quando è la mia lezione?', /Ha prenotato:[\s\S]+confermata, codice AB01/],
        person: ['Vorrei parlare con una persona', /al team di Alpine Ski School/],
        thanks: ['Grazie mille!', /Prego/],
        name: ['Mi chiamo Petra Bianchi', /Grazie, Petra/],
        people: 'Una lezione di sci domani alle 10 per 3 persone',
        nonsense: /non ho capito/,
        impossible: 'una lezione di sci il 31 febbraio',
    },
    es: {
        wish: 'Hola, quisiera una clase de esquí mañana a las 10',
        asks: /¿Quiere que le reserve esta hora\?/,
        yes: 'Sí, por favor',
        booked: /reserva está hecha/,
        move: 'Quiero cambiar mi clase al domingo a las 14',
        moves: /¿Quiere que cambie su reserva a esta hora\?/,
        cancel: 'Quiero cancelar mi reserva',
        cancels: /¿Quiere que cancele esta reserva\?/,
        unclear: 'Una clase de esquí el viernes, por favor',
        unsure: /viernes, 20 de noviembre o al viernes, 27 de noviembre/,
        prices: '¿Cuánto cuesta una clase de esquí?',
        hours: ['¿Cuál es el horario de apertura?', /Lunes a domingo: 09:00-17:00/],
        where: ['¿Dónde está el punto de encuentro?', /Nos encontramos aquí: Valley/],
        mine: ['¿Cuándo es mi clase?', /Ha reservado:[\s\S]+confirmada, referencia AB01/],
        person: ['Quisiera hablar con una persona', /al equipo de Alpine Ski School/],
        thanks: ['Muchas gracias', /De nada/],
        name: ['Me llamo Petra García', /Gracias, Petra/],
        people: 'Una clase de esquí mañana a las 10 para 3 personas',
        nonsense: /no le he entendido/,
        impossible: 'una clase de esquí el 31 de febrero',
    },
};

const foreign = (text: string) => text.replace(ownNames, '').match(english)?.[0];

describe.each(Object.entries(talks))('rules in %s', (language, talk) => {
    const desk = (over = {}) => chatOf({ services, ...over });
    const returning = () => desk({ upcoming_bookings: [booking(1)] });

    it('books with a typed yes, remembers the language, moves and cancels', async () => {
        const chat = desk();
        const proposed = await chat.say(talk.wish);
        expect(proposed.text).toMatch(talk.asks);
        expect(proposed.turn.state).toMatchObject({ language, stage: 'confirming' });
        expect(proposed.taps).toHaveLength(2);
        const booked = await chat.say(talk.yes);
        expect(booked.text).toMatch(talk.booked);
        expect(chat.bookings.map(({ starts_at, status }) => [starts_at, status])).toEqual([
            ['2026-11-21T09:00:00+00:00', 'pending'],
        ]);
        const moved = await chat.say(talk.move);
        expect(moved.text).toMatch(talk.moves);
        await chat.say(talk.yes);
        expect(chat.bookings[0]?.starts_at).toBe('2026-11-22T13:00:00+00:00');
        const asked = await chat.say(talk.cancel);
        expect(asked.text).toMatch(talk.cancels);
        await chat.say(talk.yes);
        expect(chat.bookings[0]?.status).toBe('cancelled');
        for (const said of [proposed, booked, moved, asked]) expect(foreign(said.text)).toBeUndefined();
    });

    it('books with a tap, in the language the tap answers to', async () => {
        const chat = desk();
        await chat.say(talk.wish);
        expect((await chat.tap(/^(?:Ja|Oui|Sì|Sí)/)).text).toMatch(talk.booked);
    });

    it('asks back which Friday is meant', async () => {
        const said = await desk().say(talk.unclear);
        expect(said.text).toMatch(talk.unsure);
        expect(said.turn.actions.filter(({ type }) => type !== 'remember_customer')).toEqual([]);
    });

    it('asks for a day where the one named does not exist', async () => {
        const said = await desk().say(talk.impossible);
        expect(said.turn.state).toMatchObject({ stage: 'collecting', draft: { asked: 'day' } });
    });

    it('tells prices, hours, the meeting point and bookings', async () => {
        const price = await desk().say(talk.prices);
        expect(price.text).toMatch(/180/);
        const hours = await desk().say(talk.hours[0]);
        expect(hours.text).toMatch(talk.hours[1]);
        const where = await desk().say(talk.where[0]);
        expect(where.text).toMatch(talk.where[1]);
        const mine = await returning().say(talk.mine[0]);
        expect(mine.text).toMatch(talk.mine[1]);
        for (const said of [price, hours, where, mine]) expect(foreign(said.text)).toBeUndefined();
    });

    it('fetches a person, and takes thanks', async () => {
        const chat = desk();
        const handed = await chat.say(talk.person[0]);
        expect(handed.text).toMatch(talk.person[1]);
        expect(chat.desk.state.conversation.mode).toBe('human');
        expect((await desk().say(talk.thanks[0])).text).toMatch(talk.thanks[1]);
    });

    it('counts people and takes a name', async () => {
        const nobody = { ...desk().desk.context().customer, name: null };
        const chat = desk({ customer: nobody });
        const asked = await chat.say(talk.people);
        expect(asked.turn.state.draft).toMatchObject({ asked: 'name', participants: 3 });
        const named = await chat.say(talk.name[0]);
        expect(named.text).toMatch(talk.name[1]);
        expect(named.text).toMatch(/\b3 \p{L}+/u);
        expect(foreign(named.text)).toBeUndefined();
    });

    it('says in its language that it has not understood, and goes on in it', async () => {
        const chat = desk();
        await chat.say(talk.thanks[0]);
        const said = await chat.say('qwertz');
        expect(said.text).toMatch(talk.nonsense);
        expect(foreign(said.text)).toBeUndefined();
        // One word of another language changes nothing, a sentence does.
        expect(foreign((await chat.say('Hello')).text)).toBeUndefined();
        expect((await chat.say('Hello, I would like a ski lesson tomorrow at 10')).text).toMatch(
            /Shall I book/,
        );
    });
});

describe('the tables of rules', () => {
    it.each(spokenLanguages)('say everything in %s', (language) => {
        const { phrases, lexicon } = languages[language];
        const known = languages.en;
        expect(Object.keys(phrases).sort()).toEqual(Object.keys(known.phrases).sort());
        expect(Object.keys(lexicon.intents).sort()).toEqual(Object.keys(known.lexicon.intents).sort());
        expect(lexicon.ordinals).toHaveLength(known.lexicon.ordinals.length);
        for (const [key, phrase] of Object.entries(phrases)) {
            if (typeof phrase === 'string') expect(phrase.trim(), key).not.toBe('');
            if (language !== 'en' && typeof phrase === 'string')
                expect(phrase, key).not.toBe(known.phrases[key as keyof typeof known.phrases]);
        }
    });

    it('stay in a language of which nothing was remembered, whatever the customer thanks in', async () => {
        const chat = chatOf({ services });
        await chat.say('ski lesson tomorrow at 10');
        await chat.say('yes please');
        expect((await chat.say('Gracias!')).text).not.toMatch(/De nada/);
    });

    it('answer in the language of the business until the customer shows theirs', async () => {
        const base = chatOf().desk.context().business;
        const chat = chatOf({ services, business: { ...base, locale: 'de-CH' } });
        expect((await chat.say('ok')).text).toMatch(/Schreiben Sie mir/);
        const said = await chat.say('je voudrais un cours de ski demain à 10h');
        expect(said.text).toMatch(/que je réserve/);
    });
});
