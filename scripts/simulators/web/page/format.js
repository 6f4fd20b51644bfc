/** Everything about times on the page: the business's zone for what is booked, the reader's own for the chat. */

export const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

export function slot(iso, timeZone) {
    return new Intl.DateTimeFormat('en-GB', {
        timeZone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
    }).format(new Date(iso));
}

export function timeOfDay(iso, timeZone) {
    return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
        new Date(iso),
    );
}

export function money(minor, currency) {
    const format = new Intl.NumberFormat('en-CH', { style: 'currency', currency });
    const { maximumFractionDigits = 2 } = format.resolvedOptions();
    return format.format(minor / 10 ** maximumFractionDigits);
}

/** "9:41" until then, or undefined when it is over. */
export function left(iso) {
    const seconds = Math.ceil((new Date(iso).getTime() - Date.now()) / 1000);
    if (seconds <= 0) return undefined;
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export const initials = (name) =>
    name
        .split(/\s+/)
        .map((word) => word[0] ?? '')
        .join('')
        .slice(0, 2)
        .toUpperCase();

/** +41 79 000 00 01 for 41790000001: grouped to be read, not to any country's rule. */
export const phone = (digits) =>
    `+${digits.replace(/^(\d{2})(\d{2})(\d{3})(\d{2})(\d+)$/, '$1 $2 $3 $4 $5')}`;

export const nameOf = (person) =>
    person.name ?? person.username ?? (person.phone ? phone(person.phone) : person.userId);
export const addressOf = (person) => person.phone ?? person.userId;
