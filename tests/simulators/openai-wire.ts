import OpenAI from 'openai';
import { SimulatorControl } from '../../scripts/simulators/control-client.ts';
import { startVendorSimulators } from '../../scripts/simulators/vendors.ts';

export type Input = OpenAI.Responses.ResponseInputItem[];
export type Request = OpenAI.Responses.ResponseCreateParamsNonStreaming;

/** The wire alone, and the official client that speaks to it. */
export async function startWire() {
    const vendors = await startVendorSimulators({
        port: 0,
        appSecret: 's',
        webhookUrl: 'http://127.0.0.1:9',
        log: () => undefined,
    });
    const baseURL = `${vendors.url}/openai/v1`;
    const client = new OpenAI({ apiKey: 'sk-frostdesk-local', baseURL, maxRetries: 0 });
    return { vendors, client, control: new SimulatorControl(vendors.url) };
}

const nullable = (type: string) => ({ type: [type, 'null'] });
const tool = (name: string, properties: Record<string, unknown>): OpenAI.Responses.FunctionTool => ({
    type: 'function',
    name,
    strict: true,
    parameters: {
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
    },
});
/** A desk's tools in small: names and shapes like the real ones. */
export const tools = [
    tool('get_service_info', { service: nullable('string') }),
    tool('find_times', {
        service: { type: 'string' },
        date: nullable('string'),
        time: nullable('string'),
        limit: { type: 'integer' },
    }),
    tool('propose_booking', {
        service: { type: 'string' },
        date: { type: 'string' },
        time: { type: 'string' },
        instructor: nullable('string'),
        participants: { type: 'integer' },
        customer_name: nullable('string'),
    }),
    tool('reschedule_booking', {
        booking: { type: 'string' },
        date: { type: 'string' },
        time: { type: 'string' },
    }),
    tool('cancel_booking', { booking: nullable('string') }),
    tool('list_bookings', {}),
    tool('confirm_booking', {}),
    tool('hand_off', {
        reason: { type: 'string', enum: ['angry', 'asked_for_person'] },
        summary: { type: 'string' },
    }),
];
export const request = (input: Input): Request => ({
    model: 'gpt-6-luna',
    instructions: 'You are the front desk. Today is 2026-11-20 (Friday).',
    input,
    tools,
    store: false,
    include: ['reasoning.encrypted_content'],
    parallel_tool_calls: false,
});
