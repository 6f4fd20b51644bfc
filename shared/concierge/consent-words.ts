import type { OpenProposal } from '../desk/turn-types.ts';

type Kind = OpenProposal['kind'];

const split = (...lines: string[]) => lines.flatMap((line) => line.split(', '));

// All as `foldConsent` leaves them: small letters without accents and apostrophes.

/**
 * Phrases that agree, in the five languages together: customers mix them ("ok danke"). The database knows the same
 * ones (`private.yes_words()`, kept equal by a test) and takes nothing else for a YES.
 */
export const yesWords = split(
    'yes, yess, yea, yeah, yep, yup, ya, yas, aye, y, ok, okay, okey, oki, k, sure, of course, certainly',
    'absolutely, definitely, perfect, great, excellent, wonderful, awesome, lovely, fine, works, deal, agree',
    'agreed, correct, accepted, confirm, confirmed, alright, all right, go ahead, go for it, do it, lets do it',
    'lets go, please do, yes do, yes i do, yes we do, yes you can, i confirm, i agree, i accept, why not',
    'sounds good, looks good, thats good, that is good, its good, it is good, that will do, id love to',
    'i would love to, wed love to, we would love to, id like that, i would like that',
    'ja, jaa, jo, joo, jep, jup, jawohl, jawoll, klar, na klar, aber klar, aber ja, sicher, naturlich',
    'naturlich gerne, natuerlich, auf jeden fall, gerne, gern, aber gerne, passt, das passt, einverstanden, genau',
    'perfekt, prima, wunderbar, ausgezeichnet, in ordnung, geht klar, abgemacht, machen wir, bestatigt',
    'bestatige, ich bestatige, bestaetigt, bestaetige, ich bestaetige, oke',
    'oui, ouii, ouais, bien sur, volontiers, avec plaisir, daccord, d accord, ca marche, ca me va, cela me va',
    'ca me convient, cela me convient, parfait, tres bien, entendu, absolument, exact, je confirme, confirme',
    'confirmez, je valide, cest bon, allez y, vas y',
    'si, sii, certo, certo che si, certamente, va bene, va benissimo, mi va bene, perfetto, daccordo, volentieri',
    'assolutamente, confermo, conferma, confermato, benissimo, ottimo, esatto, ci sto, proceda, procedi',
    'claro, claro que si, vale, de acuerdo, perfecto, por supuesto, confirmo, confirmado, confirma, esta bien',
    'muy bien, genial, dale, adelante, me parece bien, me va bien, excelente, exacto, con gusto, hazlo, hagalo',
    '👍, 👌, ✅, ✔, ☑, 💯, 🆗',
);

/** Agrees to a booking, and would be heard wrongly when a cancellation is asked about. */
export const bookItWords = split(
    'book it, lets book, lets book it, please book, please book it, ill take it, i take it, take it',
    'buch es, buche es, bitte buchen, bitte buche, buchen sie, buchen sie es, ich nehme es, nehme ich, nehmen wir',
    'reservez, je prends, je le prends, je la prends, prenota, prenota pure, prenoti, la prendo, lo prendo',
    'reservalo, reservala, reservelo, lo tomo, me lo quedo',
);

