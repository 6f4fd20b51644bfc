import { de } from 'chrono-node';
import { european } from './european.ts';
import { any, type Vocabulary, whole } from './vocabulary.ts';
import type { DateWords } from './words.ts';

const weekdays = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag|sonnabend', 'sonntag'];
const next = 'nächste[nrsm]?';
const coming = '(?:kommende|folgende)[nrsm]?';
const these = 'diese[nrsm]?';

/**
 * German. "Nächsten Freitag" is the coming Friday to one half of its speakers and the one after to the other, so it
 * is asked back about while the coming one lies in this week; "kommenden" and "diesen" are clear. "Halb drei" is
 * half past two, "viertel drei" (in the east) a quarter past two. "In acht Tagen" is in a week.
 */
const vocabulary: Vocabulary = {
    chrono: de.casual,
    weekdays,
    shortWeekdays: ['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so'],
    capitalShorts: true,
    months: [
        'januar|jänner|jan',
        'februar|feber|feb',
        'märz|mrz|mär',
        'april|apr',
        'mai',
        'juni|jun',
        'juli|jul',
        'august|aug',
        'september|sept|sep',
        'oktober|okt',
        'november|nov',
        'dezember|dez',
    ],
    numbers: {
        eins: 1,
        ein: 1,
        zwei: 2,
        zwo: 2,
        drei: 3,
        vier: 4,
        fünf: 5,
        sechs: 6,
        sieben: 7,
        acht: 8,
        neun: 9,
        zehn: 10,
        elf: 11,
        zwölf: 12,
        dreizehn: 13,
        vierzehn: 14,
        fünfzehn: 15,
        sechzehn: 16,
        siebzehn: 17,
        achtzehn: 18,
        neunzehn: 19,
        zwanzig: 20,
    },
    units: {
        hour: 'stunden?|std\\.?',
        minute: 'minuten?|min',
        day: 'tage?n?',
        week: 'wochen?',
        month: 'monate?n?',
    },
    one: 'eine[rnm]?',
    half: 'eine[rn]? halben?|halbe[rns]?|anderthalb|eineinhalb',
    idioms: [
        ['acht tagen', 7],
        ['vierzehn tagen', 14],
    ],
    in: 'in',
    greetings: 'guten (?:morgen|tag|abend)|gute nacht|schönen (?:tag|abend|morgen)',
    today: 'heute|heut',
    tomorrow: 'morgen|morge',
    afterTomorrow: 'übermorgen',
    now: 'jetzt gleich|gleich jetzt|sofort|jetzt sofort',
    parts: {
        morning: '(?:am |jeden )?vormittags?|am morgen|morgens|(?:in der )?früh|frühmorgens',
        afternoon: '(?:am )?(?:frühen |späten )?nachmittags?',
        evening: '(?:am )?(?:frühen |späten )?abends?|in der nacht|nachts',
    },
    todayParts: {
        morning: 'heute (?:morgen|früh|vormittag)',
        afternoon: 'heute nachmittag',
        evening: 'heute (?:abend|nacht)',
    },
    past: 'gestern|vorgestern',
    agoBefore: 'vor',
    lastBefore: '(?:letzte|vorige|vergangene)[nrsm]?',
    thisWeek: `(?:in )?${these} woche|unter der woche|noch ${these} woche`,
    nextWeek: `(?:in der )?(?:nächste|kommende)[nr]? woche|nächster woche`,
    thisMonth: `(?:in )?${these} monats?`,
    nextMonth: `(?:im )?(?:nächste|kommende)[nsm] monats?`,
    weekend: 'wochenendes?|weekend',
    thisBefore: `${these}|heute`,
    comingBefore: `(?:am )?${coming}`,
    nextBefore: `(?:am )?${next}`,
    weekAfter: 'in einer woche|in 1 woche|in acht tagen|in 8 tagen|über eine woche',
    fortnightAfter: 'in (?:zwei|2) wochen|in (?:vierzehn|14) tagen',
    ofWeek: 'am|der|in der|den',
    any: 'so (?:bald|schnell|früh) wie möglich|(?:so )?(?:schnellst|baldigst|frühest)möglich|asap|egal wann|wann (?:ist )?(?:es )?egal|jederzeit|irgendwann|(?:der |die )?(?:nächste|erste)[rns]? (?:freie|mögliche|verfügbare)[rns]?|flexibel|(?:ist )?mir egal',
    dayBefore: 'am|den|vom|zum|dem|bis zum|ab dem|für den',
    dayMark: '\\.',
    dayArticle: 'den|der|dem|am|zum',
    ofMonth: 'des',
    monthBefore: 'im|ab|anfang|ende|mitte|bis',
    daysFrom: 'vom|ab dem',
    rangeFrom: 'vom|von|ab',
    rangeTo: 'bis(?: und mit| einschließlich)?(?: zum| am)?',
    counted:
        'person(?:en)?|leute|erwachsenen?|kinder?n?|teilnehmer(?:innen)?|gäste?n?|plätze?n?|lektion(?:en)?|kurse?|schüler|anfänger|mal|jahre?n?|jährig\\p{L}*|von uns|franken|euro',
    lasting: 'für|während|dauert|dauer',
    clock: {
        at: '(?:so )?(?:um|gegen)(?: ca\\.?| circa| etwa| ungefähr)?|ca\\.?|circa|etwa|ungefähr|kurz (?:nach|vor)|@',
        oclock: 'uhr|h',
        article: 'um|den|der',
        heads: [
            ['fünf vor halb|5 vor halb', -35],
            ['fünf nach halb|5 nach halb', -25],
            ['halb', -30],
            ['dreiviertel|drei viertel', -15],
            ['viertel nach', 15],
            ['viertel vor', -15],
            ['viertel ab', 15],
            ['viertel', -45],
            ['zehn nach|10 nach', 10],
            ['zehn vor|10 vor', -10],
            ['zwanzig nach|20 nach', 20],
            ['zwanzig vor|20 vor', -20],
            ['fünf nach|5 nach', 5],
            ['fünf vor|5 vor', -5],
        ],
        tails: [
            ['dreißig', 30],
            ['fünfzehn', 15],
            ['fünfundvierzig', 45],
        ],
        noon: '(?:am |zu |um |über )?mittags?|um die mittagszeit',
        midnight: '(?:um )?mitternacht',
        between: 'zwischen',
        and: 'und',
        from: 'von',
        to: 'bis',
        after: 'ab|nach|frühestens(?: um)?|nicht vor|erst (?:ab|nach)',
        before: 'vor|bis|spätestens(?: um)?|nicht nach|bis spätestens',
        onwards: 'oder später|aufwärts',
        afterLunch: 'nach (?:dem )?(?:mittag(?:essen)?|essen)|ab mittag',
        beforeLunch: 'vor (?:dem )?mittag(?:essen)?|bis mittag',
    },
    first: [
        // "Montagmorgen", "Freitagabend": the day and its part are two words to everything below.
        {
            pattern: whole(
                `(?<day>${any(...weekdays)})[- ]?(?<part>morgen|früh|vormittag|mittag|nachmittag|abend)s?`,
            ),
            to: ({ groups }) => {
                const part = groups.part?.toLowerCase() ?? '';
                return `${groups.day} ${part === 'früh' ? part : `${part}s`}`;
            },
        },
        { pattern: whole('morgen\\s+früh'), to: () => 'morgen vormittag' },
    ],
    correction: /\b(?:lieber|besser|stattdessen|doch (?:am|um)|oder doch|eher|wie wäre|vielmehr)\b/iu,
    fillers: /\b(?:um|am|im|den|der|vom|bis|ab|gegen|uhr|bitte|etwa|circa)\b/giu,
};

export const german: DateWords = european(vocabulary);
