import process from 'node:process';
import { createWhatsApp } from '../../../shared/channels/whatsapp/whatsapp.ts';

// Run by send-once.test.ts in Deno: sends two messages over one kept-alive connection and prints what became of them.
const channel = createWhatsApp({ graphUrl: process.argv[2] ?? '', graphVersion: 'v26.0', timeoutMs: 2000 });
const results: unknown[] = [];
for (const text of ['one', 'two']) {
    const recipient = { phone: '+41790000001' };
    const content = { type: 'text' as const, text };
    results.push(
        await channel.send({
            account: '1',
            accessToken: 't',
            recipient,
            content,
            messageId: text,
            attempt: 1,
            waits: 0,
        }),
    );
}
process.stdout.write(JSON.stringify(results));
