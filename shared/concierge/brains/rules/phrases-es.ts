import { either, hoursText, kindsText, withName } from './phrase-parts.ts';
import type { Phrases } from './phrases.ts';

const kinds: Record<string, string> = {
    voice: 'notas de voz',
    audio: 'audios',
    image: 'imágenes',
    video: 'vídeos',
    document: 'documentos',
    sticker: 'stickers',
    location: 'ubicaciones',
    contacts: 'contactos',
    order: 'pedidos',
};
const status: Record<string, string> = { pending: 'pendiente', confirmed: 'confirmada' };
const days = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'];

/** Spanish says usted. */
export const spanish: Phrases = {
    hello: (name, business) => `¡Hola${withName(name)}! Gracias por escribir a ${business}.`,
    helloShort: (name) => `¡Hola${withName(name)}!`,
    offerHelp: 'Puedo reservar, cambiar o cancelar por usted e informarle de precios y horarios. ¿Qué desea?',
    youAreWelcome: '¡De nada!',
    goodbye: (business) => `¡Hasta pronto y gracias por escribir a ${business}!`,
    machine: (business) =>
        `Soy la recepción automática de ${business}; el equipo también lee los mensajes. Escriba "persona" y alguien le atenderá.`,
    handedOff: (business) =>
        `Por supuesto. He pasado su mensaje al equipo de ${business}; alguien le escribirá por aquí.`,

    askService: '¿Qué servicio desea?',
    askWhichService: (names) => `¿Cuál quiere decir: ${either(names, 'o')}?`,
    askDay: (service) => `${service}, con mucho gusto. ¿Qué día le vendría bien, y a qué hora?`,
    askDayAt: (service, time) => `${service} a las ${time}, con mucho gusto. ¿Qué día?`,
    askName: '¿A qué nombre hago la reserva?',
    askNewTime: (booking) => `¿A qué día y hora cambio "${booking}"?`,
    askWhichBooking: {
        move: '¿Cuál de sus reservas desea cambiar?',
        cancel: '¿Cuál de sus reservas desea cancelar?',
    },
    moveOrCancel: '¿Desea cambiarla o cancelarla?',
    anyTime: 'De acuerdo. Escríbame cuando quiera.',
    dayUnclear: (options) => `Para estar seguros: ¿se refiere al ${either(options, 'o al')}?`,
    timeUnclear: (options) => `Para estar seguros: ¿se refiere a las ${either(options, 'o a las')}?`,
    inThePast: 'Esa hora ya ha pasado. ¿Qué día y qué hora le vendrían bien?',
    tooFarAhead: (service, last) =>
        `Es demasiado pronto: ${service} se puede reservar hasta el ${last}. ¿Qué día más cercano le vendría bien?`,

    isFree: ({ day, time }) => `El ${day} a las ${time} está libre.`,
    notFree: ({ day, time, instructor }) =>
        instructor
            ? `Lo siento, ${instructor} no está libre el ${day} a las ${time}.`
            : `Lo siento, las ${time} del ${day} ya están ocupadas o no son posibles.`,
    outsideHours: ({ day, time }) => `Lo siento, las ${time} del ${day} están fuera de nuestro horario.`,
    nothingThen: (day) => `Lo siento, no tengo nada libre ${day}.`,
    nothingLater: (day) => `Lo siento, no tengo nada más tarde ${day}.`,
    nothingEarlier: (day) => `Lo siento, no tengo nada más temprano ${day}.`,
    window: (earliest, latest) =>
        earliest && latest
            ? `entre las ${earliest} y las ${latest}`
            : earliest
              ? `a partir de las ${earliest}`
              : latest
                ? `antes de las ${latest}`
                : '',
    nearest: 'Las horas libres más cercanas son:',
    nothingAtAll: 'Lo siento, no encuentro nada libre en esas fechas. ¿Qué otro día le vendría bien?',
    timesOn: (day) => `Estas horas están libres ${day}:`,
    nextTimes: 'Las próximas horas libres son:',
    stretch: (first, last) => `entre el ${first} y el ${last}`,
    on: (day) => `el ${day}`,
    whichOne: '¿Cuál prefiere?',
    invite: '¿Le busco una hora libre? Dígame simplemente un día.',
    doesNotGive: (instructor, service) => `${instructor} no da ${service}, pero otras personas sí.`,

    justTaken: 'Lo siento, alguien acaba de reservar esa hora.',
    gone: 'Lo siento, esa hora ya no está libre.',
    goingFast:
        'Lo siento, estas horas se van más rápido de lo que puedo guardarlas, y todavía no hay nada reservado. ¿Qué otro día u hora le vendría bien?',
    expired: 'Esa propuesta ha caducado, así que todavía no hay nada reservado.',
    stillOpen: 'Esa era una propuesta anterior. Esta está abierta:',
    alreadyAnswered: 'Ya ha respondido a eso.',
    declined: {
        book: 'No hay problema, no se ha reservado nada. ¿Le vendría mejor otro día u otra hora?',
        reschedule: 'De acuerdo, su reserva se queda como está.',
        cancel: 'De acuerdo, dejo su reserva como está.',
    },
    pardon: 'Disculpe, no le he entendido.',
    thankYou: (name) => `¡Gracias,${withName(name)}!`,
    somethingWrong: 'Lo siento, no ha funcionado y no ha cambiado nada.',
    cannotChange: 'Lo siento, esa reserva ya no se puede cambiar.',

    noBookings: 'No tiene ninguna reserva próxima con nosotros.',
    yourBookings: 'Ha reservado:',
    bookingLine: ({ service, instructor, when, status: state, reference, price }) =>
        `• ${service} con ${instructor}, ${when}, ${price} (${status[state] ?? state}, referencia ${reference})`,

    serviceLine: ({ name, price, description }, duration) =>
        `• ${name}: ${duration}, ${price}${description ? `. ${description}` : ''}`,
    ourServices: 'Esto es lo que ofrecemos:',
    hours: (groups, zone) => hoursText(groups, zone, { days, to: 'a', and: 'y', closed: 'cerrado' }),
    meetingPoint: (place) => (place ? `Nos encontramos aquí: ${place}` : 'Le dirán dónde encontrarse.'),

    cannotRead: (given) =>
        `¡Gracias! Aquí todavía no puedo leer ${kindsText(given, kinds, 'y', 'mensajes de este tipo')}, pero el equipo sí. ¿Puede escribirlo en pocas palabras?`,
    notUnderstood: [
        'Disculpe, no le he entendido. Puede escribir, por ejemplo, "una clase mañana a las 10", "cambiar mi reserva al viernes", "precios" o "hablar con una persona".',
        'Todavía no estoy seguro de lo que quiere decir. Dígame qué desea reservar y para qué día, o escriba "persona" y alguien del equipo le atenderá.',
    ],
    cannotHelp: (business) =>
        `Lo siento, no lo entiendo. He pedido ayuda al equipo de ${business}; alguien le escribirá por aquí.`,
};
