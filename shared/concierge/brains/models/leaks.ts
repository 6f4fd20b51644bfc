/**
 * What must never leave in a model's words, whatever talked it into it: keys, ids, the tags customers are fenced
 * with, and whole sentences of its own instructions. A net, not a proof; the proof for keys is that no model ever
 * sees one.
 */

const secrets = [
    /\b(?:sk|gsk)-[\w-]{8,}/,
    /\bsb_(?:secret|publishable)_\w+/,
    /\beyJ[\w-]{10,}\.[\w-]+/,
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i,
    /\bcustomer-(?:…|[0-9a-z]{8}\b)/,
    /\b(?:find_times|propose_booking|confirm_booking|reschedule_booking|cancel_booking|list_bookings|get_service_info|remember_customer|hand_off|report_emergency)\b/,
];

/** As many words in a row as nobody says by chance. */
const reciting = 10;

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether a text gives away a secret or recites the rules (not the facts) it was written under. */
export function leaks(text: string, rules: string): boolean {
    if (secrets.some((secret) => secret.test(text))) return true;
    const known = ` ${wordsOf(rules).join(' ')} `;
    const said = wordsOf(text);
    for (let place = 0; place + reciting <= said.length; place += 1) {
        if (known.includes(` ${said.slice(place, place + reciting).join(' ')} `)) return true;
    }
    return false;
}
