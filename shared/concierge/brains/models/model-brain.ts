import type { Usage } from '../../../desk/turn-types.ts';
import { type Answer, type Brain, BrainFailure } from '../../brain.ts';
import { falseClaim, instructions, noMoreTools, version } from '../../prompts/v1.ts';
import { type BrainName, settingsOf } from '../../settings.ts';
import { runTool } from '../../tools/toolbox.ts';
import type { Turn } from '../../turn-state.ts';
import { claimsTooMuch, leadOf } from '../openai/claims.ts';
import type { Dialogue, DialogueOpener } from './dialogue.ts';
import { leaks } from './leaks.ts';
import { costMicroUsd, type Tokens } from './prices.ts';

const toolCallLimit = 8;

/** The rules without any business's facts, which may be told: prices, hours, services. */
const ruleText = instructions({
    business: '',
    zone: '',
    meetingPoint: null,
    services: [],
    hours: [],
    calendar: [],
    character: [],
});

export type ModelBrainOptions = {
    name: BrainName;
    /** Used unless the business has chosen its own. */
    model: string;
    open: DialogueOpener;
    /** For a whole turn: the typing indicator dies after 25 s. */
    turnMs?: number | undefined;
};

/**
 * A model behind some vendor's wire: the loop of tool calls, the check of what it claims, and what it cost are the
 * same for all of them. Gives up with a BrainFailure on anything the vendor does wrong.
 */
export function modelBrain({ name, model: usual, open, turnMs = 25_000 }: ModelBrainOptions): Brain {
    return {
        name,
        async answer(turn) {
            const model = settingsOf(turn.context).models[name] ?? usual;
            const limit = AbortSignal.timeout(turnMs);
            const signal = turn.signal ? AbortSignal.any([turn.signal, limit]) : limit;
            const spent = new Spent(name, model);
            try {
                return await talk(turn, await open(turn, model), spent, signal);
            } catch (error) {
                // A lost lease or a stopping worker is no failure of the brain: nobody waits for this answer.
                turn.signal?.throwIfAborted();
                if (!(error instanceof BrainFailure)) throw error;
                throw new BrainFailure(error.reason, spent.usage(), error.cause);
            }
        },
    };
}

async function talk(turn: Turn, dialogue: Dialogue, spent: Spent, signal: AbortSignal): Promise<Answer> {
    let calls = 0;
    let warned = false;
    for (;;) {
        const last = calls >= toolCallLimit;
        const said = await dialogue.ask({ tools: !last, signal, onTokens: (tokens) => spent.add(tokens) });
        // An emergency has its own words; whatever else the model wants comes too late.
        if (turn.staged.alarm) return { text: '', usage: spent.usage() };
        if (said.calls.length === 0) {
            if (said.text === '' && turn.staged.spoken.length === 0) throw new BrainFailure('empty_answer');
            if (leaks(said.text, ruleText)) throw new BrainFailure('leak');
            if (!claimsTooMuch(said.text, turn))
                return { text: leadOf(said.text, turn), usage: spent.usage() };
            if (warned) throw new BrainFailure('false_claim');
            warned = true;
            dialogue.note(falseClaim);
            continue;
        }
        if (last) throw new BrainFailure('too_many_tool_calls');
        for (const call of said.calls) {
            calls += 1;
            const result =
                calls > toolCallLimit
                    ? { error: 'too_many_calls', guidance: noMoreTools }
                    : await runTool(call.name, call.json, turn);
            dialogue.result(call, result);
        }
        if (turn.staged.alarm) return { text: '', usage: spent.usage() };
        if (calls >= toolCallLimit) dialogue.note(noMoreTools);
    }
}

/** What a turn has cost so far, over all its requests. */
class Spent {
    readonly #brain: string;
    readonly #model: string;
    #tokens = { input: 0, output: 0, cached: 0 };
    #requests = 0;

    constructor(brain: string, model: string) {
        this.#brain = brain;
        this.#model = model;
    }

    add({ input, output, cached }: Tokens) {
        this.#requests += 1;
        this.#tokens.input += input;
        this.#tokens.output += output;
        this.#tokens.cached += cached;
    }

    usage(): Usage {
        const cost = costMicroUsd(this.#model, this.#tokens);
        return {
            brain: this.#brain,
            model: this.#model,
            prompt_version: version,
            input_tokens: this.#tokens.input,
            output_tokens: this.#tokens.output,
            cached_tokens: this.#tokens.cached,
            requests: this.#requests,
            ...(cost === undefined ? {} : { cost_micro_usd: cost }),
        };
    }
}
