import { capital, either, hoursText, kindsText, withName } from './phrase-parts.ts';
import type { Phrases } from './phrases.ts';

const kinds: Record<string, string> = {
    voice: 'les messages vocaux',
    audio: 'les enregistrements',
    image: 'les images',
    video: 'les vidéos',
    document: 'les documents',
    sticker: 'les autocollants',
    location: 'les positions',
    contacts: 'les contacts',
    order: 'les commandes',
};
const status: Record<string, string> = { pending: 'en attente', confirmed: 'confirmé' };
const days = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** French says vous. */
export const french: Phrases = {
    hello: (name, business) => `Bonjour${withName(name)}, bienvenue chez ${business} !`,
    helloShort: (name) => `Bonjour${withName(name)} !`,
    offerHelp:
        'Je peux réserver, déplacer ou annuler pour vous et vous renseigner sur les prix et les horaires. Que souhaitez-vous ?',
    youAreWelcome: 'Avec plaisir !',
    goodbye: (business) => `Au revoir, et merci d’avoir écrit à ${business} !`,
    machine: (business) =>
        `Je suis l’accueil automatique de ${business} ; l’équipe lit aussi. Écrivez « conseiller » et une personne prendra le relais.`,
    handedOff: (business) =>
        `Bien sûr. J’ai transmis votre demande à l’équipe de ${business} ; quelqu’un vous écrira ici.`,

    askService: 'Quelle offre vous intéresse ?',
    askWhichService: (names) => `Laquelle voulez-vous dire : ${either(names, 'ou')} ?`,
    askDay: (service) => `${service}, avec plaisir. Quel jour vous conviendrait, et à quelle heure ?`,
    askDayAt: (service, time) => `${service} à ${time}, avec plaisir. Quel jour ?`,
    askName: 'À quel nom puis-je réserver ?',
    askNewTime: (booking) => `À quel jour et à quelle heure dois-je déplacer « ${booking} » ?`,
    askWhichBooking: {
        move: 'Laquelle de vos réservations souhaitez-vous déplacer ?',
        cancel: 'Laquelle de vos réservations souhaitez-vous annuler ?',
    },
    moveOrCancel: 'Souhaitez-vous la déplacer ou l’annuler ?',
    anyTime: 'D’accord. Écrivez-moi quand vous voulez.',
    dayUnclear: (options) => `Pour être sûr : voulez-vous dire ${either(options, 'ou')} ?`,
    timeUnclear: (options) => `Pour être sûr : voulez-vous dire ${either(options, 'ou')} ?`,
    inThePast: 'Cet horaire est déjà passé. Quel jour et quelle heure vous conviendraient ?',
    tooFarAhead: (service, last) =>
        `C’est trop loin : ${service} peut être réservé jusqu’au ${last}. Quel jour plus proche vous conviendrait ?`,

    isFree: ({ day, time }) => `${capital(day)} à ${time}, c’est libre.`,
    notFree: ({ day, time, instructor }) =>
        instructor
            ? `Désolé, ${instructor} n’est pas libre le ${day} à ${time}.`
            : `Désolé, ${time} le ${day} est déjà pris ou indisponible.`,
    outsideHours: ({ day, time }) => `Désolé, ${time} le ${day} est en dehors de nos horaires.`,
    nothingThen: (day) => `Désolé, je n’ai rien de libre ${day}.`,
    nothingLater: (day) => `Désolé, je n’ai rien de plus tard ${day}.`,
    nothingEarlier: (day) => `Désolé, je n’ai rien de plus tôt ${day}.`,
    window: (earliest, latest) =>
        earliest && latest
            ? `entre ${earliest} et ${latest}`
            : earliest
              ? `à partir de ${earliest}`
              : latest
                ? `avant ${latest}`
                : '',
    nearest: 'Les créneaux libres les plus proches :',
    nothingAtAll: 'Désolé, je ne trouve rien de libre à ce moment-là. Quel autre jour vous conviendrait ?',
    timesOn: (day) => `Voici les créneaux libres ${day} :`,
    nextTimes: 'Voici les prochains créneaux libres :',
    stretch: (first, last) => `entre le ${first} et le ${last}`,
    on: (day) => `le ${day}`,
    whichOne: 'Lequel vous convient ?',
    invite: 'Dois-je chercher un créneau libre ? Dites-moi simplement quel jour.',
    doesNotGive: (instructor, service) => `${instructor} ne propose pas ${service}, mais d’autres oui.`,

    justTaken: 'Je suis désolé, quelqu’un vient de prendre ce créneau.',
    gone: 'Désolé, ce créneau n’est plus libre.',
    goingFast:
        'Je suis désolé, ces créneaux partent plus vite que je ne peux les garder, et rien n’est encore réservé. Quel autre jour ou quelle autre heure vous conviendrait ?',
    expired: 'Cette proposition a expiré, rien n’est donc encore réservé.',
    stillOpen: 'C’était une ancienne proposition. Celle-ci est ouverte :',
    alreadyAnswered: 'Vous y avez déjà répondu.',
    declined: {
        book: 'Pas de problème, rien n’est réservé. Un autre jour ou une autre heure vous conviendrait-il mieux ?',
        reschedule: 'D’accord, votre réservation reste comme elle est.',
        cancel: 'D’accord, je ne touche pas à votre réservation.',
    },
    pardon: 'Désolé, je n’ai pas compris.',
    thankYou: (name) => `Merci,${withName(name)} !`,
    somethingWrong: 'Je suis désolé, cela n’a pas fonctionné et rien n’a changé.',
    cannotChange: 'Je suis désolé, cette réservation ne peut plus être modifiée.',

    noBookings: 'Vous n’avez pas de réservation à venir chez nous.',
    yourBookings: 'Vous avez réservé :',
    bookingLine: ({ service, instructor, when, status: state, reference, price }) =>
        `• ${service} avec ${instructor}, ${when}, ${price} (${status[state] ?? state}, référence ${reference})`,

    serviceLine: ({ name, price, description }, duration) =>
        `• ${name} : ${duration}, ${price}${description ? `. ${description}` : ''}`,
    ourServices: 'Voici ce que nous proposons :',
    hours: (groups, zone) =>
        hoursText(groups, zone, { days, to: 'à', and: 'et', closed: 'fermé', colon: ' :' }),
    meetingPoint: (place) =>
        place ? `Nous nous retrouvons ici : ${place}` : 'On vous dira encore où vous retrouver.',

    cannotRead: (given) =>
        `Merci ! Je ne peux pas encore lire ${kindsText(given, kinds, 'et', 'ce type de message')} ici, mais l’équipe les voit. Pouvez-vous l’écrire en quelques mots ?`,
    notUnderstood: [
        'Désolé, je n’ai pas compris. Vous pouvez écrire par exemple « un cours demain à 10h », « déplacer ma réservation à vendredi », « prix » ou « parler à quelqu’un ».',
        'Je ne suis toujours pas sûr de comprendre. Dites-moi ce que vous voulez réserver et pour quel jour, ou écrivez « conseiller » et une personne de l’équipe prendra le relais.',
    ],
    cannotHelp: (business) =>
        `Je suis désolé, je ne comprends pas. J’ai demandé de l’aide à l’équipe de ${business} ; quelqu’un vous écrira ici.`,
};
