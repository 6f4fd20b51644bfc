import { serve } from './serve.ts';

export interface WebOptions {
    /** 0 picks a free port. */
    port: number;
    host?: string;
    /** Base URL of the vendor simulators, which hold the webhook secret. */
    simulatorUrl: string;
    /** Postgres URL of a role that may read everything; only this server uses it, the page never sees it. */
    databaseUrl: string;
    log: (line: string) => void;
}

export interface Web {
    url: string;
    port: number;
    stop(): Promise<void>;
}

/** Serves the start page at `/` and the customer simulator at `/simulator`. */
export async function startWeb(options: WebOptions): Promise<Web> {
    return serve(async () => ({ status: 404, body: 'not built yet' }), {
        port: options.port,
        host: options.host,
        onError: (error) => {
            options.log(`web: ${error instanceof Error ? error.stack : String(error)}`);
            return { status: 500, json: { error: 'the page server failed' } };
        },
    });
}
