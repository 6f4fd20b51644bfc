import { EventLog } from '../event-log.ts';
import { type Answer, type Call, jsonBody } from '../serve.ts';
import { Timers } from '../timers.ts';
import { chatRequest, responsesFromChat } from './chat.ts';
import { type OpenaiFault, OpenaiFaults } from './faults.ts';
import { think } from './mind.ts';
import { faultyMove } from './misbehaviour.ts';
import { completionBody, type Ending, type Move, responseBody } from './output.ts';
import {
    inconsistency,
    type ResponsesRequest,
    responsesRequest,
    type WireError,
    wireErrorOf,
} from './requests.ts';
import { viewOf } from './view.ts';

/** The key the simulator takes; the desk under test gets it as OPENAI_API_KEY. */
export const simulatorApiKey = 'sk-frostdesk-local';

const hangMs = 120_000;

/**
 * A server that speaks OpenAI's wire and carries a booking conversation by script: it reads what a model would
 * read (instructions, messages, tool schemas, tool outputs) and calls the tools it was given. It knows no ids
 * and no database, so whatever it gets right the desk has told it.
 */
export class OpenaiSimulator {
    readonly faults = new OpenaiFaults();
    /** Whole requests, so fewer of them. */
    readonly events = new EventLog(2000);
    readonly #timers = new Timers();
    readonly #apiKey: string;

    constructor(options: { apiKey?: string | undefined } = {}) {
        this.#apiKey = options.apiKey ?? simulatorApiKey;
    }

    reset(): void {
        this.faults.clear();
        this.events.clear();
        this.#timers.clear();
    }

    async stop(): Promise<void> {
        this.events.close();
        await this.#timers.stop();
    }

    /** `path` is what follows `/openai/v1/`. */
    async handle(call: Call, path: string): Promise<Answer | undefined> {
        const key = /^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1];
        if (key !== this.#apiKey) return this.#error(wrongKey(key), call);
        if (path === 'models' && call.method === 'GET') {
            return { status: 200, json: { object: 'list', data: [{ id: 'gpt-6-luna', object: 'model' }] } };
        }
        if (call.method !== 'POST' || (path !== 'responses' && path !== 'chat/completions')) {
            const message = `Invalid URL (${call.method} ${call.path})`;
            return this.#error({ status: 404, type: 'invalid_request_error', message }, call);
        }
        this.events.add('arrived', { path: call.path, request: jsonBody(call) });
        const fault = this.faults.strike(call.body.toString('utf8'));
        if (fault?.delay_ms !== undefined) await this.#timers.pause(fault.delay_ms);
        const broken = fault === undefined ? undefined : this.#break(fault, call);
        if (broken !== undefined) return broken.answer;
        return path === 'responses' ? this.#responses(call, fault) : this.#chat(call, fault);
    }

    #responses(call: Call, fault: OpenaiFault | undefined): Answer {
        const parsed = responsesRequest.safeParse(jsonBody(call), { reportInput: true });
        if (!parsed.success) return this.#error(wireErrorOf(parsed.error), call);
        const problem = unknownModel(parsed.data.model) ?? inconsistency(parsed.data);
        if (problem !== undefined) return this.#error(problem, call);
        const { move, ending } = this.#move(parsed.data, fault);
        const json = responseBody(parsed.data, move, ending);
        this.#record(call, 200, { move, status: ending.status });
        return { status: 200, json, headers: { 'x-request-id': `req_${Date.now().toString(36)}` } };
    }

    #chat(call: Call, fault: OpenaiFault | undefined): Answer {
        const parsed = chatRequest.safeParse(jsonBody(call), { reportInput: true });
        if (!parsed.success) return this.#error(wireErrorOf(parsed.error), call);
        const request = responsesFromChat(parsed.data);
        const problem = unknownModel(request.model) ?? inconsistency(request);
        if (problem !== undefined) return this.#error(problem, call);
        const { move, ending } = this.#move(request, fault);
        this.#record(call, 200, { move, status: ending.status });
        return { status: 200, json: completionBody(request.model, move, ending, call.body.length) };
    }

    #move(request: ResponsesRequest, fault: OpenaiFault | undefined): { move: Move; ending: Ending } {
        const view = viewOf(request);
        const move = think(view);
        return fault?.respond === undefined
            ? { move, ending: { status: 'completed' } }
            : faultyMove(fault.respond, move, view);
    }

    /** What a rule does before the model is asked at all. */
    #break(fault: OpenaiFault, call: Call): { answer: Answer | undefined } | undefined {
        if (fault.line !== undefined) {
            this.#record(call, undefined, { line: fault.line });
            const cut = () => void call.response.destroy();
            if (fault.line === 'cut') cut();
            else this.#timers.later(hangMs, cut, () => undefined);
            return { answer: undefined };
        }
        if (fault.answer !== undefined) {
            this.#record(call, fault.answer.status, {});
            const headers = { 'content-type': fault.answer.type };
            return { answer: { status: fault.answer.status, body: fault.answer.body, headers } };
        }
        if (fault.fail === undefined) return undefined;
        const { retry_after_s, message = 'Simulated failure.', ...rest } = fault.fail;
        const answer = this.#error({ message, ...rest }, call);
        if (retry_after_s !== undefined) answer.headers = { 'retry-after': String(retry_after_s) };
        return { answer };
    }

    #error({ status, message, type, code, param }: WireError, call: Call): Answer {
        this.#record(call, status, { error: message });
        const error = { message, type: type ?? 'server_error', param: param ?? null, code: code ?? null };
        return { status, json: { error } };
    }

    #record(call: Call, status: number | undefined, more: Record<string, unknown>): void {
        this.events.add('request', {
            path: call.path,
            http_status: status,
            request: jsonBody(call),
            ...more,
        });
    }
}

function wrongKey(key: string | undefined): WireError {
    const type = 'invalid_request_error';
    if (key === undefined)
        return { status: 401, type, message: "You didn't provide an API key.", code: null };
    return { status: 401, type, message: 'Incorrect API key provided.', code: 'invalid_api_key' };
}

function unknownModel(model: string): WireError | undefined {
    if (/^gpt-\d/.test(model)) return undefined;
    const message = `The model \`${model}\` does not exist or you do not have access to it.`;
    return { status: 404, type: 'invalid_request_error', message, code: 'model_not_found' };
}
