import { ZodError, z } from 'zod';
import { openaiControl } from './openai/control.ts';
import { OpenaiSimulator } from './openai/server.ts';
import { type Answer, type Call, foreignCaller, serve } from './serve.ts';
import { WhatsAppApi } from './whatsapp/api.ts';
import { whatsappControl } from './whatsapp/control.ts';
import { type TokenedAccount, WhatsAppNetwork } from './whatsapp/network.ts';
import type { Settings } from './whatsapp/policy.ts';

export interface VendorSimulatorOptions {
    /** 0 picks a free port. */
    port: number;
    host?: string;
    /** META_APP_SECRET of the desk: webhooks are signed with it. */
    appSecret: string;
    /** Where the desk takes webhooks, e.g. `http://127.0.0.1:54321/functions/v1/inbound/whatsapp`. */
    webhookUrl: string;
    /** Business numbers and their tokens; without it, the number of the seeded demo business. */
    accounts?: TokenedAccount[];
    /** How WhatsApp behaves from the start and after each reset, e.g. shorter `status_delays_ms`. */
    whatsapp?: Partial<Settings>;
    webhookRetryDelaysMs?: number[];
    /** The key the OpenAI wire takes; `sk-frostdesk-local` without it. */
    openaiApiKey?: string;
    log: (line: string) => void;
}

export interface VendorSimulators {
    /** Base URL: META_GRAPH_URL is this, OPENAI_BASE_URL is `${url}/openai/v1`. */
    url: string;
    port: number;
    whatsapp: WhatsAppNetwork;
    openai: OpenaiSimulator;
    stop(): Promise<void>;
}

/** Starts the vendors the desk talks to: WhatsApp Cloud API at `/`, the OpenAI wire at `/openai/v1`. */
export async function startVendorSimulators(options: VendorSimulatorOptions): Promise<VendorSimulators> {
    const network = new WhatsAppNetwork({
        appSecret: options.appSecret,
        webhookUrl: options.webhookUrl,
        accounts: options.accounts,
        settings: options.whatsapp,
        webhookRetryDelaysMs: options.webhookRetryDelaysMs,
        log: options.log,
    });
    const openai = new OpenaiSimulator({ apiKey: options.openaiApiKey });
    const graph = new WhatsAppApi(network);
    const route = async (call: Call): Promise<Answer | undefined> => {
        const [first, vendor, what = ''] = call.path.slice(1).split('/');
        if (first === '_control') {
            const refused = foreignCaller(call);
            if (refused !== undefined) return refused;
            if (vendor === 'whatsapp') return whatsappControl(network, call, what);
            if (vendor === 'openai') return openaiControl(openai, call, what);
            return { status: 404, json: { error: `no vendor "${vendor ?? ''}"` } };
        }
        if (first === 'openai' && vendor === 'v1')
            return openai.handle(call, call.path.slice('/openai/v1/'.length));
        return graph.handle(call, `http://${call.headers.host ?? ''}`);
    };
    const server = await serve(route, {
        port: options.port,
        host: options.host,
        onError: (error) => onError(error, options.log),
    });
    return {
        url: server.url,
        port: server.port,
        whatsapp: network,
        openai,
        stop: async () => {
            await Promise.all([network.stop(), openai.stop()]);
            await server.stop();
        },
    };
}

function onError(error: unknown, log: (line: string) => void): Answer {
    if (error instanceof ZodError) return { status: 400, json: { error: z.prettifyError(error) } };
    log(`vendor simulators: ${error instanceof Error ? error.stack : String(error)}`);
    return { status: 500, json: { error: 'simulator error' } };
}
