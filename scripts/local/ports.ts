import { connect, createServer } from 'node:net';

/** The ports that people and programs outside the platform know. */
export interface Ports {
    gateway: number;
    postgres: number;
    web: number;
    vendors: number;
}

export const defaultPorts: Ports = { gateway: 54321, postgres: 54322, web: 54323, vendors: 54330 };

/** The environment variable that moves each port. */
export const portVariables: Record<keyof Ports, string> = {
    gateway: 'FROSTDESK_GATEWAY_PORT',
    postgres: 'FROSTDESK_POSTGRES_PORT',
    web: 'FROSTDESK_WEB_PORT',
    vendors: 'FROSTDESK_VENDORS_PORT',
};

/** The defaults, moved by environment variables. Throws with the name of a variable that is no port, or of two that are the same. */
export function readPorts(env: Record<string, string | undefined>): Ports {
    const ports = { ...defaultPorts };
    for (const name of Object.keys(ports) as (keyof Ports)[]) {
        const text = env[portVariables[name]]?.trim();
        if (text) {
            const port = Number(text);
            if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
                throw new Error(`${portVariables[name]} must be a port from 1 to 65535.`);
            }
            ports[name] = port;
        }
    }
    for (const [name, port] of Object.entries(ports) as [keyof Ports, number][]) {
        const other = (Object.keys(ports) as (keyof Ports)[]).find(
            (key) => key !== name && ports[key] === port,
        );
        if (other) {
            throw new Error(
                `${portVariables[name]} and ${portVariables[other]} must be two different ports, not both ${port}.`,
            );
        }
    }
    return ports;
}

/** Throws one line for the first port that somebody else holds, with the way out. */
export async function requireFreePorts(ports: Partial<Ports>): Promise<void> {
    for (const [name, port] of Object.entries(ports) as [keyof Ports, number][]) {
        if (!(await isFree(port))) {
            throw new Error(
                `Port ${port} (${name}) is taken, perhaps by a running Supabase project or another FrostDesk: ` +
                    `stop that, or choose another with ${portVariables[name]}=<port>.`,
            );
        }
    }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    return typeof address === 'object' && address ? address.port : 0;
}

async function isFree(port: number): Promise<boolean> {
    const server = createServer();
    const bound = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise((resolve) => server.close(resolve));
    // Not every system refuses a second listener beside one on all addresses, as a container's port is.
    return bound && !(await answers(port));
}

function answers(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect({ port, host: '127.0.0.1', timeout: 500 });
        const settle = (answered: boolean) => {
            socket.destroy();
            resolve(answered);
        };
        socket.once('connect', () => settle(true));
        socket.once('timeout', () => settle(false));
        socket.once('error', () => settle(false));
    });
}
