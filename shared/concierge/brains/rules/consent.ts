import type { OpenProposal } from '../../../desk/turn-types.ts';
import type { Lexicon } from './lexicon.ts';

/** `asking` is a plain message that only repeats the question ("cancel it"): neither yes nor no. */
export type Consent = 'yes' | 'no' | 'asking' | 'nothing' | 'more';

/**
 * Whether a message is a plain YES or NO to an open proposal, and nothing else: "yes but at 11" is `more`. A
 * question is never a yes, and a no anywhere outweighs every yes.
 */
export function readConsent(text: string, kind: OpenProposal['kind'], lexicon: Lexicon): Consent {
    const without = (from: string, pattern: RegExp) => from.replace(pattern, ' ');
    const noYes = without(text, lexicon.yes);
    const noEcho = without(noYes, lexicon.echo[kind]);
    const keeps = kind === 'book' ? noEcho : without(noEcho, lexicon.keep);
    const noNo = without(keeps, lexicon.no);
    const left = without(noNo, lexicon.polite).replace(/[\p{P}\p{S}\p{M}\p{Cf}\s]+/gu, '');
    if (left !== '' || text.includes('?')) return 'more';
    if (noNo !== noEcho) return 'no';
    if (noYes !== text) return 'yes';
    return noEcho !== noYes ? 'asking' : 'nothing';
}
