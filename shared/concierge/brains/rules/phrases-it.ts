import { capital, either, hoursText, kindsText, withName } from './phrase-parts.ts';
import type { Phrases } from './phrases.ts';

const kinds: Record<string, string> = {
    voice: 'i messaggi vocali',
    audio: 'le registrazioni',
    image: 'le immagini',
    video: 'i video',
    document: 'i documenti',
    sticker: 'gli adesivi',
    location: 'le posizioni',
    contacts: 'i contatti',
    order: 'gli ordini',
};
const status: Record<string, string> = { pending: 'in attesa', confirmed: 'confermata' };
const days = ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato', 'domenica'];

/** Italian says Lei. */
export const italian: Phrases = {
    hello: (name, business) => `Buongiorno${withName(name)}, benvenuti da ${business}!`,
    helloShort: (name) => `Buongiorno${withName(name)}!`,
    offerHelp:
        'Posso prenotare, spostare o annullare per Lei e darLe informazioni su prezzi e orari. Che cosa desidera?',
    youAreWelcome: 'Prego, con piacere!',
    goodbye: (business) => `Arrivederci e grazie per aver scritto a ${business}!`,
    machine: (business) =>
        `Sono la reception automatica di ${business}; il team legge i messaggi. Scriva "operatore" e una persona Le risponderà.`,
    handedOff: (business) =>
        `Certamente. Ho passato la Sua richiesta al team di ${business}; qualcuno Le scriverà qui.`,

    askService: 'Quale offerta desidera?',
    askWhichService: (names) => `Quale intende: ${either(names, 'o')}?`,
    askDay: (service) => `${service}, con piacere. Quale giorno Le andrebbe bene, e a che ora?`,
    askDayAt: (service, time) => `${service} alle ${time}, con piacere. In quale giorno?`,
    askName: 'A quale nome posso prenotare?',
    askNewTime: (booking) => `A quale giorno e ora devo spostare "${booking}"?`,
    askWhichBooking: {
        move: 'Quale delle Sue prenotazioni desidera spostare?',
        cancel: 'Quale delle Sue prenotazioni desidera annullare?',
    },
    moveOrCancel: 'Desidera spostarla o annullarla?',
    anyTime: 'Va bene. Mi scriva quando vuole.',
    dayUnclear: (options) => `Per sicurezza: intende ${either(options, 'o')}?`,
    timeUnclear: (options) => `Per sicurezza: intende le ${either(options, 'o le')}?`,
    inThePast: 'Questo orario è già passato. Quale giorno e quale ora Le andrebbero bene?',
    tooFarAhead: (service, last) =>
        `È troppo in là: ${service} si può prenotare fino a ${last}. Quale giorno più vicino Le andrebbe bene?`,

    isFree: ({ day, time }) => `${capital(day)} alle ${time} è libero.`,
    notFree: ({ day, time, instructor }) =>
        instructor
            ? `Mi dispiace, alle ${time} di ${day} ${instructor} non è disponibile.`
            : `Mi dispiace, le ${time} di ${day} sono già occupate o non disponibili.`,
    outsideHours: ({ day, time }) => `Mi dispiace, le ${time} di ${day} sono fuori dai nostri orari.`,
    nothingThen: (day) => `Mi dispiace, non ho nulla di libero ${day}.`,
    nothingLater: (day) => `Mi dispiace, non ho nulla più tardi ${day}.`,
    nothingEarlier: (day) => `Mi dispiace, non ho nulla prima ${day}.`,
    window: (earliest, latest) =>
        earliest && latest
            ? `tra le ${earliest} e le ${latest}`
            : earliest
              ? `dalle ${earliest}`
              : latest
                ? `entro le ${latest}`
                : '',
    nearest: 'Gli orari liberi più vicini sono:',
    nothingAtAll:
        'Mi dispiace, in quel periodo non trovo nulla di libero. Quale altro giorno Le andrebbe bene?',
    timesOn: (day) => `Questi orari sono liberi ${day}:`,
    nextTimes: 'I prossimi orari liberi sono:',
    stretch: (first, last) => `tra ${first} e ${last}`,
    on: (day) => day,
    whichOne: 'Quale preferisce?',
    invite: 'Vuole che cerchi un orario libero? Mi dica pure un giorno.',
    doesNotGive: (instructor, service) => `${instructor} non tiene ${service}, ma altri sì.`,

    justTaken: 'Mi dispiace, qualcun altro ha appena preso questo orario.',
    gone: 'Mi dispiace, questo orario non è più libero.',
    goingFast:
        'Mi dispiace, questi orari vanno via più in fretta di quanto riesca a tenerli, e non è ancora prenotato nulla. Quale altro giorno o orario Le andrebbe bene?',
    expired: 'Questa proposta è scaduta, quindi non è ancora prenotato nulla.',
    stillOpen: 'Quella era una proposta precedente. È aperta questa:',
    alreadyAnswered: 'Ha già risposto a questa domanda.',
    declined: {
        book: 'Nessun problema, non è prenotato nulla. Le andrebbe meglio un altro giorno o un altro orario?',
        reschedule: 'Va bene, la Sua prenotazione resta com’è.',
        cancel: 'Va bene, lascio la Sua prenotazione com’è.',
    },
    pardon: 'Mi scusi, non ho capito.',
    thankYou: (name) => `Grazie,${withName(name)}!`,
    somethingWrong: 'Mi dispiace, non ha funzionato e non è cambiato nulla.',
    cannotChange: 'Mi dispiace, questa prenotazione non si può più modificare.',

    noBookings: 'Al momento non ha prenotazioni da noi.',
    yourBookings: 'Ha prenotato:',
    bookingLine: ({ service, instructor, when, status: state, reference, price }) =>
        `• ${service} con ${instructor}, ${when}, ${price} (${status[state] ?? state}, codice ${reference})`,

    serviceLine: ({ name, price, description }, duration) =>
        `• ${name}: ${duration}, ${price}${description ? `. ${description}` : ''}`,
    ourServices: 'Ecco che cosa offriamo:',
    hours: (groups, zone) => hoursText(groups, zone, { days, to: '-', and: 'e', closed: 'chiuso' }),
    meetingPoint: (place) => (place ? `Ci troviamo qui: ${place}` : 'Le verrà comunicato dove trovarsi.'),

    cannotRead: (given) =>
        `Grazie! Qui non posso ancora leggere ${kindsText(given, kinds, 'e', 'messaggi di questo tipo')}, ma il team li vede. Può scriverlo in poche parole?`,
    notUnderstood: [
        'Mi scusi, non ho capito. Può scrivere per esempio "una lezione domani alle 10", "spostare la prenotazione a venerdì", "prezzi" o "parlare con una persona".',
        'Non sono ancora sicuro di aver capito. Mi dica che cosa desidera prenotare e per quale giorno, oppure scriva "operatore" e una persona del team Le risponderà.',
    ],
    cannotHelp: (business) =>
        `Mi dispiace, non capisco. Ho chiesto aiuto al team di ${business}; qualcuno Le scriverà qui.`,
};
