import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Answer, type Call, jsonBody } from '../serve.ts';
import { customerMessage } from '../whatsapp/customer-messages.ts';
import { type StreamSources, streamChat } from './stream.ts';

/** Everything the browser may load, by path: a list cannot be walked out of. */
const files: Record<string, [file: string, type: string]> = {
    '/': ['start.html', 'text/html'],
    '/simulator': ['simulator.html', 'text/html'],
    '/simulator/icon.svg': ['icon.svg', 'image/svg+xml'],
    ...Object.fromEntries(
        ['base', 'desk', 'layout', 'phone'].map((name) => [
            `/simulator/${name}.css`,
            [`${name}.css`, 'text/css'] satisfies [string, string],
        ]),
    ),
    ...Object.fromEntries(
        ['api', 'desk-panel', 'dialogs', 'dom', 'format', 'main', 'people', 'phone'].map((name) => [
            `/simulator/${name}.js`,
            [`${name}.js`, 'text/javascript'] satisfies [string, string],
        ]),
    ),
};

/** Nothing from elsewhere, nothing inline: text of customers cannot become code even by mistake. */
const headers = {
    'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
};

const page = new URL('./page/', import.meta.url);

const newPerson = z.strictObject({
    phone: z.string().optional(),
    name: z.string().min(1).max(100),
    username: z.string().min(1).max(60).optional(),
});
const newMessage = z.strictObject({ from: z.string().min(1), message: customerMessage });

/** Everything of the web port. The page talks to this server only; this server talks to the simulators. */
export async function webRoute(call: Call, sources: StreamSources): Promise<Answer | undefined> {
    const file = call.method === 'GET' ? files[call.path] : undefined;
    if (file !== undefined) {
        const [name, type] = file;
        const body = await readFile(new URL(name, page));
        return { status: 200, body, headers: { ...headers, 'content-type': `${type}; charset=utf-8` } };
    }
    const { control } = sources;
    switch (`${call.method} ${call.path}`) {
        case 'GET /simulator/':
            return { status: 308, headers: { location: '/simulator' } };
        case 'GET /simulator/api/people':
            return { status: 200, json: await control.people() };
        case 'POST /simulator/api/people': {
            const given = newPerson.safeParse(jsonBody(call));
            if (!given.success) return invalid(given.error);
            return { status: 201, json: await control.addPerson(given.data) };
        }
        case 'POST /simulator/api/messages': {
            const given = newMessage.safeParse(jsonBody(call));
            if (!given.success) return invalid(given.error);
            return { status: 200, json: await control.send(given.data.from, given.data.message) };
        }
        case 'GET /simulator/api/settings':
            return { status: 200, json: { customer_reads: (await control.settings()).customer_reads } };
        case 'PATCH /simulator/api/settings': {
            const given = z.strictObject({ customer_reads: z.boolean() }).safeParse(jsonBody(call));
            if (!given.success) return invalid(given.error);
            const { customer_reads } = await control.change(given.data);
            return { status: 200, json: { customer_reads } };
        }
        case 'GET /simulator/api/stream':
            await streamChat(call.response, call.query.get('with') ?? '', sources);
            return undefined;
        default:
            return { status: 404, body: 'There is no such page.', headers: { 'content-type': 'text/plain' } };
    }
}

const invalid = (error: z.ZodError): Answer => ({ status: 400, json: { error: z.prettifyError(error) } });
