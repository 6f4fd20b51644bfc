import type { Usage } from '../../../desk/turn-types.ts';
import type { Answer, Brain } from '../../brain.ts';
import type { Turn } from '../../turn-state.ts';
import { converse } from './conversing.ts';
import { languages, settleLanguage } from './languages.ts';
import { readTurn } from './reading.ts';

const usage: Usage = { brain: 'rules', model: null, prompt_version: null, input_tokens: 0, output_tokens: 0 };

/**
 * The brain that needs no network: intents by words, dates by chrono, sentences from a table. It uses the same
 * tools as a model, so what holds for one holds for the other, and it is what answers when a model does not.
 */
export function rulesBrain(): Brain {
    return {
        name: 'rules',
        async answer(turn: Turn): Promise<Answer> {
            const { lexicon, phrases } = languages[await settleLanguage(turn)];
            const reading = readTurn(turn, lexicon);
            return { text: await converse({ turn, reading, lexicon, phrases }), usage };
        },
    };
}
