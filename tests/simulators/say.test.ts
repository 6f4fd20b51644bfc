import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import say from '../../scripts/say.ts';
import { serve } from '../../scripts/simulators/serve.ts';
import { startVendorSimulators, type VendorSimulators } from '../../scripts/simulators/vendors.ts';
import { elements, type Received, startFakeDesk } from './fake-desk.ts';

let desk: Awaited<ReturnType<typeof startFakeDesk>>;
let vendors: VendorSimulators;
let printed: string[];

beforeEach(async () => {
    desk = await startFakeDesk();
    vendors = await startVendorSimulators({
        port: 0,
        appSecret: 's',
        webhookUrl: desk.url,
        log: () => undefined,
    });
    vi.stubEnv('FROSTDESK_VENDORS_PORT', String(vendors.port));
    printed = [];
    vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(String(line)));
});
afterEach(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    process.exitCode = undefined;
    await vendors.stop();
    await desk.stop();
});

/** What a desk would send: two times to choose from. */
const reply = (to: string) =>
    fetch(`${vendors.url}/v26.0/100000000000001/messages`, {
        method: 'POST',
        headers: { authorization: 'Bearer frostdesk-local-whatsapp-token' },
        body: JSON.stringify({
            messaging_product: 'whatsapp',
            to,
            type: 'interactive',
            interactive: {
                type: 'list',
                body: { text: 'These times are free.' },
                action: {
                    button: 'Choose',
                    sections: [
                        {
                            rows: [
                                { id: 'a', title: '10:00' },
                                { id: 'b', title: '11:00', description: 'with Anna' },
                            ],
                        },
                    ],
                },
            },
        }),
    });

const messages = (received: Received[]) => elements(received, 'messages');

describe('npm run say', () => {
    it('sends a signed webhook and prints the reply with its choices numbered', async () => {
        const saying = say(['Hi, a lesson?', '--from', '+41790000042', '--name', 'Mia', '--wait', '5']);
        await expect.poll(() => messages(desk.received).length).toBe(1);
        await reply('41790000042');
        await saying;
        expect(messages(desk.received)[0]).toMatchObject({
            from: '41790000042',
            text: { body: 'Hi, a lesson?' },
        });
        expect(desk.received[0]?.signature).toMatch(/^sha256=[0-9a-f]{64}$/);
        expect(printed).toEqual(['\nThese times are free.', '  1. 10:00', '  2. 11:00 (with Anna)']);
    });

    it('taps the nth choice of the last reply', async () => {
        await reply('41790000042');
        const saying = say(['--choose', '2', '--from', '+41790000042', '--wait', '0.2']);
        await saying;
        expect(messages(desk.received)[0]).toMatchObject({
            context: { id: expect.stringMatching(/^wamid\./) },
            interactive: { list_reply: { id: 'b', title: '11:00', description: 'with Anna' } },
        });
        expect(printed).toEqual(['You tap: 11:00', expect.stringMatching(/^No reply within 0\.2 s\./)]);
        await expect(say(['--choose', '3', '--from', '+41790000042'])).rejects.toThrow(
            'There is no choice 3',
        );
        await expect(say(['--choose', '1', '--from', '+41790000043'])).rejects.toThrow('has not written yet');
    });

    it('sends any payload as it is, and waits for nobody when no message is in it', async () => {
        const path = fileURLToPath(new URL('../fixtures/whatsapp/status-read.json', import.meta.url));
        await say(['--payload', path]);
        expect(elements(desk.received, 'statuses')).toHaveLength(1);
        expect(printed).toEqual(['The desk answered 200: {"conversation_id":"c1"}']);
        await expect(say(['--payload', 'nowhere.json'])).rejects.toThrow('Cannot read nowhere.json.');
    });

    it('says in one line what is wrong', async () => {
        await expect(say(['hi', '--wait', 'long'])).rejects.toThrow('--wait takes a number of seconds');
        vi.stubEnv('FROSTDESK_VENDORS_PORT', String(await closedPort()));
        await expect(say(['hi'])).rejects.toThrow(/^The desk is not running .* npm start$/);
        await desk.stop();
        vi.stubEnv('FROSTDESK_VENDORS_PORT', String(vendors.port));
        await expect(say(['hi'])).rejects.toThrow('The desk could not be reached (ECONNREFUSED)');
    });

    it('shows how it is used when nothing is to be said', async () => {
        await say([]);
        expect(printed[0]).toContain('npm run say -- "Hi, a ski lesson tomorrow at 10?"');
        expect(process.exitCode).toBe(1);
    });
});

/** A port that somebody listened on a moment ago and nobody does now. */
async function closedPort(): Promise<number> {
    const server = await serve(async () => undefined, { port: 0, onError: () => ({ status: 500 }) });
    await server.stop();
    return server.port;
}
