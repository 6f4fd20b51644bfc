/** When a pg_cron job is due: every so many seconds, or in the minutes that five fields name (GMT). */
export type Schedule = { everySeconds: number } | { matches(time: Date): boolean };

const nicknames: Record<string, string> = {
    '@hourly': '0 * * * *',
    '@daily': '0 0 * * *',
    '@midnight': '0 0 * * *',
    '@weekly': '0 0 * * 0',
    '@monthly': '0 0 1 * *',
    '@yearly': '0 0 1 1 *',
    '@annually': '0 0 1 1 *',
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * Reads a schedule as pg_cron does: `30 seconds`, a nickname, or minute, hour, day of month (`$` is the last day),
 * month and weekday. When both day fields are restricted, either suffices (Vixie cron). Throws on anything else.
 */
export function parseSchedule(text: string): Schedule {
    const seconds = /^\s*([1-9]|[1-5]\d)\s+seconds?\s*$/i.exec(text);
    if (seconds) {
        return { everySeconds: Number(seconds[1]) };
    }
    const plain = nicknames[text.trim().toLowerCase()] ?? text.trim();
    const fields = plain.toLowerCase().split(/\s+/);
    const [minute = '', hour = '', dayOfMonth = '', month = '', weekday = ''] = fields;
    if (fields.length !== 5) {
        throw new Error(`invalid schedule: ${text}`);
    }
    const minutes = parseField(minute, 0, 59);
    const hours = parseField(hour, 0, 23);
    const lastDay = dayOfMonth === '$';
    const days = lastDay ? new Set<number>() : parseField(dayOfMonth, 1, 31);
    const inMonths = parseField(named(month, months, 1), 1, 12);
    // Sunday is 0 and 7.
    const onWeekdays = new Set([...parseField(named(weekday, weekdays, 0), 0, 7)].map((day) => day % 7));
    const eitherDay = !dayOfMonth.startsWith('*') && !weekday.startsWith('*');
    return {
        matches(time) {
            const date = time.getUTCDate();
            const dateFits = lastDay ? date === lastDayOf(time) : days.has(date);
            const weekdayFits = onWeekdays.has(time.getUTCDay());
            return (
                minutes.has(time.getUTCMinutes()) &&
                hours.has(time.getUTCHours()) &&
                inMonths.has(time.getUTCMonth() + 1) &&
                (eitherDay ? dateFits || weekdayFits : dateFits && weekdayFits)
            );
        },
    };
}

function lastDayOf(time: Date): number {
    return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate();
}

function named(field: string, names: string[], first: number): string {
    return field.replace(/[a-z]+/g, (name) => {
        const index = names.indexOf(name.slice(0, 3));
        if (index < 0) {
            throw new Error(`invalid schedule: ${name}`);
        }
        return String(index + first);
    });
}

function parseField(field: string, lowest: number, highest: number): Set<number> {
    const values = new Set<number>();
    for (const part of field.split(',')) {
        const match = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
        if (!match) {
            throw new Error(`invalid schedule: ${part}`);
        }
        const [, star, from, to, step] = match;
        const start = star ? lowest : Number(from);
        const end = star ? highest : Number(to ?? (step ? highest : from));
        const stride = Number(step ?? 1);
        if (start < lowest || end > highest || stride < 1) {
            throw new Error(`invalid schedule: ${part}`);
        }
        for (let value = start; value <= end; value += stride) {
            values.add(value);
        }
    }
    return values;
}
