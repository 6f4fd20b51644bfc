import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SimulatorControl } from '../../scripts/simulators/control-client.ts';
import { startWeb, type Web } from '../../scripts/simulators/web.ts';
import { expectDecent, type Look, launch, looks, openPage } from './browser.ts';

const platform = inject('platform');
const control = new SimulatorControl(platform.simulatorUrl);
const shots = process.env.SCREENSHOTS;
let web: Web;
let browser: Browser;

beforeAll(async () => {
    web = await startWeb({
        port: 0,
        simulatorUrl: platform.simulatorUrl,
        databaseUrl: platform.adminDatabaseUrl,
        log: (line) => console.error(line),
    });
    browser = await launch();
    if (shots !== undefined) mkdirSync(shots, { recursive: true });
});
afterAll(async () => {
    await browser?.close();
    await web?.stop();
});

async function shoot(page: Page, { width, scheme }: Look, name: string): Promise<void> {
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}-${width}-${scheme}.png` });
}

/** A customer who is new to the desk, with the phone opened on the page. */
async function newCustomer(page: Page, name: string): Promise<string> {
    const person = await control.addPerson({ phone: `+4178${randomInt(1e6, 1e7)}`, name });
    await page.goto(`${web.url}/simulator#${person.phone}`);
    await page
        .getByRole('button', { name, exact: false })
        .and(page.locator('[aria-current="true"]'))
        .waitFor();
    return person.phone ?? '';
}

const lastReply = (page: Page) => page.locator('#bubbles .theirs').last();

describe('the customer simulator in a browser', () => {
    it.each(looks)('books a lesson by writing and tapping ($width, $scheme)', async (look) => {
        const { page, context, errors } = await openPage(browser, look);
        const phone = await newCustomer(page, 'Ana Lima');
        // Rules answer too fast for an eye to see the dots.
        await control.fault({ on: 'send', to: phone, delay_ms: 800 });
        // Each look wants another day, so that none finds the hours of another taken.
        const days = 3 + looks.indexOf(look);
        await page
            .getByLabel('Message', { exact: true })
            .fill(`Hi, a ski lesson in ${days} days in the afternoon?`);
        await page.getByRole('button', { name: 'Send', exact: true }).click();

        await page.locator('#typing').waitFor();
        const slots = lastReply(page).locator('.choice');
        await slots.first().waitFor();
        await shoot(page, look, 'offer');
        await slots.first().click();
        const yes = page.getByRole('button', { name: /^Yes/ });
        await yes.waitFor();
        await yes.click();
        await lastReply(page)
            .getByText(/this is booked for you/i)
            .waitFor();
        await expect.poll(() => page.locator('#bubbles .mine .ticks.read').count()).toBe(3);
        await shoot(page, look, 'booked');
        await expectDecent(page);

        if (look.width === 390) await page.getByRole('button', { name: 'Desk' }).click();
        const desk = page.getByRole('region', { name: 'Stored state' });
        await desk.getByText('pending', { exact: true }).waitFor();
        await desk.getByText('booking', { exact: true }).waitFor();
        await shoot(page, look, 'desk');
        await expectDecent(page);
        expect(errors).toEqual([]);
        await context.close();
    });

    it('shows what customers write as text, whatever it looks like', async () => {
        const { page, context, errors } = await openPage(browser, { width: 1280, scheme: 'light' });
        await newCustomer(page, '<img src=x onerror="document.title=1">');
        const text = '<script>document.title="owned"</script><b>bold</b>';
        await page.getByLabel('Message', { exact: true }).fill(text);
        await page.keyboard.press('Enter');
        await page.locator('#bubbles .mine').getByText(text).waitFor();
        await page.locator('#desk-sections').getByText(text).first().waitFor();
        expect(await page.title()).toBe('Customer simulator · FrostDesk');
        expect(errors).toEqual([]);
        await context.close();
    });

    it('can be used with the keyboard alone', async () => {
        const { page, context } = await openPage(browser, { width: 1280, scheme: 'dark' });
        await newCustomer(page, 'Kim Key');
        await page.getByRole('button', { name: 'Add a customer' }).focus();
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor();
        await expectDecent(page);
        await page.keyboard.press('Escape');
        expect(await page.evaluate(() => document.activeElement?.id)).toBe('add-person');

        await page.keyboard.press('Enter');
        await page.keyboard.type('Hidden Hanna');
        await page.getByLabel('Has a username and hides the phone').focus();
        await page.keyboard.press('Space');
        await page.keyboard.press('Enter');
        await page.locator('[aria-current="true"]').getByText('Hidden Hanna').waitFor();
        await page.getByText('@hidden.hanna, no phone').waitFor();

        await page.getByRole('button', { name: 'Send something else' }).focus();
        await page.keyboard.press('Enter');
        await page.keyboard.press('Enter');
        await page.locator('#bubbles .mine').getByText('Photo').waitFor();
        await lastReply(page).waitFor();
        await context.close();
    });

    it('says so when the desk does not take a message', async () => {
        const { page, context } = await openPage(browser, { width: 390, scheme: 'light' });
        const phone = await newCustomer(page, 'Una Lost');
        await control.fault({ on: 'message_webhook', to: phone, signature: 'wrong' });
        await page.getByLabel('Message', { exact: true }).fill('Hello?');
        await page.getByRole('button', { name: 'Send', exact: true }).click();
        await page.getByText('The desk answered 401.').waitFor();
        await page.getByText('Sent, the desk has not taken it yet').waitFor({ state: 'attached' });
        await context.close();
    });

    it('has a start page that leads to it and promises nothing that is not there', async () => {
        const { page, context, errors } = await openPage(browser, { width: 390, scheme: 'dark' });
        await page.goto(web.url);
        await page.getByText('not built yet').waitFor();
        await expectDecent(page);
        await page.getByRole('link', { name: 'Open the customer simulator' }).click();
        await page.getByRole('heading', { name: 'Customer simulator' }).waitFor();
        expect(errors).toEqual([]);
        await context.close();
    });
});
