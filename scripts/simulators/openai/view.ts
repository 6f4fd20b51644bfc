import type { InputItem, ResponsesRequest } from './requests.ts';

/** One tool call of the turn that is being thought about, with what came back. */
export interface Step {
    name: string;
    args: Record<string, unknown>;
    output: Record<string, unknown>;
}

/** What the scripted model looks at: the same text a language model gets, sorted. */
export interface View {
    /** Rules and facts: instructions, system and developer messages, in one text. */
    briefing: string;
    /** What was said, oldest first, fences taken off. */
    said: { by: 'customer' | 'desk'; text: string }[];
    /** What this turn has done so far. */
    steps: Step[];
    tools: Map<string, ToolShape>;
}

export interface ToolShape {
    name: string;
    properties: Record<string, { type?: unknown; enum?: unknown[] }>;
}

function textOf(item: Extract<InputItem, { role: string }>): string {
    if (typeof item.content === 'string') return item.content;
    return item.content.map((part) => part.text ?? '').join('\n');
}

/** Customer text comes fenced as data, e.g. `<customer-a1b2c3d4>…</customer-a1b2c3d4>`. */
const unfenced = (text: string): string => text.replace(/<\/?[a-z]+-[0-9a-z]{4,}>/g, '').trim();

export function viewOf(request: ResponsesRequest): View {
    const items: InputItem[] =
        typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : request.input;
    const briefing = [request.instructions ?? ''];
    const said: View['said'] = [];
    const calls = new Map<string, { name: string; args: Record<string, unknown> }>();
    const steps: Step[] = [];
    for (const item of items) {
        if (item.type === 'function_call') {
            calls.set(item.call_id, { name: item.name, args: objectIn(item.arguments) });
        } else if (item.type === 'function_call_output') {
            const call = calls.get(item.call_id);
            if (call !== undefined) steps.push({ ...call, output: objectIn(item.output) });
        } else if ('role' in item && item.type !== 'reasoning') {
            if (item.role === 'user') said.push({ by: 'customer', text: unfenced(textOf(item)) });
            else if (item.role === 'assistant') said.push({ by: 'desk', text: textOf(item) });
            else briefing.push(textOf(item));
        }
    }
    const tools = new Map(request.tools.map((tool) => [tool.name, shapeOf(tool.name, tool.parameters)]));
    return { briefing: briefing.join('\n'), said, steps, tools };
}

function shapeOf(name: string, parameters: Record<string, unknown>): ToolShape {
    const properties = parameters.properties;
    return {
        name,
        properties: typeof properties === 'object' && properties !== null ? { ...properties } : {},
    };
}

function objectIn(json: string): Record<string, unknown> {
    try {
        const value: unknown = JSON.parse(json);
        return typeof value === 'object' && value !== null ? { ...value } : {};
    } catch {
        return {};
    }
}
