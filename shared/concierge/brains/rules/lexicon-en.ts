import type { Lexicon } from './lexicon.ts';

const thing = '(?:booking|lesson|appointment|reservation|course|class|session)s?';
const someone =
    '(?:person|human|someone|somebody|anyone|agent|owner|manager|staff|team|operator|representative|boss|colleague|employee)';

export const english: Lexicon = {
    intents: {
        greet: /^\W*(?:hi+|hello+|hey+|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|dear|hallo|gr[uü]ezi|bonjour|ciao)\b|👋/iu,
        thanks: /\b(?:thanks?|thank you|thx|tnx|ty|cheers|appreciated|merci|danke)\b|🙏/iu,
        bye: /\b(?:bye+|goodbye|see (?:you|ya|u)|take care|have a (?:nice|good|great|lovely)|until then|talk (?:to you )?later)\b/i,
        book: new RegExp(
            `\\b(?:book|booked|reserve|schedule|sign (?:me|us|him|her) up|arrange|${thing}|i(?:'d| would)? (?:like|love|want|need)|we(?:'d| would)? (?:like|love|want|need)|looking for|interested|possible|learn)\\b`,
            'i',
        ),
        availability:
            /\b(?:availab\w*|free|(?:time )?slots?|when (?:can|could|do|are|is)|what times?|which (?:days?|times?)|have (?:time|space|room))\b/i,
        more: /\b(?:(?:any(?:thing)?|something|some|the|see|show|have|got|what) (?:other|else|more|different|later|earlier)|(?:other|more|another|different|later|earlier) (?:times?|slots?|options?|days?|dates?|ones?)|none of (?:these|those|them)|neither|not (?:these|those)|something else|anything else|else|later|earlier|more)\b/i,
        reschedule: new RegExp(
            `\\b(?:reschedul\\w*|postpone\\w*|move|(?:change|shift|switch|push|swap)(?: (?:it|that|this|my|our|the|to)\\b|\\b.*\\b${thing}\\b|\\b.*\\b(?:time|day|date)\\b)|(?:another|different) (?:time|day|date) for my)`,
            'i',
        ),
        cancel: /\b(?:cancel\w*(?! (?:policy|fees?|terms|conditions|rules))|call (?:it |this |that )?off|(?:can(?:'?t|not)|can not|won'?t|will not|unable to) (?:be able to )?(?:make|come|attend|be there)|delete (?:my|the|our))\b/i,
        list: new RegExp(
            [
                `\\b(?:what|which|when|where|show|list|check|see|remind|is|are)\\b.*\\b(?:my|our|upcoming) (?:next |upcoming )?${thing}`,
                `\\b(?:do|did|have) (?:i|we)\\b.*\\b(?:book(?:ed)?|${thing})`,
                `\\b${thing} (?:do|have|did) (?:i|we)\\b`,
                `\\bbooked (?:by|for) (?:me|us)\\b`,
                `^\\W*(?:my|our) ${thing}\\W*$`,
            ].join('|'),
            'i',
        ),
        hours: /\b(?:opening (?:hours|times)|(?:your|the|business|office) hours|(?<!(?:\d|one|two|three|four|few|half) ?)hours|(?:are|r) (?:you|u) (?:open|closed)|(?:do|does|when|what time).*\b(?:open|close|start|finish)|open (?:on|at|today|tomorrow)|closed on)\b/i,
        prices: /\b(?:prices?|pricing|costs?|how much|rates?|fees?|charges?|expensive|cheap\w*|tariffs?)\b|\$|€|£|\bchf\b/i,
        services:
            /\b(?:(?:what|which)(?: (?:kinds?|types?|sorts?) of)? (?:services?|lessons?|courses?|classes|activities)|services|(?:do|can) you (?:offer|provide|teach)|what (?:do|can) you (?:offer|do|have|teach)|on offer)\b/i,
        where: /\b(?:where (?:do|can|should|shall|is|are|will)|meeting point|(?:your|the) (?:address|location)|how (?:do|can) (?:i|we) (?:get|find)|directions)\b/i,
        person: new RegExp(
            [
                `\\b(?:talk|speak|chat|write|connect(?: me)?|put me through|get|transfer(?: me)?) (?:to|with|through)?\\s*(?:a |an |the |your |me )*(?:real |actual |live )?${someone}\\b`,
                '\\b(?:talk|speak) (?:to|with) (?!you\\b)\\w+',
                `\\breal ${someone}\\b|\\bcall me(?: back)?\\b|\\bcustomer (?:service|support)\\b`,
                `\\bcan ${someone} (?:call|answer|contact)\\b`,
                `^\\W*(?:an? |the )?(?:real )?${someone}(?: please)?\\W*$`,
            ].join('|'),
            'i',
        ),
        machine:
            /\b(?:are|r) (?:you|u) (?:a |an )?(?:bot|robot|machine|computer|ai|human|real|person)\b|\bis this (?:a |an )?(?:bot|robot|machine|ai|human)\b/i,
        help: /^\W*(?:help|info|information|menu|options)\W*$|\b(?:how (?:does|do) (?:this|it) work|what can (?:you|i) do)\b/i,
    },
    daytimeGreeting: /\bgood (?:morning|afternoon|evening|day|night)\b/gi,
    callOff: /^\W*(?:please )?(?:cancel|stop|abort|quit|exit)(?: (?:it|that|this|please))*\W*$/i,
    people: /\b(?:(?:we are|we're|we will be|we'll be|there (?:are|will be)|party of|group of) (?<group>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b(?!\s*(?:am|pm|:|o'?clock|hours?|min|days?|weeks?))|(?<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten) (?:people|persons?|adults?|kids?|children|child|guests?|pax|of us|participants?|skiers?|students?|beginners?|friends?)\b)/gi,
    companion:
        /\b(?:me|myself|i) (?:and|&|\+|plus) (?:my |a )?(?:son|daughter|wife|husband|partner|friend|boyfriend|girlfriend|mother|father|mum|mom|dad|brother|sister|colleague|kid|child)\b|\bmy (?:son|daughter|wife|husband|partner|friend) and (?:me|i|myself)\b|\bthe two of us\b|\bboth of us\b/i,
    numbers: {
        one: 1,
        two: 2,
        three: 3,
        four: 4,
        five: 5,
        six: 6,
        seven: 7,
        eight: 8,
        nine: 9,
        ten: 10,
    },
    name: /\b(?:my name is|my name's|name is|name:|under the name(?: of)?|in the name of)\s+(?<name>\p{L}[\p{L}'.-]*(?:\s+\p{Lu}[\p{L}'.-]*){0,3})/iu,
    nameLeadIn:
        /^\W*(?:(?:it'?s|it is|i'?m|i am|this is|my name is|name is|name|the name is|put|for|under|on|please|just)\b[:\s]*)+/i,
    withSomeone: /\b(?:with|by|instructor|teacher|is|does|has|and|or)\s+$/i,
    anyone: /\b(?:any(?:one| instructor| teacher|body)|whoever|doesn'?t matter who|no preference|another instructor|someone else)\b/i,
    ordinals: [
        /\b(?:first|1st)\b|^\W*(?:number |option |#)?1\W*$/i,
        /\b(?:second|2nd|middle)\b|^\W*(?:number |option |#)?2\W*$/i,
        /\b(?:third|3rd)\b|^\W*(?:number |option |#)?3\W*$/i,
        /\b(?:fourth|4th)\b|^\W*(?:number |option |#)?4\W*$/i,
        /\b(?:fifth|5th)\b|^\W*(?:number |option |#)?5\W*$/i,
    ],
    last: /\b(?:the )?(?:last|latest) (?:one|option|slot|time)\b|^\W*(?:the )?last\W*$/i,
    later: /\blater\b/i,
    earlier: /\bearlier\b|\bsooner\b/i,
    otherDay: /\b(?:an?other|different) (?:day|date)\b/i,
    beforeNewTime:
        /^[\s\S]*\b(?:move|change|shift|switch|push|swap|reschedul\w*|postpone\w*|from)\b[\s\S]*?\b(?:to|until|for)\b(?=[\s\S]*\S)/i,
};
