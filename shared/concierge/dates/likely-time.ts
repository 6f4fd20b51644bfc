import { minutesOf, timeOf } from '../../zoned-time.ts';

export type Hours = { opens: string; closes: string };

/**
 * The times a customer can mean by "at 3" where nothing says morning or afternoon: those of the two that lie in
 * opening hours. One option is an answer, two are a question to ask back.
 */
export function likelyTimes(hour: number, minute: number, hours: Hours): string[] {
    if (hour === 0 || hour > 12) return [timeOf(hour, minute)];
    const both = [timeOf(hour % 12, minute), timeOf((hour % 12) + 12, minute)];
    const open = both.filter((time) => {
        const at = minutesOf(time);
        return at >= minutesOf(hours.opens) && at < minutesOf(hours.closes);
    });
    if (open.length > 0) return open;
    // Nothing fits: "at 7" means the evening to most people only from 5 in the afternoon on.
    return [hour === 12 || hour < 6 ? timeOf((hour % 12) + 12, minute) : timeOf(hour, minute)];
}
