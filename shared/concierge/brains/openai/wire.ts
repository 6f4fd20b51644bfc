import type OpenAI from 'openai';
import { BrainFailure } from '../../brain.ts';

export type Response = OpenAI.Responses.Response;

/** HTTP 200 can carry a failure: the status and every refusal are looked at before a word is used. */
export function checkResponse(response: Response): void {
    if (response?.status === 'failed') throw new BrainFailure(`failed:${response.error?.code ?? 'unknown'}`);
    if (response?.status === 'incomplete') {
        throw new BrainFailure(`incomplete:${response.incomplete_details?.reason ?? 'unknown'}`);
    }
    if (response?.status !== 'completed' || !Array.isArray(response.output)) {
        throw new BrainFailure('unexpected_answer');
    }
    const refused = response.output.some(
        (item) => item.type === 'message' && item.content.some(({ type }) => type === 'refusal'),
    );
    if (refused) throw new BrainFailure('refusal');
}

/** The text of a response: every output text of its messages. */
export function textOf(response: Response): string {
    return response.output
        .flatMap((item) => (item.type === 'message' ? item.content : []))
        .map((part) => (part.type === 'output_text' ? part.text : ''))
        .join('\n')
        .trim();
}
