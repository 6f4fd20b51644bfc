import { type Answer, type Call, jsonBody } from '../serve.ts';
import { openaiFault } from './faults.ts';
import type { OpenaiSimulator } from './server.ts';

/** `/_control/openai/…`: rules, and what the desk asked. */
export async function openaiControl(openai: OpenaiSimulator, call: Call, what: string): Promise<Answer> {
    switch (`${call.method} ${what}`) {
        case 'GET faults':
            return { status: 200, json: openai.faults.list() };
        case 'POST faults':
            openai.faults.add(openaiFault.parse(jsonBody(call)));
            return { status: 201, json: {} };
        case 'DELETE faults':
            openai.faults.clear();
            return { status: 200, json: [] };
        case 'GET log': {
            const after = Number(call.query.get('after') ?? 0);
            const containing = call.query.get('containing') ?? '';
            const entries = openai.events.after(after, (entry) => JSON.stringify(entry).includes(containing));
            return { status: 200, json: { entries, last_seq: openai.events.lastSeq } };
        }
        case 'POST reset':
            openai.reset();
            return { status: 200, json: { reset: true } };
        default:
            return { status: 404, json: { error: `no control "${call.method} ${what}"` } };
    }
}
