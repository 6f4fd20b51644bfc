import type { Turn } from '../../turn-state.ts';

/**
 * Promise 5 for a model's text: it may not say that something was done which this turn does not do. What is true
 * is said by the formatter; this only catches the plain lie, in the languages the desk meets most.
 */

const done = '(?:booked|reserved|moved|rescheduled|cancell?ed|confirmed)';
const deeds = new RegExp(
    [
        `\\b(?:i|we)(?:'ve| have)? (?:just |now |already |successfully )*${done}\\b`,
        `\\b(?:has|have) (?:just |now |already )*been (?:successfully )?${done}\\b`,
        '\\b(?:habe|haben)\\b[^.!?]*\\b(?:gebucht|reserviert|verschoben|storniert)\\b',
        "\\b(?:j'ai|nous avons)\\b[^.!?]*\\b(?:réservé|déplacé|annulé)",
        '\\b(?:ho|abbiamo) (?:prenotato|spostato|cancellato|annullato)\\b',
        '\\b(?:he|hemos) (?:reservado|movido|cancelado)\\b',
    ].join('|'),
    'i',
);
const states = new RegExp(
    [
        `\\b(?:you(?:'re| are)|it(?:'s| is)|that(?:'s| is)|(?:booking|lesson|appointment|reservation|course|class|session|time|slot) is|all) (?:now |all |already )*${done}\\b`,
        '\\bsee you (?:on|at|then|there|tomorrow)\\b',
        '\\bist (?:jetzt |nun |somit )*(?:gebucht|bestätigt|reserviert)\\b',
        '\\best (?:maintenant |bien )*(?:réservée?|confirmée?)',
        '\\bè (?:stat[oa] |ora )*(?:prenotat[oa]|confermat[oa])\\b',
        '\\bestá (?:ya )?(?:reservad[oa]|confirmad[oa])',
    ].join('|'),
    'i',
);
const denied =
    /\b(?:not|nothing|never|no|yet|once|when|if|after|until|before|nicht|nichts|noch|erst|sobald|pas|rien|non|niente|nada|aún)\b|n't\b/i;

const sentencesOf = (text: string) => text.split(/(?<=[.!?…])\s+|\n+/).filter((part) => part.trim() !== '');

/** Whether a text says that something is done although this turn does nothing of the kind. */
export function claimsTooMuch(text: string, { staged, context }: Turn): boolean {
    if (staged.confirmed) return false;
    const known = context.upcoming_bookings.length > 0;
    return sentencesOf(text).some((sentence) => {
        if (denied.test(sentence)) return false;
        if (staged.declined && /cancel|withdr/i.test(sentence)) return false;
        return deeds.test(sentence) || (!known && states.test(sentence));
    });
}

/** A model's words above facts that are attached: short, and without numbers that could contradict them. */
export function leadOf(text: string, { staged }: Turn): string {
    if (staged.spoken.length === 0) return text.trim();
    let lead = '';
    for (const sentence of sentencesOf(text)) {
        if (/\p{N}/u.test(sentence) || lead.length + sentence.length > 200) continue;
        lead = lead === '' ? sentence.trim() : `${lead} ${sentence.trim()}`;
    }
    return lead;
}
