import type { ServiceInfo } from '../../tools/information.ts';

/** " Anna", as customers are called who were greeted once; nothing for a stranger. */
export const withName = (name: string | null) => (name ? ` ${name.split(' ')[0]}` : '');

/** "A, B or C" */
export function either(options: string[], or: string): string {
    return options.length < 2
        ? options.join('')
        : `${options.slice(0, -1).join(', ')} ${or} ${options.at(-1)}`;
}

export const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const isRow = (days: number[]) =>
    days.every((day, index) => index === 0 || day === (days[index - 1] ?? 0) + 1);

/** Opening hours a line a group: "Montag bis Freitag: 09:00-17:00". */
export function hoursText(
    groups: ServiceInfo['opening_hours'],
    zone: string,
    words: { days: readonly string[]; to: string; and: string; closed: string; colon?: string },
): string {
    return groups
        .map(({ days, hours }) => {
            const places = days.map((day) => week.indexOf(day));
            const names = places.map((place) => words.days[place] ?? '');
            const named =
                names.length > 2 && isRow(places)
                    ? `${names[0]} ${words.to} ${names.at(-1)}`
                    : names.join(', ');
            const open = hours.length > 0 ? hours.join(` ${words.and} `) : words.closed;
            return `${capital(named)}${words.colon ?? ':'} ${open}`;
        })
        .concat(capital(zone))
        .join('\n');
}

/** "voice notes and pictures", each kind once. */
export function kindsText(
    given: string[],
    kinds: Record<string, string>,
    and: string,
    other: string,
): string {
    return [...new Set(given.map((kind) => kinds[kind] ?? other))].join(` ${and} `);
}
