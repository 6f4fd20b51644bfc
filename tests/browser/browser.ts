import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** Chromium of the machine: `CHROMIUM`, or where Debian puts it. The sandbox needs rights a container lacks. */
export function launch(): Promise<Browser> {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface Look {
    width: 390 | 1280;
    scheme: 'light' | 'dark';
}

export const looks: Look[] = [
    { width: 1280, scheme: 'light' },
    { width: 1280, scheme: 'dark' },
    { width: 390, scheme: 'light' },
    { width: 390, scheme: 'dark' },
];

/** A fresh page that fails the test by whatever it prints as an error. */
export async function openPage(
    browser: Browser,
    look: Look,
): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
    const phone = look.width === 390;
    const context = await browser.newContext({
        viewport: { width: look.width, height: phone ? 844 : 800 },
        isMobile: phone,
        hasTouch: phone,
        colorScheme: look.scheme,
        reducedMotion: 'reduce',
        timezoneId: 'America/New_York',
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
    });
    return { page, context, errors };
}

/** No axe violation, and nothing that has to be scrolled to sideways. */
export async function expectDecent(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
}
