import { serve } from './serve.ts';

export interface VendorSimulatorOptions {
    /** 0 picks a free port. */
    port: number;
    host?: string;
    /** META_APP_SECRET of the desk: webhooks are signed with it. */
    appSecret: string;
    /** Where the desk takes webhooks, e.g. `http://127.0.0.1:54321/functions/v1/inbound/whatsapp`. */
    webhookUrl: string;
    log: (line: string) => void;
}

export interface VendorSimulators {
    /** Base URL: META_GRAPH_URL is this, OPENAI_BASE_URL is `${url}/openai/v1`. */
    url: string;
    port: number;
    stop(): Promise<void>;
}

/** Starts the vendors the desk talks to: WhatsApp Cloud API at `/`, the OpenAI wire at `/openai/v1`. */
export async function startVendorSimulators(options: VendorSimulatorOptions): Promise<VendorSimulators> {
    return serve(async () => ({ status: 404, json: { error: 'not built yet' } }), {
        port: options.port,
        host: options.host,
        onError: (error) => {
            options.log(`vendor simulators: ${error instanceof Error ? error.stack : String(error)}`);
            return { status: 500, json: { error: 'simulator error' } };
        },
    });
}
