import type { TurnContext } from '../desk/turn-types.ts';
import { wordsOf } from './matching.ts';

/**
 * The business's own answer to what was asked, found by words, for when no model reads it. Honest rather than
 * clever: most of the words that matter in a stored question must have been said, and two entries that fit equally
 * well are none.
 */

/** Words of many questions, in five languages, that say nothing of what is asked. */
const common = new Set(
    wordsOf(
        'what where when which there have with does your about will would could should can may please much many are the you for out any some near from ' +
            'gibt haben habt kann können muss müssen eine einen wann welche wieviel bitte sind ihre euer auch bei mit und das die der was ' +
            'avez vous est que peut peux faut quel quelle combien pour dans une les des avec votre sont ' +
            'avete che cosa quando quanto dove posso possiamo per una con sono vostro della delle bisogna ' +
            'tienen hay qué cuando cuanto donde puedo podemos para una con son hace falta los las del',
    ),
);

const content = (text: string) =>
    new Set(wordsOf(text).filter((word) => word.length > 2 && !common.has(word)));

type Known = NonNullable<TurnContext['knowledge']>[number];

export function knownAnswer(text: string, knowledge: readonly Known[], language: string): string | undefined {
    const said = content(text);
    const spoken = language.slice(0, 2);
    const scored = knowledge
        .filter((entry) => entry.language === null || entry.language.slice(0, 2) === spoken)
        .map(({ question, answer }) => {
            const wanted = [...content(question)];
            const shared = wanted.filter((word) => said.has(word)).length;
            return { answer, share: wanted.length === 0 ? 0 : shared / wanted.length, shared };
        })
        .filter(({ share }) => share >= 0.65)
        .sort((a, b) => b.shared - a.shared || b.share - a.share);
    const [best, next] = scored;
    if (!best || (next && next.shared === best.shared && next.share === best.share)) return undefined;
    return best.answer;
}
