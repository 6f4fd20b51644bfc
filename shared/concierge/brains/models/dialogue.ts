import type { Turn } from '../../turn-state.ts';
import type { Tokens } from './prices.ts';

/** A tool a model asks for; `json` is what it wrote as arguments, of whatever quality. */
export type ToolCall = { id: string; name: string; json: string };

export type Said = { text: string; calls: ToolCall[] };

/**
 * One turn's talk with a model in some vendor's words. `ask` sends everything so far and keeps what came back;
 * `onTokens` is told what it cost before anything else is
 * looked at; then it throws BrainFailure on whatever the vendor does wrong.
 */
export type Dialogue = {
    ask(options: { tools: boolean; signal: AbortSignal; onTokens: (tokens: Tokens) => void }): Promise<Said>;
    /** Gives a tool's result back. */
    result(call: ToolCall, result: object): void;
    /** A word of the desk, not of the customer. */
    note(text: string): void;
};

export type DialogueOpener = (turn: Turn, model: string) => Promise<Dialogue>;
