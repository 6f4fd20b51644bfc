import type { Lexicon } from './lexicon.ts';
import { begins, each, either, isOnly, places, says, upTo } from './lexicon-parts.ts';

const thing = '(?:réservations?|cours|leçons?|rendez-vous|rdv|séances?)';
const mine = '(?:mon|ma|mes|notre|nos)';
const someone =
    '(?:humain|personne|quelqu.un|conseillère?|employée?|responsable|collègue|moniteur|monitrice|équipe)';
const count = '(?:\\d{1,2}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)';

export const french: Lexicon = {
    intents: {
        greet: begins('bonjour', 'bonsoir', 'salut', 'coucou', 'hello', 'allô'),
        thanks: either(says('merci'), /🙏/),
        bye: says('au revoir', 'à bientôt', 'bonne journée', 'bonne soirée', 'à plus'),
        book: says(
            'réserv(?:er|e|é|ez)',
            'inscrire',
            thing,
            '(?:je|nous) (?:voudrais|voudrions|souhaite(?:rais|rions|ons)?|veux|cherche)',
            "j'aimerais",
            'aimerions',
            'apprendre',
            'intéressée?s?',
        ),
        availability: says(
            'disponib(?:le|les|ilité|ilités)',
            'libres?',
            'créneaux?',
            'quand (?:est-ce|pou(?:vez|rriez)|avez|peut)',
            'quels? (?:horaires|jours)',
            'quelles? heures?',
            'avez-vous .{0,30}(?:place|temps)',
        ),
        more: says(
            'autres? (?:horaires?|créneaux?|jours?|dates?|heures?|options?|choix)',
            "(?:quelque chose|rien) d'autre",
            'plus tard',
            'plus tôt',
            'aucun(?:e)? (?:de ceux|des)',
            "d'autres",
        ),
        reschedule: says(
            'déplac(?:er|ez|e|é)',
            'report(?:er|ez|e)',
            'décal(?:er|ez|e)',
            `changer (?:de |l.|la |le )?(?:date|heure|jour|horaire|${mine} ${thing})`,
            `modifier .{0,20}${thing}`,
        ),
        cancel: says(
            'annul(?:er|ez|e|ation)',
            '(?:peux|pourrai|peut|pouvons|pourrons) (?:pas|plus) .{0,10}(?:venir|être là)',
            `supprimer .{0,20}${thing}`,
        ),
        list: says(
            `(?:quand|quels?|quelles?|où|voir|montr(?:er|ez)|liste|rappel(?:er|ez)) .{0,30}${mine} (?:prochaine?s? )?${thing}`,
            "(?:qu'est-ce que|quand|est-ce que) .{0,20}(?:j'ai|nous avons|on a) .{0,20}réservée?s?",
            `^${mine} ${thing}$`,
            `(?:ai-je|j'ai) .{0,15}${thing}`,
        ),
        hours: says(
            "(?:heures?|horaires?) d'ouverture",
            'ouverte?s?',
            'fermée?s?',
            '(?:ouvrez|fermez)-vous',
            'vos horaires',
        ),
        prices: either(
            says(
                'prix',
                'tarifs?',
                'coûte(?:nt|ra)?',
                'combien (?:ça|cela|coûte|est-ce)',
                'combien',
                'chère?s?',
            ),
            /[€$£]/,
        ),
        services: says(
            '(?:que|qu.est-ce que) (?:proposez|vous proposez|vous offrez)',
            `quels? (?:types? de )?(?:cours|services?|offres?|activités)`,
            'vos (?:offres|services|cours)',
            'proposez-vous',
        ),
        where: says(
            'où (?:est|sont|se|nous|doit|dois|devons|êtes)',
            'point de rencontre',
            'lieu de rendez-vous',
            'adresse',
            'comment (?:venir|arriver|vous trouver)',
        ),
        person: either(
            says(
                `(?:parler|écrire|discuter) (?:à|avec) (?:une? |un vrai |une vraie |le |la |l.|votre )*${someone}`,
                `(?:vraie?|autre) ${someone}`,
                '(?:rappelez|appelez)-moi',
                'service client',
            ),
            isOnly(`(?:une? )?${someone}`),
        ),
        machine: says(
            '(?:êtes-vous|vous êtes|es-tu|tu es|est-ce) .{0,10}(?<!\\p{L})(?:robot|bot|machine|ordinateur|humain|ia|vraie personne)',
        ),
        help: either(
            isOnly('aide', 'info', 'infos', 'informations?', 'menu'),
            says('comment ça (?:marche|fonctionne)', 'que (?:pouvez-vous|peux-tu) faire'),
        ),
    },
    daytimeGreeting: each('bonjour', 'bonsoir', 'bonne (?:journée|soirée|nuit)', 'bonne après-midi'),
    callOff: isOnly('stop', 'arrêtez', 'laissez tomber', 'laisse tomber', 'oubliez', 'tant pis'),
    people: new RegExp(
        `(?<!\\p{L})(?:(?:(?:nous|on) (?:sommes|serons|est|sera)(?: à)?|groupe de) (?<group>${count})(?!\\p{L}|\\s*(?:h|heures?|:|jours?|semaines?))|(?<count>${count}|une?) (?:personnes?|adultes?|enfants?|élèves?|participants?|skieurs?|débutante?s?|amie?s?)(?!\\p{L}))`,
        'giu',
    ),
    companion: says(
        '(?:moi|je) et (?:mon|ma)',
        '(?:mon|ma) \\p{L}+ et moi',
        'tous les deux',
        'toutes les deux',
        'nous deux',
    ),
    numbers: {
        un: 1,
        une: 1,
        deux: 2,
        trois: 3,
        quatre: 4,
        cinq: 5,
        six: 6,
        sept: 7,
        huit: 8,
        neuf: 9,
        dix: 10,
    },
    name: /(?<!\p{L})(?:je m['’]appelle|mon nom est|nom\s?:|au nom de)\s+(?<name>\p{L}[\p{L}'.-]*(?:\s+\p{Lu}[\p{L}'.-]*){0,3})/iu,
    nameLeadIn:
        /^[^\p{L}]*(?:(?:je m['’]appelle|mon nom est|c['’]est|je suis|nom|au nom de|pour|svp)(?!\p{L})[:\s]*)+/iu,
    withSomeone: /(?<!\p{L})(?:avec|chez|par|moniteur|monitrice|est|et|ou)\s+$/iu,
    anyone: says(
        "n'importe (?:qui|quel|quelle)(?: moniteur)?",
        'peu importe (?:qui|le moniteur|avec qui)',
        'quelqu.un d.autre',
        'un autre moniteur',
        'une autre monitrice',
    ),
    ordinals: places('premi(?:er|ère)', 'deuxième|seconde?', 'troisième', 'quatrième', 'cinquième'),
    last: says('derni(?:er|ère)'),
    later: says('plus tard'),
    earlier: says('plus tôt'),
    otherDay: says('autre (?:jour|date)'),
    beforeNewTime: upTo('à', 'au', 'pour', 'vers'),
};
