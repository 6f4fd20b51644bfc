import { SimulatorControl } from './control-client.ts';
import { foreignCaller, type RunningServer, serve } from './serve.ts';
import { DeskReader } from './web/desk-state.ts';
import { webRoute } from './web/routes.ts';

export interface WebOptions {
    /** 0 picks a free port. */
    port: number;
    host?: string;
    /** Base URL of the vendor simulators, which hold the webhook secret and know the phones. */
    simulatorUrl: string;
    /** Postgres URL of a role that may read everything; only this server uses it, the page never sees it. */
    databaseUrl: string;
    log: (line: string) => void;
}

export type Web = RunningServer;

/** Serves the start page at `/` and the customer simulator at `/simulator`. */
export async function startWeb(options: WebOptions): Promise<Web> {
    const { log } = options;
    const desk = new DeskReader(options.databaseUrl, log);
    const sources = { control: new SimulatorControl(options.simulatorUrl), desk, log };
    const server = await serve(async (call) => foreignCaller(call) ?? webRoute(call, sources), {
        port: options.port,
        host: options.host,
        onError: (error) => {
            log(`simulator page: ${error instanceof Error ? error.message : String(error)}`);
            return { status: 502, json: { error: 'The desk does not answer. Is it running?' } };
        },
    });
    return {
        ...server,
        stop: async () => {
            await server.stop();
            await desk.stop();
        },
    };
}
