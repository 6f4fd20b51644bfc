/** The languages that are spoken without a model. */
export const spokenLanguages = ['en', 'de', 'fr', 'it', 'es'] as const;
export type Language = (typeof spokenLanguages)[number];

export function isLanguage(given: string | undefined): given is Language {
    return spokenLanguages.some((language) => language === given);
}

/**
 * Words that no other of the five languages has. `sure` ones decide alone, `likely` ones in twos: "merci" is said
 * in Bern as well as in Geneva, and a name may be a word.
 */
const markers: Record<Language, { sure: string; likely: string }> = {
    en: {
        sure: 'hello please thanks tomorrow today would lesson lessons booking book want next morning afternoon evening yesterday cancel reschedule people monday tuesday wednesday thursday friday saturday sunday what when where which something appointment',
        likely: "a an am me in us let talk speak human come was see sure there the i i'd my is are you can for how much have we and with at on to of yes hi do does not it this that time price cost move need like any free after before between week day from until",
    },
    de: {
        sure: 'ich möchte moechte guten grüezi gruezi hallo bitte danke dank vielen morgen heute übermorgen uebermorgen nächsten nächste nächster naechste naechsten uhr nicht buchen stornieren absagen verschieben wann gibt kostet stunde stunden termin wochenende montag dienstag mittwoch donnerstag freitag samstag sonntag gerne gern skikurs kurs lektion für fuer können koennen hätte haette jemand mitarbeiter vormittag nachmittag abend buchung lieber servus moin',
        likely: 'und wie viel wir haben habe mit ist sind das der die ein eine einen mein meine unser zu zwei drei vier fünf ja nein kann oder auch noch auf am im um ab woche kinder bei was geht mir uns den dem doch tag zeit nach vor zwischen halb',
    },
    fr: {
        sure: "bonjour bonsoir demain aujourd'hui voudrais voudrions réserver reserver réservation annuler déplacer deplacer rendez-vous lundi mardi mercredi jeudi vendredi samedi dimanche prochain prochaine combien heures leçon lecon oui svp merci-beaucoup après-demain quand matin soir aimerais souhaite souhaiterais semaine l'après-midi quel quelle quels quelles moniteur plaît peux-tu pouvez-vous personnes avez-vous est-ce",
        likely: "je j'aimerais où point rencontre la un de le les des du une pour avec est nous vous mon ma et à au dans midi cours salut merci ce cet cette c'est qui sont pas deux trois quatre cinq enfants prix coûte coute mais bien plutôt vers entre jours",
    },
    it: {
        sure: 'buongiorno buonasera salve grazie vorrei domani oggi dopodomani prenotare prenotazione spostare annullare disdire cancellare lezione lezioni quanto venerdì venerdi lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi sabato domenica prossimo prossima mattina pomeriggio stasera settimana persone quando posso vorremmo maestro costa perfetto bambini appuntamento orari alle dalle dopo fra',
        likely: 'per il di che è sono una un con sera la della del mi ci alla lo gli non anche ciao sì due tre quattro cinque ore mezza ho abbiamo prezzo dove come va bene qualcuno ora tra giorno giorni mio mia',
    },
    es: {
        sure: 'hola gracias quiero quisiera mañana manana hoy reservar reserva cancelar anular mover clase clases cuánto cuanto viernes lunes martes miércoles miercoles jueves sábado domingo próximo proximo próxima tarde noche semana personas cuándo cuesta cuestan buenos buenas días puedo querría querríamos queremos niños favor horario cambiar adiós alguien señor estaría',
        likely: 'el los las la por para una un con de que es en mi del y sí dos tres cuatro cinco hora horas media precio vale está tengo tenemos dónde donde cómo como viene muy bien después antes entre pero nos le',
    },
};

const lists = spokenLanguages.map((language) => {
    const split = (words: string) => new Set(words.replaceAll('?', '').split(' '));
    return { language, sure: split(markers[language].sure), likely: split(markers[language].likely) };
});

/**
 * The language a text is written in, when that is sure; undefined for "ok", a name, a number, or a mixture. `least`
 * is how much must speak for it: two likely words or one sure one weigh 2.
 */
export function detectLanguage(text: string, least = 2): Language | undefined {
    const words = text
        .normalize('NFC')
        .toLowerCase()
        .replaceAll('’', "'")
        .match(/[\p{L}]+(?:['-][\p{L}]+)*/gu);
    const scores = lists.map(({ language, sure, likely }) => {
        let score = 0;
        for (const word of new Set(words)) score += sure.has(word) ? 2 : likely.has(word) ? 1 : 0;
        return { language, score };
    });
    const [best, second] = scores.toSorted((a, b) => b.score - a.score);
    if (!best || best.score < least || best.score - (second?.score ?? 0) < 1) return undefined;
    return best.language;
}
