import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { foldConsent, readConsent, saysYes } from '../../shared/concierge/consent.ts';
import {
    bookItWords,
    echoWords,
    noFillers,
    noWords,
    yesFillers,
    yesWords,
} from '../../shared/concierge/consent-words.ts';
import { ownDatabase } from './support/database.ts';
import {
    claimDeliveries,
    deliverAll,
    failJob,
    finishTurn,
    type Json,
    newId,
    quiet,
    receiveOne,
    theDelivery,
} from './support/desk.ts';
import {
    answer,
    asked,
    type Customer,
    confirm,
    newCustomer,
    propose,
    says,
    turnOf,
} from './support/story.ts';
import { ahead, newTenant, type Tenant } from './support/tenant.ts';

// Promise 4 from its darkest side: whatever a model claims, only a plain YES of a customer who has seen the
// proposal books anything.

const db = ownDatabase();
const kinds = ['book', 'reschedule', 'cancel'] as const;
let tenant: Tenant;
let customer: Customer;
let startsAt: string;

beforeEach(async () => {
    await quiet(db);
    tenant = await newTenant(db);
    customer = await newCustomer(db, tenant);
    startsAt = await ahead(db, 3, '10:00');
});

const bookings = async () =>
    (await db.sql('select from public.bookings where business_id = $1', [tenant.businessId])).length;

const proposed = async () => {
    const id = randomUUID();
    await answer(db, customer, [propose(customer, id, { startsAt })]);
    return id;
};

/** The customer sends something that is no text. */
const sends = (content: Json) => says(db, customer, '', { content });

const yesTo = async (id: string) => {
    const turn = await turnOf(db, customer);
    return finishTurn(db, turn, { upTo: customer.seq, actions: [confirm(id)] });
};

describe('the words of a YES', () => {
    const everySurprise = [
        'yes',
        'YES!!',
        'Yesss 🎉',
        '👍🏽',
        'ok, merci',
        'Ja, gerne.',
        'ja natürlich',
        'Oui, d’accord',
        'Ça marche',
        'Sì, va bene',
        'sí, perfecto',
        'claro que sí',
        'İ',
        'K',
        'why not',
        'book it',
        'yes, cancel it',
        'yes - move it',
        'yes?',
        'yes but later',
        'yes, 2 people',
        'not yet',
        'ok I need time',
        'yes/no',
        'ok\u2003please',
        'yes\nplease',
        'y e s',
        'да',
        '',
        ' ',
        '👎',
        'yes '.repeat(60),
    ];

    it('are the same in the database and in the concierge', async () => {
        const [row] = await db.sql(
            `select private.yes_words() as yes, private.book_it_words() as book_it, private.yes_fillers() as fillers,
                private.echo_words('book') as book, private.echo_words('reschedule') as reschedule,
                private.echo_words('cancel') as cancel`,
        );
        const sorted = (words: unknown) => [...new Set(words as string[])].sort();
        const { yes, book_it, fillers, ...echoes } = row ?? {};
        expect(sorted(yes)).toEqual(sorted(yesWords));
        expect(sorted(book_it)).toEqual(sorted(bookItWords));
        expect(sorted(fillers)).toEqual(sorted(yesFillers));
        for (const kind of kinds) expect(sorted(echoes[kind])).toEqual(sorted(echoWords[kind]));
    });

    it.each(kinds)('are heard alike by both in a talk of %s', async (kind) => {
        const words = [
            ...yesWords,
            ...bookItWords,
            ...yesFillers,
            ...echoWords[kind],
            ...noWords,
            ...noFillers,
        ];
        const texts = [
            ...everySurprise,
            ...words,
            ...words.map((word) => `yes, ${word}`),
            ...words.map((word) => `${word.toUpperCase()} please!`),
        ];
        const heard = await db.sql<{ text: string; folded: string; yes: boolean }>(
            `select text, private.fold_consent(text) as folded, private.says_yes(text, $2) as yes
             from unnest($1::text[]) as text`,
            [texts as never, kind],
        );
        for (const { text, folded, yes } of heard) {
            expect({ text, folded, yes }).toEqual({
                text,
                folded: foldConsent(text),
                yes: saysYes(text, kind),
            });
            expect(readConsent(text, kind) === 'yes', text).toBe(yes);
        }
    });
});