/** Says nothing beside a yes. */
export const yesFillers = split(
    'please, pls, plz, thanks, thank you, thx, ty, cheers, very much, so much, a lot, many thanks, indeed, then, that',
    'thats, that is, this, this is, it, its, it is, for me, for us, with me, with us, by me, really, super, cool',
    'nice, good, hi, hello, hey, dear, sir, madam, team, oh, ah, now, this one, that one',
    'bitte, danke, dankeschon, dankeschoen, vielen dank, danke sehr, danke schon, besten dank, merci, das, das ist',
    'ist, so, sehr, gut, mir, uns, fur mich, fur uns, fuer mich, fuer uns, toll, dann, doch, hallo, gruezi',
    'guten tag',
    'merci beaucoup, sil vous plait, sil te plait, s il vous plait, svp, stp, bonjour, bonsoir, salut, bien',
    'pour moi, pour nous, alors, cest, top, madame, monsieur',
    'grazie, grazie mille, mille grazie, tante grazie, per favore, per piacere, prego, ciao, buongiorno',
    'buonasera, salve, per me, per noi, bene, molto, allora',
    'gracias, muchas gracias, mil gracias, por favor, porfa, hola, buenas, buenos dias, para mi, para nosotros',
    'entonces, pues',
    '🙏, 😊, 🙂, 😀, 😃, 😄, 😁, 😉, 😎, 🤗, 🤩, 🥳, 🎉, ❤, ♥, 😍, 🥰, ☺, 😇, 🤝, 👏, 🙌, 💪, ✨, ⭐, ⛷, 🏂, 🎿, ❄, ☀, 🏔',
);

const things = split(
    'booking, lesson, lessons, appointment, reservation, course, class, session, the booking, the lesson, my booking',
    'my lesson, the class, my class, the appointment, my appointment, the course',
    'buchung, stunde, termin, kurs, die buchung, die stunde, den termin, den kurs, meine buchung, meine stunde',
    'meinen termin, le cours, la lecon, la reservation, mon cours, ma lecon, ma reservation',
    'lezione, prenotazione, la lezione, la prenotazione, la mia lezione, la mia prenotazione',
    'clase, reserva, la clase, la reserva, mi clase, mi reserva',
);

/** Repeats what was asked ("yes, cancel it"): counts only beside a yes. */
export const echoWords: Record<Kind, string[]> = {
    book: [
        ...things,
        ...split('book, booked, reserve, buchen, buche, reserver, prenotare, prenotala, reservar'),
    ],
    reschedule: [
        ...things,
        ...split(
            'move, change, reschedule, verschieben, verschiebe, verschieben sie, deplacer, deplacez, deplace, changer',
            'changez, sposta, spostare, spostala, spostalo, mover, mueve, muevela, cambiar, cambia, cambiala',
        ),
    ],
    cancel: [
        ...things,
        ...split(
            'cancel, delete, stornieren, storniere, stornieren sie, absagen, annuler, annulez, annule, annulla',
            'annullare, annullala, disdire, disdici, cancellare, cancella, cancellala, cancelar, cancela, cancelala',
            'anular, anula, anulala',
        ),
    ],
};

/** Phrases that refuse. */
export const noWords = split(
    'no, noo, nope, nah, n, not, dont, do not, never mind, nevermind, forget it, forget about it, stop, wrong, leave it',
    'nein, nee, ne, noe, nicht, kein, keine, keinen, lieber nicht, doch nicht, lass es, lassen wir es, falsch, stopp',
    'non, nan, pas, laisse tomber, laissez tomber, lascia stare, lascia perdere, niente',
    'dejalo, dejelo, mejor no, para nada, nada',
    '👎, ❌, 🚫',
);

/** Says nothing beside a no; beside a yes it might ("ok, I want time"). */
export const noFillers = split(
    'i, we, me, us, my, the, one, to, do, would, like, will, you, can, just, um, well, and, yet, want, wish, need',
    'anymore, any more, any time, time, all, is, at all',
    'ich, wir, mehr, es, den, die, der, will, wollen, mochte, moechte, brauche, jetzt, noch, diesen, diese, dieses',
    'je, veux, nous, ne, plus, le, la, ca, maintenant, encore, voglio, lo, mi, piu, adesso, ora, questo, questa',
    'quiero, mas, ahora, necesito, este, esta, ese, esa',
);

/** Leaves a booking as it is: a no to moving or cancelling it. */
export const keepWords = split(
    'keep, keep it, leave, leave it, behalten, behalte, so lassen, lassen, garder, garde, gardez, je garde',
    'je le garde, je la garde, laisser, laissez, tieni, tenere, tengo, la tengo, lascia, lasciare, mantener',
    'mantenla, conservar, la dejo, dejar',
);
