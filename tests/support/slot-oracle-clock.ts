// Clocks on walls, read from Intl alone. Instants are minutes since 1970.

export interface Wall {
    date: string;
    time: string;
    /** ISO: 1 Monday to 7 Sunday. */
    weekday: number;
}

const readers = new Map<string, Intl.DateTimeFormat>();

function readWall(zone: string, minute: number): { date: string; minuteOfDay: number } {
    let reader = readers.get(zone);
    if (!reader) {
        reader = new Intl.DateTimeFormat('en-CA', {
            timeZone: zone,
            hourCycle: 'h23',
            year: 'numeric',
            month: '2-digit',
            day: '2-digit',
            hour: '2-digit',
            minute: '2-digit',
        });
        readers.set(zone, reader);
    }
    const parts = Object.fromEntries(
        reader.formatToParts(minute * 60_000).map(({ type, value }) => [type, value]),
    );
    return {
        date: `${parts.year}-${parts.month}-${parts.day}`,
        minuteOfDay: Number(parts.hour) * 60 + Number(parts.minute),
    };
}

const quarters = new Map<string, { date: string; minuteOfDay: number }>();

/** No zone has changed its clocks off the quarter hour since 1972, so Intl is read four times an hour. */
function wall(zone: string, minute: number): { date: string; minuteOfDay: number } {
    const whole = Math.floor(minute);
    const quarter = whole - (((whole % 15) + 15) % 15);
    const key = `${zone} ${quarter}`;
    let known = quarters.get(key);
    if (!known) {
        known = readWall(zone, quarter);
        quarters.set(key, known);
    }
    return { date: known.date, minuteOfDay: known.minuteOfDay + (whole - quarter) };
}

/** What the clock on the wall shows. */
export function wallAt(zone: string, minute: number): Wall {
    const { date, minuteOfDay } = wall(zone, minute);
    return { date, time: timeText(minuteOfDay), weekday: new Date(`${date}T12:00Z`).getUTCDay() || 7 };
}

export const dayOf = (zone: string, minute: number): string => wall(zone, minute).date;

export const nextDay = (date: string): string => shifted(date, 1);
export const previousDay = (date: string): string => shifted(date, -1);

function shifted(date: string, days: number): string {
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
    return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

const days = new Map<string, number[]>();

/**
 * The instant of each minute on the wall of one day, found by walking through it. A minute that is shown twice is
 * meant the second time; one that the clocks skip counts on from the last one shown.
 */
function minutesOf(zone: string, date: string): number[] {
    const key = `${zone} ${date}`;
    const known = days.get(key);
    if (known) return known;
    const shown: (number | undefined)[] = Array.from({ length: 1440 });
    const noon = Date.parse(`${date}T12:00Z`) / 60_000;
    let before = Number.NEGATIVE_INFINITY;
    for (let minute = noon - 30 * 60; minute < noon + 30 * 60; minute += 1) {
        const read = wall(zone, minute);
        if (read.date < date) before = minute;
        if (read.date === date) shown[read.minuteOfDay] = minute;
    }
    const minutes: number[] = [];
    for (const minute of shown) minutes.push(minute ?? (minutes.at(-1) ?? before) + 1);
    days.set(key, minutes);
    return minutes;
}

/** The instant at which the wall shows a time, `HH:MM`; `24:00` is the next midnight. */
export function instantOf(zone: string, date: string, time: string): number {
    if (time === '24:00') return instantOf(zone, nextDay(date), '00:00');
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    const instant = minutesOf(zone, date)[hour * 60 + minute];
    if (instant === undefined) throw new Error(`no such time: ${time}`);
    return instant;
}

/** `HH:MM` of a minute of the day. */
export const timeText = (minuteOfDay: number): string =>
    [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
