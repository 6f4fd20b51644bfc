/**
 * A price for a person: minor units and an ISO 4217 code in the way of `locale`, whole amounts without decimals.
 * Spaces are ordinary ones, so that a price can be copied and compared as it looks.
 */
export function priceText(minor: number, currency: string, locale: string): string {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    const amount = minor / 10 ** digits;
    const whole = Number.isInteger(amount);
    const shown = whole
        ? new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
        : format;
    return plainSpaces(shown.format(amount));
}

/** Intl separates with no-break and thin spaces, differently from one ICU to the next. */
export function plainSpaces(text: string): string {
    return text.replace(/[\u00a0\u2009\u202f]/g, ' ');
}
