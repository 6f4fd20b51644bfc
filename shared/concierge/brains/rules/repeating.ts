import { composeReply } from '../../reply.ts';
import { Staged } from '../../staged.ts';
import { type Scene, say } from './scene.ts';
import { giveToAPerson } from './talking.ts';

/** The same answer to another message is a message not understood: it is said so once, and then given to a person. */

/** Whether the customer would read again, word for word, what they have just answered. */
export function isRepeated({ turn, reading }: Scene, answer: string): boolean {
    const { messages, unanswered } = turn.context;
    const last = messages.findLast(({ role }) => role === 'assistant')?.content;
    const before = messages.findLast(
        ({ role, seq }) => role === 'user' && !unanswered.includes(seq),
    )?.content;
    const said = before?.type === 'text' ? before.text.trim() : undefined;
    if (!last || !('text' in last) || reading.choice || said === undefined) return false;
    if (turn.hint || said === reading.text || reading.text === '' || turn.staged.handedOff) return false;
    const text = composeReply(answer, turn)?.text;
    return text !== undefined && text !== '' && last.text.endsWith(text);
}

export async function sayOtherwise(scene: Scene, answer: string, before = 0): Promise<string> {
    const { turn, phrases } = scene;
    const times = before + 1;
    if (times > 1) {
        // Nothing of what this turn has found is any use to somebody who waits for a person.
        turn.staged = new Staged();
        await giveToAPerson(scene, 'not_understood');
        return phrases.cannotHelp(turn.context.business.name);
    }
    turn.draft = { ...turn.draft, misunderstood: times };
    return say(phrases.pardon, answer);
}