describe('an answer to a proposal', () => {
    it.each([
        'no',
        'No thanks',
        'how much is it?',
        'yes but at eleven',
        'yes?',
        'maybe',
        'yes for 3',
        'nein',
    ])('"%s" books nothing, whatever the model says', async (text) => {
        const id = await proposed();
        await deliverAll(db);
        await says(db, customer, text);
        expect(await yesTo(id)).toMatchObject({ result: 'refused', action: 0, code: 'D0012' });
        expect(await bookings()).toBe(0);
    });

    it.each<[string, Json]>([
        ['a voice note', { type: 'audio', media: { id: 'm1', mime_type: 'audio/ogg', voice: true } }],
        ['a captioned photo', { type: 'image', media: { id: 'm1', mime_type: 'image/png', caption: 'yes' } }],
        ['the button of another proposal', { type: 'choice', id: `yes:${randomUUID()}`, text: 'Yes' }],
    ])('%s books nothing, alone or beside a yes', async (_what, content) => {
        const id = await proposed();
        await deliverAll(db);
        await sends(content);
        await says(db, customer, 'yes');
        expect(await yesTo(id)).toMatchObject({ result: 'refused', code: 'D0012' });
        expect(await bookings()).toBe(0);
    });

    it('its NO button books nothing', async () => {
        const id = await proposed();
        await deliverAll(db);
        await sends({ type: 'choice', id: `no:${id}`, text: 'No' });
        expect(await yesTo(id)).toMatchObject({ result: 'refused', code: 'D0012' });
    });

    it('a no that came after the yes and was not read yet keeps the yes from booking', async () => {
        const id = await asked(db, customer, { startsAt });
        const turn = await turnOf(db, customer);
        const read = customer.seq;
        await says(db, customer, 'wait, no');
        expect(await finishTurn(db, turn, { upTo: read, actions: [confirm(id)], final: true })).toMatchObject(
            { result: 'refused', code: 'D0012' },
        );
        expect(await bookings()).toBe(0);
    });

    it.each(['yes please', '👍', 'ok', 'ja gerne', 'oui', 'sì', 'sí, perfecto'])(
        '"%s" books',
        async (text) => {
            const id = await proposed();
            await deliverAll(db);
            await says(db, customer, text);
            expect(await yesTo(id)).toMatchObject({ result: 'done' });
            expect(await bookings()).toBe(1);
        },
    );
});

describe('a proposal was seen', () => {
    it('not when its send certainly failed', async () => {
        const id = await proposed();
        await failJob(db, await theDelivery(db), 60_000);
        await says(db, customer, 'yes');
        expect(await yesTo(id)).toMatchObject({ result: 'refused', code: 'D0006' });
    });

    it('not by a yes that came before it went out', async () => {
        const id = await proposed();
        await says(db, customer, 'yes');
        await deliverAll(db);
        expect(await yesTo(id)).toMatchObject({ result: 'refused', code: 'D0006' });
    });

    it('not by a yes that the provider took long before', async () => {
        const id = await proposed();
        await deliverAll(db);
        await says(db, customer, 'yes', { provider_at: new Date(Date.now() - 600_000).toISOString() });
        expect(await yesTo(id)).toMatchObject({ result: 'refused', code: 'D0006' });
    });

    it('while it is being sent nobody knows; a status that names it proves it', async () => {
        const id = await proposed();
        const { message_id } = await theDelivery(db);
        await says(db, customer, 'yes');
        const turn = await turnOf(db, customer);
        const ending = { upTo: customer.seq, actions: [confirm(id)] };
        expect(await finishTurn(db, turn, ending)).toMatchObject({ result: 'refused', code: 'D0006' });
        await receiveOne(db, {
            kind: 'status',
            account: tenant.account,
            provider_id: newId(),
            message_id,
            status: 'sent',
            at: new Date(Date.now() - 500).toISOString(),
        });
        await says(db, customer, 'yes');
        ending.upTo = customer.seq;
        expect(await finishTurn(db, turn, ending)).toMatchObject({ result: 'done' });
    });

    it('by whoever taps its own button, and then it is not sent again', async () => {
        const id = await proposed();
        const delivery = await theDelivery(db);
        await sends({ type: 'choice', id: `yes:${id}`, text: 'Yes' });
        expect(await yesTo(id)).toMatchObject({ result: 'done' });
        expect(await bookings()).toBe(1);
        await db.sql(
            `update private.jobs set leased_until = now() - interval '1 minute' where message_id = $1`,
            [delivery.message_id],
        );
        const again = await claimDeliveries(db);
        expect(again.map(({ message_id }) => message_id)).not.toContain(delivery.message_id);
    });
});
