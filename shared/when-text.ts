import { plainSpaces } from './money.ts';

/** Days and times for a person, always in an explicit IANA zone. Instants are ISO 8601 strings or Dates. */

type Instant = string | Date;
type Place = { zone: string; locale: string };

function format(instant: Instant, { zone, locale }: Place, options: Intl.DateTimeFormatOptions): string {
    return plainSpaces(
        new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(new Date(instant)),
    );
}

/** "Saturday 21 November 2026" */
export function dayText(instant: Instant, place: Place): string {
    return format(instant, place, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** "Saturday 21 November": where the year goes without saying. */
export function shortDayText(instant: Instant, place: Place): string {
    return format(instant, place, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** "09:00", or "9:00 AM" where the locale counts so. */
export function timeText(instant: Instant, place: Place): string {
    const { hourCycle } = new Intl.DateTimeFormat(place.locale, { hour: 'numeric' }).resolvedOptions();
    const hour = hourCycle?.startsWith('h1') ? 'numeric' : '2-digit';
    return format(instant, place, { hour, minute: '2-digit' });
}

/** "10:00–12:00" */
export function spanText(from: Instant, to: Instant, place: Place): string {
    return `${timeText(from, place)}–${timeText(to, place)}`;
}

/** "Sat 21 Nov 10:00", at most 20 characters: the title of a button. */
export function slotTitle(instant: Instant, place: Place): string {
    const parts = new Intl.DateTimeFormat(place.locale, {
        timeZone: place.zone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
    }).formatToParts(new Date(instant));
    const part = (type: Intl.DateTimeFormatPartTypes, length: number) =>
        (parts.find((given) => given.type === type)?.value ?? '').slice(0, length);
    const day = `${part('weekday', 3)} ${part('day', 2)} ${part('month', 4)}`;
    return plainSpaces(`${day} ${timeText(instant, place)}`)
        .slice(0, 20)
        .trim();
}

/** "Zurich time (CET)": the place people know, and the name its clocks have at that instant. */
export function zoneText(instant: Instant, place: Place, timeOf: (city: string) => string): string {
    const parts = new Intl.DateTimeFormat(place.locale, {
        timeZone: place.zone,
        timeZoneName: 'short',
    }).formatToParts(new Date(instant));
    const short = parts.find(({ type }) => type === 'timeZoneName')?.value ?? place.zone;
    const city = /^(?!Etc\/).+\/(?<city>[^/]+)$/.exec(place.zone)?.groups?.city?.replaceAll('_', ' ');
    return city ? `${timeOf(city)} (${short})` : short;
}
