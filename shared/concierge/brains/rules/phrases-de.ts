import { either, hoursText, kindsText, withName } from './phrase-parts.ts';
import type { Phrases } from './phrases.ts';

const kinds: Record<string, string> = {
    voice: 'Sprachnachrichten',
    audio: 'Tonaufnahmen',
    image: 'Bilder',
    video: 'Videos',
    document: 'Dokumente',
    sticker: 'Sticker',
    location: 'Standorte',
    contacts: 'Kontakte',
    order: 'Bestellungen',
};
const status: Record<string, string> = { pending: 'noch nicht bestätigt', confirmed: 'bestätigt' };
const days = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'];

/** German says Sie; the customer's whole name is not spoken. */
export const german: Phrases = {
    hello: (name, business) => `Guten Tag${withName(name)}, willkommen bei ${business}!`,
    helloShort: (name) => `Guten Tag${withName(name)}!`,
    offerHelp:
        'Ich kann für Sie buchen, verschieben oder stornieren und sage Ihnen gerne Preise und Öffnungszeiten. Was möchten Sie?',
    youAreWelcome: 'Sehr gerne!',
    goodbye: (business) => `Auf Wiedersehen und vielen Dank für Ihre Nachricht an ${business}!`,
    machine: (business) =>
        `Ich bin der automatische Empfang von ${business}; das Team liest mit. Schreiben Sie "Mitarbeiter", dann übernimmt ein Mensch.`,
    handedOff: (business) =>
        `Natürlich. Ich habe das an das Team von ${business} weitergegeben; jemand meldet sich hier bei Ihnen.`,

    askService: 'Welches Angebot möchten Sie?',
    askWhichService: (names) => `Welches meinen Sie: ${either(names, 'oder')}?`,
    askDay: (service) => `${service}, sehr gerne. Welcher Tag passt Ihnen, und um welche Uhrzeit?`,
    askDayAt: (service, time) => `${service} um ${time} Uhr, sehr gerne. An welchem Tag?`,
    askName: 'Auf welchen Namen darf ich buchen?',
    askNewTime: (booking) => `Auf welchen Tag und welche Uhrzeit soll ich "${booking}" verschieben?`,
    askWhichBooking: {
        move: 'Welche Ihrer Buchungen möchten Sie verschieben?',
        cancel: 'Welche Ihrer Buchungen möchten Sie stornieren?',
    },
    moveOrCancel: 'Möchten Sie verschieben oder stornieren?',
    anyTime: 'In Ordnung. Schreiben Sie mir jederzeit.',
    dayUnclear: (options) => `Nur zur Sicherheit: Meinen Sie ${either(options, 'oder')}?`,
    timeUnclear: (options) => `Nur zur Sicherheit: Meinen Sie ${either(options, 'oder')} Uhr?`,
    inThePast: 'Diese Zeit ist schon vorbei. Welcher Tag und welche Uhrzeit passen Ihnen stattdessen?',
    tooFarAhead: (service, last) =>
        `Das ist noch zu weit weg: ${service} kann man bis ${last} buchen. Welcher frühere Tag passt Ihnen?`,

    isFree: ({ day, time }) => `${day} um ${time} Uhr ist frei.`,
    notFree: ({ day, time, instructor }) =>
        instructor
            ? `Leider ist ${instructor} am ${day} um ${time} Uhr nicht frei.`
            : `Leider ist ${time} Uhr am ${day} schon vergeben oder nicht möglich.`,
    outsideHours: ({ day, time }) => `Leider liegt ${time} Uhr am ${day} außerhalb unserer Zeiten.`,
    nothingThen: (day) => `Leider habe ich ${day} nichts frei.`,
    nothingLater: (day) => `Leider habe ich ${day} nichts Späteres frei.`,
    nothingEarlier: (day) => `Leider habe ich ${day} nichts Früheres frei.`,
    window: (earliest, latest) =>
        earliest && latest
            ? `zwischen ${earliest} und ${latest} Uhr`
            : earliest
              ? `ab ${earliest} Uhr`
              : latest
                ? `bis ${latest} Uhr`
                : '',
    nearest: 'Die nächsten freien Zeiten sind:',
    nothingAtAll: 'Leider finde ich in dieser Zeit nichts Freies. Welcher andere Tag passt Ihnen?',
    timesOn: (day) => `Diese Zeiten sind ${day} frei:`,
    nextTimes: 'Die nächsten freien Zeiten sind:',
    stretch: (first, last) => `zwischen ${first} und ${last}`,
    on: (day) => `am ${day}`,
    whichOne: 'Welche Zeit möchten Sie?',
    invite: 'Soll ich eine freie Zeit suchen? Nennen Sie mir einfach einen Tag.',
    doesNotGive: (instructor, service) => `${instructor} gibt ${service} nicht, andere aber schon.`,

    justTaken: 'Es tut mir leid, diese Zeit wurde soeben von jemand anderem gebucht.',
    gone: 'Leider ist diese Zeit nicht mehr frei.',
    goingFast:
        'Es tut mir leid, diese Zeiten sind schneller weg, als ich sie halten kann, und noch ist nichts gebucht. Welcher andere Tag oder welche andere Zeit passt Ihnen?',
    expired: 'Dieses Angebot ist abgelaufen, gebucht ist also noch nichts.',
    stillOpen: 'Das war ein älteres Angebot. Offen ist dieses:',
    alreadyAnswered: 'Das haben Sie schon beantwortet.',
    declined: {
        book: 'Kein Problem, es ist nichts gebucht. Passt Ihnen ein anderer Tag oder eine andere Zeit besser?',
        reschedule: 'In Ordnung, Ihre Buchung bleibt, wie sie ist.',
        cancel: 'In Ordnung, ich lasse Ihre Buchung, wie sie ist.',
    },
    pardon: 'Entschuldigung, das habe ich nicht verstanden.',
    thankYou: (name) => `Vielen Dank,${withName(name)}!`,
    somethingWrong: 'Es tut mir leid, das hat nicht geklappt, und es hat sich nichts geändert.',
    cannotChange: 'Es tut mir leid, diese Buchung lässt sich nicht mehr ändern.',

    noBookings: 'Sie haben bei uns zurzeit keine Buchung.',
    yourBookings: 'Sie haben gebucht:',
    bookingLine: ({ service, instructor, when, status: state, reference, price }) =>
        `• ${service} mit ${instructor}, ${when}, ${price} (${status[state] ?? state}, Buchungsnummer ${reference})`,

    serviceLine: ({ name, price, description }, duration) =>
        `• ${name}: ${duration}, ${price}${description ? `. ${description}` : ''}`,
    ourServices: 'Das bieten wir an:',
    hours: (groups, zone) => hoursText(groups, zone, { days, to: 'bis', and: 'und', closed: 'geschlossen' }),
    meetingPoint: (place) =>
        place ? `Wir treffen uns hier: ${place}` : 'Wo Sie sich treffen, sagt man Ihnen noch.',

    cannotRead: (given) =>
        `Vielen Dank! ${kindsText(given, kinds, 'und', 'Nachrichten dieser Art')} kann ich hier noch nicht lesen, das Team sieht sie aber. Können Sie es in ein paar Worten schreiben?`,
    notUnderstood: [
        'Entschuldigung, das habe ich nicht verstanden. Sie können zum Beispiel schreiben: "Kurs morgen um 10", "Buchung auf Freitag verschieben", "Preise" oder "mit einem Mitarbeiter sprechen".',
        'Ich bin noch nicht sicher, was Sie meinen. Sagen Sie mir, was Sie an welchem Tag buchen möchten, oder schreiben Sie "Mitarbeiter", dann übernimmt jemand vom Team.',
    ],
    cannotHelp: (business) =>
        `Es tut mir leid, ich verstehe das nicht. Ich habe das Team von ${business} um Hilfe gebeten; jemand meldet sich hier bei Ihnen.`,
};
