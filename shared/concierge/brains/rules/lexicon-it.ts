import type { Lexicon } from './lexicon.ts';
import { begins, each, either, isOnly, places, says, upTo } from './lexicon-parts.ts';

const thing = '(?:prenotazion[ei]|lezion[ei]|cors[oi]|appuntament[oi])';
const mine = '(?:mi[ao]|miei|mie|nostr[aoie])';
const someone = '(?:persona|umano|operatore|operatrice|qualcuno|responsabile|collega|titolare|maestr[oa])';
const count = '(?:\\d{1,2}|due|tre|quattro|cinque|sei|sette|otto|nove|dieci)';

export const italian: Lexicon = {
    intents: {
        greet: begins('ciao', 'buon ?giorno', 'buona ?sera', 'salve', 'buon pomeriggio'),
        thanks: either(says('grazie'), /🙏/),
        bye: says('arrivederci', 'a presto', 'buona giornata', 'buona serata', 'ci vediamo'),
        book: says(
            'prenot(?:are|o|ato|iamo)',
            'iscriver(?:e|mi|ci)',
            thing,
            'vorre(?:i|mmo)',
            'voglio',
            'cerco',
            'ho bisogno',
            'mi piacerebbe',
            'imparare',
            'interessat[oa]',
        ),
        availability: says(
            'disponibil(?:e|i|ità)',
            'liber[oaie]',
            'quando (?:si può|posso|potete|avete)',
            'quali (?:orari|giorni)',
            'a che ora',
            'avete .{0,30}(?:posto|tempo)',
        ),
        more: says(
            'altr[oaie] (?:orari?o?|giorn[oi]|dat[ae]|opzion[ei]|possibilità)',
            'qualcos.altro',
            'più tardi',
            'prima',
            'nessun[oa] di quest[ie]',
            'altro',
        ),
        reschedule: says(
            'spost(?:are|o|arla|arlo|iamo)',
            'rimand(?:are|o)',
            'posticip(?:are|o)',
            'anticip(?:are|o)',
            `cambiare (?:la |il |l.)?(?:data|ora|orario|giorno|${mine} ${thing})`,
            `modificare .{0,20}${thing}`,
        ),
        cancel: says(
            'annull(?:are|o|arla|arlo)',
            'disd(?:ire|ico|irla)',
            'cancell(?:are|o|arla)',
            'non (?:posso|possiamo) (?:più )?venire',
        ),
        list: says(
            `(?:quando|quali|che|dove|mostr(?:ami|i|atemi)|vedere|elenco) .{0,30}${mine} (?:prossim[ae] )?${thing}`,
            '(?:che cosa|cosa|quando) .{0,20}(?:ho|abbiamo) prenotato',
            `^(?:le |la |i |il )?${mine} ${thing}$`,
            `^ho .{0,15}${thing}`,
        ),
        hours: says(
            'orari(?:o)? di apertura',
            'apert[oaie]',
            'chius[oaie]',
            '(?:quando|a che ora) (?:aprite|chiudete)',
            'i vostri orari',
        ),
        prices: either(says('prezz[oi]', 'costa(?:no)?', 'quanto', 'tariff[ae]', 'car[oaie]'), /[€$£]/),
        services: says(
            '(?:che cosa|cosa|che) (?:offrite|proponete|fate)',
            '(?:che|quali) (?:tipi? di )?(?:lezioni|corsi|servizi|attività)',
            'i vostri (?:corsi|servizi)',
        ),
        where: says(
            'dove (?:ci|è|si|siete|devo|dobbiamo|trovo)',
            'punto d.incontro',
            'punto di ritrovo',
            'indirizzo',
            'come (?:arrivo|arriviamo|si arriva)',
        ),
        person: either(
            says(
                `(?:parlare|scrivere) (?:con|a) (?:una? |un vero |una vera |il |la |l.)*${someone}`,
                `ver[oa] ${someone}`,
                '(?:chiamatemi|richiamatemi|mi chiami|mi richiami)',
                'servizio clienti',
            ),
            isOnly(`(?:una? )?${someone}`),
        ),
        machine: says(
            '(?:sei|è|siete) .{0,10}(?<!\\p{L})(?:robot|bot|macchina|computer|umano|una persona vera|ia)',
        ),
        help: either(
            isOnly('aiuto', 'info', 'informazioni', 'menu'),
            says('come funziona', 'cosa (?:puoi|può|sai) fare'),
        ),
    },
    daytimeGreeting: each(
        'buon ?giorno',
        'buona ?sera',
        'buon pomeriggio',
        'buona (?:giornata|serata|notte)',
    ),
    callOff: isOnly('stop', 'basta', 'lasci(?:a)? (?:perdere|stare)', 'non importa', 'niente'),
    people: new RegExp(
        `(?<!\\p{L})(?:(?:siamo(?: in)?|saremo(?: in)?|gruppo di) (?<group>${count})(?!\\p{L}|\\s*(?:ore|:|giorni|settimane))|(?<count>${count}|una?) (?:person[ae]|adult[oi]|bambin[oi]|ragazz[oi]|partecipanti|principianti?|amic[oi]|allievi)(?!\\p{L}))`,
        'giu',
    ),
    companion: says('(?:io|me) e mi[oa]', 'mi[oa] \\p{L}+ ed? (?:io|me)', 'noi due', 'tutti e due', 'in due'),
    numbers: {
        un: 1,
        una: 1,
        due: 2,
        tre: 3,
        quattro: 4,
        cinque: 5,
        sei: 6,
        sette: 7,
        otto: 8,
        nove: 9,
        dieci: 10,
    },
    name: /(?<!\p{L})(?:mi chiamo|il mio nome è|nome:|a nome(?: di)?)\s+(?<name>\p{L}[\p{L}'.-]*(?:\s+\p{Lu}[\p{L}'.-]*){0,3})/iu,
    nameLeadIn: /^[^\p{L}]*(?:(?:mi chiamo|il mio nome è|sono|nome|a nome(?: di)?|per|è)(?!\p{L})[:\s]*)+/iu,
    withSomeone: /(?<!\p{L})(?:con|da|maestro|maestra|è|ed?|o)\s+$/iu,
    anyone: says(
        'chiunque',
        'non importa (?:chi|con chi)',
        'qualsiasi maestr[oa]',
        'qualcun altro',
        'un altro maestro',
        "un'altra maestra",
    ),
    ordinals: places('prim[oa]', 'second[oa]', 'terz[oa]', 'quart[oa]', 'quint[oa]'),
    last: says('ultim[oa]'),
    later: says('più tardi'),
    earlier: says('prima(?! (?:di|del|delle|possibile))', 'più presto'),
    otherDay: says('altro giorno', 'altra data'),
    beforeNewTime: upTo('a', 'al', 'alle', 'per'),
};
