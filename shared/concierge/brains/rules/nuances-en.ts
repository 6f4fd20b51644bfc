import type { Nuances } from './nuances.ts';

const human = '(?:humans?|persons?|people|agents?|operator|representative|staff(?: member)?|employees?)';
const count =
    '\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|forty-five';
const relative =
    '(?:son|daughter|wife|husband|partner|friend|boyfriend|girlfriend|gf|bf|fianc[eé]e?|mother|father|mum|mom|dad|brother|sister|colleague|kid|child)';
const several = '(?:kids|children|sons|daughters|friends|boys|girls|colleagues)';
const weekday =
    '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?';

export const english: Nuances = {
    person: new RegExp(
        [
            `\\b(?:want|need|prefer|get|give|find|like|is there|are there|any) (?:me |us )?(?:an? |any |some |the )?(?:real |actual |live )?(?:human|person|agent|operator|representative)s?\\b(?! (?:for|per))`,
            `\\b(?:real|actual|live|living) ${human}\\b`,
            '\\b(?:somebody|someone|anybody|anyone) (?:real|human|alive)\\b',
            '\\bhumans?\\b(?! (?:error|being made))',
            '\\b(?:is|are) (?:there )?(?:anybody|anyone|somebody|someone) (?:there|here|at all)\\b',
        ].join('|'),
        'i',
    ),
    forPeople: [
        {
            reason: 'injury',
            pattern:
                /\binjur(?:ed|y|ies)\b|\b(?:got|get|was|is|am|are|been|i|he|she|we|they) (?:badly |really )?hurt\b|\bbleeding\b|\b(?:broke|broken) (?:my|his|her|an?|the) (?:leg|arm|wrist|ankle|nose|collarbone|rib|finger|foot|hand|knee|tooth)\b|\b(?:an|had|the) accident\b|\bhospital\b|\bsprained\b|\bconcussion\b/i,
        },
        {
            reason: 'complaint',
            pattern:
                /\bcomplain(?:t|ts|ing)?\b|\b(?:want|need|demand|give|get|where is)\b.{0,20}\b(?:refund|money back)\b|\bdisappoint(?:ed|ing|ment)\b|\bunacceptable\b|\b(?:lesson|class|instructor|teacher|service|experience|day|he|she|it|you|this)\b.{0,25}\b(?:was|were|is|are)\b.{0,15}\b(?:terrible|horrible|awful|rude|useless|disgusting|the worst|so bad|very bad|really bad|unfriendly|drunk)\b|\b(?:not happy|unhappy|dissatisfied) (?:with|about)\b|\b(?:never|did ?n[o']?t|did not) (?:show|showed|turn|turned) up\b|\bno[- ]show\b|\b(?:nobody|no one|noone) (?:came|showed|turned up|was there|is here|answers)\b|\b(?:scam|rip[- ]?off|lawyer)\b/i,
        },
        {
            reason: 'late',
            pattern:
                /\b(?:running|be|i ?am|i'?m|we ?are|we'?re|i'?ll|we'?ll|arriv\w+|coming|come|little|bit|min(?:ute)?s?|hour)\b(?:(?!\b(?:too|how|open)\b)[^.!?\n]){0,25}\blate\b(?! (?:morning|afternoon|evening|in |january|february|march|april|may|june|july|august|september|october|november|december))|\bstuck in (?:the )?(?:traffic|a jam)\b|\bmissed (?:the|my|our) (?:bus|train|flight|lift)\b|\b(?:can(?:'?t|not)|can not) find (?:him|her|you|them|my instructor|our instructor|the meeting)\b/i,
        },
        {
            reason: 'message',
            pattern:
                /\ballerg\w+|\b(?:diabet\w+|epilep\w+|asthma\w*|wheelchair)\b|\b(?:pass|forward|give|leave|take) (?:on )?(?:this|it|that|a|my|the|him|her|them|you)(?: (?:a|this))? message\b|\bmessage (?:for|to) (?!me\b)\w+/i,
        },
    ],
    tell: '\\b(?:tell|let|inform|remind|notify|ask|give|warn) (?:to )?(?:him|her|them|(?:my|our|the|your) (?:instructor|teacher|coach|guide|team|owner|boss|colleagues?)',
    shift: new RegExp(
        `\\b(?:(?<half>half an hour)|(?<count>${count}) ?(?:(?<hour>hours?|hrs?|h)|min(?:ute)?s?))\\s*(?:(?<earlier>earlier|sooner|before(?! \\d))|later|after that)`,
        'i',
    ),
    refusal:
        /^\W*(?:i (?:already |just )?(?:said|told you)(?: already)?|really|please)?[\s,:"']*(?:no[\s,.!"']*)+(?:thanks?|means no|please)?(?: way)?\W*$/i,
    bareHour:
        /^\W*(?:no|nope|nah|wait|sorry|actually|rather|better|yes but|ok but|but)(?:[\s,.!]+(?:thanks?|thank you|sorry|rather|better|please|at|for|make it|i said|i meant))*[\s,.!]+(?<time>\d{1,2}(?:[:.]\d{2})?(?: ?[ap]m)?)(?: (?:o'?clock|rather|instead|please|is better|then))?\W*$/i,
    rather: /\b(?:instead|rather|wait|actually|make it|better|change (?:it|that|to)|swap|earlier|later|can (?:we|i) do|could (?:we|i) do|what about|how about)\b/i,
    notOn: new RegExp(
        `\\b(?:but |just |please )*(?:not|except|besides|without|no|can'?t(?: do)?|cannot(?: do)?) (?:on |for )?(?:a )?(?<day>${weekday})\\b`,
        'i',
    ),
    weekdays: [/^mon/i, /^tue/i, /^wed/i, /^thu/i, /^fri/i, /^sat/i, /^sun/i],
    weekAfter: /\b(?:the )?(?:week after|following week)(?! next)\b/i,
    farAhead: /\bin (?:\d+|a|one|two|three|few|some) years?\b|\bnext year\b/i,
    earliest: /^\W*(?:the )?(?:earliest|soonest)(?: (?:one|time|slot|possible))?(?: please)?\W*$/i,
    along: new RegExp(
        `\\b(?:me|myself|i) (?:and|n|&|\\+|plus|with) (?:my |the )?(?:(?<others>\\d|one|two|three|four|five) )?(?:${several}|${relative})\\b|\\bmy (?<others2>\\d|two|three|four|five)? ?(?:${several}|${relative}) (?:and|n|&|\\+) (?:me|i|myself)\\b`,
        'i',
    ),
    group: /\b(?:for|of) (?<group>[2-9]|two|three|four|five|six|seven|eight|nine)\b(?!\s*(?:[:.]\d|am\b|pm\b|o'?clock|hours?|hrs?|h\b|min|days?|weeks?|people|persons?|adults?|kids?|children|pax|guests?|or \d))|\b(?:me n (?:my )?\w+|just the two of us|a couple)\b/i,
    afterName:
        /\s+(?:actually|please|and|btw|by|not|but|instead|now|thanks?|thank|i|we|is|so|for|with)\b.*$/i,
    withName: /\b(?:with|by) (?<name>\p{L}{3,}(?:\s\p{Lu}\p{L}+)?)/iu,
    noName: /^(?:the|you|your|our|her|his|him|them|their|anyone|anybody|any|someone|somebody|who|whoever|two|three|four|five|six|kids?|children|child|friends?|family|wife|husband|son|daughter|instructor|teacher|skis?|snowboard|board|same|this|that|these|those|another|other|different|mum|mom|dad|card|cash|pleasure|one|what|which|all|some|people|person|boyfriend|girlfriend|partner|equipment|price|time|way|bus|car|train|lunch|mistake|chance|then|now|noon|midday|tomorrow|today|baby|dog|hand|english|german|french|italian|spanish|experience|best|regards|love|thanks|respect|little|no|not|more|less)$/i,
    aboutBooking:
        /\b(?:what|which|when) (?:time|day|date)? ?(?:was|is) (?:it|that|my (?:lesson|booking|class))(?: again| at| on)?\W*$|\bwho(?:'s| is| was)? (?:is )?(?:my|our|the) (?:instructor|teacher|coach)\b|\b(?:my|the|our) (?:reference|booking (?:number|code|reference|id)|confirmation(?: number)?)\b|\b(?:was|is|are|has|did) (?:my|our|the|it|that|this) ?(?:booking|lesson|class|reservation|appointment)?(?: been| now| get| already)? ?(?:confirmed|booked|accepted|reserved)\b|^\W*what (?:do|did) (?:i|we) (?:have|book)\W*$|\bam i booked\b/i,
    fact: /\b(?:what(?:'s| is) included|too (?:young|old)\b|years? old|(?:no|without|any) experience|never (?:skied|done)|(?:are|is) there (?:other )?(?:people|others|somebody else)|how (?:old|long|big|hard|difficult|many)|(?:min(?:imum)?|what|which) age|do (?:i|we|they|you) (?:need|have) to (?:bring|have|wear|know|pay|rent)|(?:should|must|shall|can|could) (?:i|we|they) (?:bring|wear|rent|pay|hire|eat)|what (?:should|do|must) (?:i|we) (?:bring|wear|need)|is .{0,30} included|do you (?:have|rent|accept|take|provide|speak)|(?:is|are) (?:there )?(?:a |an |any )?(?:lift|ski ?pass|insurance|equipment|helmets?|parking|lunch|toilets?)|(?:what|which) (?:languages?|level)|(?:cancellation|refund) policy)\b/i,
    asWell: /\b(?:as well|too|also|in addition|another (?:one|lesson)|and (?:then )?(?:again|one more))\b/i,
    words: {
        notYet: {
            book: 'Nothing is booked yet. Please answer with "yes", or tap the button, and I will do it:',
            reschedule: 'Nothing has been moved yet. Please answer with "yes", or tap the button:',
            cancel: 'Nothing has been cancelled yet. Please answer with "yes", or tap the button:',
        },
        passedOn: {
            complaint: (business) =>
                `I am sorry about that. This is for a person, so I have passed it on to the team of ${business}; someone will write to you here.`,
            injury: (business) =>
                `I am sorry to hear that. I have passed this on to the team of ${business}; someone will write to you here. If anybody needs help now, please call the emergency number.`,
            late: (business) =>
                `Thank you for telling us. I have passed this on to the team of ${business}; I cannot reach your instructor myself and do not know how soon it is read.`,
            message: (business) =>
                `Thank you. I have passed your message on to the team of ${business}; someone will write to you here.`,
        },
        replaced: 'That was replaced by a newer offer, and nothing is booked by it.',
        pleaseLook: 'To be sure that you have seen it, here it is once more:',
        impossible: 'That day or time does not exist. Which day and time do you mean?',
        sameTime: 'That is when your booking is already. To which other day or time shall I move it?',
        oneAtATime:
            'Gladly, one after the other. Please answer this one with "yes" first, then tell me the next:',
        noted: (name) => `Thank you, ${name}. I have noted your name.`,
        unknownInstructor: (name, known) =>
            `I know no instructor called ${name}. You can choose between ${known.join(', ')}.`,
        notKnown: (business) =>
            `I am sorry, I do not know that. Write "person" and the team of ${business} will answer you here.`,
        gotPhoto: 'I have got your picture. I cannot look at it myself, but the team can.',
        photoPassedOn: (business) =>
            `Thank you, I have got your picture. I cannot look at it myself, so I have passed it on to the team of ${business}; a person will look at it and write to you here.`,
    },
};
