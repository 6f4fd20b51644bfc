import { fr } from 'chrono-node';
import { european } from './european.ts';
import { type Vocabulary, whole } from './vocabulary.ts';
import type { DateWords } from './words.ts';

/**
 * French. "Vendredi prochain" said on a Tuesday is this week's to some and next week's to others, so it is asked
 * back about until the coming Friday lies in the week after; "ce vendredi" is clear, "vendredi en huit" a week
 * later. "Dans huit jours" is in a week, "dans quinze jours" in two. "Heure" is a time of day after "à" and a
 * length after "cours de".
 */
const vocabulary: Vocabulary = {
    chrono: fr.casual,
    weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    shortWeekdays: ['lun', 'mar', 'mer', 'jeu', 'ven', 'sam', 'dim'],
    months: [
        'janvier|janv|jan',
        'février|févr|fév',
        'mars',
        'avril|avr',
        'mai',
        'juin',
        'juillet|juil',
        'août|aout',
        'septembre|sept',
        'octobre|oct',
        'novembre|nov',
        'décembre|déc',
    ],
    numbers: {
        une: 1,
        un: 1,
        deux: 2,
        trois: 3,
        quatre: 4,
        cinq: 5,
        six: 6,
        sept: 7,
        huit: 8,
        neuf: 9,
        dix: 10,
        onze: 11,
        douze: 12,
        treize: 13,
        quatorze: 14,
        quinze: 15,
        seize: 16,
        'dix-sept': 17,
        'dix-huit': 18,
        'dix-neuf': 19,
        vingt: 20,
    },
    // Hours are told apart from times of day below.
    units: { hour: 'heures?', minute: 'minutes?|min', day: 'jours?', week: 'semaines?', month: 'mois' },
    one: 'une?',
    half: 'une demi-heure|demi-',
    idioms: [
        ['(?:8|huit) jours', 7],
        ['(?:15|quinze) jours', 14],
        ['une quinzaine(?: de jours)?', 14],
    ],
    in: "dans|d'ici",
    greetings: 'bonjour|bonsoir|bonne (?:journée|soirée|nuit)|bonne après-midi',
    today: "aujourd'? ?hui",
    tomorrow: 'demain',
    afterTomorrow: 'après-demain',
    now: 'tout de suite|immédiatement|dès maintenant',
    parts: {
        morning: '(?:du |le |au |dans la |en )?(?:matin(?:s|ée)?)',
        afternoon: "(?:de l'|l'|dans l'|en |cette |dès l')?(?:après-midis?|aprem|apm)",
        evening: '(?:du |le |au |en |dans la )?(?:soirs?|soirée)',
    },
    todayParts: {
        morning: 'ce matin',
        afternoon: 'cet? ?(?:après-midi|aprem)',
        evening: 'ce soir|cette nuit',
    },
    past: 'hier|avant-hier',
    agoBefore: 'il y a',
    lastAfter: 'derni(?:er|ère)|passée?',
    thisWeek: '(?:dans )?(?:cette semaine|la semaine en cours)',
    nextWeek: '(?:dans )?(?:la )?semaine (?:prochaine|suivante|qui vient)',
    thisMonth: 'ce mois(?:-ci)?',
    nextMonth: '(?:le )?mois (?:prochain|suivant|qui vient)',
    weekend: 'week-end',
    thisBefore: 'ce|cette',
    comingAfter: 'qui vient|qui arrive',
    nextAfter: 'prochain',
    nextBefore: '(?:le )?prochain',
    weekAfter: 'en huit|en 8|dans huit jours|dans 8 jours|dans une semaine',
    fortnightAfter: 'en quinze|en 15|dans quinze jours|dans 15 jours|dans (?:deux|2) semaines',
    ofWeek: 'de|le|du',
    any: "dès que possible|le plus (?:tôt|vite|rapidement) possible|au plus (?:tôt|vite)|asap|n'importe quand|peu importe|(?:ça |cela )?m'est égal|quand vous (?:voulez|pouvez)|(?:la |le )?(?:premi(?:er|ère)|prochaine?) (?:créneau|place|heure|moment|disponibilité)(?: (?:disponible|libre|possible))?|flexible",
    dayBefore: 'pour le|dès le|le',
    dayMark: 'er|ᵉʳ',
    dayArticle: 'le|au',
    ofMonth: 'de|du',
    monthBefore: 'en|début|fin|mi-|pour|dès|au mois de|courant',
    daysFrom: 'du|entre le|dès le',
    rangeFrom: 'du|de|entre le',
    rangeTo: "au|à|et le|jusqu'au",
    counted:
        "personnes?|adultes?|enfants?|ans|élèves?|participants?|places?|fois|skieurs?|amis?|débutants?|d'entre nous|chf|francs?|euros?|leçons?|cours|séances?",
    lasting:
        "cours (?:particulier )?(?:de |d')|leçon (?:de |d')|séance (?:de |d')|pendant|durant|durée (?:de |d')|pour",
    clock: {
        at: '(?:à|a)(?: partir de)?(?!\\p{L})|vers|aux environs de|autour de|environ|@',
        oclock: 'heures?|h',
        article: "les|l'",
        heads: [],
        tails: [
            ['et demie?', 30],
            ['et quart', 15],
            ['moins (?:le )?quart', -15],
            ['moins dix', -10],
            ['moins vingt', -20],
            ['moins cinq', -5],
            ['et dix|dix', 10],
            ['vingt', 20],
            ['trente', 30],
            ['quinze', 15],
            ['quarante-cinq', 45],
        ],
        noon: 'à midi|midi',
        midnight: 'à minuit|minuit',
        between: 'entre',
        and: 'et',
        from: 'de',
        to: "à|jusqu'à",
        after: 'après|dès|à partir de|à compter de|pas avant|plus tard que',
        before: "avant|jusqu'à|au plus tard(?: à)?|pas après|plus tôt que",
        onwards: 'ou plus tard|ou après|minimum',
        afterLunch: 'après (?:le )?(?:repas|déjeuner|dîner|manger)|après midi(?= )',
        beforeLunch: 'avant (?:le )?(?:repas|déjeuner|dîner)',
    },
    first: [
        { pattern: whole('midi et demie?'), to: () => '12:30' },
        // "Après midi" is what people write for the afternoon; "après 12h" says the other.
        { pattern: whole('apr[eè]s\\s+midi'), to: () => 'après-midi' },
        {
            pattern: whole("jusqu'?\\s?(?<what>à|au)"),
            to: ({ groups }) => `avant${groups.what === 'au' ? ' le' : ''}`,
        },
        // "On vient à deux" counts people; hours in words have "heures" behind them.
        {
            pattern: whole('à\\s+(?:deux|trois|quatre|cinq|six)(?!\\s*(?:heures?|h)(?!\\p{L}))'),
            to: () => ' ',
        },
        // Said alone, a small number of hours is how long, not when.
        {
            pattern: whole(
                '(?<!(?:à|a|vers|après|apres|dès|avant|entre|et|de|dans|partir de)\\s+(?:les\\s+)?)(?:[1-6]|une|deux|trois|quatre)\\s?heures?(?!\\s*(?:\\d|et|moins))',
            ),
            to: () => ' ',
        },
        {
            pattern: whole(
                "(?:cours|leçon|lecon|séance|seance|forfait)\\s+(?:particulier\\s+|privé\\s+)?(?:de\\s+|d')(?:\\d{1,2}|une|deux|trois)\\s?(?:h|heures?)(?!\\s*à)",
            ),
            to: () => ' ',
        },
    ],
    correction: /(?<!\p{L})(?:plutôt|plutot|mieux|finalement|au lieu|en fait|et si)(?!\p{L})/iu,
    fillers: /(?<!\p{L})(?:à|le|la|au|du|de|pour|vers|dans|en|l'|svp)(?!\p{L})/giu,
};

export const french: DateWords = european(vocabulary);
